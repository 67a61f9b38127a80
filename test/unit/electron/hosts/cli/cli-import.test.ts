import { mkdirSync, writeFileSync } from 'node:fs';
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
    refused: [{ place: 'daily.csv!B3', column: 'day', why: 'not-a-date' }],
  });
  const list = await cli('call', 'elsewhere.list');
  expect(JSON.parse(list.stdout)).toMatchObject({ value: { total: 0 } });
});

it.each([
  [['ledger', 'import']],
  [['ledger', 'import', 'a.csv']],
  [['ledger', 'import', 'a.csv', '--mapping', 'not-there.json']],
  [['ledger', 'import', 'a.csv', 'b.csv', '--mapping', 'm.json']],
  [['backup', '--dry-run']],
])('%o ends with 2', async (args) => {
  expect(await cli(...args)).toMatchObject({ code: 2, stdout: '' });
});
