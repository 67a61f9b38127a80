import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

/** Holds a data folder for this process until released or until the process ends, however it ends. */
export interface OwnerLock {
  release(): void;
}

/** Referenced from here: a database nobody refers to is closed by the garbage collector, and the lock with it. */
const held = new Set<Sqlite.Database>();

/**
 * Takes the data folder for this process, or answers null when another process has it.
 *
 * The lock is SQLite's own on an empty database: the operating system drops it when the process dies, so a lock left behind by
 * a crash cannot exist. Nothing is ever written to the file.
 *
 * @throws whatever SQLite throws when the folder cannot be written
 */
export function takeOwnerLock(dataDir: string): OwnerLock | null {
  const db = new Sqlite(join(dataDir, 'owner.db'), { timeout: 0 });
  try {
    // A journal on disk would be left behind by a kill.
    db.pragma('journal_mode = MEMORY');
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if ((error as { code?: unknown }).code === 'SQLITE_BUSY') return null;
    throw error;
  }
  held.add(db);
  return {
    release() {
      held.delete(db);
      db.close();
    },
  };
}
