import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Proposal, ShapeId } from '#shared/domain/annotation.ts';
import type { Task } from '#shared/domain/work.ts';
import { acceptance, rejection } from '#shared/rules/proposals.rules.ts';
import { foldJournal } from '#shared/rules/undo-journal.rules.ts';
import { createIds } from '#electron/core/ids.ts';
import { photoProject, type PhotoProject } from '#test/support/photo-project.ts';

const ids = createIds({ now: () => 0 });
const newId = () => ids.uuid() as ShapeId;
const said = (start: number, text?: string, model: string | null = 'energy'): Proposal => ({
  id: newId(),
  label: 'valid',
  geometry: { type: 'span', start, end: start + 100, tier: 'speaker', channel: null },
  ...(text !== undefined && { text }),
  attributes: {},
  score: null,
  model,
});

describe('what a model proposes for a task', () => {
  let project: PhotoProject;
  let task: Task;
  beforeEach(async () => {
    project = await photoProject();
    [task] = (await project.importAll()) as [Task];
  });
  afterEach(() => project.close());

  const set = (proposals: readonly Proposal[], model = 'energy') =>
    project.core.call('proposals.set', { taskId: task.id, model, proposals: [...proposals] });
  const listed = async () => (await project.core.call('proposals.list', { taskId: task.id })).proposals;
  const decide = async (how: 'accept' | 'reject', which: readonly Proposal[]) => {
    const { base, records } = await project.core.call('drafts.get', { taskId: task.id });
    const { doc } = foldJournal(records, base);
    const change =
      how === 'accept'
        ? acceptance(doc, which, newId)!.change
        : rejection(
            doc,
            which.map(({ id }) => id),
          )!;
    await project.core.call('drafts.append', {
      taskId: task.id,
      after: records.length,
      records: [{ type: 'do', at: 0, change }],
    });
  };

  it('is exchanged whole, and what it said before keeps its id', async () => {
    const [a, b, c] = [said(0), said(200), said(400, 'three')];
    expect(await set([a, b, c])).toEqual({ proposals: 3, added: 3 });
    expect(await listed()).toEqual([a, b, c]);
    const again = { ...a, id: newId() };
    const otherWords = { ...c, id: newId(), text: 'four' };
    expect(await set([again, otherWords])).toEqual({ proposals: 2, added: 1 });
    expect(await listed()).toEqual([a, otherWords]);
    expect(await set([])).toEqual({ proposals: 0, added: 0 });
    expect(await listed()).toEqual([]);
  });

  it('keeps what was decided about, and never proposes it a second time', async () => {
    const [taken, turnedDown, open] = [said(0, 'one'), said(200), said(400)];
    await set([taken, turnedDown, open]);
    await decide('accept', [taken]);
    await decide('reject', [turnedDown]);
    const fresh = said(600);
    const repeated = [taken, turnedDown].map((each) => ({ ...each, id: newId() }));
    expect(await set([...repeated, fresh])).toEqual({ proposals: 3, added: 1 });
    expect(await listed()).toEqual([taken, turnedDown, fresh]);
    const { base, records } = await project.core.call('drafts.get', { taskId: task.id });
    expect(foldJournal(records, base).doc.shapes).toMatchObject([{ text: 'one', proposal: { id: taken.id } }]);
  });

  it('leaves other models alone, and keeps each proposal under the name it was asked for', async () => {
    const whisper = said(0, 'words', 'whisper');
    await set([whisper], 'whisper');
    const own = said(0, undefined, null);
    await set([own]);
    expect(await listed()).toEqual([whisper, { ...own, model: 'energy' }]);
    await set([]);
    expect(await listed()).toEqual([whisper]);
  });

  it('leaves out what has the id of another, in this task or in the next', async () => {
    const [, next] = (await project.core.call('tasks.list', { projectId: project.projectId })).tasks;
    const elsewhere = said(0);
    await project.core.call('proposals.set', { taskId: next!.id, model: 'energy', proposals: [elsewhere] });
    const twice = said(200);
    const added = await set([{ ...said(300), id: elsewhere.id }, twice, { ...twice, text: 'again' }]);
    expect(added).toEqual({ proposals: 1, added: 1 });
    expect(await listed()).toEqual([twice]);
    await expect(
      project.core.call('proposals.set', { taskId: newId() as never, model: 'energy', proposals: [] }),
    ).rejects.toMatchObject({ code: 'tasks/not-found' });
  });
});
