import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Output } from '#shared/contract/contract.ts';
import type { Proposal } from '#shared/domain/annotation.ts';
import type { Task } from '#shared/domain/work.ts';
import { rejection } from '#shared/rules/proposals.rules.ts';
import { queueOrders, type QueueOrder, type UncertaintyOrder } from '#shared/rules/queue-order.rules.ts';
import { foldJournal } from '#shared/rules/undo-journal.rules.ts';
import { photoProject, type PhotoProject } from '#test/support/photo-project.ts';
import { tempDir } from '#test/support/temp-dir.ts';

const photos = 9;

describe('the queue in the order of a machine’s uncertainty', () => {
  let project: PhotoProject;
  let tasks: Task[];
  let files: ReturnType<typeof tempDir>;
  beforeEach(async () => {
    project = await photoProject(Array.from({ length: photos }, (_, i) => `${i}.png`));
    tasks = await project.importAll();
    files = tempDir();
  });
  afterEach(async () => {
    await project.close();
    files.remove();
  });

  let boxes = 0;
  /** Proposes one box of each score for each photo; no two boxes are alike. */
  const propose = async (scores: readonly (readonly number[])[]) => {
    const path = join(files.path, `${(boxes += 1)}.json`);
    const annotations = scores.flatMap((ofPhoto, i) =>
      ofPhoto.map((score) => ({
        id: (boxes += 1),
        image_id: i + 1,
        category_id: 1,
        bbox: [1, 1, 4 + boxes / 1000, 4],
        score,
      })),
    );
    const images = tasks.map(({ name }, i) => ({ id: i + 1, file_name: name, width: 64, height: 48 }));
    writeFileSync(path, JSON.stringify({ images, categories: [{ id: 1, name: 'car' }], annotations }));
    const { projectId, core } = project;
    await core.call('imports.apply', { projectId, path, format: 'coco', scored: 'apart' });
  };
  const turnDown = async (task: Task, wanted: (proposal: Proposal) => boolean) => {
    const { proposals } = await project.core.call('proposals.list', { taskId: task.id });
    const { base, records } = await project.core.call('drafts.get', { taskId: task.id });
    const change = rejection(
      foldJournal(records, base).doc,
      proposals.filter(wanted).map(({ id }) => id),
    );
    if (!change) return;
    const after = records.length;
    await project.core.call('drafts.append', { taskId: task.id, after, records: [{ type: 'do', at: 0, change }] });
  };
  const listed = async (order: QueueOrder, page: { offset?: number; limit?: number; states?: Task['state'][] } = {}) =>
    (await project.core.call('tasks.list', { projectId: project.projectId, order, ...page })).tasks.map(
      ({ name }) => name,
    );
  /** The queue by stepping through it from the beginning. */
  const stepped = async (order: QueueOrder, direction: 'next' | 'previous') => {
    const names: string[] = [];
    let from: Task['id'] | null = null;
    for (;;) {
      const found: Output<'tasks.neighbour'> = await project.core.call('tasks.neighbour', {
        projectId: project.projectId,
        from,
        direction,
        order,
      });
      if (found.taskId === null) return names;
      from = found.taskId;
      const { name } = tasks.find(({ id }) => id === from)!;
      expect(found.index).toBe(direction === 'next' ? names.length : photos - 1 - names.length);
      names.push(name);
    }
  };

  it('puts the photo first that the machine is least sure of, and photos without proposals last', async () => {
    await propose([[], [0.95], [0.1, 0.9], [], [0.9, 0.45]]);
    expect(await listed('least-confident')).toEqual([
      '2.png', '4.png', '1.png', '0.png', '3.png', '5.png', '6.png', '7.png', '8.png',
    ]); // prettier-ignore
    expect((await listed('margin')).slice(0, 4)).toEqual(['4.png', '2.png', '1.png', '0.png']);
    expect((await listed('entropy')).slice(0, 4)).toEqual(['4.png', '2.png', '1.png', '0.png']);
    expect(await listed('file')).toEqual(tasks.map(({ name }) => name));
    expect(await listed('least-confident', { offset: 1, limit: 2 })).toEqual(['4.png', '1.png']);
    expect(await listed('least-confident', { states: ['drafted'] })).toEqual([]);
  });

  it('counts what nobody has decided about, and stays put while one decides', async () => {
    await propose([[0.9], [0.2, 0.95], [0.5]]);
    await turnDown(tasks[1]!, ({ score }) => score === 0.2);
    expect((await listed('least-confident')).slice(0, 3)).toEqual(['1.png', '2.png', '0.png']);
    await propose([[], [0.99]]);
    expect((await listed('least-confident')).slice(0, 3)).toEqual(['2.png', '0.png', '1.png']);
    await turnDown(tasks[2]!, () => true);
    await propose([[], [], [0.5]]);
    expect((await listed('least-confident')).slice(0, 3)).toEqual(['2.png', '0.png', '1.png']);
  });

  it('is what a naive model says, whatever comes, listed and stepped through both ways', async () => {
    const uncertainty: Record<UncertaintyOrder, (scores: readonly number[]) => number> = {
      'least-confident': (scores) => 1 - Math.min(...scores),
      margin: (scores) => 1 - Math.min(...scores.map((p) => Math.abs(p - (1 - p)))),
      entropy: (scores) => {
        const bits = (p: number) => (p === 0 ? 0 : -p * Math.log2(p));
        return scores.reduce((sum, p) => sum + bits(p) + bits(1 - p), 0) / scores.length;
      },
    };
    const undecided: number[][] = tasks.map(() => []);
    // Scores as detectors print them; ties are wanted.
    const score = fc.integer({ min: 0, max: 20 }).map((n) => n / 20);
    const round = fc.array(fc.array(score, { maxLength: 3 }), { minLength: photos, maxLength: photos });
    await fc.assert(
      fc.asyncProperty(round, fc.nat(photos - 1), score, async (scores, at, below) => {
        await turnDown(tasks[at]!, (proposal) => proposal.score !== null && proposal.score < below);
        undecided[at] = undecided[at]!.filter((p) => p >= below);
        // What was turned down counts from the next proposals on.
        scores[at]!.push(0.75);
        await propose(scores);
        scores.forEach((more, i) => undecided[i]!.push(...more));
        for (const order of queueOrders) {
          const expected =
            order === 'file'
              ? tasks
              : tasks.toSorted((a, b) => {
                  const [u, v] = [a, b].map(({ position }) => {
                    const left = undecided[position]!;
                    return left.length === 0 ? -1 : Math.round(uncertainty[order](left) * 1e9);
                  });
                  return v! - u! || a.position - b.position;
                });
          const names = expected.map(({ name }) => name);
          expect(await listed(order)).toEqual(names);
          expect(await stepped(order, 'next')).toEqual(names);
          expect(await stepped(order, 'previous')).toEqual(names.toReversed());
        }
      }),
      // Each round adds to those before, so a smaller example would be another one.
      { numRuns: 12, endOnFailure: true },
    );
  });

  it('is answered from an index', () => {
    const { read } = project.core.backend.db;
    for (const column of ['sure_least_confident', 'sure_margin', 'sure_entropy']) {
      const plan = read.all<{ detail: string }>(
        `EXPLAIN QUERY PLAN SELECT * FROM task WHERE project_id = ? AND position < ? AND (${column}, position) > (?, ?)
          ORDER BY ${column}, position LIMIT 1`,
        [project.projectId, photos, 0.5, 3],
      );
      const text = plan.map(({ detail }) => detail).join('\n');
      expect(text).toContain(`USING INDEX task_by_${column.slice('sure_'.length)}`);
      expect(text).not.toContain('TEMP B-TREE');
    }
  });
});
