import { z } from 'zod';
import { projectId } from './ids.ts';
import { currency, money } from './money.ts';
import { activity, day, instant, lane, milliseconds, paid, waitingFor, zone } from './time.ts';
import { returnStage, taskKind } from './work.ts';

/** A cell as it was read: text as it stands, a number where the file says it is one, null where there is nothing. */
export type Cell = string | number | null;

/** What a row can become in the ledger; one row may become several things (work, and the pay for it). */
export const rowKind = z.enum(['time', 'work', 'pay-received', 'pay-announced', 'accuracy', 'return', 'recall']);

/** What a column can say about a row. */
export const sheetField = z.enum([
  'start',
  'end',
  'day',
  'done',
  'duration',
  'name',
  'count',
  'tag',
  'note',
  'amount',
  'paidOn',
  'from',
  'to',
  'promisedOn',
  'percent',
  'correct',
  'total',
  'released',
  'returnedAt',
  'reason',
  'rule',
  'round',
  'status',
]);

/**
 * How dates are written. `ymd`: year first, ISO 8601 included; `dmy`, `mdy`: day or month first, year last; `clock`: a time of day, on
 * the day of the row's `day`; `unix-s`, `unix-ms`: since 1970; `amt`: `Thu Mar 24 17:56:23 PDT 2016`; `named`: the month by its English name
 * (`Mar 4, 2026`); `ymd-2`, `dmy-2`, `mdy-2`: a year of two digits, of this century.
 */
export const dateFormat = z.enum([
  'ymd',
  'dmy',
  'mdy',
  'named',
  'ymd-2',
  'dmy-2',
  'mdy-2',
  'clock',
  'unix-s',
  'unix-ms',
  'amt',
]);
/** Which sign parts the decimals: `1,234.5` or `1.234,5`. */
export const numberFormat = z.enum(['point', 'comma']);
export const durationUnit = z.enum(['h', 'min', 's', 'ms', 'h:mm', 'm:ss']);
/** Whether 0.95 means 95 % or less than one per cent. A cell with its own percent sign says so itself. */
export const percentScale = z.enum(['percent', 'fraction']);

/** A column, by its name, and how its cells are written. What is not said was not needed. */
export const columnUse = z.strictObject({
  column: z.string().max(1000),
  date: dateFormat.optional(),
  number: numberFormat.optional(),
  unit: durationUnit.optional(),
  scale: percentScale.optional(),
});

export const sheetEncoding = z.enum(['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5', 'windows-1252']);
export const sheetDelimiter = z.enum([',', ';', '\t', '|']);

/** How a file is read; null where the program finds out. `headerRow` counts from 1, as spreadsheets do. */
export const sheetReading = z.strictObject({
  encoding: sheetEncoding.nullable(),
  delimiter: sheetDelimiter.nullable(),
  sheet: z.string().max(1000).nullable(),
  headerRow: z.int().positive().nullable(),
});

/** Everything that was decided about a table: enough to take it in again without asking. */
export const sheetMapping = z.strictObject({
  reading: sheetReading,
  /** The zone of times that name none. */
  zone,
  project: projectId.nullable(),
  /**
   * Where one table has rows of several projects: the column that names the project, and which is meant by each name; null: none. A row
   * without a name goes to `project`, one with a name that is not listed is asked about.
   */
  projects: z
    .strictObject({
      column: z.string().max(1000),
      names: z.array(z.strictObject({ value: z.string().min(1).max(500), project: projectId.nullable() })).max(500),
    })
    .optional(),
  /** Which rows are mine: those with one of these names in this column; null when all are. */
  me: z
    .strictObject({ column: z.string().max(1000), names: z.array(z.string().min(1).max(500)).min(1).max(20) })
    .nullable(),
  becomes: z.array(rowKind).min(1).max(7),
  fields: z.partialRecord(sheetField, columnUse),
  /** What the words of the status column mean. Pay is taken of accepted rows only, returns and recalls of rejected ones. */
  statuses: z
    .array(
      z.strictObject({ value: z.string().max(500), means: z.enum(['accepted', 'rejected', 'neither', 'leave-out']) }),
    )
    .max(200),
  /** The currency of amounts; null when there are none. */
  currency: currency.nullable(),
  /** What a stretch of time was. */
  time: z.strictObject({ lane, what: z.union([z.literal('present'), activity, waitingFor]), paid }).nullable(),
  /** As which kind of task time and work are paid, where the project pays several kinds differently. */
  taskKind: taskKind.nullable().optional(),
  /** What work is called where no column names it. */
  workName: z.string().min(1).max(500).nullable(),
  /** The stage that reported, returned or recalled. */
  stage: returnStage.nullable(),
  /** When accuracy figures were released, where no column says so. */
  releasedOn: day.nullable(),
});

const text = z.string().nullable();

/** What a row says, in the ledger's own units, before it is an entry. */
export const sheetRecord = z.discriminatedUnion('becomes', [
  z.strictObject({ becomes: z.literal('time'), start: instant, end: instant, tag: text }),
  z.strictObject({
    becomes: z.literal('work'),
    at: instant,
    name: z.string(),
    count: z.int(),
    timeMs: milliseconds.nullable(),
    note: text,
  }),
  z.strictObject({
    becomes: z.literal('pay-received'),
    at: instant,
    amount: money,
    from: day.nullable(),
    to: day.nullable(),
    note: text,
  }),
  z.strictObject({
    becomes: z.literal('pay-announced'),
    at: instant,
    amount: money,
    from: day,
    to: day,
    promisedOn: day.nullable(),
    note: text,
  }),
  z.strictObject({
    becomes: z.literal('accuracy'),
    at: instant,
    day,
    released: day,
    percent: text,
    correct: z.int().nullable(),
    total: z.int().nullable(),
    note: text,
  }),
  z.strictObject({
    becomes: z.literal('return'),
    at: instant,
    work: z.string(),
    round: z.int(),
    reason: z.string(),
    rule: text,
  }),
  z.strictObject({
    becomes: z.literal('recall'),
    at: instant,
    work: text,
    pieces: z.int(),
    reason: z.string(),
    rule: text,
  }),
]);

export type SheetRecord = z.infer<typeof sheetRecord>;
export type RowKind = z.infer<typeof rowKind>;
export type SheetField = z.infer<typeof sheetField>;
export type DateFormat = z.infer<typeof dateFormat>;
export type NumberFormat = z.infer<typeof numberFormat>;
export type DurationUnit = z.infer<typeof durationUnit>;
export type PercentScale = z.infer<typeof percentScale>;
export type ColumnUse = z.infer<typeof columnUse>;
export type SheetEncoding = z.infer<typeof sheetEncoding>;
export type SheetDelimiter = z.infer<typeof sheetDelimiter>;
export type SheetReading = z.infer<typeof sheetReading>;
export type SheetMapping = z.infer<typeof sheetMapping>;
