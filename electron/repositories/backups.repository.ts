import { existsSync, mkdirSync, readdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Instant } from '#shared/domain/time.ts';
import { equalBytes } from '#shared/proofs/hash.ts';
import { rootOf } from '#shared/proofs/merkle.ts';
import type { BackupReason } from '#shared/rules/backup-rotation.rules.ts';
import { type Connection, connectReadOnly, isDamage, recognise } from '#electron/db/connection.ts';
import { removeDatabase, syncFile, syncFolder } from '#electron/db/files.ts';
import { createHandle } from '#electron/db/handle.ts';
import { entryBySeq, ledgerSize, storedNode } from './entries.repository.ts';

/** A backup as its file name tells it. */
export interface BackupFile {
  name: string;
  madeAt: Instant;
  bytes: number;
  /** Entries in it. */
  size: number;
  why: BackupReason;
}

/** Number of entries of a ledger and the root of the tree over them. */
export interface Head {
  size: number;
  root: Uint8Array;
}

const NAME =
  /^(\d{4}-\d\d-\d\dT)(\d\d)-(\d\d)-(\d\d\.\d{3}Z)-(manual|daily|before-restore|before-migration)-(\d+)\.db$/;

/** The name says when, why and how many entries, so that a list needs no file opened. */
export const backupName = (backup: Pick<BackupFile, 'madeAt' | 'why' | 'size'>): string =>
  `${backup.madeAt.replaceAll(':', '-')}-${backup.why}-${backup.size}.db`;

function fromName(folder: string, name: string): BackupFile | null {
  const [, date, hours, minutes, seconds, why, size] = NAME.exec(name) ?? [];
  if (!date) return null;
  const { size: bytes } = statSync(join(folder, name));
  return { name, madeAt: `${date}${hours}:${minutes}:${seconds}`, bytes, size: Number(size), why: why as BackupReason };
}

/** The backups of a folder, newest first; files of other names are none of ours. */
export function listBackups(folder: string): BackupFile[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).map((name) => fromName(folder, name));
  return files.filter((file) => file !== null).sort((a, b) => (a.name < b.name ? 1 : -1));
}

/** The tree head of a database, from its stored nodes. @throws ProofError when nodes are missing */
export function headOf(connection: Connection): Head {
  const handle = createHandle(connection);
  const size = ledgerSize(handle);
  const root = rootOf(size, (level, index) => storedNode(handle, level, index) ?? new Uint8Array(0));
  return { size, root };
}

/**
 * Opens a backup, has SQLite check all of it, and reads its ledger's head from the first and the last entry and the nodes between.
 *
 * @param supported newest version of the database this program can read
 * @throws AppError `data/not-a-ledger`, `data/from-newer-version`; SqliteError or Error for a damaged one
 */
export function checkBackup(path: string, supported: number): Head {
  const connection = connectReadOnly(path);
  try {
    if (recognise(connection, path, supported) === 'empty') throw new Error('it is empty');
    const answer = connection.pragma('integrity_check(1)', { simple: true });
    if (answer !== 'ok') throw new Error(String(answer));
    const head = headOf(connection);
    if (entryBySeq(createHandle(connection), 0)?.kind !== 'ledger.opened') throw new Error('it has no beginning');
    return head;
  } finally {
    connection.close();
  }
}

/** Where a backup is written until it is checked. */
const backupDraft = (folder: string, madeAt: Instant): string =>
  join(folder, `unfinished-${process.pid}-${madeAt.replaceAll(':', '-')}.db`);

/** Bytes of a backup that are written so far; 0 before the first. */
export function backupWritten(folder: string, madeAt: Instant): number {
  return statSync(backupDraft(folder, madeAt), { throwIfNoEntry: false })?.size ?? 0;
}

/** Takes out what was written of a backup that was called off. */
export function dropBackupDraft(folder: string, madeAt: Instant): void {
  removeDatabase(backupDraft(folder, madeAt));
}

/**
 * Makes a backup of an open database. It is written under another name, opened, checked to be whole and to have the very head the
 * original has, and only then gets its name: a file with the name of a backup is one.
 *
 * `VACUUM INTO` reads one state of the database, its write-ahead log included, while others go on.
 * @throws SqliteError `SQLITE_FULL` and others, Error when the copy is not what it should be; nothing is left behind
 */
export function writeBackup(
  connection: Connection,
  folder: string,
  about: { madeAt: Instant; why: BackupReason; supported: number },
): BackupFile {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = backupDraft(folder, about.madeAt);
  try {
    connection.prepare('VACUUM INTO ?').run(draft);
    const head = checkBackup(draft, about.supported);
    // Others may have written since; what the copy has must be what the original has at that size.
    const own = rootAt(connection, head.size);
    if (!equalBytes(head.root, own)) throw new Error('the copy has another head than the original');
    return nameBackup(folder, draft, { ...about, size: head.size });
  } catch (error) {
    removeDatabase(draft);
    throw error;
  }
}

function rootAt(connection: Connection, size: number): Uint8Array {
  const handle = createHandle(connection);
  return rootOf(size, (level, index) => storedNode(handle, level, index) ?? new Uint8Array(0));
}

/** Gives a checked file its name, durably. */
export function nameBackup(
  folder: string,
  draft: string,
  about: Pick<BackupFile, 'madeAt' | 'why' | 'size'>,
): BackupFile {
  syncFile(draft);
  const { why, size } = about;
  let { madeAt } = about;
  // Two in one millisecond: the later one is a millisecond later.
  while (existsSync(join(folder, backupName({ madeAt, why, size })))) {
    madeAt = new Date(Date.parse(madeAt) + 1).toISOString();
  }
  const name = backupName({ madeAt, why, size });
  renameSync(draft, join(folder, name));
  syncFolder(folder);
  return { name, madeAt, why, size, bytes: statSync(join(folder, name)).size };
}

/** Takes out what was being written when the program was killed. */
export function dropUnfinishedBackups(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) if (name.startsWith('unfinished-')) removeDatabase(join(folder, name));
}

/** Whether a backup still holds the values of any of these fields. */
export function backupHolds(path: string, fields: readonly { entry: string; name: string }[]): boolean {
  const connection = connectReadOnly(path);
  try {
    const sql = `SELECT 1 FROM entry AS e JOIN field AS f ON f.seq = e.seq
      WHERE e.id = ? AND f.name = ? AND f.value IS NOT NULL`;
    const statement = connection.prepare(sql);
    return fields.some(({ entry, name }) => statement.get(entry, name) !== undefined);
  } finally {
    connection.close();
  }
}

/** Hashes of the blobs that entries of any backup name: a backup can be put back only while they are there. */
export function blobsInBackups(folder: string): Set<string> {
  return new Set(listBackups(folder).flatMap(({ name }) => blobsOfBackup(join(folder, name))));
}

/** A backup that cannot be read names nothing. */
function blobsOfBackup(path: string): string[] {
  try {
    const connection = connectReadOnly(path);
    try {
      return connection.prepare('SELECT DISTINCT hash FROM blob_ref').pluck().all() as string[];
    } finally {
      connection.close();
    }
  } catch (error) {
    if (isDamage(error)) return [];
    throw error;
  }
}
