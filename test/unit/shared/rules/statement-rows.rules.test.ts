import { describe, expect, it } from 'vitest';
import type { Cell } from '#shared/domain/sheet-mapping.ts';
import { columnReadings } from '#shared/rules/sheets-columns.rules.ts';
import { guessMapping } from '#shared/rules/sheets-guess.rules.ts';
import { guessStatement, readStatementRows, statementGaps } from '#shared/rules/statement-rows.rules.ts';

const zone = 'Asia/Shanghai';

/** What the reader makes of a table with a heading. */
function look(table: readonly (readonly Cell[])[]) {
  const [header = [], ...rows] = table;
  const names = header.map(String);
  const readings = names.map((_, at) => columnReadings(rows.map((row) => row[at] ?? null)));
  const columns = guessStatement(guessMapping({ names, readings }, zone, 'table'), 'CNY');
  return { columns, read: (use = columns) => readStatementRows(use, names, rows, 2, zone) };
}

describe('a statement', () => {
  it('is read by its headings: days, pieces and amounts, an empty cell saying nothing', () => {
    const { columns, read } = look([
      ['日期', '任务名', '件数', '金额'],
      ['2026/11/15', 'batch 1', 5, '¥300.00'],
      ['2026年11月16日', '', '2', ''],
      ['', '', '', ''],
    ]);
    expect(statementGaps(columns)).toEqual([]);
    expect(columns.me).toBeNull();
    expect(read()).toEqual({
      rows: [
        { id: null, date: '2026-11-15', name: 'batch 1', count: 5, amount: { minor: 30_000, currency: 'CNY' } },
        { id: null, date: '2026-11-16', name: null, count: 2, amount: null },
      ],
      others: 0,
      wrong: [],
    });
  });

  it('gives my rows alone, once it is said which name is mine', () => {
    const { columns, read } = look([
      ['用户名', '日期', '标注数'],
      ['小王', '2026-11-15', 40],
      ['小李', '2026-11-15', 41],
      ['小王', '2026-11-16', 42],
    ]);
    expect(columns.me).toEqual({ column: '用户名', names: [] });
    expect(read()).toMatchObject({ rows: [], others: 3 });
    const mine = read({ ...columns, me: { column: '用户名', names: ['小王'] } });
    expect(mine.rows.map(({ count }) => count)).toEqual([40, 42]);
    expect(mine.others).toBe(1);
  });

  it('asks where a date may be two days, and guesses neither', () => {
    const { columns, read } = look([
      ['date', 'pieces'],
      ['05/11/2026', 2],
      ['06/11/2026', 3],
    ]);
    expect(statementGaps(columns)).toEqual(['date']);
    const date = (format: 'dmy' | 'mdy') => read({ ...columns, date: { column: 'date', date: format } }).rows[0]!.date;
    expect([date('dmy'), date('mdy')]).toEqual(['2026-11-05', '2026-05-11']);
  });

  it('tells each cell that does not fit, and takes nothing of its row', () => {
    const { columns, read } = look([
      ['date', 'pieces', 'amount'],
      ['2026-11-05', 'two', '12.00'],
      ['2026-11-06', '3', '12.005'],
      ['2026-11-07', '4', '13'],
      ['2026-11-08', '5', '14'],
    ]);
    const use = { column: 'pieces', number: 'point' as const };
    const result = read({ ...columns, count: use, amount: { column: 'amount', number: 'point' } });
    expect(result.rows.map(({ date }) => date)).toEqual(['2026-11-07', '2026-11-08']);
    expect(result.wrong).toEqual([
      { row: 2, column: 'pieces', text: 'two', why: 'count' },
      { row: 3, column: 'amount', text: '12.005', why: 'amount' },
    ]);
  });

  it('takes a column headed "name" for the work, since nobody else is in it', () => {
    const { columns } = look([
      ['date', 'name', 'pieces'],
      ['2026-11-15', 'batch 1', 1],
    ]);
    expect(columns).toMatchObject({ me: null, name: { column: 'name' }, date: { column: 'date', date: 'ymd' } });
  });
});
