import { AppError } from '#shared/contract/errors.ts';
import { changeOf } from '#shared/rules/undo-journal.rules.ts';
import type { Clock, Handlers } from '#electron/core/ports.ts';
import type { Database, ReadDb } from '#electron/db/database.ts';
import { appendToDraft, draftDoc, readDraft, type SealedDoc } from '#electron/repositories/drafts.repository.ts';
import { findTask, type TaskWithRoot } from '#electron/repositories/tasks.repository.ts';

export interface DraftsDeps {
  db: Database;
  sealedDoc: SealedDoc;
  clock: Clock;
}

/** The undo journals: what a window reads to go on where it was, and appends to with every change. */
export function createDraftsService({
  db,
  sealedDoc,
  clock,
}: DraftsDeps): Handlers<'drafts.get' | 'drafts.append' | 'drafts.addShapes'> {
  return {
    'drafts.get': ({ taskId }) => readDraft(db.read, requireTask(db.read, taskId), sealedDoc),

    'drafts.append': ({ taskId, after, records }) =>
      db.transaction((tx) => {
        const task = requireTask(tx, taskId);
        if (task.journal_length !== after) {
          throw new AppError('drafts/stale', { expected: task.journal_length, got: after });
        }
        return { length: appendToDraft(tx, task, records, sealedDoc) };
      }),

    'drafts.addShapes': ({ label, tasks }) =>
      db.transaction((tx) => {
        const at = clock.now();
        for (const { taskId, shapes } of tasks) {
          const task = requireTask(tx, taskId);
          const wanted = shapes.map((shape) => ({ id: shape.id, after: shape }));
          const change = changeOf(draftDoc(tx, task, sealedDoc), label, wanted);
          if (change) appendToDraft(tx, task, [{ type: 'do', at, change }], sealedDoc);
        }
        return { tasks: tasks.length, shapes: tasks.reduce((sum, { shapes }) => sum + shapes.length, 0) };
      }),
  };
}

function requireTask(db: ReadDb, taskId: string): TaskWithRoot {
  const task = findTask(db, taskId);
  if (task === undefined) throw new AppError('tasks/not-found');
  return task;
}
