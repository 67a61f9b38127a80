import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appRoot } from '#electron/core/app-root.ts';
import { APPLICATION_ID, type Connection } from './connection.ts';

export interface Migration {
  /** Becomes the file's `user_version`. */
  version: number;
  name: string;
  sql: string;
}

/**
 * The migrations of a folder, in order. A file is named `NNNN-what-it-does.sql`; anything else there, or a number used twice, is a
 * mistake that must not wait for a user to find it.
 */
export function readMigrations(folder = join(appRoot, 'electron', 'db', 'migrations')): Migration[] {
  const migrations = readdirSync(folder).map((name): Migration => {
    const [, number] = /^(\d{4})-[a-z0-9-]+\.sql$/.exec(name) ?? [];
    if (!number) throw new Error(`${name} is no migration`);
    return { version: Number(number), name, sql: readFileSync(join(folder, name), 'utf8') };
  });
  migrations.sort((a, b) => a.version - b.version);
  migrations.forEach(({ version, name }, at) => {
    if (migrations[at - 1]?.version === version) throw new Error(`two migrations are numbered as ${name}`);
  });
  return migrations;
}

/** The version a file has after all migrations. */
export const newestVersion = (migrations: readonly Migration[]): number => migrations.at(-1)?.version ?? 0;

/**
 * Brings a file up to the newest version, each migration in a transaction of its own together with its number. A failure stops
 * here, with the file at the last version that succeeded.
 *
 * @returns the versions applied
 * @throws Error naming the migration that failed, with what failed as `cause`
 */
export function migrate(connection: Connection, migrations: readonly Migration[]): number[] {
  const from = connection.pragma('user_version', { simple: true }) as number;
  const wanted = migrations.filter(({ version }) => version > from);
  for (const { version, name, sql } of wanted) {
    connection.exec('BEGIN IMMEDIATE');
    try {
      connection.exec(sql);
      connection.pragma(`application_id = ${APPLICATION_ID}`);
      connection.pragma(`user_version = ${version}`);
      const broken = connection.pragma('foreign_key_check') as unknown[];
      if (broken.length > 0) throw new Error(`${broken.length} rows point at nothing`);
      connection.exec('COMMIT');
    } catch (error) {
      if (connection.inTransaction) connection.exec('ROLLBACK');
      throw new Error(`migration ${name} failed`, { cause: error });
    }
  }
  return wanted.map(({ version }) => version);
}
