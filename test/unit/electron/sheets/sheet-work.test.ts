import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { utils, write, type BookType } from '@e965/xlsx';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SheetMapping } from '#shared/domain/sheet-mapping.ts';
import { wallTime } from '#shared/rules/sheets-values.rules.ts';
import { refuseZipBomb } from '#electron/sheets/sheet-workbook.ts';
import { readSheet, type SheetSource } from '#electron/sheets/sheet-work.ts';
import { gbkBytes } from '#test/support/gbk.ts';
import { tempDir } from '#test/support/temp-dir.ts';

let folder: ReturnType<typeof tempDir>;
beforeEach(() => {
  folder = tempDir();
});
afterEach(() => folder.remove());

const reading = { encoding: null, delimiter: null, sheet: null, headerRow: null };

function read(source: SheetSource, mapping: SheetMapping | null = null) {
  return readSheet({ source, reading, mapping, zone: 'Asia/Shanghai', ownerColumn: null }, () => undefined);
}

function file(name: string, content: string | Uint8Array): { path: string } {
  writeFileSync(join(folder.path, name), content);
  return { path: join(folder.path, name) };
}

/** Reads a table by its own first guess; every row is taken for mine. */
async function guessed(source: SheetSource, more: Partial<SheetMapping> = {}) {
  const { guess } = await read(source);
  const mapping = { ...guess.mapping, reading, project: null, me: null, releasedOn: null, ...more };
  const found = await read(source, mapping);
  expect(found.gaps).toEqual([]);
  expect(found.rows!.mine.flatMap(({ problems }) => problems)).toEqual([]);
  return {
    shape: guess.shape,
    records: found.rows!.mine.flatMap(({ records }) => records.map(({ record }) => record)),
  };
}

describe('workbooks', () => {
  function book(type: BookType): Buffer {
    const sheet = utils.aoa_to_sheet([
      ['三月统计'],
      ['日期', '标注数量', '准确率', '工时'],
      [
        { t: 'n', v: 46_085, z: 'yyyy-mm-dd' },
        { t: 'n', v: 12, f: 'SUM(A1:A2)' },
        { t: 'n', v: 0.945, z: '0.0%' },
        { t: 'n', v: 0.3125, z: '[h]:mm' },
      ],
    ]);
    return write(
      { SheetNames: ['空', '日报'], Sheets: { 空: utils.aoa_to_sheet([]), 日报: sheet } },
      { type: 'buffer', bookType: type },
    ) as Buffer;
  }

  it.each(['xlsx', 'biff8'] as const)('are read by value: dates, shares, times and formulas (%s)', async (type) => {
    const source = file(`book.${type}`, book(type));
    const seen = await read(source);
    expect(seen).toMatchObject({ sheet: '日报', headerRow: 2, encoding: null });
    expect(seen.columns.map(({ name, samples }) => [name, samples[0]])).toEqual([
      ['日期', '2026-03-04'],
      ['标注数量', '12'],
      ['准确率', '94.5%'],
      ['工时', '7:30:00'],
    ]);
  });

  it('are refused when they unpack to more than was said or can be held', () => {
    const zeros = deflateRawSync(Buffer.alloc(4 * 1024 * 1024));
    const local = Buffer.alloc(31);
    local.writeUInt32LE(0x04034b50);
    local.writeUInt16LE(1, 26);
    const entry = Buffer.alloc(47);
    entry.writeUInt32LE(0x02014b50);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(zeros.length, 20);
    // The directory says ten bytes.
    entry.writeUInt32LE(10, 24);
    entry.writeUInt16LE(1, 28);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50);
    end.writeUInt16LE(1, 10);
    end.writeUInt32LE(local.length + zeros.length, 16);
    const bomb = Buffer.concat([local, zeros, entry, end]);
    expect(() => refuseZipBomb(bomb, 1024 * 1024)).toThrow(expect.objectContaining({ problem: 'zip-bomb' }) as Error);
    expect(() => refuseZipBomb(bomb, 8 * 1024 * 1024)).not.toThrow();
  });
});

describe('texts', () => {
  const text = '用户名;数量\n甲;1\n乙;2\n';
  const wide = Buffer.from(text, 'utf16le');
  const big = Buffer.from(wide).swap16();

  it.each([
    ['utf-8', Buffer.from(text)],
    ['utf-8', Buffer.from(`\ufeff${text}`)],
    ['gb18030', gbkBytes(text)],
    ['utf-16le', wide],
    ['utf-16le', Buffer.concat([Buffer.from([0xff, 0xfe]), wide])],
    ['utf-16be', big],
    ['utf-16be', Buffer.concat([Buffer.from([0xfe, 0xff]), big])],
  ])('in %s are found to be so', async (encoding, bytes) => {
    const seen = await read(file('a.csv', bytes));
    expect(seen).toMatchObject({ encoding, delimiter: ';' });
    expect(seen.people).toEqual({
      column: '用户名',
      total: 2,
      list: [
        { name: '甲', rows: 1 },
        { name: '乙', rows: 1 },
      ],
    });
  });

  it('may name columns as they like', async () => {
    const seen = await read({ pasted: '__proto__,constructor,,a,a\n1,2,3,4,5\n', name: 'x' });
    expect(seen.columns.map(({ name }) => name)).toEqual(['__proto__', 'constructor', '(C)', 'a', 'a (2)']);
    const json = await read({ pasted: '[{"__proto__":{"date":"x"},"toString":1}]', name: 'x' });
    expect(json.columns.map(({ name }) => name)).toEqual(['__proto__.date', 'toString']);
    expect(({} as { date?: string }).date).toBeUndefined();
  });

  it.each([
    ['a,"b\n1,2\n', 'quotes', 'row 1'],
    ['<html><table></table></html>', 'html', ''],
    ['{"hits": [\n}', 'not-json', 'line 2, column 1'],
    ['{"a": 1}', 'no-table', ''],
    ['i 2026/03/04 09:00:00 a\ni 2026/03/04 10:00:00 a\n', 'clock-order', 'line 2'],
  ])('%j is refused: %s %s', async (pasted, problem, place) => {
    await expect(read({ pasted, name: 'x' })).rejects.toMatchObject({ problem, place });
  });
});

describe('known exports', () => {
  it('Toggl: a day, a time of day and a duration', async () => {
    const pasted = [
      'User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags',
      'me,me@x,,driving,,boxes,No,2026-03-04,23:30:00,2026-03-05,00:45:00,01:15:00,',
    ].join('\n');
    expect(await guessed({ pasted, name: 'x' })).toEqual({
      shape: 'toggl',
      records: [{ becomes: 'time', start: '2026-03-04T15:30:00.000Z', end: '2026-03-04T16:45:00.000Z', tag: 'boxes' }],
    });
  });

  it('hledger timeclock', async () => {
    const pasted = '; log\ni 2026/03/04 09:00:00 work:driving  boxes\no 2026/03/04 12:30:00\ni 2026-03-04 13:00 x\n';
    expect(await guessed({ pasted, name: 'x' })).toEqual({
      shape: 'timeclock',
      records: [
        { becomes: 'time', start: '2026-03-04T01:00:00.000Z', end: '2026-03-04T04:30:00.000Z', tag: 'work:driving' },
      ],
    });
  });

  it('ActivityWatch: time away is left out', async () => {
    const events = [
      { timestamp: '2026-03-04T01:00:00.500000+00:00', duration: 90.25, data: { status: 'not-afk' } },
      { timestamp: '2026-03-04T01:02:00+00:00', duration: 60, data: { status: 'afk' } },
    ];
    const pasted = JSON.stringify({ buckets: { 'aw-watcher-afk_x': { type: 'afkstatus', events } } });
    expect(await guessed({ pasted, name: 'x' })).toEqual({
      shape: 'activitywatch',
      records: [{ becomes: 'time', start: '2026-03-04T01:00:00.500Z', end: '2026-03-04T01:01:30.750Z', tag: null }],
    });
  });

  it('MTurk Suite: work of every state, pay of what was approved', async () => {
    const hit = (hit_id: string, state: string) => ({
      hit_id,
      requester_id: 'R',
      requester_name: 'Someone',
      title: 'Boxes',
      state,
      date: '20260304',
      reward: { amount_in_dollars: 0.35, currency_code: 'USD' },
    });
    const pasted = JSON.stringify({ hits: [hit('a', 'Paid'), hit('b', 'Rejected'), hit('c', 'Returned')], days: [] });
    const { shape, records } = await guessed({ pasted, name: 'x' });
    expect(shape).toBe('mturk-suite');
    expect(records.map((record) => [record.becomes, 'name' in record ? record.name : null])).toEqual([
      ['work', 'a'],
      ['pay-announced', null],
      ['work', 'b'],
    ]);
    expect(records[1]).toMatchObject({ amount: { minor: 35, currency: 'USD' }, from: '2026-03-04' });
  });
});

it('makes no work of a day on which nothing was done', async () => {
  const pasted = 'day,count\n2026-03-04,0\n2026-03-05,3\n';
  expect((await guessed({ pasted, name: 'x' })).records.map(({ becomes }) => becomes)).toEqual(['work']);
});

it.each([
  ['2026-03-08', 'America/New_York', '03:30', '2026-03-08T07:30:00.000Z'],
  ['2026-03-08', 'America/New_York', '01:30', '2026-03-08T06:30:00.000Z'],
  ['2026-11-01', 'America/New_York', '12:00', '2026-11-01T17:00:00.000Z'],
  ['2026-03-04', 'Asia/Shanghai', '23:59', '2026-03-04T15:59:00.000Z'],
])('%s in %s at %s', (day, zone, clock, instant) => {
  const [hour, minute] = clock.split(':').map(Number);
  expect(new Date(wallTime(day, (hour! * 60 + minute!) * 60_000, zone)).toISOString()).toBe(instant);
});

describe('values', () => {
  const column = async (cells: readonly string[], name = 'x') =>
    (await read({ pasted: JSON.stringify(cells.map((cell) => ({ [name]: cell }))), name: 'x' })).columns[0]!.readings;

  it.each([
    [
      ['03/04/2026', '05/04/2026'],
      ['dmy', 'mdy'],
    ],
    [['03/04/2026', '13/04/2026'], ['dmy']],
    [['03/04/2026', '04/13/2026'], ['mdy']],
    [
      ['13/04/2026', '04/13/2026'],
      ['dmy', 'mdy'],
    ],
    [['2026年3月4日', '2026-03-05 09:30'], ['ymd']],
    [['Thu Mar 24 17:56:23 PDT 2016'], ['amt']],
    [['Thu Mar 24 17:56:23 CST 2016'], []],
    [['2026-02-30'], []],
    [['1772589600'], ['unix-s']],
  ])('%j can be a date as %j', async (cells, dates) => {
    expect((await column(cells)).dates).toEqual(dates);
  });

  it.each([
    [['1.234'], ['point', 'comma']],
    [['1,234'], ['point', 'comma']],
    [['1,234.5'], ['point']],
    [['1.234,5'], ['comma']],
    [['12', '7'], ['point']],
    [['1.234', '0.5'], ['point']],
    [['￥1,200.50'], ['point']],
  ])('%j can be a number with %j', async (cells, numbers) => {
    expect((await column(cells)).numbers).toEqual(numbers);
  });
});
