import { describe, expect, it } from 'vitest';
import { readCells, readDay, readStatement } from '#renderer/features/pay/statement-table.ts';

const yuan = { currency: 'CNY', digits: 2 };

describe('a pasted statement', () => {
  it('is read by its columns, its heading left out', () => {
    const cells = readCells('日期\t任务\t件数\t金额\n2026/11/5\tbatch 1\t5\t¥300.00\n\n2026年11月6日\t\t2\t\n');
    expect(readStatement(cells, ['date', 'name', 'count', 'amount'], yuan)).toEqual({
      rows: [
        { id: null, date: '2026-11-05', name: 'batch 1', count: 5, amount: { minor: 30_000, currency: 'CNY' } },
        { id: null, date: '2026-11-06', name: null, count: 2, amount: null },
      ],
      wrong: [],
    });
  });

  it('tells the place of each cell that does not fit, and takes nothing of its line', () => {
    const cells = readCells('a,5/11/2026,2\nb,2026-11-05,two');
    const { rows, wrong } = readStatement(cells, ['name', 'date', 'count'], yuan);
    expect(rows).toEqual([]);
    expect(wrong).toEqual([
      { line: 1, column: 2, text: '5/11/2026', kind: 'date' },
      { line: 2, column: 3, text: 'two', kind: 'count' },
    ]);
  });

  it('guesses no day', () => {
    expect([readDay('2026-2-30'), readDay('11/05/2026'), readDay('2026.1.9')]).toEqual([null, null, '2026-01-09']);
  });
});
