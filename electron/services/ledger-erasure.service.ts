import { rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobStore } from '#electron/core/blob-store.ts';
import {
  carryOutErasure,
  type EraseHook,
  type ErasurePlan,
  exportsWith,
  planErasure,
  planFields,
} from '#electron/core/ledger/erasure.ts';
import type { LedgerWorkers } from '#electron/core/ledger/ledger-workers.ts';
import type { OpenLedger } from '#electron/core/ledger/ledger.ts';
import type { CallContext, Clock, Handlers } from '#electron/core/ports.ts';
import { removeDatabase } from '#electron/db/files.ts';
import { type OpenDatabase, openDatabase } from '#electron/db/open.ts';
import { backupHolds, type BackupFile, listBackups } from '#electron/repositories/backups.repository.ts';

export interface LedgerErasureDeps {
  db: OpenDatabase;
  ledger: OpenLedger;
  clock: Clock;
  blobs: Pick<BlobStore, 'pathOf'>;
  workers: LedgerWorkers;
  /** `backups/` of the data folder. */
  backups: string;
  /** Each feature drops what it kept of the text beside the ledger. */
  hooks: readonly EraseHook[];
}

/** Removing what should never have been written down, and telling where else it is. */
export function createLedgerErasureService(deps: LedgerErasureDeps): Handlers<'ledger.erasePreview' | 'ledger.erase'> {
  const { db, ledger, clock } = deps;

  return {
    'ledger.erasePreview': ({ id, fields }) => {
      const plan = planErasure(db.read, id, fields);
      return {
        fields: [...new Set(plan.fields.map(({ name }) => name))],
        blobs: plan.blobs.length,
        backups: backupsWith(deps, plan).map(({ name }) => name),
        exports: exportsWith(db.read, plan.chain, ledger.self(db.read)),
      };
    },

    'ledger.erase': async ({ id, fields, reason, rewriteBackups }, { progress }) => {
      const now = new Date(clock.now()).toISOString();
      const erasing = { ledger, hooks: deps.hooks, reason, now };
      const plan = planErasure(db.read, id, fields);
      // Backups come first: where the program ends among them the text is still here too, and whoever erases it again reaches the rest.
      let rewritten = rewriteBackups ? await rewriteAll(deps, plan, erasing, progress) : 0;
      const entry = db.transaction((tx) => carryOutErasure(tx, planErasure(tx, id, fields), erasing));
      for (const hash of plan.blobs) rmSync(deps.blobs.pathOf(hash), { force: true });
      // Until now the write-ahead log still has the pages as they were.
      db.connection.pragma('wal_checkpoint(TRUNCATE)');
      // One may have been made meanwhile.
      if (rewriteBackups) rewritten += await rewriteAll(deps, plan, erasing, progress);
      return { entry, backupsRewritten: rewritten };
    },
  };
}

const uncalled = { signal: new AbortController().signal, progress: () => undefined };

function backupsWith({ backups }: LedgerErasureDeps, plan: ErasurePlan): BackupFile[] {
  return listBackups(backups).filter(({ name }) => backupHolds(join(backups, name), plan.fields));
}

type Erasing = Parameters<typeof carryOutErasure>[2];

/** Erases in every backup that holds any of the fields, one after the other. @returns how many those were */
async function rewriteAll(
  deps: LedgerErasureDeps,
  plan: ErasurePlan,
  erasing: Erasing,
  progress: CallContext['progress'],
): Promise<number> {
  const holding = backupsWith(deps, plan);
  for (const [done, backup] of holding.entries()) {
    progress(done, holding.length);
    await rewrite(deps, backup, plan, erasing);
  }
  return holding.length;
}

/**
 * Erases in a backup as in the ledger itself: a copy is opened, erased in, checked, and put in the place of the old one. The long part is another
 * thread's.
 */
async function rewrite(
  deps: LedgerErasureDeps,
  backup: BackupFile,
  plan: ErasurePlan,
  erasing: Erasing,
): Promise<void> {
  const old = join(deps.backups, backup.name);
  const draft = join(deps.backups, `unfinished-rewriting-${backup.name}`);
  try {
    await copyFile(old, draft);
    const copy = openDatabase({ path: draft });
    try {
      copy.transaction((tx) => void carryOutErasure(tx, planFields(tx, plan.fields), erasing));
    } finally {
      copy.close();
    }
    const { madeAt, why } = backup;
    await deps.workers.run({ type: 'backup', path: draft, folder: deps.backups, madeAt, why }, uncalled);
    removeDatabase(old);
  } finally {
    removeDatabase(draft);
  }
}
