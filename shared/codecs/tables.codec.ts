import { Temporal } from 'temporal-polyfill';
import type { Money } from '../domain/money.ts';
import type { Table, TableColumn } from '../domain/table.ts';
import { minorDigits } from '../rules/exchange-rates.rules.ts';

/**
 * What a cell of a written table is. `number` is a decimal, exact as text; `time` an ISO date and time with its offset; `duration`
 * milliseconds; `percent` a decimal of which 94.5 is 94.5 %.
 */
export type WrittenKind = 'text' | 'number' | 'day' | 'time' | 'duration' | 'percent';
export type WrittenCell = string | number | null;

/** A table as it goes into a file, row by row. */
export interface WrittenTable {
  name: string;
  columns: readonly { name: string; kind: WrittenKind }[];
  rows: readonly (readonly WrittenCell[])[];
}

/** What a spreadsheet would take for a formula, or for the way into one; full-width signs count as signs where Chinese is written. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/;

/**
 * One row of a CSV file as RFC 4180 has it: commas, CRLF, quotes doubled. A text that a spreadsheet would calculate gets an apostrophe
 * before it, so that what somebody else wrote can do nothing on the machine of whoever opens the table. Numbers are no texts.
 */
export function csvRow(cells: readonly WrittenCell[]): string {
  return `${cells.map((cell) => (typeof cell === 'string' ? quoted(defused(cell)) : plain(cell))).join(',')}\r\n`;
}

const plain = (cell: number | null) => (cell === null ? '' : String(cell));
const defused = (text: string) => (formula.test(text) ? `'${text}` : text);
const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A table as CSV. It begins with a byte order mark: spreadsheets take a file for UTF-8 by that alone. */
export function csvOfTable({ columns, rows }: WrittenTable): string {
  const lines = rows.map((row) => {
    const cells = row.map((cell, at) => (cell === null ? '' : csvCell(cell, columns[at]!.kind)));
    return `${cells.join(',')}\r\n`;
  });
  return `\uFEFF${csvRow(columns.map(({ name }) => name))}${lines.join('')}`;
}

function csvCell(cell: string | number, kind: WrittenKind): string {
  if (kind === 'text') return quoted(defused(String(cell)));
  if (kind === 'duration') return durationText(Number(cell));
  return kind === 'percent' ? `${cell}%` : String(cell);
}

const two = (value: number) => String(value).padStart(2, '0');

/** `7:30:00`, with milliseconds where there are any. */
function durationText(ms: number): string {
  const whole = Math.floor(ms / 1000);
  const rest = Math.round(ms - whole * 1000);
  const decimals = rest === 0 ? '' : `.${String(rest).padStart(3, '0')}`;
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}${decimals}`;
}

/** Asking for a currency's digits takes a while, and a table has one currency and many rows. */
const digitsOf = new Map<string, number>();

/** An amount as an exact decimal: 1250 fen are 12.50. */
export function decimalOfMoney({ minor, currency }: Money): string {
  const digits = digitsOf.get(currency) ?? minorDigits(currency);
  digitsOf.set(currency, digits);
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const sign = minor < 0 ? '-' : '';
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** A moment with its offset, to the second: `2026-11-23T09:00:00+08:00`. */
export function timeWithOffset(instant: string, zone: string): string {
  return Temporal.Instant.from(instant)
    .toZonedDateTimeISO(zone)
    .toString({ smallestUnit: 'second', roundingMode: 'trunc', timeZoneName: 'never' });
}

/**
 * A table ready to be written: money as a number with its currency in the column after it, moments in the table's zone, which stands in the
 * column's name.
 */
export function writtenTable(table: Table): WrittenTable {
  const parts = table.columns.flatMap((column) => partsOf(column, table.zone));
  const length = table.columns[0]?.cells.length ?? 0;
  return {
    name: table.name,
    columns: parts.map(({ name, kind }) => ({ name, kind })),
    rows: Array.from({ length }, (_, at) => parts.map(({ cells }) => cells[at] ?? null)),
  };
}

interface Part {
  name: string;
  kind: WrittenKind;
  cells: readonly WrittenCell[];
}

function partsOf(column: TableColumn, zone: string): Part[] {
  const { name } = column;
  switch (column.type) {
    case 'text':
    case 'percent':
    case 'day':
    case 'duration':
      return [{ name, kind: column.type, cells: column.cells }];
    case 'count':
      return [{ name, kind: 'number', cells: column.cells }];
    case 'moment': {
      const cells = column.cells.map((cell) => cell && timeWithOffset(cell, zone));
      return [{ name: `${name} (${zone})`, kind: 'time', cells }];
    }
    case 'money':
      return [
        { name, kind: 'number', cells: column.cells.map((cell) => cell && decimalOfMoney(cell)) },
        { name: column.currencyName, kind: 'text', cells: column.cells.map((cell) => cell && cell.currency) },
      ];
  }
}
