import Sqlite from 'better-sqlite3';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EntryId, ProjectId } from '#shared/domain/ids.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';
import { someProject, timeSpent } from '#test/support/entry-drafts.ts';

// Whoever has the file can write into it with any tool: the guards go first, then the ledger is changed. Each change is found.

let test: TestBackend;
let blob: string;

beforeEach(async () => {
  test = await openTestBackend();
  const { projectId } = await test.call('projects.create', someProject('Streets'));
  const attachment = await test.call('attachments.add', {
    data: Buffer.from('a screenshot').toString('base64'),
    mediaType: 'text/plain',
    name: null,
  });
  blob = attachment.blob;
  await test.call('elsewhere.log', {
    projectId: projectId as ProjectId,
    name: 'Batch 7',
    count: 3,
    timeMs: null,
    attachments: [attachment],
    note: 'a note',
    doneAt: '2026-11-22T00:00:00.000Z',
  });
  const { db, ledger } = test.backend;
  const entries = db.transaction((tx) => [
    ...ledger.append(tx, [timeSpent({ start: '2026-11-22T00:00:00.000Z', end: '2026-11-22T00:10:00.000Z' })]),
    ...ledger.append(tx, [timeSpent({ start: '2026-11-22T00:10:00.000Z', end: '2026-11-22T00:20:00.000Z' })]),
  ]);
  await test.call('ledger.checkpoint', {});
  await test.call('ledger.erase', {
    id: entries[0]!.id as EntryId,
    fields: ['tag'],
    reason: 'private',
    rewriteBackups: false,
  });
  await test.call('ledger.correct', { corrections: [{ type: 'void', entryId: entries[1]!.id }], reason: 'twice' });
  await test.call('ledger.checkpoint', {});
});
afterEach(() => test.close());

/** Writes into the file as a tool would that knows nothing of this program. */
function tamper(...statements: string[]): void {
  const raw = new Sqlite(join(test.dir, 'ledger.db'));
  const triggers = raw.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all() as {
    name: string;
    sql: string;
  }[];
  raw.pragma('foreign_keys = OFF');
  raw.pragma('ignore_check_constraints = ON');
  for (const { name } of triggers) raw.exec(`DROP TRIGGER ${name}`);
  for (const sql of statements) raw.exec(sql);
  for (const { sql } of triggers) raw.exec(sql);
  raw.close();
}

const found = async () => (await test.call('ledger.verify', {})).problems;

it('finds nothing in a ledger nobody touched, and says when it looked', async () => {
  const verified = await test.call('ledger.verify', {});
  const { size, root } = await test.call('ledger.status', {});
  expect(verified).toMatchObject({ ok: true, size, root, problems: [] });
  expect((await test.call('ledger.status', {})).lastVerified).toEqual({ at: test.clock.instant, ok: true, size });
});

const tampering: [what: string, kind: string, seq: number | null, sql: string[]][] = [
  ['a value', 'field', 3, [`UPDATE field SET value = '"break"' WHERE seq = 3 AND name = 'what'`]],
  ['a value spelled otherwise', 'field', 1, [`UPDATE field SET value = ' ' || value WHERE seq = 1 AND name = 'name'`]],
  ['a salt', 'field', 3, [`UPDATE field SET salt = zeroblob(32) WHERE seq = 3 AND name = 'what'`]],
  ['a commitment', 'field', 3, [`UPDATE field SET commitment = zeroblob(32) WHERE seq = 3 AND name = 'tag'`]],
  ['a commitment that is no hash', 'field', 3, [`UPDATE field SET commitment = x'00' WHERE seq = 3 AND name = 'tag'`]],
  ['a field renamed to what is no name', 'field', 3, [`UPDATE field SET name = 'T' WHERE seq = 3 AND name = 'tag'`]],
  [
    'a value that is no JSON',
    'field',
    1,
    [`UPDATE field SET value = value || '"blob"' WHERE seq = 1 AND name = 'name'`],
  ],
  ['a field taken out', 'field', 3, [`DELETE FROM field WHERE seq = 3 AND name = 'paid'`]],
  ['a field added', 'field', 3, [`INSERT INTO field VALUES (3, 'more', zeroblob(32), '1', zeroblob(32))`]],
  ['a field of no entry', 'field', 99, [`INSERT INTO field VALUES (99, 'more', zeroblob(32), '1', zeroblob(32))`]],
  ['a field emptied', 'field', 3, [`UPDATE field SET value = NULL, salt = NULL WHERE seq = 3 AND name = 'what'`]],
  [
    'a field emptied under an erasure that speaks of another',
    'field',
    3,
    [
      `UPDATE field SET value = NULL, salt = NULL WHERE seq = 3 AND name = 'what'`,
      `INSERT INTO erasure SELECT 3, 'what', by_seq FROM erasure`,
    ],
  ],
  ['an erasure of nothing', 'field', null, [`INSERT INTO erasure VALUES (77, 'what', 6)`]],
  ['a header', 'header', 3, [`UPDATE entry SET header = replace(header, 'measured', 'imported') WHERE seq = 3`]],
  ['a header that is none', 'header', 3, [`UPDATE entry SET header = '{}' WHERE seq = 3`]],
  ['a header spelled otherwise', 'header', 3, [`UPDATE entry SET header = header || ' ' WHERE seq = 3`]],
  ['a leaf hash', 'header', 3, [`UPDATE entry SET leaf_hash = zeroblob(32) WHERE seq = 3`]],
  ['a column', 'column', 3, [`UPDATE entry SET source = 'imported' WHERE seq = 3`]],
  ['a time', 'column', 3, [`UPDATE entry SET occurred_end = '2026-11-22T00:30:00.000Z' WHERE seq = 3`]],
  ['a project', 'column', 3, [`UPDATE entry SET project_id = 'x' WHERE seq = 3`]],
  ['a subject', 'column', 3, [`UPDATE subject SET entity_id = 'x' WHERE seq = 3`]],
  ['a subject added', 'column', null, [`INSERT INTO subject VALUES ('x', 5, 3)`]],
  ['a node', 'node', 1, [`UPDATE entry SET nodes = zeroblob(32) WHERE seq = 1`]],
  ['a node taken out', 'node', 3, [`UPDATE entry SET nodes = substr(nodes, 1, 32) WHERE seq = 3`]],
  ['a node added', 'node', 3, [`UPDATE entry SET nodes = CAST(nodes || zeroblob(32) AS BLOB) WHERE seq = 3`]],
  [
    'an entry in the middle taken out',
    'sequence',
    4,
    [`DELETE FROM field WHERE seq = 3`, `DELETE FROM entry WHERE seq = 3`],
  ],
  [
    'the note of a checkpoint',
    'checkpoint',
    5,
    [`UPDATE field SET value = replace(value, '— ', '— x') WHERE seq = 5 AND name = 'note'`],
  ],
  ['the size of a checkpoint', 'checkpoint', 5, [`UPDATE field SET value = '4' WHERE seq = 5 AND name = 'size'`]],
  ['the root of a checkpoint', 'checkpoint', 5, [`UPDATE field SET value = '"00"' WHERE seq = 5 AND name = 'root'`]],
  ['a blob reference taken out', 'column', 2, [`DELETE FROM blob_ref`]],
  ['a row of a projection', 'projection', null, [`UPDATE time_span SET paid = 'by-time'`]],
  ['a row of a projection taken out', 'projection', null, [`DELETE FROM project`]],
  ['a reference to nothing', 'database', null, [`INSERT INTO erasure VALUES (3, 'nothing', 6)`]],
];

describe('finds and names what was changed:', () => {
  it.each(tampering)('%s', async (_what, kind, seq, statements) => {
    tamper(...statements);
    expect(await found()).toContainEqual({ what: kind, seq, detail: expect.any(String) });
    expect((await test.call('ledger.status', {})).lastVerified).toMatchObject({ ok: false });
  });

  it('the last entries cut off, by the checkpoint that had them', async () => {
    const { size } = await test.call('ledger.status', {});
    tamper(
      ...['field', 'subject', 'erasure'].map((table) => `DELETE FROM ${table} WHERE seq BETWEEN 4 AND ${size - 2}`),
      `DELETE FROM entry WHERE seq BETWEEN 4 AND ${size - 2}`,
      `UPDATE field SET seq = 4 WHERE seq = ${size - 1}`,
      `UPDATE subject SET seq = 4 WHERE seq = ${size - 1}`,
      `UPDATE entry SET seq = 4 WHERE seq = ${size - 1}`,
    );
    expect(await found()).toContainEqual({ what: 'checkpoint', seq: 4, detail: expect.any(String) });
  });

  it('a guard taken away', async () => {
    const raw = new Sqlite(join(test.dir, 'ledger.db'));
    raw.exec('DROP TRIGGER entry_update');
    raw.close();
    expect(await found()).toEqual([{ what: 'database', seq: null, detail: expect.stringContaining('entry_update') }]);
  });

  it('a blob that is missing, and one that is another', async () => {
    const shelf = join(test.dir, 'attachments', blob.slice(0, 2));
    writeFileSync(join(shelf, blob), 'another screenshot');
    expect(await found()).toMatchObject([{ what: 'blob', detail: expect.stringContaining('another') }]);
    rmSync(shelf, { recursive: true });
    expect(await found()).toMatchObject([{ what: 'blob', detail: expect.stringContaining('missing') }]);
  });
});

describe('ledger.rebuild', () => {
  it('finds every row as it should be', async () => {
    const { tables, entries } = await test.call('ledger.rebuild', {});
    expect(entries).toBe((await test.call('ledger.status', {})).size);
    expect(tables.filter(({ differed }) => differed > 0)).toEqual([]);
    expect(tables).toContainEqual({ table: 'project', rows: 1, differed: 0 });
  });

  it('puts right what is not, and says how much', async () => {
    const before = test.backend.db.read.all('SELECT * FROM elsewhere');
    tamper(`UPDATE elsewhere SET name = 'x'`, `DELETE FROM project`, `INSERT INTO lane_span VALUES ('a', '1', 3, '2')`);
    const { tables } = await test.call('ledger.rebuild', {});
    expect(tables.filter(({ differed }) => differed > 0)).toEqual([
      { table: 'lane_span', rows: 1, differed: 1 },
      { table: 'elsewhere', rows: 1, differed: 1 },
      { table: 'project', rows: 1, differed: 1 },
    ]);
    expect(test.backend.db.read.all('SELECT * FROM elsewhere')).toEqual(before);
    expect((await test.call('ledger.rebuild', {})).tables.every(({ differed }) => differed === 0)).toBe(true);
  });
});

it('stops when it is cancelled', async () => {
  const jobId = '019a0000-0000-7000-8000-00000000beef';
  const verifying = test.call('ledger.verify', { jobId });
  expect((await test.call('jobs.list', {})).jobs).toMatchObject([{ id: jobId, operation: 'ledger.verify' }]);
  await test.call('jobs.cancel', { id: jobId });
  await expect(verifying).rejects.toMatchObject({ code: 'jobs/cancelled' });
  await expect(test.call('jobs.cancel', { id: jobId })).rejects.toMatchObject({ code: 'jobs/not-found' });
});
