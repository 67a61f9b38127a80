import type { EntityId } from '#shared/domain/ids.ts';
import type { Connection } from '#electron/db/connection.ts';
import { createHandle } from '#electron/db/handle.ts';
import type { WriteDb } from '#electron/db/database.ts';
import {
  countAbout,
  entitiesAbout,
  entriesAboutThose,
  valuesAboutThose,
} from '#electron/repositories/entries.repository.ts';
import { holdingRollUps } from '#electron/repositories/time-days.repository.ts';
import { bodyOf } from './entry-reading.ts';
import type { ProjectionEngine } from './projection-engine.ts';

/** A table of a projection: rows the entries give, and how many of them are not the rows that are there. */
export interface ComparedTable {
  table: string;
  rows: number;
  differed: number;
}

/** Entities that are read at once: their entries may have large annotations in them. */
const STEP = 250;

const tablesOf = (engine: ProjectionEngine): string[] => [
  ...new Set(engine.projections.flatMap(({ tables }) => [...tables])),
];

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

/** How far projecting all entities has come. */
interface Projected {
  done: number;
  total: number;
}

/** Projects every entity of the ledger, into tables that are empty, some at a step. */
function* projectAll(db: WriteDb, engine: ProjectionEngine): Generator<Projected, void> {
  const total = countAbout(db);
  let done = 0;
  let after = '';
  // In portions, because a cursor must not stand open over tables that are written.
  for (;;) {
    const entities = entitiesAbout(db, after, STEP);
    const [first, last] = [entities[0], entities.at(-1)];
    if (first === undefined || last === undefined) return;
    holdingRollUps(db, () => projectThose(db, engine, first, last));
    after = last;
    done += entities.length;
    yield { done, total: Math.max(done, total) };
  }
}

/** Projects the entities from one to another. */
function projectThose(db: WriteDb, engine: ProjectionEngine, first: EntityId, last: EntityId): void {
  const values = Map.groupBy(valuesAboutThose(db, first, last), ({ seq }) => seq);
  const rows = Map.groupBy(entriesAboutThose(db, first, last), ({ about }) => about);
  for (const [entity, own] of rows) engine.projectFirst(db, entity, own, (seq) => bodyOf(values.get(seq) ?? []));
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
  for (const { done, total } of projectAll(createHandle(connection), engine)) progress(done, total);
  return tables.map((table) => compareTable(connection, table));
}

function compareTable(connection: Connection, table: string): ComparedTable {
  const columns = connection.pragma(`main.table_info(${table})`) as { name: string; pk: number }[];
  const count = (sql: string) => connection.prepare(`SELECT count(*) FROM ${sql}`).pluck().get() as number;
  const rows = count(`temp.${table}`);
  const most = Math.max(rows, count(`main.${table}`));
  if (columns.every(({ pk }) => pk === 0)) {
    const names = columns.map(({ name }) => name).join();
    const copies = (schema: string) => `SELECT *, count(*) FROM ${schema}.${table} GROUP BY ${names}`;
    const missing = count(`(${copies('temp')} EXCEPT ${copies('main')})`);
    return { table, rows, differed: Math.max(missing, count(`(${copies('main')} EXCEPT ${copies('temp')})`)) };
  }
  // Row by row along the key: sorting a million whole rows to find the same out takes several times as long.
  const same = columns.map(({ name, pk }) => `now.${name} ${pk > 0 ? '=' : 'IS'} kept.${name}`).join(' AND ');
  return { table, rows, differed: most - count(`temp.${table} AS now CROSS JOIN main.${table} AS kept ON ${same}`) };
}

/** Puts the rows that the entries give in place of whatever the tables hold, some at a step, in the caller's transaction. */
export function* rebuildProjections(
  db: WriteDb,
  engine: ProjectionEngine,
  progress: (done: number, total: number) => void,
): Generator<void, void> {
  for (const table of tablesOf(engine)) {
    db.run(`DELETE FROM ${table}`);
    yield;
  }
  for (const { done, total } of projectAll(db, engine)) {
    progress(done, total);
    yield;
  }
}
