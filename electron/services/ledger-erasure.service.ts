import { copyFileSync, rmSync } from 'node:fs';
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
import type { OpenLedger } from '#electron/core/ledger/ledger.ts';
import type { Clock, Handlers } from '#electron/core/ports.ts';
import { removeDatabase } from '#electron/db/files.ts';
import { newestVersion, readMigrations } from '#electron/db/migrate.ts';
import { type OpenDatabase, openDatabase } from '#electron/db/open.ts';
import { backupHolds, type BackupFile, listBackups, writeBackup } from '#electron/repositories/backups.repository.ts';

export interface LedgerErasureDeps {
  db: OpenDatabase;
  ledger: OpenLedger;
  clock: Clock;
  blobs: Pick<BlobStore, 'pathOf'>;
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

    'ledger.erase': ({ id, fields, reason, rewriteBackups }) => {
      const now = new Date(clock.now()).toISOString();
      const erasing = { ledger, hooks: deps.hooks, reason, now };
      const plan = planErasure(db.read, id, fields);
      const entry = db.transaction((tx) => carryOutErasure(tx, planErasure(tx, id, fields), erasing));
      for (const hash of plan.blobs) rmSync(deps.blobs.pathOf(hash), { force: true });
      // Until now the write-ahead log still has the pages as they were.
      db.connection.pragma('wal_checkpoint(TRUNCATE)');
      const rewritten = rewriteBackups ? backupsWith(deps, plan) : [];
      for (const backup of rewritten) rewrite(deps, backup, plan, erasing);
      return { entry, backupsRewritten: rewritten.length };
    },
  };
}

function backupsWith({ backups }: LedgerErasureDeps, plan: ErasurePlan): BackupFile[] {
  return listBackups(backups).filter(({ name }) => backupHolds(join(backups, name), plan.fields));
}

/** Erases in a backup as in the ledger itself: a copy is opened, erased in, checked, and put in the place of the old one. */
function rewrite(
  deps: LedgerErasureDeps,
  backup: BackupFile,
  plan: ErasurePlan,
  erasing: Parameters<typeof carryOutErasure>[2],
): void {
  const old = join(deps.backups, backup.name);
  const draft = join(deps.backups, `unfinished-rewriting-${backup.name}`);
  const supported = newestVersion(readMigrations());
  try {
    copyFileSync(old, draft);
    const copy = openDatabase({ path: draft });
    try {
      copy.transaction((tx) => void carryOutErasure(tx, planFields(tx, plan.fields), erasing));
      writeBackup(copy.connection, deps.backups, { madeAt: backup.madeAt, why: backup.why, supported });
    } finally {
      copy.close();
    }
    removeDatabase(old);
  } finally {
    removeDatabase(draft);
  }
}
