import type { ProjectId } from '../domain/ids.ts';
import type { Money } from '../domain/money.ts';
import type { Cell, ColumnUse, RowKind, SheetField, SheetMapping, SheetRecord } from '../domain/sheet-mapping.ts';
import type { Day, Instant } from '../domain/time.ts';
import {
  cellText,
  dayOfMoment,
  instantOfMoment,
  minorOfDecimal,
  readAmount,
  readDecimal,
  readDuration,
  readMoment,
  shiftDecimal,
  wallTime,
} from './sheets-values.rules.ts';

/** Why a cell or a mapping can't be taken; each has a sentence in the locales. */
export type SheetProblem =
  | 'missing'
  | 'not-a-date'
  | 'not-a-number'
  | 'not-a-count'
  | 'not-a-duration'
  | 'not-an-amount'
  | 'not-a-percentage'
  | 'too-many-decimals'
  | 'too-long'
  | 'no-time-of-day'
  | 'ends-before-start'
  | 'more-than-all'
  | 'work-not-found'
  | 'work-not-clear'
  | 'project-unknown'
  | 'project-needed';

export interface CellProblem {
  column: string | null;
  why: SheetProblem;
}

/** What a row adds to the totals shown before anything is taken. */
export interface RowMeasures {
  durationMs: number;
  minor: number;
  status: string | null;
}

/** One row, read. `skip`: it is left out, and why. */
export interface ReadRow {
  /** The project it is of, by its own column or by the mapping. */
  project: ProjectId | null;
  skip: 'empty' | 'left-out' | null;
  records: SheetRecord[];
  problems: CellProblem[];
}

const iso = (ms: number): Instant => new Date(ms).toISOString();
const dayMs = 86_400_000;

/** Thrown inside a row and caught there: the kind under way can't be made of it. */
class RowRefusal {
  readonly field: SheetField;
  readonly why: SheetProblem;
  constructor(field: SheetField, why: SheetProblem) {
    this.field = field;
    this.why = why;
  }
}

/** Reads cells of one row by field. Every method throws a RowRefusal for a cell that is wrong, and answers null for an empty one. */
class RowCells {
  readonly #mapping: SheetMapping;
  readonly #at: ReadonlyMap<SheetField, number>;
  readonly #row: readonly Cell[];

  constructor(mapping: SheetMapping, at: ReadonlyMap<SheetField, number>, row: readonly Cell[]) {
    this.#mapping = mapping;
    this.#at = at;
    this.#row = row;
  }

  #cell(field: SheetField): { cell: Cell; use: ColumnUse } | null {
    const at = this.#at.get(field);
    const use = this.#mapping.fields[field];
    if (at === undefined || use === undefined) return null;
    const cell = this.#row[at] ?? null;
    return cellText(cell) === '' ? null : { cell, use };
  }

  text(field: SheetField, longest: number): string | null {
    const found = this.#cell(field);
    if (!found) return null;
    const text = String(found.cell).trim();
    if (text.length > longest) throw new RowRefusal(field, 'too-long');
    return text;
  }

  /** The instant, in milliseconds. A bare time of day stands on the row's day. */
  instant(...fields: SheetField[]): number | null {
    for (const field of fields) {
      const found = this.#cell(field);
      if (!found) continue;
      const read = readMoment(found.cell, found.use.date!);
      if (read === null) throw new RowRefusal(field, 'not-a-date');
      if (read.type !== 'clock') return instantOfMoment(read, this.#mapping.zone);
      const day = field === 'day' ? null : this.day('day');
      if (day === null) throw new RowRefusal('day', 'missing');
      return wallTime(day, read.time, this.#mapping.zone);
    }
    return null;
  }

  /** An instant whose time of day is known. */
  moment(field: SheetField): number | null {
    const found = this.#cell(field);
    const read = found && readMoment(found.cell, found.use.date!);
    if (read?.type === 'local' && read.time === null) throw new RowRefusal(field, 'no-time-of-day');
    return this.instant(field);
  }

  day(...fields: SheetField[]): Day | null {
    for (const field of fields) {
      const found = this.#cell(field);
      if (!found) continue;
      const read = readMoment(found.cell, found.use.date!);
      const day = read && dayOfMoment(read, this.#mapping.zone);
      if (day === null) throw new RowRefusal(field, 'not-a-date');
      return day;
    }
    return null;
  }

  duration(): number | null {
    const found = this.#cell('duration');
    if (!found) return null;
    const ms = readDuration(found.cell, found.use.unit!, found.use.number ?? 'point');
    if (ms === null) throw new RowRefusal('duration', 'not-a-duration');
    return ms;
  }

  count(field: SheetField): number | null {
    const found = this.#cell(field);
    if (!found) return null;
    const decimal = readDecimal(found.cell, found.use.number!);
    const value = decimal === null ? Number.NaN : Number(decimal);
    if (!Number.isInteger(value) || value < 0) throw new RowRefusal(field, 'not-a-count');
    return value;
  }

  amount(): Money | null {
    const found = this.#cell('amount');
    const currency = this.#mapping.currency;
    if (!found || currency === null) return null;
    const decimal = readAmount(found.cell, found.use.number!);
    if (decimal === null) throw new RowRefusal('amount', 'not-an-amount');
    const minor = minorOfDecimal(decimal, currency);
    if (minor === null) throw new RowRefusal('amount', 'too-many-decimals');
    return { minor, currency };
  }

  percent(): string | null {
    const found = this.#cell('percent');
    if (!found) return null;
    const signed = typeof found.cell === 'string' && cellText(found.cell).endsWith('%');
    const bare = signed ? cellText(found.cell).slice(0, -1) : found.cell;
    const decimal = readDecimal(bare, found.use.number!);
    if (decimal === null) throw new RowRefusal('percent', 'not-a-number');
    const percent = signed || found.use.scale === 'percent' ? decimal : shiftDecimal(decimal, 2);
    if (!/^\d{1,3}(\.\d{1,6})?$/.test(percent) || Number(percent) > 100)
      throw new RowRefusal('percent', 'not-a-percentage');
    return percent;
  }

  status(): string | null {
    const found = this.#cell('status');
    return found && cellText(found.cell);
  }
}

function needed<T>(value: T | null, field: SheetField): T {
  if (value === null) throw new RowRefusal(field, 'missing');
  return value;
}

/** The first of some fields that the mapping has, to blame when all of them are empty. */
function named(mapping: SheetMapping, ...fields: SheetField[]): SheetField {
  return fields.find((field) => mapping.fields[field] !== undefined) ?? fields[0]!;
}

/** Answers null for a row that says there is nothing of the kind. */
type Maker = (cells: RowCells, mapping: SheetMapping) => SheetRecord | null;

/** How long the work of a row took: said, or from its start to its end. */
function timeOfRow(cells: RowCells): number | null {
  const said = cells.duration();
  if (said !== null) return said;
  const start = cells.instant('start');
  const end = cells.instant('end', 'done');
  if (start === null || end === null) return null;
  if (end < start) throw new RowRefusal('start', 'ends-before-start');
  return end - start;
}

function stretch(cells: RowCells, mapping: SheetMapping): { start: number; end: number } {
  const start = needed(cells.moment('start'), 'start');
  let end = cells.moment('end') ?? start + needed(cells.duration(), named(mapping, 'duration', 'end'));
  // Both are bare times of one day: a stretch that ends before it starts went past midnight.
  if (end < start && mapping.fields.start?.date === 'clock' && mapping.fields.end?.date === 'clock') end += dayMs;
  if (end < start) throw new RowRefusal('end', 'ends-before-start');
  return { start, end };
}

const makers: Readonly<Record<RowKind, Maker>> = {
  time: (cells, mapping) => {
    const { start, end } = stretch(cells, mapping);
    return { becomes: 'time', start: iso(start), end: iso(end), tag: cells.text('tag', 200) };
  },
  work: (cells, mapping) => {
    const count = cells.count('count') ?? 1;
    // A day on which nothing was done.
    if (count === 0) return null;
    if (count > 1_000_000) throw new RowRefusal('count', 'not-a-count');
    return {
      becomes: 'work',
      at: iso(needed(cells.instant('done', 'day', 'end'), named(mapping, 'done', 'day', 'end'))),
      name: needed(cells.text('name', 500) ?? mapping.workName, 'name'),
      count,
      timeMs: timeOfRow(cells),
      note: cells.text('note', 20_000),
    };
  },
  'pay-received': (cells, mapping) => ({
    becomes: 'pay-received',
    at: iso(needed(cells.instant('paidOn', 'day'), named(mapping, 'paidOn', 'day'))),
    amount: needed(cells.amount(), 'amount'),
    from: cells.day('from'),
    to: cells.day('to') ?? cells.day('from'),
    note: cells.text('note', 20_000),
  }),
  'pay-announced': (cells, mapping) => {
    const fields = ['from', 'day', 'done'] as const;
    const from = needed(cells.day(...fields), named(mapping, ...fields));
    const to = cells.day('to') ?? from;
    if (to < from) throw new RowRefusal('to', 'ends-before-start');
    return {
      becomes: 'pay-announced',
      at: iso(needed(cells.instant(...fields), named(mapping, ...fields))),
      amount: needed(cells.amount(), 'amount'),
      from,
      to,
      promisedOn: cells.day('promisedOn'),
      note: cells.text('note', 20_000),
    };
  },
  accuracy: (cells, mapping) => {
    const released = needed(cells.day('released') ?? mapping.releasedOn, 'released');
    const [percent, correct, total] = [cells.percent(), cells.count('correct'), cells.count('total')];
    if (percent === null) needed(correct, named(mapping, 'percent', 'correct'));
    if (percent === null || correct !== null) needed(total, 'total');
    if (total === 0) throw new RowRefusal('total', 'not-a-count');
    if (correct !== null && total !== null && correct > total) throw new RowRefusal('correct', 'more-than-all');
    const day = needed(cells.day('day'), 'day');
    const at = iso(wallTime(released, dayMs / 2, mapping.zone));
    return { becomes: 'accuracy', at, day, released, percent, correct, total, note: cells.text('note', 20_000) };
  },
  return: (cells, mapping) => ({
    becomes: 'return',
    at: iso(cameBack(cells, mapping)),
    work: needed(cells.text('name', 500), 'name'),
    round: Math.max(1, cells.count('round') ?? 1),
    reason: cells.text('reason', 20_000) ?? '',
    rule: cells.text('rule', 2000),
  }),
  recall: (cells, mapping) => ({
    becomes: 'recall',
    at: iso(cameBack(cells, mapping)),
    work: cells.text('name', 500),
    pieces: cells.count('count') ?? 1,
    reason: cells.text('reason', 20_000) ?? '',
    rule: cells.text('rule', 2000),
  }),
};

function cameBack(cells: RowCells, mapping: SheetMapping): number {
  const fields = ['returnedAt', 'day', 'done'] as const;
  return needed(cells.instant(...fields), named(mapping, ...fields));
}

/** Of which rows each kind is made when a status is known. */
const madeOf: Readonly<Record<RowKind, 'accepted' | 'rejected' | null>> = {
  time: null,
  work: null,
  accuracy: null,
  'pay-received': 'accepted',
  'pay-announced': 'accepted',
  return: 'rejected',
  recall: 'rejected',
};

/**
 * What tells a record from others, of what the row itself said: not what the mapping put in its place (the name of a file, the day the table
 * came), which may be another the next time the same row is read.
 */
export function identityOf(record: SheetRecord, mapping: SheetMapping): SheetRecord {
  if (record.becomes === 'work' && mapping.fields.name === undefined) return { ...record, name: '' };
  if (record.becomes === 'accuracy' && mapping.fields.released === undefined)
    return { ...record, at: '', released: '' };
  return record;
}

/** Reads the rows of one table by one mapping that has no gaps. */
export interface RowReader {
  /** Whose row it is, as the file writes the name; null when the mapping names no such column. */
  owner(row: readonly Cell[]): string | null;
  isMine(row: readonly Cell[]): boolean;
  /** What the row's own column says its project is called; null when the mapping names no such column, or nothing stands in it. */
  projectName(row: readonly Cell[]): string | null;
  read(row: readonly Cell[]): ReadRow;
  measures(row: readonly Cell[]): RowMeasures;
}

export function createRowReader(mapping: SheetMapping, columns: readonly string[]): RowReader {
  const at = new Map<SheetField, number>();
  for (const [field, use] of Object.entries(mapping.fields)) at.set(field as SheetField, columns.indexOf(use.column));
  const ownerAt = mapping.me ? columns.indexOf(mapping.me.column) : -1;
  const mine = new Set(mapping.me?.names.map(cellText));
  const meanings = new Map(mapping.statuses.map(({ value, means }) => [cellText(value), means]));
  const hasStatus = at.has('status');
  const projectAt = mapping.projects ? columns.indexOf(mapping.projects.column) : -1;
  const projects = new Map(mapping.projects?.names.map(({ value, project }) => [cellText(value), project]));
  const projectName = (row: readonly Cell[]) => (projectAt < 0 ? null : cellText(row[projectAt]) || null);
  /** The row's project, or why it can't be told. */
  const projectOf = (row: readonly Cell[]): { project: ProjectId | null; why: SheetProblem | null } => {
    const name = projectName(row);
    const project = name === null ? mapping.project : projects.get(name);
    if (project === undefined) return { project: null, why: 'project-unknown' };
    const asked = mapping.becomes.some((kind) => kind === 'accuracy' || kind === 'recall');
    return { project, why: asked && project === null ? 'project-needed' : null };
  };
  const owner = (row: readonly Cell[]) => (ownerAt < 0 ? null : cellText(row[ownerAt]));
  const blame = ({ field, why }: RowRefusal): CellProblem => ({ column: mapping.fields[field]?.column ?? null, why });

  return {
    owner,
    projectName,
    isMine: (row) => mapping.me === null || mine.has(owner(row)!),
    read(row) {
      if (row.every((cell) => cellText(cell) === ''))
        return { project: null, skip: 'empty', records: [], problems: [] };
      const cells = new RowCells(mapping, at, row);
      const means = meanings.get(cells.status() ?? '') ?? 'neither';
      if (means === 'leave-out') return { project: null, skip: 'left-out', records: [], problems: [] };
      const { project, why } = projectOf(row);
      const found: ReadRow = { project, skip: null, records: [], problems: [] };
      if (why !== null) found.problems.push({ column: mapping.projects?.column ?? null, why });
      for (const kind of mapping.becomes) {
        if (hasStatus && madeOf[kind] !== null && madeOf[kind] !== means) continue;
        try {
          const record = makers[kind](cells, mapping);
          if (record) found.records.push(record);
        } catch (error) {
          if (!(error instanceof RowRefusal)) throw error;
          found.problems.push(blame(error));
        }
      }
      if (found.records.length === 0 && found.problems.length === 0) found.skip = 'left-out';
      return found;
    },
    measures(row) {
      const cells = new RowCells(mapping, at, row);
      const status = cells.status();
      const or = <T>(read: () => T | null, otherwise: T): T => {
        try {
          return read() ?? otherwise;
        } catch (error) {
          if (error instanceof RowRefusal) return otherwise;
          throw error;
        }
      };
      const paid = !hasStatus || meanings.get(status ?? '') === 'accepted';
      return {
        durationMs: or(() => timeOfRow(cells), 0),
        minor: paid ? or(() => cells.amount(), { minor: 0, currency: '' }).minor : 0,
        status,
      };
    },
  };
}
