import { AppError } from '#shared/contract/errors.ts';
import type { Handlers } from '#electron/core/ports.ts';
import type { Database, ReadDb } from '#electron/db/database.ts';
import { appendToDraft, readDraft, type SealedDoc } from '#electron/repositories/drafts.repository.ts';
import { findTask, type TaskWithRoot } from '#electron/repositories/tasks.repository.ts';

export interface DraftsDeps {
  db: Database;
  sealedDoc: SealedDoc;
}

/** The undo journals: what a window reads to go on where it was, and appends to with every change. */
export function createDraftsService({ db, sealedDoc }: DraftsDeps): Handlers<'drafts.get' | 'drafts.append'> {
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
  };
}

function requireTask(db: ReadDb, taskId: string): TaskWithRoot {
  const task = findTask(db, taskId);
  if (task === undefined) throw new AppError('tasks/not-found');
  return task;
}
