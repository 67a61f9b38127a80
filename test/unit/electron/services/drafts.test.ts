import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalRecord } from '#shared/domain/annotation.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import { changeOf, foldJournal } from '#shared/rules/undo-journal.rules.ts';
import { forgetDraft } from '#electron/repositories/drafts.repository.ts';
import { box, drawAndSubmit, drawn, photoProject, type PhotoProject } from '#test/support/photo-project.ts';

describe('drafts', () => {
  let project: PhotoProject;
  let taskId: TaskId;
  beforeEach(async () => {
    project = await photoProject(['a.png']);
    taskId = (await project.importAll())[0]!.id;
  });
  afterEach(() => project.close());

  const task = async () => (await project.core.call('tasks.get', { taskId })).task;

  it('keeps the journal as it was written, over a restart', async () => {
    const { core } = project;
    const records = [drawn([box(1), box(2)]), drawn([box(3)], 2)];
    expect(await core.call('drafts.get', { taskId })).toEqual({ base: { version: 1, shapes: [] }, records: [] });
    expect(await core.call('drafts.append', { taskId, after: 0, records })).toEqual({ length: 2 });
    await core.reopen();
    expect((await core.call('drafts.get', { taskId })).records).toEqual(records);
    expect(await task()).toMatchObject({ state: 'drafted', shapeCount: 3 });
  });

  it('refuses a writer that has not seen everything', async () => {
    const { core } = project;
    await core.call('drafts.append', { taskId, after: 0, records: [drawn([box(1)])] });
    await expect(core.call('drafts.append', { taskId, after: 0, records: [drawn([box(2)])] })).rejects.toMatchObject({
      code: 'drafts/stale',
      details: { expected: 1, got: 0 },
    });
    expect((await core.call('drafts.get', { taskId })).records).toHaveLength(1);
  });

  it('takes a task up again that was given back', async () => {
    await project.core.call('tasks.release', { taskId });
    expect(await task()).toMatchObject({ state: 'released' });
    await project.core.call('drafts.append', { taskId, after: 0, records: [drawn([box(1)])] });
    expect(await task()).toMatchObject({ state: 'drafted' });
  });

  it('puts shapes on top of several drafts, one undoable change each, or on none of them', async () => {
    const { core } = project;
    const other = await photoProject(['b.png']);
    const stranger = (await other.importAll())[0]!.id;
    await core.call('drafts.append', { taskId, after: 0, records: [drawn([box(1)])] });
    const refused = core.call('drafts.addShapes', {
      label: 'propagate',
      tasks: [
        { taskId, shapes: [box(2)] },
        { taskId: stranger, shapes: [box(3)] },
      ],
    });
    await expect(refused).rejects.toMatchObject({ code: 'tasks/not-found' });
    expect((await core.call('drafts.get', { taskId })).records).toHaveLength(1);
    await other.close();

    const added = [box(2), box(3)];
    const answer = await core.call('drafts.addShapes', { label: 'propagate', tasks: [{ taskId, shapes: added }] });
    expect(answer).toEqual({ tasks: 1, shapes: 2 });
    const { base, records } = await core.call('drafts.get', { taskId });
    const state = foldJournal(records, base);
    expect(state.doc.shapes.slice(1)).toEqual(added);
    expect(state.undoStack.at(-1)).toMatchObject({ label: 'propagate', edits: [{ indexAfter: 1 }, { indexAfter: 2 }] });
    expect(await task()).toMatchObject({ shapeCount: 3 });

    // A shape that is there takes its own place.
    const corrected = { ...added[0]!, label: 'bus' };
    const tasks = [{ taskId, shapes: [corrected, box(4)] }];
    await core.call('drafts.addShapes', { label: 'interpolate', tasks });
    const after = await core.call('drafts.get', { taskId });
    const { doc, undoStack } = foldJournal(after.records, after.base);
    expect(doc.shapes.slice(1)).toEqual([corrected, added[1], tasks[0]!.shapes[1]]);
    expect(undoStack.at(-1)).toMatchObject({ edits: [{ indexBefore: 1, indexAfter: 1 }, { indexAfter: 3 }] });
    expect(await task()).toMatchObject({ shapeCount: 4 });
  });

  it('says so when a record is damaged or missing', async () => {
    const { core } = project;
    await core.call('drafts.append', { taskId, after: 0, records: [drawn([box(1)]), drawn([box(2)], 1)] });
    core.backend.db.transaction((tx) => tx.run(`UPDATE draft_record SET record = '{"type"' WHERE n = 1`));
    await expect(core.call('drafts.get', { taskId })).rejects.toMatchObject({ code: 'drafts/unreadable' });
    core.backend.db.transaction((tx) => tx.run('DELETE FROM draft_record WHERE n = 0'));
    await expect(core.call('drafts.get', { taskId })).rejects.toMatchObject({ code: 'drafts/unreadable' });
  });

  it('counts shapes as folding the whole journal does, whatever is done', async () => {
    const { core } = project;
    let length = 0;
    const all: JournalRecord[] = [];
    const step = fc.constantFrom('draw', 'delete', 'undo', 'redo', 'two');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { maxLength: 8 }), async (batches) => {
        for (const batch of batches) {
          const records: JournalRecord[] = [];
          for (const what of batch) {
            const { doc } = foldJournal([...all, ...records]);
            if (what === 'undo' || what === 'redo') records.push({ type: what, at: 1 });
            else if (what === 'delete') {
              const first = doc.shapes[0];
              const change = first === undefined ? null : changeOf(doc, 'delete', [{ id: first.id, after: null }]);
              if (change !== null) records.push({ type: 'do', at: 1, change });
            } else {
              records.push(drawn(what === 'two' ? [box(1), box(2)] : [box(1)], doc.shapes.length));
            }
          }
          length = (await core.call('drafts.append', { taskId, after: length, records })).length;
          all.push(...records);
          expect((await task()).shapeCount).toBe(foldJournal(all).doc.shapes.length);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('starts from what is still sealed when its journal must be forgotten', async () => {
    const { core } = project;
    const shapes = [box(1), box(2)];
    await drawAndSubmit(core, taskId, shapes);
    const { db } = core.backend;
    db.transaction((tx) => forgetDraft(tx, taskId, () => ({ version: 1, shapes })));
    expect(await core.call('drafts.get', { taskId })).toEqual({ base: { version: 1, shapes }, records: [] });
    expect(await task()).toMatchObject({ state: 'submitted', shapeCount: 2 });
    await expect(core.call('tasks.submit', { taskId, journalLength: 0 })).rejects.toMatchObject({
      code: 'tasks/already-submitted',
    });
    await core.call('drafts.append', { taskId, after: 0, records: [drawn([box(3)], 2)] });
    expect(await task()).toMatchObject({ shapeCount: 3 });
    const { submissionId } = await core.call('tasks.submit', { taskId, journalLength: 1, reason: 'one more' });
    expect((await core.call('submissions.get', { submissionId })).annotation?.shapes).toHaveLength(3);
    db.transaction((tx) => forgetDraft(tx, taskId, () => null));
    expect((await core.call('drafts.get', { taskId })).base.shapes).toEqual([]);
  });
});
