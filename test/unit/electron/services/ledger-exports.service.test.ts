import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { read as readBook, utils, type CellObject } from '@e965/xlsx';
import Papa from 'papaparse';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Input } from '#shared/contract/contract.ts';
import { entryLine, openingLine, readEntryLines, recordProblems } from '#shared/codecs/ledger-lines.codec.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { tempDir } from '#test/support/temp-dir.ts';
import { openTestBackend, type TestBackend } from '#test/support/test-backend.ts';

let core: TestBackend;
let folder: ReturnType<typeof tempDir>;

beforeEach(async () => {
  core = await openTestBackend({ clock: new FakeClock('2026-11-23T15:00:00.000Z', 'Asia/Shanghai') });
  folder = tempDir();
});
afterEach(async () => {
  await core.close();
  folder.remove();
});

const at = (time: string, day = '2026-11-23') => new Date(`${day}T${time}:00.000+08:00`).toISOString();

async function fill(): Promise<void> {
  const { projectId } = await core.call('projects.create', {
    ...{ name: '=街景: A;  B', client: null, intermediary: null, modality: 'elsewhere', labels: [] },
  });
  const log = (what: string, lane: string, start: string, end: string) =>
    core.call('time.log', {
      what,
      lane,
      start,
      end,
      paid: 'unpaid',
      projectId,
      taskId: null,
      tag: null,
    } as Input<'time.log'>);
  await log('annotating', 'activity', at('09:00', '2026-11-22'), at('10:30', '2026-11-22'));
  await log('training', 'activity', at('09:00'), at('10:00'));
  await log('rules', 'waiting', at('10:00'), at('10:20'));
  await core.call('elsewhere.log', {
    ...{
      projectId,
      name: '=cmd()|"x",\r\n1',
      count: 3,
      timeMs: null,
      doneAt: at('11:00'),
      attachments: [],
      note: '@SUM(1)',
    },
  });
}

const write = (format: Input<'ledger.export'>['format'], name: string, days: { from?: string; to?: string } = {}) =>
  core.call('ledger.export', {
    ...{ format, path: join(folder.path, name), overwrite: false },
    ...{ from: days.from ?? null, to: days.to ?? null },
  });
const read = (name: string) => readFileSync(join(folder.path, name), 'utf8');

describe('entries as lines', () => {
  it('hold together by their hashes, and are the same to the byte when written again', async () => {
    await fill();
    const { size } = await core.call('ledger.status', {});
    const { entries, bytes } = await write('lines', 'all.jsonl');
    const text = read('all.jsonl');
    expect(entries).toBe(size);
    expect(bytes).toBe(Buffer.byteLength(text));
    const records = readEntryLines(text);
    expect(records.map(({ seq }) => seq)).toEqual(Array.from({ length: size }, (_, seq) => seq));
    expect(records.flatMap((record) => recordProblems(record))).toEqual([]);
    expect(openingLine + records.map(entryLine).join('')).toBe(text);
  });

  it('show any change', async () => {
    await fill();
    await write('lines', 'all.jsonl');
    const record = readEntryLines(read('all.jsonl')).find(({ header }) => header.kind === 'work.elsewhere')!;
    const count = record.fields.map((field) => (field.name === 'count' ? { ...field, value: 4 } : field));
    expect(recordProblems({ ...record, fields: count })).toEqual(['field']);
    expect(recordProblems({ ...record, fields: record.fields.slice(1) })).toEqual(['body']);
    expect(recordProblems({ ...record, header: { ...record.header, source: 'measured' } })).toEqual(['leaf']);
    expect(() => readEntryLines('{}\n')).toThrow('not-this-format');
    expect(() => readEntryLines(read('all.jsonl').replace('{"fields"', '{ "fields"'))).toThrow('not-this-format');
  });

  it('are those of the days asked for, the same each time', async () => {
    await fill();
    const one = await write('lines', 'a.jsonl', { from: '2026-11-22', to: '2026-11-22' });
    await write('lines', 'b.jsonl', { from: '2026-11-22', to: '2026-11-22' });
    expect(one.entries).toBe(1);
    expect(read('b.jsonl')).toBe(read('a.jsonl'));
  });
});

describe('the table', () => {
  it('is read as RFC 4180 has it, and no cell is a formula', async () => {
    await fill();
    const { entries } = await write('csv', 'all.csv');
    const { data, errors } = Papa.parse<Record<string, string>>(read('all.csv').replace(/^\uFEFF/, ''), {
      header: true,
      skipEmptyLines: true,
    });
    expect(errors).toEqual([]);
    expect(data).toHaveLength(entries);
    expect(data.flatMap((row) => Object.values(row)).filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    const work = data.find(({ kind }) => kind === 'work.elsewhere')!;
    expect([work['about'], work['project']]).toEqual([`'=cmd()|"x",\r`, `'=街景: A;  B`]);
    expect(JSON.parse(work['body']!)).toMatchObject({ count: 3, name: '=cmd()|"x",\r\n1', note: '@SUM(1)' });
  });
});

describe('the workbook', () => {
  it('holds numbers and times as such, in the zone where they happened, and no formula', async () => {
    await fill();
    const { entries } = await write('xlsx', 'all.xlsx');
    const book = readBook(readFileSync(join(folder.path, 'all.xlsx')), { cellFormula: true, cellNF: true });
    const sheet = book.Sheets[book.SheetNames[0]!]!;
    const cells = Object.entries(sheet).filter(([place]) => !place.startsWith('!')) as [string, CellObject][];
    expect(cells.filter(([, cell]) => cell.f !== undefined)).toEqual([]);
    const rows = utils.sheet_to_json<Record<string, unknown>>(sheet);
    expect(rows).toHaveLength(entries);
    const work = rows.find(({ kind }) => kind === 'work.elsewhere')!;
    expect(work).toMatchObject({ zone: 'Asia/Shanghai', project: '=街景: A;  B', seq: expect.any(Number) as number });
    const line = rows.indexOf(work) + 2;
    expect(sheet[`D${line}`]).toMatchObject({ t: 'n', z: 'yyyy-mm-dd hh:mm:ss', w: '2026-11-23 11:00:00' });
    expect(sheet[`J${line}`]).toMatchObject({ t: 's', z: '@' });
  });
});

describe('pay as a journal', () => {
  const yuan = (minor: number) => ({ minor, currency: 'CNY' });
  const names = ['=街景; A:  B (二期) [x]', '* 夜间\n第二行', '(code) | paid'];

  async function paid(): Promise<void> {
    for (const [n, name] of names.entries()) {
      const { projectId } = await core.call('projects.create', {
        ...{ name, client: null, intermediary: null, modality: 'elsewhere', labels: [] },
      });
      await core.call('projects.setTerms', {
        projectId,
        terms: {
          effectiveFrom: '2026-10-01',
          rate: { per: 'piece', amount: n === 2 ? { minor: 60, currency: 'JPY' } : yuan(6000) },
          note: null,
        },
      });
      await core.call('elsewhere.log', {
        ...{ projectId, name: 'a batch', count: 8, timeMs: null, attachments: [], note: null },
        doneAt: at('11:00', n === 1 ? '2026-10-20' : '2026-11-20'),
      });
      const common = { projectId, note: '第一行\ndate: never; [2026-99-99]\n  assets:x  5 CNY', attachments: [] };
      const happenedAt = at('12:00', '2026-11-21');
      const amount = n === 2 ? { minor: 120, currency: 'JPY' } : yuan(12_000);
      const period = { periodFrom: '2026-10-01', periodTo: '2026-10-31' };
      await core.call('pay.announce', { ...common, ...period, amount, promisedOn: '2026-11-25', happenedAt });
      await core.call('pay.receive', { ...common, ...period, amount, channel: '微信; x', happenedAt });
      const { note: reason, ...rest } = common;
      await core.call('pay.deduct', {
        ...rest,
        reason,
        amount: { ...amount, minor: 100 },
        work: null,
        returned: null,
        happenedAt,
      });
    }
  }

  it('balances, keeps currencies apart, and leaves owed what nobody explained', async () => {
    await paid();
    const { entries } = await write('journal', 'pay.journal');
    const text = read('pay.journal');
    expect(entries).toBe(12);
    expect(text).toContain('commodity 1000.00 CNY\ncommodity 1000. JPY\n');
    expect(text).toContain('2026-11-21 * =街景； A: B （二期） [x] | received\n    ; entry: ');
    // Sums by account and currency, by a reader of its own.
    const sums = new Map<string, number>();
    for (const [, account, amount, currency] of text.matchAll(/^ {4}(\S(?:.*?\S)?) {2}(-?[\d.]+) ([A-Z]{3})$/gm)) {
      const key = `${account} ${currency}`;
      sums.set(key, (sums.get(key) ?? 0) + Math.round(Number(amount) * 100));
    }
    const own = '=街景； A： B （二期） ［x］';
    expect(sums.get(`assets:owed:${own} CNY`)).toBe(48_000 - 12_000 - 100);
    expect(sums.get('assets:received:微信； x CNY')).toBe(24_000);
    expect(sums.get('assets:owed:（code） | paid JPY')).toBe((480 - 120 - 100) * 100);
    for (const currency of ['CNY', 'JPY']) {
      const all = [...sums].filter(([key]) => key.endsWith(currency)).map(([, sum]) => sum);
      expect(all.reduce((sum, each) => sum + each, 0)).toBe(0);
    }
  });

  const hledger = spawnSync('hledger', ['--version'], { encoding: 'utf8' });
  const has = hledger.status === 0;
  it.skipIf(!has)(`is read by hledger itself${has ? '' : ' (skipped: hledger is not installed)'}`, async () => {
    await paid();
    await fill();
    await write('journal', 'pay.journal');
    await write('timeclock', 'hours.timeclock');
    const run = (...args: string[]) =>
      execFileSync('hledger', args, { cwd: folder.path, encoding: 'utf8', env: { ...process.env, LANG: 'C.UTF-8' } });
    run('-f', 'pay.journal', 'check', 'commodities');
    const rows = Papa.parse<string[]>(run('-f', 'pay.journal', 'balance', '--flat', '-N', '-O', 'csv', 'assets')).data;
    expect(new Map(rows.slice(1).filter((row) => row.length > 1) as [string, string][])).toEqual(
      new Map([
        ['assets:owed:* 夜间 第二行', '359.00 CNY'],
        ['assets:owed:=街景； A： B （二期） ［x］', '359.00 CNY'],
        ['assets:owed:（code） | paid', '260 JPY'],
        ['assets:received:微信； x', '240.00 CNY, 120 JPY'],
      ]),
    );
    expect(run('-f', 'pay.journal', 'print', 'desc:received')).toContain('第一行');
    const hours = run('-f', 'hours.timeclock', 'balance', '--flat', '-N', '-O', 'csv', 'training');
    expect(hours).toContain('"activity:training:=街景： A； B","1.00h"');
  });
});

describe('the time clock', () => {
  it('clocks each stretch in and out, in local time', async () => {
    await fill();
    const { entries } = await write('timeclock', 'hours.timeclock', { from: '2026-11-23' });
    expect(entries).toBe(2);
    expect(read('hours.timeclock')).toBe(
      [
        'i 2026-11-23 09:00:00 activity:training:=街景： A； B  unpaid',
        'o 2026-11-23 10:00:00',
        'i 2026-11-23 10:00:00 waiting:rules:=街景： A； B  unpaid',
        'o 2026-11-23 10:20:00',
        '',
      ].join('\n'),
    );
  });
});

describe('an export', () => {
  it('of the whole ledger is named when something is erased that was in it', async () => {
    await fill();
    await write('csv', 'all.csv');
    const { entries } = await core.call('ledger.list', { filter: { kinds: ['work.elsewhere'] }, offset: 0, limit: 1 });
    const { exports } = await core.call('ledger.erasePreview', { id: entries[0]!.id, fields: ['note'] });
    expect(exports.map(({ fileName }) => fileName)).toEqual(['all.csv']);
  });

  it('signs a checkpoint and is written down with the hash of the file', async () => {
    await fill();
    await write('csv', 'all.csv');
    const { entries } = await core.call('ledger.list', { filter: {}, offset: 0, limit: 2 });
    expect(entries.map(({ kind }) => kind)).toEqual(['ledger.exported', 'ledger.checkpoint']);
    const { effective } = await core.call('ledger.get', { id: entries[0]!.id });
    const hash = createHash('sha256')
      .update(readFileSync(join(folder.path, 'all.csv')))
      .digest('hex');
    expect(effective).toMatchObject({ file_name: 'all.csv', format: 'csv', file_hash: hash });
  });

  it('leaves nothing behind when it is refused or given up', async () => {
    await fill();
    await write('csv', 'all.csv');
    await expect(write('csv', 'all.csv')).rejects.toThrow('files/exists');
    const { size } = await core.call('ledger.status', {});
    const jobId = '01940000-0000-7000-8000-000000000001';
    const path = join(folder.path, 'b.jsonl');
    const running = core.call('ledger.export', {
      format: 'lines',
      path,
      overwrite: false,
      from: null,
      to: null,
      jobId,
    });
    await core.call('jobs.cancel', { id: jobId });
    await expect(running).rejects.toThrow('jobs/cancelled');
    expect(readdirSync(folder.path)).toEqual(['all.csv']);
    expect((await core.call('ledger.status', {})).size).toBe(size);
  });
});
