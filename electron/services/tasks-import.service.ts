import { realpath, stat } from 'node:fs/promises';
import { basename, isAbsolute, relative, sep } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { ParsedInput } from '#shared/contract/contract.ts';
import { AppError } from '#shared/contract/errors.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { Ledger } from '#electron/core/ledger/ledger-types.ts';
import type { CallContext, Clock, Handlers, Ids } from '#electron/core/ports.ts';
import { dropUnseen } from '#electron/core/unseen-tasks.ts';
import type { Database, ReadDb, WriteDb } from '#electron/db/database.ts';
import { walkFolder } from '#electron/media/folder-walk.ts';
import { isInside } from '#electron/media/media-resolver.ts';
import { modalityOf, projectExists } from '#electron/repositories/projects.repository.ts';
import {
  insertTasks,
  mediaRoots,
  namesBelow,
  queueLength,
  setQueueLength,
} from '#electron/repositories/tasks.repository.ts';

export interface TasksImportDeps {
  db: Database;
  ledger: Ledger;
  clock: Clock;
  ids: Ids;
}

/** Rows written by one transaction: about 30 ms. */
const rowsPerBatch = 2000;

/** Taking a folder of photos or recordings into a project's queue. */
export function createTasksImportService(deps: TasksImportDeps): Handlers<'tasks.importFolder'> {
  // Imports take places at the end of a queue, so they go one after another.
  let last: Promise<unknown> = Promise.resolve();

  return {
    'tasks.importFolder': (input, context) => {
      const turn = last.then(() => importFolder(deps, input, context));
      last = turn.catch(() => {});
      return turn;
    },
  };
}

async function importFolder(deps: TasksImportDeps, input: ParsedInput<'tasks.importFolder'>, context: CallContext) {
  const { db } = deps;
  const { projectId, path } = input;
  if (!projectExists(db.read, projectId)) throw new AppError('projects/not-found', { projectId });
  try {
    context.signal.throwIfAborted();
    await dropUnseen(db, projectId);
    const root = await chosenFolder(path);
    const progress = (found: number) => context.progress(found, null);
    const walk = await walkFolder(root, context.signal, progress, modalityOf(db.read, projectId)).catch(
      (error: unknown) => refuseUnreadable(error, path),
    );
    const known = knownNames(db.read, projectId, root);
    const names = walk.names.filter((name) => !known.has(name));
    await takeNames(deps, { projectId, root, names, kind: input.taskKind ?? null, skipped: walk.skipped }, context);
    return {
      taken: names.length,
      alreadyThere: walk.names.length - names.length,
      skipped: walk.skipped,
      skippedSome: walk.skippedSome,
    };
  } catch (error) {
    await dropUnseen(db, projectId);
    if (!context.signal.aborted) throw error;
    throw new AppError('jobs/cancelled');
  }
}

/** The folder with links resolved; refused when it is none. */
async function chosenFolder(path: string): Promise<string> {
  if (!isAbsolute(path)) throw new AppError('files/not-found', { path });
  try {
    const root = await realpath(path);
    if (!(await stat(root)).isDirectory()) throw new AppError('files/not-a-folder', { path });
    return root;
  } catch (error) {
    return refuseUnreadable(error, path);
  }
}

function refuseUnreadable(error: unknown, path: string): never {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') throw new AppError('files/not-found', { path });
  if (code === 'ENOTDIR') throw new AppError('files/not-a-folder', { path });
  if (code === 'EACCES' || code === 'EPERM' || code === 'EIO') {
    throw new AppError('files/unreadable', { path, problem: code });
  }
  throw error;
}

/**
 * Photos of the project below this folder, by their path below it, whichever of the project's folders they came in by: a
 * folder and one inside it may both have been chosen.
 */
function knownNames(db: ReadDb, projectId: string, root: string): Set<string> {
  const known = new Set<string>();
  for (const other of mediaRoots(db, projectId)) {
    if (isInside(root, other.path)) {
      const between = relative(root, other.path).split(sep).join('/');
      for (const { name } of namesBelow(db, projectId, other.id))
        known.add(between === '' ? name : `${between}/${name}`);
    } else if (isInside(other.path, root)) {
      const between = `${relative(other.path, root).split(sep).join('/')}/`;
      for (const { name } of namesBelow(db, projectId, other.id)) {
        if (name.startsWith(between)) known.add(name.slice(between.length));
      }
    }
  }
  return known;
}

/**
 * Writes the rows beyond the queue's length in batches, unseen, then shows them all at once together with the ledger's
 * entry. Nothing is written for a folder without new photos.
 */
async function takeNames(
  deps: TasksImportDeps,
  found: { projectId: ProjectId; root: string; names: readonly string[]; kind: string | null; skipped: number },
  context: CallContext,
): Promise<void> {
  const { projectId, root, names, kind, skipped } = found;
  if (names.length === 0) return;
  const { db } = deps;
  const start = queueLength(db.read, projectId);
  for (let at = 0; at < names.length; at += rowsPerBatch) {
    context.signal.throwIfAborted();
    const batch = names.slice(at, at + rowsPerBatch);
    db.transaction((tx) => insertTasks(tx, deps.ids, { projectId, root, names: batch, start: start + at, kind }));
    context.progress(at + batch.length, names.length);
    await breathe();
  }
  context.signal.throwIfAborted();
  db.transaction((tx) => showTaken(tx, deps, { projectId, root, start, taken: names.length, skipped }));
}

/** Makes inserted photos part of the queue and writes the entry that says so. */
function showTaken(
  tx: WriteDb,
  deps: TasksImportDeps,
  taken: { projectId: ProjectId; root: string; start: number; taken: number; skipped: number },
): void {
  setQueueLength(tx, taken.projectId, taken.start + taken.taken);
  deps.ledger.append(tx, [
    {
      kind: 'media.imported',
      body: {
        project: taken.projectId,
        folder_name: basename(taken.root),
        taken: taken.taken,
        skipped: taken.skipped,
      },
      occurredStart: new Date(deps.clock.now()).toISOString(),
      occurredEnd: null,
      source: 'measured',
      subjects: [taken.projectId],
    },
  ]);
}
