import { existsSync } from 'node:fs';
import { AppError } from '#shared/contract/errors.ts';
import { type Connection, connect, connectReadOnly, isDamage, isFull, makeDurable, recognise } from './connection.ts';
import type { Database, WriteDb } from './database.ts';
import { createHandle, type Handle } from './handle.ts';
import { type Migration, migrate, newestVersion, readMigrations } from './migrate.ts';

/** A file up to this size (bytes) is checked whole when it is opened: half a second at most on a slow disk. */
const CHECKED_AT_OPEN = 16 * 1024 * 1024;

export interface OpenOptions {
  /** Path of the file; its folder exists. */
  path: string;
  migrations?: readonly Migration[];
  /** Called before an existing ledger is brought to a newer version: the moment to keep a copy. */
  beforeMigration?(connection: Connection): void;
  /** Name of the newest backup, for whoever hears that the ledger is damaged; null when there is none. */
  newestBackup?(): string | null;
}

/** The database of a data folder, and what only its owner (the composition root, backups) may do with it. */
export interface OpenDatabase extends Database {
  readonly path: string;
  /** Why it can't be written, in words for a log; null when it can. */
  readonly problem: string | null;
  /** Rises when the file underneath was exchanged: what was computed from the old one is void. */
  readonly generation: number;
  /** The connection itself, for what no statement can say (VACUUM INTO, checkpoints). */
  readonly connection: Connection;
  /**
   * Runs `work` in one transaction that may rest on the way. Until it has ended every other transaction is refused with `host/busy`, and whatever
   * reads finds its rows as they come: so only who keeps others out begins one (`createLongWrites`).
   */
  longTransaction<T>(work: (db: WriteDb) => Promise<T>): Promise<T>;
  /**
   * Closes the file, runs `work` (which may exchange it) and opens what is there then, even when `work` throws.
   * @throws what `work` throws, or what opening throws
   */
  reopen(work: () => void): void;
  close(): void;
}

interface Opened {
  handle: Handle;
  problem: string | null;
}

/**
 * Opens the ledger of a data folder, or makes it: settings set and read back, the file recognised, migrations run.
 *
 * A damaged file is opened for reading, as far as it can be read, and says so in `problem`; every transaction is then refused with
 * `data/read-only`. Whether a file is damaged is known at once for small ones (`quick_check`); of large ones the schema and both
 * ends are read, and the rest shows when it is met or when the daily backup checks its copy.
 *
 * @throws AppError `data/not-a-ledger`, `data/from-newer-version`; Error when a migration fails
 */
export function openDatabase(options: OpenOptions): OpenDatabase {
  const migrations = options.migrations ?? readMigrations();
  const open = () => openFile(options, migrations);
  let opened = open();
  let generation = 1;
  let depth = 0;
  let isLong = false;

  /** Runs `work`; damage met on the way closes the ledger to writing, and is told as what it is, like a disk without room. */
  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw explained(error);
    }
  };

  const explained = (error: unknown): unknown => {
    if (isFull(error)) return new AppError('data/disk-full');
    if (!isDamage(error)) return error;
    opened.problem ??= (error as Error).message;
    const backup = options.newestBackup?.() ?? null;
    return new AppError('data/damaged', { problem: (error as Error).message, backup });
  };

  const read = {
    get: <T>(...args: Parameters<WriteDb['get']>) => guarded(() => opened.handle.get<T>(...args)),
    all: <T>(...args: Parameters<WriteDb['all']>) => guarded(() => opened.handle.all<T>(...args)),
    iterate: <T>(...args: Parameters<WriteDb['iterate']>) => guarded(() => opened.handle.iterate<T>(...args)),
  };

  const transaction = <T>(work: (db: WriteDb) => T): T => {
    if (depth > 0) return work(opened.handle);
    if (opened.problem !== null) throw new AppError('data/read-only');
    if (isLong) throw new AppError('host/busy', { owner: 'ledger' });
    const { handle } = opened;
    return guarded(() => {
      handle.run('BEGIN IMMEDIATE');
      depth = 1;
      try {
        const result = work(handle);
        if (result instanceof Promise) throw new Error('a transaction awaits nothing');
        handle.run('COMMIT');
        return result;
      } catch (error) {
        // Some errors (a full disk) have rolled back by themselves.
        if (handle.connection.inTransaction) handle.run('ROLLBACK');
        throw error;
      } finally {
        depth = 0;
      }
    });
  };

  const longTransaction: OpenDatabase['longTransaction'] = async (work) => {
    if (opened.problem !== null) throw new AppError('data/read-only');
    if (isLong) throw new AppError('host/busy', { owner: 'ledger' });
    const { handle } = opened;
    isLong = true;
    try {
      handle.run('BEGIN IMMEDIATE');
      const result = await work(handle);
      handle.run('COMMIT');
      return result;
    } catch (error) {
      if (handle.connection.inTransaction) handle.run('ROLLBACK');
      throw explained(error);
    } finally {
      isLong = false;
    }
  };

  return {
    read,
    transaction,
    longTransaction,
    path: options.path,
    get problem() {
      return opened.problem;
    },
    get generation() {
      return generation;
    },
    get connection() {
      return opened.handle.connection;
    },
    reopen(work) {
      opened.handle.connection.close();
      try {
        work();
      } finally {
        opened = open();
        generation += 1;
      }
    },
    close: () => void opened.handle.connection.close(),
  };
}

function openFile(options: OpenOptions, migrations: readonly Migration[]): Opened {
  const { path } = options;
  const existed = existsSync(path);
  let connection: Connection | null = null;
  try {
    connection = connect(path);
    const found = recognise(connection, path, newestVersion(migrations));
    makeDurable(connection);
    if (found === 'ledger') {
      const problem = probe(connection);
      if (problem !== null) throw Object.assign(new Error(problem), { code: 'SQLITE_CORRUPT' });
      const version = connection.pragma('user_version', { simple: true }) as number;
      if (version < newestVersion(migrations)) options.beforeMigration?.(connection);
    }
    migrate(connection, migrations);
    return { handle: createHandle(connection), problem: null };
  } catch (error) {
    connection?.close();
    if (!existed || !isDamage(error)) throw error;
    return openDamaged(path, (error as Error).message, migrations);
  }
}

/** What a quick look finds wrong with the file; null when nothing. */
function probe(connection: Connection): string | null {
  const bytes =
    (connection.pragma('page_count', { simple: true }) as number) *
    (connection.pragma('page_size', { simple: true }) as number);
  if (bytes <= CHECKED_AT_OPEN) {
    const answer = connection.pragma('quick_check(1)', { simple: true });
    if (answer !== 'ok') return String(answer);
  }
  const ends =
    'SELECT (SELECT header FROM entry ORDER BY seq LIMIT 1), (SELECT header FROM entry ORDER BY seq DESC LIMIT 1)';
  connection.prepare(ends).get();
  return null;
}

/** Opens what can still be read; an empty ledger in memory when nothing can, so that the way to the backups stays open. */
function openDamaged(path: string, problem: string, migrations: readonly Migration[]): Opened {
  try {
    const connection = connectReadOnly(path);
    try {
      connection.prepare('SELECT count(*) FROM sqlite_schema').get();
      connection.prepare('SELECT max(seq) FROM entry').get();
      return { handle: createHandle(connection), problem };
    } catch (error) {
      connection.close();
      throw error;
    }
  } catch {
    const memory = connect(':memory:');
    migrate(memory, migrations);
    return { handle: createHandle(memory), problem };
  }
}
