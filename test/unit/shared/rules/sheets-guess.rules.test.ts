import { expect, it } from 'vitest';
import { columnReadings } from '#shared/rules/sheets-columns.rules.ts';
import { guessMapping } from '#shared/rules/sheets-guess.rules.ts';

it.each(['标注数量', '标注量', '标注数', '完成数', '产量', '件数', 'Annotations', 'Quantity'])(
  'takes a column of numbers named %s for the count of pieces',
  (name) => {
    const cells = [
      ['2026-07-01', '2026-07-02'],
      ['W1', 'W2'],
      [100, 120],
    ];
    const names = ['日期', '工号', name];
    const { mapping, ownerColumn } = guessMapping({ names, readings: cells.map(columnReadings) }, 'UTC', 'a.xlsx');
    expect(mapping.fields.count).toMatchObject({ column: name, number: 'point' });
    expect(mapping.becomes).toEqual(['work']);
    expect(ownerColumn).toBe('工号');
  },
);
