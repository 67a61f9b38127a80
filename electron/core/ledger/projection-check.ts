import type { Connection } from '#electron/db/connection.ts';
import { createHandle } from '#electron/db/handle.ts';
import type { WriteDb } from '#electron/db/database.ts';
import { countAbout, entitiesAbout } from '#electron/repositories/entries.repository.ts';
import type { ProjectionEngine } from './projection-engine.ts';

/** A table of a projection: rows the entries give, and how many of them are not the rows that are there. */
export interface ComparedTable {
  table: string;
  rows: number;
  differed: number;
}

/** Entities between two reports of progress. */
const STEP = 1000;

const tablesOf = (engine: ProjectionEngine): string[] => engine.projections.flatMap(({ tables }) => [...tables]);

/**
 * Makes an empty temporary twin of each table, with its indexes. SQLite looks for a table among the temporary ones first, so the projections then
 * write into the twins without knowing it.
 */
function shadow(connection: Connection, tables: readonly string[]): void {
  // A twin cannot point at rows outside the temporary database.
  connection.pragma('foreign_keys = OFF');
  const schema = connection.prepare(
    `SELECT type, sql FROM main.sqlite_schema
     WHERE tbl_name = ? AND type IN ('table', 'index') AND sql IS NOT NULL ORDER BY type DESC`,
  );
  for (const table of tables) {
    for (const { type, sql } of schema.all(table) as { type: string; sql: string }[]) {
      const twin =
        type === 'table'
          ? sql.replace(/^CREATE TABLE /, 'CREATE TEMP TABLE ')
          : sql.replace(/^CREATE (UNIQUE )?INDEX /, 'CREATE $1INDEX temp.');
      connection.exec(twin);
    }
  }
}

/**
 * Projects every entity of the ledger.
 * @returns how many entries there are
 */
export function projectAll(
  db: WriteDb,
  engine: ProjectionEngine,
  progress: (done: number, total: number) => void,
): number {
  const total = countAbout(db);
  let done = 0;
  let after = '';
  // In portions, because a cursor must not stand open over tables that are written.
  for (;;) {
    const entities = entitiesAbout(db, after, STEP);
    for (const entity of entities) engine.project(db, entity);
    after = entities.at(-1) ?? '';
    done += entities.length;
    progress(done, Math.max(done, total));
    if (entities.length < STEP) return total;
  }
}

/**
 * Computes every projection anew from the entries and compares the rows with those that are there. Nothing but temporary tables
 * is written, so a connection that can only read will do; it is of no other use afterwards.
 */
export function compareProjections(
  connection: Connection,
  engine: ProjectionEngine,
  progress: (done: number, total: number) => void,
): ComparedTable[] {
  const tables = tablesOf(engine);
  shadow(connection, tables);
  projectAll(createHandle(connection), engine, progress);
  const count = (sql: string) => connection.prepare(`SELECT count(*) FROM (${sql})`).pluck().get() as number;
  return tables.map((table) => {
    const missing = count(`SELECT * FROM temp.${table} EXCEPT SELECT * FROM main.${table}`);
    const extra = count(`SELECT * FROM main.${table} EXCEPT SELECT * FROM temp.${table}`);
    return { table, rows: count(`SELECT 1 FROM temp.${table}`), differed: Math.max(missing, extra) };
  });
}

/** Puts the rows that the entries give in place of whatever the tables hold, in the caller's transaction. */
export function rebuildProjections(db: WriteDb, engine: ProjectionEngine): void {
  for (const table of tablesOf(engine)) db.run(`DELETE FROM ${table}`);
  projectAll(db, engine, () => undefined);
}
