import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AppError, type ErrorCode } from '#shared/contract/errors.ts';
import type { Day } from '#shared/domain/time.ts';
import { type BackupReason, backupsToRemove } from '#shared/rules/backup-rotation.rules.ts';
import type { LedgerWorkers } from '#electron/core/ledger/ledger-workers.ts';
import type { OpenLedger } from '#electron/core/ledger/ledger.ts';
import { dropUnfinishedRestore, exchange, prepareRestore } from '#electron/core/ledger/restoring.ts';
import type { CallContext, Clock, Handlers } from '#electron/core/ports.ts';
import { isFull } from '#electron/db/connection.ts';
import { removeDatabase } from '#electron/db/files.ts';
import { newestVersion, readMigrations } from '#electron/db/migrate.ts';
import type { OpenDatabase } from '#electron/db/open.ts';
import {
  type BackupFile,
  backupWritten,
  checkBackup,
  dropBackupDraft,
  type Head,
  headOf,
  listBackups,
} from '#electron/repositories/backups.repository.ts';

export interface BackupsDeps {
  db: OpenDatabase;
  ledger: OpenLedger;
  workers: LedgerWorkers;
  clock: Clock;
  /** `backups/` of the data folder. */
  folder: string;
  /** The calendar day of an instant where the owner lives. */
  dayOf(instant: string): Day;
  /** What is under way, but for one operation, that must not find another ledger underneath; null when nothing is. */
  busyWith(except?: string): string | null;
  /** Has calls wait that come in while the ledger is exchanged; what it answers lets them in. */
  holdCalls(): () => void;
  /** Called before the present ledger is kept: whatever is measured or remembered is written into it. */
  beforeRestore(): void;
  /** Called once another ledger lies underneath, or still the old one when restoring failed. */
  afterRestore(): void;
  /** Tests stop a restore half-way, as a power cut would. */
  beforeStep?(step: 'keep' | 'prepare' | 'exchange' | 'reopen'): void;
}

export interface BackupsService extends Handlers<'backups.list' | 'backups.create' | 'backups.restore'> {
  /** Makes a backup of the day if there is none yet and the ledger has grown since the last one; null when it need not. */
  daily(context: Context): Promise<BackupFile | null>;
}

type Context = Pick<CallContext, 'signal' | 'progress'>;

const lookEveryMs = 250;

/** Copies of the ledger in the data folder: made, kept for as long as they are of use, and put back. */
export function createBackupsService(deps: BackupsDeps): BackupsService {
  const { db, folder } = deps;

  const create = async (why: BackupReason, context: Context): Promise<BackupFile> => {
    const made = await copied(deps, now(deps), why, context).catch(explain);
    rotate(deps);
    return made;
  };

  return {
    'backups.list': () => ({ backups: listBackups(folder) }),

    'backups.create': (_input, context) => create('manual', context),

    'backups.restore': ({ name }, context) => restore(deps, name, context),

    async daily(context) {
      const backups = listBackups(folder);
      const today = deps.dayOf(now(deps));
      const size = headOf(db.connection).size;
      const done = backups.some((each) => each.why === 'daily' && deps.dayOf(each.madeAt) === today);
      if (done || db.problem !== null || backups[0]?.size === size) return null;
      return create('daily', context);
    },
  };
}

/** Copies the ledger in a thread of its own, and tells how far it is in bytes. */
async function copied(
  { db, folder, workers }: BackupsDeps,
  madeAt: string,
  why: BackupReason,
  context: Context,
): Promise<BackupFile> {
  const { size: whole } = statSync(db.path);
  // The copy is made by one statement, which tells nothing: how far it is shows in the file.
  const look = () => context.progress(Math.min(whole, backupWritten(folder, madeAt)), whole);
  const looking = setInterval(look, lookEveryMs);
  try {
    return await workers.run({ type: 'backup', path: db.path, folder, madeAt, why }, context);
  } finally {
    clearInterval(looking);
    // The thread that was to take it out is gone.
    if (context.signal.aborted) dropBackupDraft(folder, madeAt);
  }
}

const now = ({ clock }: BackupsDeps): string => new Date(clock.now()).toISOString();

/** A full disk is told as what it is; anything else is not expected. */
function explain(error: unknown): never {
  if (isFull(error)) throw new AppError('backups/no-space', { problem: (error as Error).message });
  throw error;
}

function rotate({ folder, clock, dayOf }: BackupsDeps): void {
  const backups = listBackups(folder).map((each) => ({ ...each, day: dayOf(each.madeAt) }));
  const today = dayOf(new Date(clock.now()).toISOString());
  for (const name of backupsToRemove(backups, today)) removeDatabase(join(folder, name));
}

/**
 * Puts a backup in the ledger's place. The present ledger is kept as a backup first, so this can be undone in the same way; the
 * restored one gets an entry that says which head was left.
 */
async function restore(
  deps: BackupsDeps,
  name: string,
  context: Context,
): Promise<{ restored: BackupFile; kept: BackupFile }> {
  const { db, folder, ledger, beforeStep = () => undefined } = deps;
  const backup = listBackups(folder).find((each) => each.name === name);
  if (!backup) throw new AppError('backups/not-found', { name });
  const refuseBusy = () => {
    const owner = deps.busyWith('backups.restore');
    if (owner !== null) throw new AppError('host/busy', { owner });
  };
  refuseBusy();
  const path = join(folder, name);
  const head = await usable(deps, path, name, context);
  // What was begun while the backup was looked through must not find another ledger underneath.
  refuseBusy();
  const letIn = deps.holdCalls();
  deps.beforeRestore();
  try {
    beforeStep('keep');
    const { kept, left, damaged } = await keepPresent(deps, context);
    beforeStep('prepare');
    prepareRestore(db, { path, name, head }, { ledger, left, now: now(deps) });
    if (!damaged) db.connection.pragma('wal_checkpoint(TRUNCATE)');
    beforeStep('exchange');
    db.reopen(() => {
      exchange(db.path, damaged);
      beforeStep('reopen');
    });
    return { restored: backup, kept };
  } catch (error) {
    return explain(error);
  } finally {
    dropUnfinishedRestore(db.path);
    deps.afterRestore();
    letIn();
  }
}

/** @throws AppError `backups/unusable`, `data/from-newer-version` */
async function usable({ workers }: BackupsDeps, path: string, name: string, context: Context): Promise<Head> {
  try {
    return await workers.run({ type: 'check-backup', path }, context).catch((error) => {
      if (context.signal.aborted) throw error;
      // A thread tells little of why; this is the rare case, and ends sooner than a whole look.
      return checkBackup(path, newestVersion(readMigrations()));
    });
  } catch (error) {
    if (context.signal.aborted) throw error;
    const told: readonly ErrorCode[] = ['data/from-newer-version'];
    if (error instanceof AppError && told.includes(error.code)) throw error;
    throw new AppError('backups/unusable', { name, problem: (error as Error).message });
  }
}

/**
 * Keeps the present ledger as a backup; a damaged one, which has no sound copy, as the bytes it is. The copy is another thread's, while nothing is
 * written here: calls wait and what is measured stands still. Until it is made a restore can be called off and was never begun.
 */
async function keepPresent(
  deps: BackupsDeps,
  context: Context,
): Promise<{ kept: BackupFile; left: Head; damaged: string | null }> {
  const { db, folder } = deps;
  const madeAt = now(deps);
  const why = 'before-restore' as const;
  if (db.problem === null) {
    const kept = await copied(deps, madeAt, why, context);
    return { kept, left: headOf(db.connection), damaged: null };
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const name = `damaged-${madeAt.replaceAll(':', '-')}.db`;
  const left = readableHead(db);
  const { size: bytes } = statSync(db.path);
  return { kept: { name, madeAt, bytes, size: left.size, why }, left, damaged: join(folder, name) };
}

/** The head of a damaged ledger as far as it can be read; the empty one when it can't. */
function readableHead(db: OpenDatabase): Head {
  try {
    return headOf(db.connection);
  } catch {
    return { size: 0, root: new Uint8Array(32) };
  }
}
