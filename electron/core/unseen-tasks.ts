import { setImmediate as breathe } from 'node:timers/promises';
import type { Database } from '#electron/db/database.ts';
import {
  dropUnseenTasks,
  dropUnusedMediaRoots,
  projectsWithUnseenTasks,
} from '#electron/repositories/tasks.repository.ts';

/** Rows taken out by one transaction. */
const rowsPerBatch = 2000;

/** Takes out what an import that was cancelled or killed had written beyond a queue's length, in batches. */
export async function dropUnseen(db: Database, projectId: string): Promise<void> {
  while (db.transaction((tx) => dropUnseenTasks(tx, projectId, rowsPerBatch)) > 0) await breathe();
  db.transaction((tx) => dropUnusedMediaRoots(tx, projectId));
}

/** Called when a data folder is opened: an import that was killed leaves nothing. */
export async function dropUnfinishedImports(db: Database): Promise<void> {
  for (const projectId of projectsWithUnseenTasks(db.read)) await dropUnseen(db, projectId);
}
