import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TaskId } from '#shared/domain/ids.ts';
import { answerChange, emptyDoc } from '#shared/rules/undo-journal.rules.ts';
import { createIds } from '#electron/core/ids.ts';
import { onePixelPng } from '#test/support/one-pixel-png.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';

let test: TestBackend;
let folder: ReturnType<typeof tempDir>;
let taskId: TaskId;

beforeEach(async () => {
  test = await openTestBackend();
  folder = tempDir();
  writeFileSync(join(folder.path, 'a.png'), onePixelPng);
  const { projectId } = await test.call('projects.create', {
    name: 'street',
    client: null,
    intermediary: null,
    modality: 'image',
    labels: [],
  });
  await test.call('tasks.importFolder', { projectId, path: folder.path });
  taskId = (await test.call('tasks.list', { projectId })).tasks[0]!.id;
});
afterEach(async () => {
  await test.close();
  folder.remove();
});

describe('judgements', () => {
  const seal = (beforeMachine: boolean) =>
    test.call('judgements.seal', {
      taskId,
      judgement: { label: 'car' },
      beforeMachine,
      machineAnswer: beforeMachine ? null : { label: 'bus', score: 0.4 },
    });

  it('before the machine are sealed once, and not after its answer was seen', async () => {
    await seal(true);
    await expect(seal(true)).rejects.toMatchObject({ code: 'judgements/already-sealed' });
    await seal(false);
    await seal(false);
    const { judgements } = await test.call('judgements.list', { taskId });
    expect(judgements.map((one) => one.beforeMachine)).toEqual([true, false, false]);
    expect(judgements[1]).toMatchObject({ judgement: { label: 'car' }, machineAnswer: { label: 'bus', score: 0.4 } });
    await expect(seal(true)).rejects.toMatchObject({ code: 'judgements/already-sealed' });
  });

  it('need a task', async () => {
    const unknown = createIds(test.clock).uuid() as TaskId;
    await expect(test.call('judgements.list', { taskId: unknown })).rejects.toMatchObject({ code: 'tasks/not-found' });
  });
});

it('say why a task was refused in the words of its project, as they are now', async () => {
  const { tasks } = await test.call('tasks.list', {
    projectId: (await test.call('projects.list', {})).projects[0]!.id,
  });
  const projectId = tasks[0]!.projectId;
  const version = (name: string, title: string | undefined) =>
    test.call('guidelines.add', {
      ...{ projectId, version: name, text: '', effectiveFrom: '2026-01-01', channel: null, announcedBy: null },
      receivedAt: new Date(test.clock.now()).toISOString(),
      rules: {
        text: {
          refusals: [
            { key: 'x7', title: 'Asks for a brand' },
            title === undefined ? { key: 'x8' } : { key: 'x8', title },
          ],
        },
      },
    });
  const refused = (reason: string) =>
    test.call('judgements.seal', {
      ...{ taskId, beforeMachine: false, machineAnswer: null, judgement: { refused: { reason, words: '' } } },
    });
  const told = async () => {
    const page = { filter: { kinds: ['judgement.sealed'] }, offset: 0, limit: 10 };
    return (await test.call('ledger.list', page)).entries;
  };
  await version('1', 'Asks for a price');
  await refused('x7');
  await refused('x8');
  await refused('other');
  const about = async () => (await told()).map((entry) => entry.about).reverse();
  expect(await about()).toEqual([
    'judged-refused · Asks for a brand',
    'judged-refused · Asks for a price',
    'judged-refused · other',
  ]);
  // The later version has its own name for one, and none for the other.
  await version('2', 'Asks what it costs');
  await version('3', undefined);
  expect((await about())[1]).toBe('judged-refused · Asks what it costs');
  const { refusals } = await test.call('ledger.get', { id: (await told())[0]!.id });
  expect(refusals).toEqual({ x7: 'Asks for a brand', x8: 'Asks what it costs' });
});

describe('judgements of texts', () => {
  it('are held against the machine’s answer, and so is what was submitted', async () => {
    const { projectId } = await test.call('projects.create', {
      ...{ name: 'topics', client: null, intermediary: null, modality: 'text', labels: [] },
    });
    const rows = ['one', 'two', 'three'].map((id) => JSON.stringify({ id, prompt: id, label: 'sport' }));
    writeFileSync(join(folder.path, 'rows.jsonl'), rows.join('\n'));
    await test.call('texts.import', {
      projectId,
      path: join(folder.path, 'rows.jsonl'),
      mapping: {
        ...{ kind: 'categorise', name: 'id', prompt: ['prompt'], candidates: [], models: [], machine: 'label' },
        images: null,
      },
    });
    const { tasks } = await test.call('tasks.list', { projectId });
    const entries: string[] = [];
    // Agreed at once; came round to the machine's; stayed.
    for (const [at, [first, last]] of [
      ['sport', 'sport'] as const,
      ['art', 'sport'] as const,
      ['art', 'art'] as const,
    ].entries()) {
      const id = tasks[at]!.id;
      const judged = await test.call('texts.judge', { taskId: id, judgement: { categories: [first] } });
      expect(judged.machine).toBe('sport');
      if (last !== first) {
        await test.call('judgements.seal', {
          ...{ taskId: id, judgement: { categories: [last] }, beforeMachine: false, machineAnswer: 'sport' },
        });
      }
      const change = answerChange(emptyDoc, { categories: [last] })!;
      const draft = { taskId: id, after: 0, records: [{ type: 'do' as const, at: 1, change }] };
      const { length } = await test.call('drafts.append', draft);
      entries.push((await test.call('tasks.submit', { taskId: id, journalLength: length })).entryId);
    }
    const { agreement } = await test.call('machine.summary', { projectId });
    expect(agreement).toEqual({
      before: { of: 1, all: 3 },
      after: { of: 1, all: 1 },
      cameRound: { of: 1, all: 1 },
      final: { of: 2, all: 3 },
    });
    const listed = await test.call('machine.entries', { projectId, of: 'submissions' });
    expect(listed.entries).toEqual(entries.sort());
  });
});
