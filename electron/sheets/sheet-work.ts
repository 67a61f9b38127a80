import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { SheetError, type SheetTable } from '#shared/codecs/sheets/sheets-json.codec.ts';
import type { Sha256Hex } from '#shared/domain/blob.ts';
import type { StatementColumns } from '#shared/domain/pay-statement.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { Json } from '#shared/domain/json.ts';
import type { Cell, SheetEncoding, SheetMapping, SheetReading, SheetRecord } from '#shared/domain/sheet-mapping.ts';
import { canonicalJson } from '#shared/proofs/canonical.ts';
import { type CellProblem, createRowReader, identityOf, type RowMeasures } from '#shared/rules/sheet-mapping.rules.ts';
import { type MappingGap, mappingGaps } from '#shared/rules/sheets-gaps.rules.ts';
import { type ColumnReadings, columnReadings } from '#shared/rules/sheets-columns.rules.ts';
import { type Guess, guessMapping } from '#shared/rules/sheets-guess.rules.ts';
import { cellText } from '#shared/rules/sheets-values.rules.ts';
import { readStatementRows, statementGaps, type StatementRead } from '#shared/rules/statement-rows.rules.ts';
import { sheetLimits } from './sheet-limits.ts';
import { decodeText, findEncoding, tablesOfText } from './sheet-text.ts';

export type SheetSource = { path: string } | { pasted: string; name: string };

/** What the reading thread is asked. */
export interface SheetTask {
  source: SheetSource;
  reading: SheetReading;
  mapping: SheetMapping | null;
  /** The zone of this machine, for a first mapping. */
  zone: string;
  /** The column in which to count whose rows there are; null: the mapping's, or the one guessed. */
  ownerColumn: string | null;
  /** Columns of a client's statement, where the table is read as one. */
  statement?: StatementColumns | null;
}

export interface SheetColumn {
  name: string;
  samples: string[];
  readings: ColumnReadings;
}

export interface HashedRecord {
  hash: Sha256Hex;
  record: SheetRecord;
}

/** One of my rows. `row` as spreadsheets count. */
export interface MyRow {
  row: number;
  project: ProjectId | null;
  records: HashedRecord[];
  problems: CellProblem[];
}

export interface Totals {
  rows: number;
  durationMs: number;
  /** Minor units of the mapping's currency; of accepted rows, where a status says which those are. */
  minor: number;
  statuses: { value: string; rows: number }[];
}

/** What was made of a file, and by a mapping without gaps, of its rows. */
export interface SheetRead {
  file: { name: string; bytes: number; hash: Sha256Hex };
  encoding: SheetEncoding | null;
  delimiter: SheetReading['delimiter'];
  sheets: { name: string; rows: number }[];
  sheet: string;
  headerRow: number;
  headerShape: Sha256Hex;
  columns: SheetColumn[];
  guess: Guess;
  people: { column: string; total: number; list: { name: string; rows: number }[] } | null;
  /** Names of projects in my rows, by how often, where a column says them. */
  projects: { column: string; list: { name: string; rows: number }[] } | null;
  gaps: MappingGap[];
  /** My rows as lines of a statement, where it was asked for and nothing is left to say of its columns. */
  statement: StatementRead | null;
  rows: {
    read: number;
    otherPeople: number;
    empty: number;
    leftOut: number;
    mine: MyRow[];
    all: Totals;
    my: Totals;
  } | null;
}

export type Progress = (done: number, total: number) => void;

const samplesShown = 5;
const sampleLength = 60;
const peopleShown = 2000;
const projectsShown = 500;
const progressEvery = 5000;

const sha256 = (data: string | Uint8Array): Sha256Hex => createHash('sha256').update(data).digest('hex');

/** @throws SheetError `too-large`; what reading a file throws */
function bytesOf(source: SheetSource): Buffer {
  if ('pasted' in source) return Buffer.from(source.pasted, 'utf8');
  if (statSync(source.path).size > sheetLimits.fileBytes) throw new SheetError('too-large');
  return readFileSync(source.path);
}

async function tablesOf(bytes: Buffer, name: string, reading: SheetReading) {
  // Loaded only when needed: most tables are text.
  const workbook = bytes[0] === 0x50 || bytes[0] === 0xd0 ? await import('./sheet-workbook.ts') : null;
  if (workbook?.isWorkbook(bytes)) {
    return { encoding: null, delimiter: null, tables: workbook.tablesOfWorkbook(bytes) };
  }
  if (bytes.length === 0) throw new SheetError('no-table');
  const encoding = reading.encoding ?? findEncoding(bytes);
  return { encoding, ...tablesOfText(decodeText(bytes, encoding), name, reading.delimiter) };
}

/** The first row of names: no number in it, and nearly as wide as the table is. Counted from 1. */
function findHeader({ rows }: SheetTable): number {
  const filled = rows.slice(0, 30).map((row) => row.filter((cell) => cellText(cell) !== '').length);
  const wide = Math.max(1, ...filled) * 0.6;
  const at = rows
    .slice(0, 30)
    .findIndex(
      (row, n) => filled[n]! >= wide && row.every((cell) => !/^[-\d.,:/%\s]+$/.test(cellText(cell)) || cell === null),
    );
  return at < 0 ? 1 : at + 1;
}

/** A spreadsheet's letters of a column: A, B ... Z, AA. */
export function columnLetters(at: number): string {
  const rest = Math.floor(at / 26);
  return `${rest > 0 ? columnLetters(rest - 1) : ''}${String.fromCharCode(65 + (at % 26))}`;
}

/** Column names that are told apart: one without a name goes by its letters, one that comes again by its number. */
function namesOf(header: readonly Cell[], width: number): string[] {
  const seen = new Map<string, number>();
  return Array.from({ length: width }, (_, at) => {
    const name = cellText(header[at]) || `(${columnLetters(at)})`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return (times === 1 ? name : `${name} (${times})`).slice(0, 1000);
  });
}

function samplesOf(rows: readonly (readonly Cell[])[], at: number): string[] {
  const found = new Set<string>();
  for (const row of rows) {
    const text = cellText(row[at]).slice(0, sampleLength);
    if (text !== '') found.add(text);
    if (found.size === samplesShown) break;
  }
  return [...found];
}

function peopleIn(rows: readonly (readonly Cell[])[], column: string, at: number): NonNullable<SheetRead['people']> {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const name = cellText(row[at]);
    if (name !== '') counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const list = Array.from(counts, ([name, n]) => ({ name, rows: n }));
  return { column, total: list.length, list: list.slice(0, peopleShown) };
}

function projectsIn(
  mapping: SheetMapping | null,
  guess: Guess,
  names: readonly string[],
  rows: readonly (readonly Cell[])[],
): SheetRead['projects'] {
  const column = mapping?.projects?.column ?? guess.projectColumn;
  const at = column === null ? -1 : names.indexOf(column);
  if (column === null || at < 0) return null;
  const reader = mapping && createRowReader(mapping, names);
  const { list } = peopleIn(reader ? rows.filter((row) => reader.isMine(row)) : rows, column, at);
  return { column, list: list.slice(0, projectsShown) };
}

const noTotals = (): Totals & { byStatus: Map<string, number> } => ({
  rows: 0,
  durationMs: 0,
  minor: 0,
  statuses: [],
  byStatus: new Map(),
});

function add(to: ReturnType<typeof noTotals>, { durationMs, minor, status }: RowMeasures): void {
  to.rows += 1;
  to.durationMs += durationMs;
  to.minor += minor;
  if (status !== null) to.byStatus.set(status, (to.byStatus.get(status) ?? 0) + 1);
}

const total = ({ byStatus, ...totals }: ReturnType<typeof noTotals>): Totals => ({
  ...totals,
  // A column of free text taken for a status would list everything there is.
  statuses: Array.from(byStatus, ([value, rows]) => ({ value, rows })).slice(0, 50),
});

/**
 * Names a record by what was read, not by where it stood: so that a file with new rows, other columns or another format adds nothing
 * twice. Rows of a project that say exactly the same are told apart by their number; the project itself is not in the name, for the same table may
 * come again with the project said in another way.
 */
function hasher(mapping: SheetMapping): (record: SheetRecord, project: ProjectId | null) => Sha256Hex {
  const times = new Map<string, number>();
  return (record, project) => {
    const said = canonicalJson(identityOf(record, mapping) as unknown as Json);
    const first = sha256(said);
    const key = `${first} ${project}`;
    const n = (times.get(key) ?? 0) + 1;
    times.set(key, n);
    return n === 1 ? first : sha256(`${said}#${n}`);
  };
}

function readRows(
  mapping: SheetMapping,
  names: readonly string[],
  rows: readonly (readonly Cell[])[],
  firstRow: number,
  progress: Progress,
): NonNullable<SheetRead['rows']> {
  const reader = createRowReader(mapping, names);
  const hash = hasher(mapping);
  const [all, my] = [noTotals(), noTotals()];
  const found = { read: rows.length, otherPeople: 0, empty: 0, leftOut: 0, mine: [] as MyRow[] };
  rows.forEach((row, at) => {
    if (at % progressEvery === 0) progress(at, rows.length);
    if (row.every((cell) => cellText(cell) === '')) return void (found.empty += 1);
    const measures = reader.measures(row);
    add(all, measures);
    if (!reader.isMine(row)) return void (found.otherPeople += 1);
    add(my, measures);
    const read = reader.read(row);
    if (read.skip === 'left-out') return void (found.leftOut += 1);
    const { project, problems } = read;
    const records = read.records.map((record) => ({ hash: hash(record, project), record }));
    found.mine.push({ row: firstRow + at, project, records, problems });
  });
  return { ...found, all: total(all), my: total(my) };
}

/**
 * Reads a file or a pasted table: its sheets, its columns and what they can be read as, whose rows it holds, and by a mapping without gaps
 * every row of mine. Runs in a thread of its own; keeps nothing.
 *
 * @throws SheetError; what reading a file throws
 */
export async function readSheet(task: SheetTask, progress: Progress): Promise<SheetRead> {
  const bytes = bytesOf(task.source);
  const name = 'pasted' in task.source ? task.source.name : basename(task.source.path);
  const { tables, encoding, delimiter } = await tablesOf(bytes, name, task.reading);
  const table = tables.find((each) => each.name === task.reading.sheet) ?? tables[0]!;
  if (table.rows.length > sheetLimits.rows) throw new SheetError('too-many-rows', table.name);
  const headerRow = Math.min(task.reading.headerRow ?? table.headerRow ?? findHeader(table), table.rows.length);
  const rows = table.rows.slice(headerRow);
  const width = table.rows.slice(headerRow - 1).reduce((most, row) => Math.max(most, row.length), 0);
  if (width > sheetLimits.columns) throw new SheetError('too-many-columns', table.name);
  const names = namesOf(table.rows[headerRow - 1] ?? [], width);
  const columns = names.map((column, at) => ({
    name: column,
    samples: samplesOf(rows, at),
    readings: columnReadings(rows.map((row) => row[at] ?? null)),
  }));
  const readings = columns.map((column) => column.readings);
  const guess = guessMapping({ names, readings }, task.zone, name.slice(0, 500));
  const owner = task.ownerColumn ?? task.statement?.me?.column ?? task.mapping?.me?.column ?? guess.ownerColumn;
  const ownerAt = owner === null ? -1 : names.indexOf(owner);
  const gaps = task.mapping === null ? [] : mappingGaps(task.mapping, names);
  return {
    file: { name, bytes: bytes.length, hash: sha256(bytes) },
    encoding,
    delimiter,
    sheets: tables.map((each) => ({ name: each.name, rows: each.rows.length })),
    sheet: table.name,
    headerRow,
    headerShape: sha256(canonicalJson(names)),
    columns,
    guess,
    people: ownerAt < 0 ? null : peopleIn(rows, owner!, ownerAt),
    projects: projectsIn(task.mapping, guess, names, rows),
    gaps,
    statement:
      task.statement == null || statementGaps(task.statement).length > 0
        ? null
        : readStatementRows(task.statement, names, rows, headerRow + 1, task.zone),
    rows:
      task.mapping === null || gaps.length > 0 ? null : readRows(task.mapping, names, rows, headerRow + 1, progress),
  };
}
