/** A value SQLite stores. Booleans are 0 and 1; JSON is text. */
export type SqlValue = string | number | bigint | null | Uint8Array;
/** Positional or named parameters of a statement. */
export type SqlParams = readonly SqlValue[] | Readonly<Record<string, SqlValue>>;

/** Reads. A function that takes a ReadDb cannot write, and the compiler says so. */
export interface ReadDb {
  /** The first row, or undefined. */
  get<T>(sql: string, params?: SqlParams): T | undefined;
  all<T>(sql: string, params?: SqlParams): T[];
  iterate<T>(sql: string, params?: SqlParams): IterableIterator<T>;
}

/** Writes, only ever handed out inside a transaction. Statements are prepared once and cached. */
export interface WriteDb extends ReadDb {
  run(sql: string, params?: SqlParams): { changes: number; lastInsertRowid: number | bigint };
}

/** The open data folder's database. Survives a restore: the file underneath is exchanged, this object stays. */
export interface Database {
  readonly read: ReadDb;
  /**
   * Runs `work` in one `BEGIN IMMEDIATE` transaction; whatever it throws rolls everything back. `work` is synchronous: nothing is awaited
   * inside a transaction. A transaction inside a transaction joins the outer one.
   */
  transaction<T>(work: (db: WriteDb) => T): T;
}
