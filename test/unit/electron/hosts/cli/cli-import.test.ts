import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SheetMapping } from '#shared/domain/sheet-mapping.ts';
import { runCliProcess } from '#test/support/cli-process.ts';
import { tempDir } from '#test/support/temp-dir.ts';

let folder: ReturnType<typeof tempDir>;
beforeEach(() => {
  folder = tempDir();
  mkdirSync(join(folder.path, 'data'));
});
afterEach(() => folder.remove());

const at = (name: string) => join(folder.path, name);
const cli = (...args: string[]) => runCliProcess(['--data-dir', at('data'), ...args]);

const mapping: SheetMapping = {
  reading: { encoding: null, delimiter: null, sheet: null, headerRow: null },
  zone: 'Asia/Shanghai',
  project: null,
  me: { column: 'user', names: ['me'] },
  becomes: ['work'],
  fields: { day: { column: 'day', date: 'ymd' }, count: { column: 'count', number: 'point' } },
  statuses: [],
  currency: null,
  time: null,
  workName: 'daily',
  stage: null,
  releasedOn: null,
};

it('takes a table in by a mapping, once, and says so in one line', async () => {
  writeFileSync(at('daily.csv'), 'user,day,count\nme,2026-03-04,5\nyou,2026-03-04,6\n');
  writeFileSync(at('mapping.json'), JSON.stringify(mapping));
  const run = (...more: string[]) => cli('ledger', 'import', at('daily.csv'), '--mapping', at('mapping.json'), ...more);
  const one = { read: 2, taken: 1, skipped: { 'other-people': 1 }, refused: [] };
  const dry = await run('--dry-run');
  expect(dry).toMatchObject({ code: 0, stdout: `${JSON.stringify(one)}\n` });
  expect(JSON.parse((await run()).stdout)).toEqual(one);
  const again = await run();
  expect(again.code).toBe(0);
  expect(JSON.parse(again.stdout)).toEqual({ ...one, taken: 0, skipped: { 'other-people': 1, 'already-taken': 1 } });
});

it('ends with 1 and the place of a wrong cell, having written nothing', async () => {
  writeFileSync(at('daily.csv'), 'user,day,count\nme,2026-03-04,5\nme,soon,5\n');
  writeFileSync(at('mapping.json'), JSON.stringify(mapping));
  const run = await cli('ledger', 'import', at('daily.csv'), '--mapping', at('mapping.json'));
  expect(run.code).toBe(1);
  expect(JSON.parse(run.stdout)).toMatchObject({
    taken: 0,
    read: 2,
    skipped: { 'held-back': 1 },
    refused: [{ place: 'daily.csv!B3', column: 'day', why: 'not-a-date' }],
  });
  const list = await cli('call', 'elsewhere.list');
  expect(JSON.parse(list.stdout)).toMatchObject({ value: { total: 0 } });
});

it('brings entries into another data folder, byte for byte the same when they leave again', async () => {
  const call = (folderName: string, ...args: string[]) => runCliProcess(['--data-dir', at(folderName), ...args]);
  const work = { projectId: null, name: '一批', count: 3, timeMs: null, attachments: [], note: '=1+1' };
  await call('data', 'call', 'elsewhere.log', JSON.stringify({ ...work, doneAt: '2026-03-04T03:00:00.000Z' }));
  const out = (name: string) =>
    JSON.stringify({ format: 'lines', path: at(name), overwrite: false, from: null, to: null });
  const written = JSON.parse((await call('data', 'call', 'ledger.export', out('a.jsonl'))).stdout) as {
    value: { entries: number };
  };
  const { entries } = written.value;
  const run = (...more: string[]) => call('other', 'ledger', 'import', at('a.jsonl'), ...more);
  const one = { relation: 'restores', read: entries, taken: entries, skipped: {}, refused: [] };
  expect(await run('--dry-run')).toMatchObject({ code: 0, stdout: `${JSON.stringify(one)}\n` });
  expect(JSON.parse((await run()).stdout)).toEqual(one);
  await call('other', 'call', 'ledger.export', out('b.jsonl'));
  expect(readFileSync(at('b.jsonl'), 'utf8')).toBe(readFileSync(at('a.jsonl'), 'utf8'));
  const again = JSON.parse((await run()).stdout) as unknown;
  expect(again).toEqual({ ...one, relation: 'here', taken: 0, skipped: { 'already-here': entries } });
  expect((await call('other', 'ledger', 'verify')).code).toBe(0);

  // A wrong line is named, and nothing is taken.
  const lines = readFileSync(at('a.jsonl'), 'utf8').split('\n');
  writeFileSync(at('wrong.jsonl'), lines.map((line, n) => (n === 2 ? line.replace('一批', '两批') : line)).join('\n'));
  const refused = await call('third', 'ledger', 'import', at('wrong.jsonl'));
  expect(refused.code).toBe(1);
  expect(JSON.parse(refused.stdout)).toEqual({
    read: entries,
    taken: 0,
    skipped: {},
    refused: [{ place: 'line 3', why: 'field' }],
  });

  // Another ledger is kept apart only when told to.
  await call('third', 'call', 'elsewhere.log', JSON.stringify({ ...work, doneAt: '2026-03-05T03:00:00.000Z' }));
  expect((await call('third', 'ledger', 'import', at('a.jsonl'))).code).toBe(1);
  const apart = await call('third', 'ledger', 'import', at('a.jsonl'), '--keep-apart');
  expect(JSON.parse(apart.stdout)).toMatchObject({ relation: 'foreign', taken: 0, skipped: { 'kept-apart': entries } });
}, 60_000);

it.each([
  [['ledger', 'import']],
  [['ledger', 'import', 'a.csv']],
  [['ledger', 'import', 'a.csv', '--mapping', 'not-there.json']],
  [['ledger', 'import', 'a.csv', 'b.csv', '--mapping', 'm.json']],
  [['ledger', 'import', 'a.csv', '--mapping', 'm.json', '--keep-apart']],
  [['backup', '--dry-run']],
])('%o ends with 2', async (args) => {
  expect(await cli(...args)).toMatchObject({ code: 2, stdout: '' });
});
