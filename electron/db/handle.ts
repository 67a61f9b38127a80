import type Sqlite from 'better-sqlite3';
import type { Connection } from './connection.ts';
import type { SqlParams, WriteDb } from './database.ts';

/** More distinct statements than the program has; a filter that builds its SQL cannot grow the cache without end. */
const MOST_STATEMENTS = 1000;

/** Reads and writes on one connection, each statement prepared once. */
export interface Handle extends WriteDb {
  connection: Connection;
}

const bind = (params: SqlParams): unknown[] => (Array.isArray(params) ? params : [params]);

/** Statements by their text, each prepared once. */
function statementCache(connection: Connection): (sql: string) => Sqlite.Statement {
  const statements = new Map<string, Sqlite.Statement>();
  return (sql) => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = connection.prepare(sql);
    if (statements.size >= MOST_STATEMENTS) statements.clear();
    statements.set(sql, statement);
    return statement;
  };
}

/** Wraps a connection. Whoever hands it out decides whether only its reading half may be seen. */
export function createHandle(connection: Connection): Handle {
  const prepare = statementCache(connection);
  // Kept apart: a statement that is being iterated cannot be run again before its end, and asking each whether it is takes as long as many take.
  const prepareToIterate = statementCache(connection);

  const iterable = (sql: string): Sqlite.Statement => {
    const known = prepareToIterate(sql);
    return known.busy ? connection.prepare(sql) : known;
  };

  return {
    connection,
    get: <T>(sql: string, params: SqlParams = []) => prepare(sql).get(...bind(params)) as T | undefined,
    all: <T>(sql: string, params: SqlParams = []) => prepare(sql).all(...bind(params)) as T[],
    iterate: <T>(sql: string, params: SqlParams = []) => iterable(sql).iterate(...bind(params)) as IterableIterator<T>,
    run: (sql, params = []) => prepare(sql).run(...bind(params)),
  };
}
