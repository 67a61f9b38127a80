import type { Cell, DateFormat, DurationUnit, NumberFormat } from '../domain/sheet-mapping.ts';
import { cellText, readAmount, readMoment } from './sheets-values.rules.ts';

/** What the cells of a column can be read as. Two formats in a list: only its owner knows which, so the program asks. */
export interface ColumnReadings {
  filled: number;
  dates: DateFormat[];
  numbers: NumberFormat[];
  /** Cells with a colon and two numbers, which may be hours and minutes or minutes and seconds. */
  units: DurationUnit[];
  /** Whether any cell carries a percent sign. */
  percentSigns: boolean;
  /** Whether all numbers lie between 0 and 1. */
  belowOne: boolean;
}

const dateFormats = [
  'ymd',
  'dmy',
  'mdy',
  'named',
  'amt',
  'clock',
  'unix-s',
  'unix-ms',
  'ymd-2',
  'dmy-2',
  'mdy-2',
] as const;

/** Whether an instant lies where a log of work can: from 2001 to 2100. Numbers alone would be dates too often. */
const plausible = (ms: number) => ms >= 978_307_200_000 && ms < 4_102_444_800_000;

function readsAsDate(cell: Cell, format: DateFormat): boolean {
  const read = readMoment(cell, format);
  if (read === null) return false;
  return !format.startsWith('unix') || (read.type === 'instant' && plausible(read.ms));
}

/** Which of two readings of the same cells remain: one falls away when the other reads all that it reads, and more. */
function remaining<T extends string>(a: T, b: T, only: { a: number; b: number; both: number }, least: number): T[] {
  const found: T[] = [];
  if (only.a + only.b + only.both === 0) return found;
  if (only.a + only.both >= least && (only.a > 0 || only.b === 0)) found.push(a);
  if (only.b + only.both >= least && (only.b > 0 || only.a === 0)) found.push(b);
  return found;
}

/** Looks through a column. A format counts when it reads half or more of the cells that hold anything. */
export function columnReadings(cells: Iterable<Cell>): ColumnReadings {
  let filled = 0;
  let colons = 0;
  let longColons = 0;
  let percentSigns = false;
  let above = false;
  let numeric = 0;
  const dates = new Map<DateFormat, number>();
  const yearLast = { a: 0, b: 0, both: 0 };
  const decimals = { a: 0, b: 0, both: 0, differ: 0 };
  for (const cell of cells) {
    const text = cellText(cell);
    if (text === '') continue;
    filled += 1;
    if (/^\d{1,5}:\d{2}$/.test(text)) colons += 1;
    else if (/^\d{1,5}:\d{2}:\d{2}/.test(text)) longColons += 1;
    const bare = typeof cell === 'number' ? cell : text.replace(/%$/, '');
    if (bare !== text && typeof cell !== 'number') percentSigns = true;
    const [point, comma] = [readAmount(bare, 'point'), readAmount(bare, 'comma')];
    if (point !== null || comma !== null) numeric += 1;
    if (Math.abs(Number(point ?? comma ?? 0)) > 1) above = true;
    if (point !== null && comma !== null) {
      decimals.both += 1;
      if (point !== comma) decimals.differ += 1;
    } else if (point !== null) decimals.a += 1;
    else if (comma !== null) decimals.b += 1;
    for (const format of dateFormats) {
      if (format !== 'dmy' && format !== 'mdy' && readsAsDate(cell, format))
        dates.set(format, (dates.get(format) ?? 0) + 1);
    }
    if (!/^\d{1,2}[-/.]/.test(text)) continue;
    const [dmy, mdy] = [readsAsDate(cell, 'dmy'), readsAsDate(cell, 'mdy')];
    if (dmy && mdy) yearLast.both += 1;
    else if (dmy) yearLast.a += 1;
    else if (mdy) yearLast.b += 1;
  }
  const half = filled / 2;
  const numbers = remaining<NumberFormat>('point', 'comma', decimals, half);
  return {
    filled,
    dates: [
      ...dateFormats.filter((format) => (dates.get(format) ?? 0) > half),
      ...remaining<DateFormat>('dmy', 'mdy', yearLast, half),
    ],
    // Where no cell reads differently, there is nothing to ask.
    numbers: numbers.length === 2 && decimals.differ === 0 && decimals.a + decimals.b === 0 ? ['point'] : numbers,
    units: colons > half ? ['h:mm', 'm:ss'] : longColons + colons > half ? ['h:mm'] : [],
    percentSigns,
    belowOne: numeric > 0 && !above,
  };
}
