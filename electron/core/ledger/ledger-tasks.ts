import { join } from 'node:path';
import type { BackupReason } from '#shared/rules/backup-rotation.rules.ts';
import { featureProjections } from '#electron/core/feature-projections.ts';
import { connect, connectReadOnly } from '#electron/db/connection.ts';
import type { ReadDb } from '#electron/db/database.ts';
import { createHandle } from '#electron/db/handle.ts';
import { migrate, newestVersion, readMigrations } from '#electron/db/migrate.ts';
import { type BackupFile, writeBackup } from '#electron/repositories/backups.repository.ts';
import { ledgerSize } from '#electron/repositories/entries.repository.ts';
import { guards } from '#electron/repositories/entries-verify.repository.ts';
import { ledgerProjections } from './ledger.ts';
import { type ComparedTable, compareProjections } from './projection-check.ts';
import { createProjectionEngine } from './projection-engine.ts';
import { upcasters } from './upcasters.ts';
import { type Problem, type Verified, verifyLedger } from './verification.ts';

/** Work on the whole ledger that takes long and only reads. */
export type LedgerTask =
  | { type: 'verify'; dataDir: string; path: string }
  | { type: 'compare'; path: string }
  | { type: 'backup'; path: string; folder: string; madeAt: string; why: BackupReason };

export interface LedgerTaskResults {
  verify: Verified;
  compare: { entries: number; tables: ComparedTable[] };
  backup: BackupFile;
}

type Progress = (done: number, total: number) => void;

const engine = () => createProjectionEngine([...ledgerProjections, ...featureProjections], upcasters);

/** Triggers that a file of this version has and this one has not, or has otherwise: somebody went around them. */
function missingGuards(db: ReadDb): Problem[] {
  const whole = connect(':memory:');
  try {
    migrate(whole, readMigrations());
    const found = new Map(guards(db).map(({ name, sql }) => [name, sql]));
    return guards(createHandle(whole))
      .filter(({ name, sql }) => found.get(name) !== sql)
      .map(({ name }) => ({ what: 'database', seq: null, detail: `trigger ${name} is missing or another one` }));
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
    const missing = missingGuards(db);
    const verified = await verifyLedger(db, join(task.dataDir, 'attachments'), (done, total) => {
      // The projections come after, and take about as long.
      progress(done, total * 2);
    });
    verified.problems.push(...missing);
    if (verified.problems.some(({ what }) => what !== 'blob')) return verified;
    const compared = compareProjections(connection, engine(), (done, total) => progress(total + done, total * 2));
    const differing = compared.filter(({ differed }) => differed > 0);
    return {
      ...verified,
      problems: [
        ...verified.problems,
        ...differing.map(({ table, differed }) => ({
          what: 'projection' as const,
          seq: null,
          detail: `${table}: ${differed} rows are not what the entries give`,
        })),
      ],
    };
  } finally {
    connection.close();
  }
}
