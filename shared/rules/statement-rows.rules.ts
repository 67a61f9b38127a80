import type { Cell, SheetField } from '../domain/sheet-mapping.ts';
import type { StatementColumns, StatementField } from '../domain/pay-statement.ts';
import type { Guess } from './sheets-guess.rules.ts';
import { cellText, dayOfMoment, minorOfDecimal, readAmount, readDecimal, readMoment } from './sheets-values.rules.ts';
import type { StatementRow } from './reconciliation.rules.ts';

/** A cell that is not what its column should hold. `row` counts as spreadsheets do. */
export interface WrongCell {
  row: number;
  column: string;
  text: string;
  why: 'date' | 'count' | 'amount';
}

/** My rows of a statement; of everybody else's nothing but how many there are. */
export interface StatementRead {
  rows: StatementRow[];
  others: number;
  wrong: WrongCell[];
}

/** Which of the mapper's fields a statement's may come from, the likeliest first. */
const guessed: Readonly<Record<StatementField, readonly SheetField[]>> = {
  name: ['name'],
  date: ['day', 'done', 'end', 'start', 'paidOn'],
  count: ['count', 'total'],
  amount: ['amount'],
};

/**
 * Columns of a statement by the mapper's guess. A column headed `name` or `id` alone may be the worker or the work; in a statement of one's own it
 * is taken for the work, and any other column of people for whose rows they are.
 */
export function guessStatement(guess: Guess, currency: string): StatementColumns {
  const { fields } = guess.mapping;
  const columnFor = (field: StatementField) => {
    const found = guessed[field].map((each) => fields[each]).find((each) => each !== undefined);
    return found ?? null;
  };
  const owner = guess.ownerColumn;
  const namesWork = owner !== null && /^(name|id)$/i.test(owner) && columnFor('name') === null;
  return {
    me: owner === null || namesWork ? null : { column: owner, names: [] },
    name: namesWork ? { column: owner } : columnFor('name'),
    date: columnFor('date'),
    count: columnFor('count'),
    amount: columnFor('amount'),
    currency: guess.mapping.currency ?? currency,
  };
}

/** What is still to be said before rows can be read: how a date or a number is written, where two ways fit its column. */
export function statementGaps(columns: StatementColumns): StatementField[] {
  const gaps: StatementField[] = [];
  if (columns.date !== null && columns.date.date === undefined) gaps.push('date');
  if (columns.count !== null && columns.count.number === undefined) gaps.push('count');
  if (columns.amount !== null && columns.amount.number === undefined) gaps.push('amount');
  return gaps;
}

/** Reads my rows of a table by columns without gaps. An empty cell says nothing; a row that says nothing is no row. */
export function readStatementRows(
  columns: StatementColumns,
  names: readonly string[],
  rows: readonly (readonly Cell[])[],
  firstRow: number,
  zone: string,
): StatementRead {
  const read: StatementRead = { rows: [], others: 0, wrong: [] };
  const places = new Map(names.map((name, at) => [name, at]));
  const cellOf = (row: readonly Cell[], column: string) => row[places.get(column) ?? -1] ?? null;
  const mine = new Set(columns.me?.names);
  rows.forEach((cells, at) => {
    if (cells.every((cell) => cellText(cell) === '')) return;
    if (columns.me !== null && !mine.has(cellText(cellOf(cells, columns.me.column)))) {
      read.others += 1;
      return;
    }
    const said = { id: null, name: null, date: null, count: null, amount: null } as StatementRow;
    const wrong: WrongCell[] = [];
    for (const field of ['name', 'date', 'count', 'amount'] as const) {
      const use = columns[field];
      const cell = use === null ? null : cellOf(cells, use.column);
      if (use === null || cellText(cell) === '') continue;
      if (!take(said, field, cell, columns, zone)) {
        const text = cellText(cell).slice(0, 60);
        wrong.push({ row: firstRow + at, column: use.column, text, why: field as WrongCell['why'] });
      }
    }
    read.wrong.push(...wrong);
    const { name, date, count, amount } = said;
    if (wrong.length === 0 && [name, date, count, amount].some((value) => value !== null)) read.rows.push(said);
  });
  return read;
}

/** Puts what a cell says into the row; false when it is not what its column should hold. */
function take(row: StatementRow, field: StatementField, cell: Cell, columns: StatementColumns, zone: string): boolean {
  const use = columns[field]!;
  switch (field) {
    case 'name':
      row.name = cellText(cell).slice(0, 500);
      return true;
    case 'date': {
      const moment = readMoment(cell, use.date ?? 'ymd');
      row.date = moment === null ? null : dayOfMoment(moment, zone);
      return row.date !== null;
    }
    case 'count': {
      const decimal = readDecimal(cell, use.number ?? 'point');
      const count = decimal === null ? Number.NaN : Number(decimal);
      if (!Number.isSafeInteger(count) || count < 0) return false;
      row.count = count;
      return true;
    }
    case 'amount': {
      const decimal = readAmount(cell, use.number ?? 'point');
      const minor = decimal === null ? null : minorOfDecimal(decimal, columns.currency);
      if (minor === null) return false;
      row.amount = { minor, currency: columns.currency };
      return true;
    }
  }
}
