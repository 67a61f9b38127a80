import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CFB, type CellObject, read as readBook, type WorkBook } from '@e965/xlsx';
import Papa from 'papaparse';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Input } from '#shared/contract/contract.ts';
import { someProject } from '#test/support/entry-drafts.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';

let core: TestBackend;
let folder: ReturnType<typeof tempDir>;
beforeEach(async () => {
  core = await openTestBackend();
  folder = tempDir();
});
afterEach(async () => {
  await core.close();
  folder.remove();
});

type Table = Input<'tables.export'>['tables'][number];

const hostile = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '＝1',
  "=cmd|' /C calc'!A1",
  'plain "x", y\nz',
  '街景',
];
const days = ['2026-11-05', null, '2024-02-29'];

const texts: Table = {
  name: '返修/一:二',
  zone: 'Asia/Shanghai',
  columns: [{ type: 'text', name: '=名称', cells: hostile }],
};
const values: Table = {
  name: '返修/一:二',
  zone: 'Asia/Shanghai',
  columns: [
    { type: 'day', name: 'day', cells: days },
    { type: 'moment', name: 'at', cells: ['2026-11-04T16:30:00.000Z', null, '2026-11-05T15:59:59.999Z'] },
    {
      type: 'money',
      name: 'pay',
      currencyName: 'pay (currency)',
      cells: [{ minor: -1250, currency: 'CNY' }, null, { minor: 60, currency: 'JPY' }],
    },
    { type: 'duration', name: 'time', cells: [27_000_000, null, 90_061_250] },
    { type: 'percent', name: 'share', cells: ['94.5', null, '100'] },
    { type: 'count', name: 'pieces', cells: [3, null, 1_234_567] },
  ],
};

const write = (format: 'csv' | 'xlsx', name: string, tables: Table[], more: Partial<Input<'tables.export'>> = {}) =>
  core.call('tables.export', {
    ...{ format, path: join(folder.path, name), overwrite: false, what: 'Returns', tables, subjects: [] },
    ...more,
  });
const bytes = (name: string) => readFileSync(join(folder.path, name));
const csv = (name: string) =>
  Papa.parse<string[]>(
    bytes(name)
      .toString()
      .replace(/^\uFEFF/, ''),
    { skipEmptyLines: true, delimiter: ',' },
  );
const book = (name: string): WorkBook => readBook(bytes(name), { cellFormula: true, cellNF: true, cellText: true });
const cell = (of: WorkBook, sheet: number, at: string) =>
  (of.Sheets[of.SheetNames[sheet]!] as Record<string, CellObject>)[at];

describe('CSV', () => {
  it('makes every text harmless that a spreadsheet would calculate, and no number', async () => {
    await write('csv', 'a.csv', [texts]);
    const { data, errors } = csv('a.csv');
    expect(errors).toEqual([]);
    expect(data.flat().filter((each) => /^[=+\-@\t\r＝]/.test(each))).toEqual([]);
    expect(data[0]).toEqual(["'=名称"]);
    expect(data.slice(1).map(([each]) => each)).toEqual(hostile.map((each, at) => (at < 8 ? `'${each}` : each)));
    await write('csv', 'b.csv', [values]);
    expect(csv('b.csv').data).toEqual([
      ['day', 'at (Asia/Shanghai)', 'pay', 'pay (currency)', 'time', 'share', 'pieces'],
      ['2026-11-05', '2026-11-05T00:30:00+08:00', '-12.50', 'CNY', '7:30:00', '94.5%', '3'],
      ['', '', '', '', '', '', ''],
      ['2024-02-29', '2026-11-05T23:59:59+08:00', '60', 'JPY', '25:01:01.250', '100%', '1234567'],
    ]);
    // Lines end as RFC 4180 has them, and nothing but a cell's own line feed stands alone.
    expect(
      bytes('b.csv')
        .toString()
        .match(/[^\r]\n/),
    ).toBeNull();
  });

  it('holds one table', async () => {
    await expect(write('csv', 'a.csv', [texts, values])).rejects.toMatchObject({ code: 'host/bad-input' });
  });
});

describe('a workbook', () => {
  it('keeps texts as they are and calculates none of them', async () => {
    await write('xlsx', 'a.xlsx', [texts]);
    const found = book('a.xlsx');
    hostile.forEach((text, at) => {
      const there = cell(found, 0, `A${at + 2}`)!;
      expect(there).toMatchObject({ t: 's', v: text, z: '@' });
      expect(there.f).toBeUndefined();
    });
    expect(cell(found, 0, 'A1')).toMatchObject({ t: 's', v: '=名称' });
  });

  it('holds days, times, money, shares and lengths of time as numbers of their kind', async () => {
    await write('xlsx', 'a.xlsx', [values]);
    const found = book('a.xlsx');
    expect(cell(found, 0, 'B1')!.v).toBe('at (Asia/Shanghai)');
    const shown = ['A', 'B', 'C', 'D', 'E', 'F', 'G'].map((column) => {
      const { t, w } = cell(found, 0, `${column}2`)!;
      return [t, w];
    });
    expect(shown).toEqual([
      ['n', '2026-11-05'],
      ['n', '2026-11-05 00:30:00'],
      ['n', '-12.50'],
      ['s', 'CNY'],
      ['n', '7:30:00'],
      ['n', '94.5%'],
      ['n', '3'],
    ]);
    expect(cell(found, 0, 'C2')!.v).toBe(-12.5);
    expect(cell(found, 0, 'E4')!.w).toBe('25:01:01');
    expect(cell(found, 0, 'A4')!.w).toBe('2024-02-29');
    expect(cell(found, 0, 'A3')).toBeUndefined();
  });

  it('gives each table a sheet, named as sheets may be, and cuts what no cell holds', async () => {
    const long: Table = {
      ...texts,
      columns: [{ type: 'text', name: 'x', cells: ['长'.repeat(40_000), '_x0041_ \u0001'] }],
    };
    await write('xlsx', 'a.xlsx', [texts, values, long]);
    const found = book('a.xlsx');
    expect(found.SheetNames).toEqual(['返修 一 二', '返修 一 二 2', '返修 一 二 3']);
    expect(String(cell(found, 2, 'A2')!.v)).toHaveLength(32_767);
    // As the format has it: what looks like a letter's number is one only where its first sign was written as a number too.
    const parts = CFB.read(bytes('a.xlsx'), { type: 'buffer' });
    const strings = Buffer.from(CFB.find(parts, '/xl/sharedStrings.xml')!.content as Uint8Array).toString();
    expect(strings).toContain('_x005F_x0041_ _x0001_');
  });
});

describe('what left', () => {
  it('is written down with the hash of the file and what it was about', async () => {
    const { projectId } = await core.call('projects.create', someProject('a'));
    const { rows, bytes: size } = await write('xlsx', 'a.xlsx', [texts, values], { subjects: [projectId] });
    expect([rows, size]).toEqual([hostile.length + 3, bytes('a.xlsx').length]);
    const { entries } = await core.call('ledger.list', { filter: {}, offset: 0, limit: 2 });
    expect(entries.map(({ kind }) => kind)).toEqual(['ledger.exported', 'ledger.checkpoint']);
    const { effective, subjects } = await core.call('ledger.get', { id: entries[0]!.id });
    expect(effective).toEqual({
      ...{ what: 'Returns', format: 'xlsx', file_name: 'a.xlsx', counts: { tables: 2, rows } },
      file_hash: createHash('sha256').update(bytes('a.xlsx')).digest('hex'),
    });
    expect(subjects).toContain(projectId);
  });

  it('is a report that was printed as well, by the hash of its words', async () => {
    await core.call('tables.printed', { what: 'Week 2026-11-16', text: '报告\nworked 7 h', subjects: [] });
    const { entries } = await core.call('ledger.list', { filter: {}, offset: 0, limit: 2 });
    expect(entries.map(({ kind }) => kind)).toEqual(['ledger.exported', 'ledger.checkpoint']);
    const { effective } = await core.call('ledger.get', { id: entries[0]!.id });
    const hash = createHash('sha256').update('报告\nworked 7 h').digest('hex');
    expect(effective).toMatchObject({ what: 'Week 2026-11-16', format: 'print', file_hash: hash });
  });

  it('is nothing when it is refused', async () => {
    const { size } = await core.call('ledger.status', {});
    await expect(write('csv', 'a.csv', [values], { path: join(core.dir, 'a.csv') })).rejects.toMatchObject({
      code: 'files/unwritable',
    });
    const uneven = { ...values, columns: [values.columns[0]!, texts.columns[0]!] };
    await expect(write('csv', 'b.csv', [uneven])).rejects.toMatchObject({ code: 'host/bad-input' });
    expect((await core.call('ledger.status', {})).size).toBe(size);
  });
});
