import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { timeSpent } from '#test/support/entry-drafts.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';

// Whoever writes SQL against the ledger, with this program's settings or with SQLite's defaults, is refused.

let test: TestBackend;
let raw: Sqlite.Database;
beforeEach(async () => {
  test = await openTestBackend();
  const { db, ledger } = test.backend;
  const [first] = db.transaction((tx) =>
    ledger.append(tx, [
      timeSpent({ start: '2026-11-22T00:00:00.000Z', end: '2026-11-22T00:10:00.000Z' }),
      timeSpent({ start: '2026-11-22T00:10:00.000Z', end: '2026-11-22T00:20:00.000Z' }),
    ]),
  );
  await test.call('ledger.correct', {
    corrections: [{ type: 'void', entryId: first!.id }],
    reason: 'so that one entry amends another',
  });
  raw = new Sqlite(join(test.dir, 'ledger.db'));
});
afterEach(async () => {
  raw.close();
  await test.close();
});

const entryColumns = `seq, id, header, leaf_hash, nodes, kind, source, occurred_start, occurred_end, recorded_at, project_id,
  amends, group_id`;
const copyOf = (changes: Record<string, string>, seq: number) =>
  `SELECT ${entryColumns
    .split(',')
    .map((column) => changes[column.trim()] ?? column)
    .join(', ')} FROM entry WHERE seq = ${seq}`;
const newId = `'019a0000-0000-7000-8000-ffffffffffff'`;

const attacks: [what: string, sql: string][] = [
  ...['entry', 'field', 'subject', 'blob_ref', 'erasure'].map((table): [string, string] => [
    `DELETE FROM ${table}`,
    `DELETE FROM ${table}`,
  ]),
  ['change a header', `UPDATE entry SET header = '{}' WHERE seq = 1`],
  ['change a header through OR REPLACE', `UPDATE OR REPLACE entry SET id = (SELECT id FROM entry WHERE seq = 0)`],
  ['move an entry by its rowid', `UPDATE entry SET rowid = 100 WHERE seq = 1`],
  ['change a value', `UPDATE field SET value = '"break"' WHERE seq = 1`],
  ['empty a field that was not erased', `UPDATE field SET value = NULL, salt = NULL WHERE seq = 1`],
  ['change a commitment', `UPDATE field SET commitment = zeroblob(32)`],
  ['rename a field', `UPDATE field SET name = 'x' WHERE seq = 1 AND name = 'tag'`],
  ['change a node', `UPDATE entry SET nodes = zeroblob(32) WHERE seq = 1`],
  ['change a subject', `UPDATE subject SET seq = 0`],
  ['skip a seq', `INSERT INTO entry ${copyOf({ seq: '99', id: newId, amends: 'NULL' }, 1)}`],
  ['a seq before the first', `INSERT INTO entry ${copyOf({ seq: '-1', id: newId }, 1)}`],
  ['leave the seq to SQLite', `INSERT INTO entry ${copyOf({ seq: 'NULL', id: newId }, 1)}`],
  ['the same seq again', `INSERT INTO entry ${copyOf({ id: newId }, 1)}`],
  ['replace by seq', `INSERT OR REPLACE INTO entry ${copyOf({ id: newId }, 1)}`],
  ['replace by id', `INSERT OR REPLACE INTO entry ${copyOf({ seq: '(SELECT max(seq) + 1 FROM entry)' }, 1)}`],
  [
    'replace by the entry amended',
    `INSERT OR REPLACE INTO entry ${copyOf({ seq: '(SELECT max(seq) + 1 FROM entry)', id: newId }, 3)}`,
  ],
  ['REPLACE INTO', `REPLACE INTO entry ${copyOf({}, 1)}`],
  ['upsert', `INSERT INTO entry ${copyOf({}, 1)} ON CONFLICT DO UPDATE SET header = '{}'`],
  ['upsert by id', `INSERT INTO entry ${copyOf({}, 1)} ON CONFLICT (id) DO UPDATE SET kind = 'x'`],
  [
    'correct an entry that is not there',
    `INSERT INTO entry ${copyOf({ seq: '(SELECT max(seq) + 1 FROM entry)', id: newId, amends: `'nothing'` }, 1)}`,
  ],
  ['add a field to an entry', `INSERT INTO field VALUES (3, 'more', zeroblob(32), '1', zeroblob(32))`],
  ['replace a field', `INSERT OR REPLACE INTO field VALUES (1, 'tag', zeroblob(32), '1', zeroblob(32))`],
  ['a field without a value', `INSERT INTO field VALUES (4, 'more', NULL, NULL, zeroblob(32))`],
  ['add a subject to an entry', `INSERT INTO subject SELECT entity_id, 7, 3 FROM subject LIMIT 1`],
  ['add a blob reference', `INSERT INTO blob_ref VALUES ('${'a'.repeat(64)}', 3, 'tag')`],
  ...['NULL', 'zeroblob(31)', 'zeroblob(32)'].map((nodes): [string, string] => [
    `an entry whose nodes are ${nodes}`,
    `INSERT INTO entry ${copyOf({ seq: '(SELECT max(seq) + 1 FROM entry)', id: newId, amends: 'NULL', nodes }, 3)}`,
  ]),
  ['an erasure that no entry states', `INSERT INTO erasure VALUES (1, 'tag', 3)`],
  ['an erasure stated by another kind', `INSERT INTO erasure VALUES (1, 'tag', (SELECT max(seq) FROM entry))`],
];

describe.each([
  ['with the program’s settings', 'ON'],
  ['with recursive triggers off, as SQLite comes', 'OFF'],
])('%s', (_name, recursive) => {
  it.each(attacks)('refuses: %s', (what, sql) => {
    raw.pragma(`recursive_triggers = ${recursive}`);
    raw.pragma('foreign_keys = OFF');
    const tables = ['entry', 'field', 'subject', 'blob_ref', 'erasure'];
    const dump = () => tables.map((table) => raw.prepare(`SELECT * FROM ${table}`).all());
    const before = dump();
    const empty = (/^DELETE FROM (\w+)$/.exec(what) ?? [])[1];
    const hasRows = !empty || raw.prepare(`SELECT 1 FROM ${empty}`).get() !== undefined;
    if (hasRows) expect(() => raw.exec(sql)).toThrow(/ledger:|UNIQUE|CHECK|NOT NULL/);
    expect(dump()).toEqual(before);
  });
});

it('has no field without its entry when a transaction ends', () => {
  raw.pragma('foreign_keys = ON');
  raw.exec('BEGIN');
  raw.exec(`INSERT INTO field VALUES (4, 'orphan', zeroblob(32), '1', zeroblob(32))`);
  expect(() => raw.exec('COMMIT')).toThrow(/FOREIGN KEY/);
});

it('lets the values of a field go once an entry says so, and only those', async () => {
  const { entries } = await test.call('ledger.list', { filter: { kinds: ['time.spent'] }, offset: 0, limit: 1 });
  await test.call('ledger.erase', { id: entries[0]!.id, fields: ['tag'], reason: '', rewriteBackups: false });
  expect(() =>
    raw.exec(`UPDATE field SET value = '"back"', salt = zeroblob(32) WHERE seq = 2 AND name = 'tag'`),
  ).toThrow(/only erased/);
  expect(() => raw.exec(`DELETE FROM erasure`)).toThrow(/never removed/);
  expect(() => raw.exec(`UPDATE erasure SET name = 'what'`)).toThrow(/never changed/);
  expect(() => raw.exec(`INSERT OR REPLACE INTO erasure SELECT seq, name, by_seq FROM erasure`)).toThrow(/erased once/);
});
