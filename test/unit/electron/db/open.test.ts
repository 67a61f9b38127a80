import Sqlite from 'better-sqlite3';
import { existsSync, openSync, closeSync, writeSync, writeFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect, makeDurable } from '#electron/db/connection.ts';
import { migrate, type Migration, newestVersion, readMigrations } from '#electron/db/migrate.ts';
import { openDatabase } from '#electron/db/open.ts';
import { listBackups } from '#electron/repositories/backups.repository.ts';
import { timeSpent } from '#test/support/entry-drafts.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import { openTestBackend } from '#test/support/test-backend.ts';

let dir: ReturnType<typeof tempDir>;
let path: string;
beforeEach(() => {
  dir = tempDir();
  path = join(dir.path, 'ledger.db');
});
afterEach(() => dir.remove());

/** Overwrites bytes of a file. */
function overwrite(file: string, at: number, length: number): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(length, 0xa5), 0, length, at);
  closeSync(handle);
}

describe('openDatabase', () => {
  it('sets what the ledger relies on, as read back from the connection', () => {
    const db = openDatabase({ path });
    const answers = Object.fromEntries(
      [
        'journal_mode',
        'synchronous',
        'foreign_keys',
        'recursive_triggers',
        'trusted_schema',
        'cell_size_check',
        'secure_delete',
        'busy_timeout',
        'application_id',
        'user_version',
      ].map((pragma) => [pragma, db.connection.pragma(pragma, { simple: true })]),
    );
    expect(answers).toEqual({
      journal_mode: 'wal',
      synchronous: 2,
      foreign_keys: 1,
      recursive_triggers: 1,
      trusted_schema: 0,
      cell_size_check: 1,
      secure_delete: 1,
      busy_timeout: 5000,
      application_id: 0x434c4447,
      user_version: newestVersion(readMigrations()),
    });
    db.close();
  });

  it('says that the disk is full, changes nothing, and goes on when there is room', () => {
    const db = openDatabase({ path });
    const fill = () => db.transaction((tx) => tx.run('CREATE TABLE big AS SELECT zeroblob(1000000) AS bytes'));
    const pages = db.connection.pragma('page_count', { simple: true }) as number;
    db.connection.pragma(`max_page_count = ${pages}`);
    expect(fill).toThrow(expect.objectContaining({ code: 'data/disk-full' }) as Error);
    expect(db.problem).toBeNull();
    db.connection.pragma('max_page_count = 100000');
    expect(fill).not.toThrow();
    db.close();
  });

  it('refuses a ledger of a newer version and leaves it as it is', () => {
    openDatabase({ path }).close();
    const raw = new Sqlite(path);
    raw.pragma('user_version = 9999');
    raw.close();
    expect(() => openDatabase({ path })).toThrow(
      expect.objectContaining({ code: 'data/from-newer-version', details: expect.objectContaining({ found: 9999 }) }),
    );
  });

  it('refuses somebody else’s database and does not touch it', () => {
    const raw = new Sqlite(path);
    raw.exec('CREATE TABLE theirs (a)');
    raw.close();
    expect(() => openDatabase({ path })).toThrow(expect.objectContaining({ code: 'data/not-a-ledger' }));
    const again = new Sqlite(path);
    expect(again.pragma('journal_mode', { simple: true })).toBe('delete');
    again.close();
  });

  it('rolls a transaction back whole, joins one inside another, and refuses to await', () => {
    const db = openDatabase({ path });
    const put = (n: number) =>
      db.transaction((tx) => void tx.run('INSERT INTO setting (key, value) VALUES (?, ?)', [`${n}`, '1']));
    expect(() =>
      db.transaction(() => {
        put(1);
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(db.read.get('SELECT 1 FROM setting')).toBeUndefined();
    expect(() => db.transaction(async () => put(2))).toThrow(/awaits nothing/);
    expect(db.read.get('SELECT 1 FROM setting')).toBeUndefined();
    db.transaction(() => put(3));
    expect(db.read.all('SELECT key FROM setting')).toEqual([{ key: '3' }]);
    db.close();
  });
});

describe('migrate', () => {
  const step = (version: number, sql: string): Migration => ({ version, name: `${version}`, sql });

  it('stops loudly at the migration that fails, with those before it done', () => {
    const connection = connect(path);
    makeDurable(connection);
    const migrations = [step(1, 'CREATE TABLE a (x) STRICT'), step(2, 'CREATE TABLE b (x INT) STRICT; NONSENSE')];
    expect(() => migrate(connection, [step(1, 'CREATE TABLE a (x INT) STRICT'), migrations[1]!])).toThrow(
      /migration 2/,
    );
    expect(connection.pragma('user_version', { simple: true })).toBe(1);
    expect(connection.prepare('SELECT name FROM sqlite_schema').all()).toEqual([{ name: 'a' }]);
    connection.close();
  });

  it('keeps a copy before an existing ledger is changed', async () => {
    const test = await openTestBackend({ dataDir: dir.path });
    await test.close();
    const raw = new Sqlite(path);
    raw.exec('DROP TABLE ledger_verification; DROP TABLE lane_span; PRAGMA user_version = 1');
    raw.close();
    // The ledger's own tables are there already, so this version cannot be reached; the copy was made before.
    await expect(openTestBackend({ dataDir: dir.path })).rejects.toThrow(/migration .* failed/);
    expect(listBackups(join(dir.path, 'backups')).map(({ why, size }) => [why, size])).toEqual([
      ['before-migration', 1],
    ]);
  });
});

it('has the schema that was released', async () => {
  const db = openDatabase({ path });
  const schema = db.read.all<{ sql: string }>(
    `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND tbl_name IN
     ('entry', 'field', 'subject', 'blob_ref', 'erasure', 'lane_span', 'ledger_verification') ORDER BY type, name`,
  );
  db.close();
  await expect(schema.map(({ sql }) => `${sql};`).join('\n\n')).toMatchFileSnapshot('./ledger-schema.snapshot.sql');
});

describe('a damaged ledger', () => {
  /** A ledger with a backup in it and something to read, closed. */
  async function someLedger(entries = 40): Promise<void> {
    const test = await openTestBackend({ dataDir: dir.path });
    const { db, ledger } = test.backend;
    const at = (minute: number) => new Date(Date.parse('2026-11-20T00:00:00.000Z') + minute * 60_000).toISOString();
    db.transaction((tx) => {
      for (let n = 0; n < entries; n += 1) ledger.append(tx, [timeSpent({ start: at(n), end: at(n + 1) })]);
    });
    await test.call('backups.create', {});
    await test.close();
    expect(existsSync(`${path}-wal`)).toBe(false);
  }

  it.each([
    ['pages in the middle overwritten', (size: number) => overwrite(path, Math.floor(size / 8192) * 4096, 8192)],
    ['the first page overwritten', () => overwrite(path, 0, 4096)],
    ['not a database at all', () => writeFileSync(path, 'x'.repeat(20_000))],
  ])('%s: opens for reading, refuses commands, and comes back from its backup', async (_name, damage) => {
    await someLedger();
    damage(statSync(path).size);
    const test = await openTestBackend({ dataDir: dir.path });
    const status = await test.call('ledger.status', {}).catch((error: unknown) => error);
    if (!(status instanceof Error)) expect(status).toMatchObject({ readOnly: true, problem: expect.any(String) });
    await expect(test.call('ledger.checkpoint', {})).rejects.toMatchObject({ code: 'data/read-only' });
    await expect(test.call('settings.set', { theme: 'dark' })).rejects.toMatchObject({ code: 'data/read-only' });
    const [backup] = (await test.call('backups.list', {})).backups;
    const { kept } = await test.call('backups.restore', { name: backup!.name });
    expect(existsSync(join(dir.path, 'backups', kept.name))).toBe(true);
    expect(await test.call('ledger.status', {})).toMatchObject({ readOnly: false, size: 42, problem: null });
    expect((await test.call('ledger.verify', {})).problems).toEqual([]);
    await test.call('settings.set', { theme: 'dark' });
    await test.close();
  });

  it('that is damaged while it is open closes itself to writing', async () => {
    await someLedger(400);
    const test = await openTestBackend({ dataDir: dir.path });
    test.backend.db.connection.pragma('cache_size = 0');
    overwrite(path, 4096, statSync(path).size - 4096);
    const reply = await test.backend.call('ledger.list', { filter: { kinds: ['time.spent'] }, offset: 0, limit: 5 });
    const [backup] = (await test.call('backups.list', {})).backups;
    expect(reply).toMatchObject({ ok: false, error: { code: 'data/damaged', details: { backup: backup!.name } } });
    await expect(test.call('settings.set', { theme: 'dark' })).rejects.toMatchObject({ code: 'data/read-only' });
    await test.close();
  });
});
