import type { Money } from '#shared/domain/money.ts';
import { parseMoney } from '#renderer/lib/money-input.ts';

/** What a column of a pasted table may be. */
export const columnKinds = ['ignore', 'name', 'date', 'count', 'amount'] as const;
export type ColumnKind = (typeof columnKinds)[number];

/** A line of a statement, as `pay.reconcile` takes it. */
export interface ReadRow {
  id: null;
  name: string | null;
  date: string | null;
  count: number | null;
  amount: Money | null;
}

/** A cell that is not what its column should hold; `line` counts from 1, as pasted. */
export interface WrongCell {
  line: number;
  column: number;
  text: string;
  kind: ColumnKind;
}

/** Cells of a pasted table: columns by tabs where there are any, else by commas or semicolons. Blank lines are left out. */
export function readCells(text: string): { line: number; cells: string[] }[] {
  const separator = text.includes('\t') ? '\t' : /[,;，；]/;
  return text
    .split(/\r?\n/)
    .map((each, at) => ({ line: at + 1, cells: each.split(separator).map((cell) => cell.trim()) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
}

/**
 * A day as written year first: 2026-11-05, 2026/11/5, 2026.11.5, 2026年11月5日. Null for anything else: 5/11 may be two days, and
 * none is guessed.
 */
export function readDay(text: string): string | null {
  const found = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text.normalize('NFKC'));
  if (!found) return null;
  const [, year = '', month = '', day = ''] = found;
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${written}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== written ? null : written;
}

/**
 * Rows of a table whose columns are known. An empty cell says nothing; a cell that is not what its column should hold is told with its place,
 * but for the first line, which is taken for a heading when nothing of it fits.
 */
export function readStatement(
  lines: readonly { line: number; cells: readonly string[] }[],
  columns: readonly ColumnKind[],
  money: { currency: string; digits: number },
): { rows: ReadRow[]; wrong: WrongCell[] } {
  const rows: ReadRow[] = [];
  const wrong: WrongCell[] = [];
  lines.forEach(({ line, cells }, at) => {
    const row: ReadRow = { id: null, name: null, date: null, count: null, amount: null };
    const bad: WrongCell[] = [];
    columns.forEach((kind, column) => {
      const text = cells[column] ?? '';
      if (kind === 'ignore' || text === '') return;
      if (!take(row, kind, text, money)) bad.push({ line, column: column + 1, text, kind });
    });
    const read = row.date !== null || row.count !== null || row.amount !== null;
    if (at === 0 && bad.length > 0 && !read) return;
    wrong.push(...bad);
    if (bad.length === 0 && (read || row.name !== null)) rows.push(row);
  });
  return { rows, wrong };
}

function take(row: ReadRow, kind: ColumnKind, text: string, money: { currency: string; digits: number }): boolean {
  if (kind === 'name') row.name = text;
  if (kind === 'date') row.date = readDay(text);
  if (kind === 'count') row.count = /^\d{1,9}$/.test(text.normalize('NFKC')) ? Number(text.normalize('NFKC')) : null;
  if (kind === 'amount') row.amount = parseMoney(text.replace(/^[¥￥$€]/, ''), money.currency, money.digits);
  return kind === 'ignore' || row[kind] !== null;
}
