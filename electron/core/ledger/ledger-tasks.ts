import { join } from 'node:path';
import type { BackupReason } from '#shared/rules/backup-rotation.rules.ts';
import { featureProjections } from '#electron/core/feature-projections.ts';
import { connect, connectReadOnly } from '#electron/db/connection.ts';
import { createHandle } from '#electron/db/handle.ts';
import { migrate, newestVersion, readMigrations } from '#electron/db/migrate.ts';
import { type BackupFile, checkBackup, type Head, writeBackup } from '#electron/repositories/backups.repository.ts';
import { ledgerSize } from '#electron/repositories/entries.repository.ts';
import { guards } from '#electron/repositories/entries-verify.repository.ts';
import { ledgerProjections } from './ledger.ts';
import { type ComparedTable, compareProjections } from './projection-check.ts';
import { createProjectionEngine } from './projection-engine.ts';
import { checkFile, checkSurroundings } from './surroundings-check.ts';
import { upcasters } from './upcasters.ts';
import { type Problem, type Verified, verifyLedger } from './verification.ts';

/** Work on the whole ledger that takes long and only reads. */
export type LedgerTask =
  | { type: 'verify'; path: string }
  | { type: 'check-file'; path: string }
  | { type: 'surroundings'; dataDir: string; path: string }
  | { type: 'compare'; path: string }
  | { type: 'backup'; path: string; folder: string; madeAt: string; why: BackupReason }
  | { type: 'check-backup'; path: string };

export interface LedgerTaskResults {
  verify: Verified;
  'check-file': Problem[];
  surroundings: Problem[];
  compare: { entries: number; tables: ComparedTable[] };
  backup: BackupFile;
  'check-backup': Head;
}

type Progress = (done: number, total: number) => void;

const engine = () => createProjectionEngine([...ledgerProjections, ...featureProjections], upcasters);

/** The triggers of a file of this version, from the migrations themselves. */
function wholeGuards() {
  const whole = connect(':memory:');
  try {
    migrate(whole, readMigrations());
    return guards(createHandle(whole));
  } finally {
    whole.close();
  }
}

/** Carries a task out on a connection of its own, which sees one state of the ledger while others write. */
export async function runLedgerTask<T extends LedgerTask>(
  task: T,
  progress: Progress,
): Promise<LedgerTaskResults[T['type']]> {
  return (await carryOut(task, progress)) as LedgerTaskResults[T['type']];
}

async function carryOut(task: LedgerTask, progress: Progress): Promise<LedgerTaskResults[LedgerTask['type']]> {
  if (task.type === 'check-backup') return checkBackup(task.path, newestVersion(readMigrations()));
  const connection = connectReadOnly(task.path);
  try {
    if (task.type === 'backup') {
      return writeBackup(connection, task.folder, { ...task, supported: newestVersion(readMigrations()) });
    }
    connection.exec('BEGIN');
    const db = createHandle(connection);
    if (task.type === 'compare') {
      return { entries: ledgerSize(db), tables: compareProjections(connection, engine(), progress) };
    }
    if (task.type === 'verify') return verifyLedger(db, progress);
    if (task.type === 'check-file') return checkFile(db, wholeGuards());
    const attachments = join(task.dataDir, 'attachments');
    return await checkSurroundings(connection, { attachments, engine: engine() }, progress);
  } finally {
    connection.close();
  }
}
