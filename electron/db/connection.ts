import Sqlite from 'better-sqlite3';
import { AppError } from '#shared/contract/errors.ts';

export type Connection = Sqlite.Database;

/** "CLDG": marks a file as a ledger of this program (bytes 68 to 71 of the file). */
export const APPLICATION_ID = 0x434c4447;

/** Another process holds the lock for moments only; the data folder has one owner. */
const BUSY_MS = 5000;

/**
 * Settings of every connection, with what reading them back must answer. They are read back because a misspelt pragma is
 * silently ignored, and because this build of SQLite defaults to `synchronous = NORMAL` in WAL mode, which can lose a commit.
 */
const settings: readonly [pragma: string, value: string, answer: string | number][] = [
  ['busy_timeout', String(BUSY_MS), BUSY_MS],
  ['foreign_keys', 'ON', 1],
  // Without it, INSERT OR REPLACE walks past the triggers that forbid DELETE.
  ['recursive_triggers', 'ON', 1],
  ['trusted_schema', 'OFF', 0],
  ['cell_size_check', 'ON', 1],
  // Erased text must not stay behind in free pages.
  ['secure_delete', 'ON', 1],
];

const durable: typeof settings = [
  ['journal_mode', 'WAL', 'wal'],
  ['synchronous', 'FULL', 2],
  // What a refused append is taken back by is some 20 pages, for which a temporary file would be made and removed at every commit.
  ['temp_store', 'MEMORY', 2],
];

function set(connection: Connection, wanted: typeof settings): void {
  for (const [pragma, value, answer] of wanted) {
    connection.pragma(`${pragma} = ${value}`);
    const found = connection.pragma(pragma, { simple: true });
    if (found !== answer) throw new Error(`pragma ${pragma} is ${String(found)}, not ${answer}`);
  }
}

/** Opens a database file to read and write it, durably. @throws SqliteError, or Error when a setting did not take */
export function connect(path: string): Connection {
  const connection = new Sqlite(path, { timeout: BUSY_MS });
  try {
    set(connection, settings);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Makes every commit durable; it writes to the file, so it is done only once the file is known to be a ledger. */
export function makeDurable(connection: Connection): void {
  set(connection, durable);
}

/** Opens a database file without ever writing to it. @throws SqliteError */
export function connectReadOnly(path: string): Connection {
  const connection = new Sqlite(path, { readonly: true, fileMustExist: true, timeout: BUSY_MS });
  try {
    set(connection, settings);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** What SQLite answers when the bytes of the file are not what they should be, as against a full disk or a mistake of ours. */
export function isDamage(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB');
}

/** Whether the disk is full. */
export function isFull(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT';
}

/**
 * Whether the file is empty, a ledger this program can read, or neither.
 *
 * @throws AppError `data/not-a-ledger` for somebody else's database, `data/from-newer-version`
 */
export function recognise(connection: Connection, path: string, supported: number): 'empty' | 'ledger' {
  const version = connection.pragma('user_version', { simple: true }) as number;
  const application = connection.pragma('application_id', { simple: true }) as number;
  const tables = connection.prepare('SELECT count(*) AS n FROM sqlite_schema').get() as { n: number };
  if (application === 0 && version === 0 && tables.n === 0) return 'empty';
  if (application !== APPLICATION_ID) throw new AppError('data/not-a-ledger', { path });
  if (version > supported) throw new AppError('data/from-newer-version', { found: version, supported });
  return 'ledger';
}
