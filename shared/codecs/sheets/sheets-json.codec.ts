import type { Cell } from '../../domain/sheet-mapping.ts';
import { placeOfBadJson } from '../json-place.codec.ts';

/** A table as it stands in a file. `rows[0]` is its row 1. */
export interface SheetTable {
  name: string;
  rows: Cell[][];
  /** Rows above this one are no data; null when it must be looked for. Counted from 1. */
  headerRow: number | null;
}

/** A text that is not what it claims to be. `place` says where, `problem` is a word the locales translate. */
export class SheetError extends Error {
  readonly problem: string;
  readonly place: string;

  constructor(problem: string, place = '') {
    super(`${problem} ${place}`);
    this.problem = problem;
    this.place = place;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const deepest = 4;

/** The leaves of an object as columns `a.b`; arrays as their plain members in one cell. Names are never used as keys of an object. */
function flatten(value: unknown, name: string, into: Map<string, Cell>, depth: number): void {
  if (isRecord(value) && depth < deepest) {
    for (const key of Object.keys(value)) flatten(value[key], name === '' ? key : `${name}.${key}`, into, depth + 1);
  } else if (Array.isArray(value)) {
    into.set(
      name,
      value
        .filter((each) => typeof each !== 'object')
        .map(String)
        .join(', '),
    );
  } else if (typeof value === 'string' || typeof value === 'number') into.set(name, value);
  else if (typeof value === 'boolean') into.set(name, value ? 'TRUE' : 'FALSE');
}

function tableOf(name: string, items: readonly unknown[]): SheetTable {
  const columns: string[] = [];
  const known = new Map<string, number>();
  const rows = items.map((item) => {
    const cells = new Map<string, Cell>();
    flatten(item, '', cells, 0);
    const row: Cell[] = [];
    for (const [column, cell] of cells) {
      let at = known.get(column);
      if (at === undefined) {
        at = columns.length;
        columns.push(column);
        known.set(column, at);
      }
      row[at] = cell;
    }
    return row;
  });
  return {
    name,
    headerRow: 1,
    rows: [columns, ...rows.map((row) => Array.from({ length: columns.length }, (_, at) => row[at] ?? null))],
  };
}

/** Frames of Watson: `[start, stop, project, id, tags, updated]`, times in seconds since 1970. */
function watson(items: readonly unknown[]): SheetTable | null {
  const isFrame = (item: unknown) => Array.isArray(item) && item.length >= 5;
  if (items.length === 0 || !items.every(isFrame)) return null;
  const header = ['watson.start', 'watson.stop', 'watson.project', 'watson.id', 'watson.tags'];
  const rows = (items as unknown[][]).map((frame) => {
    // Watson's own files begin with the id or with the times; times are the two numbers.
    const numbers = frame.filter((each) => typeof each === 'number');
    const [first, second] = frame.filter((each) => typeof each === 'string');
    const timesFirst = typeof frame[0] === 'number';
    const tags = frame.find((each) => Array.isArray(each)) as unknown[] | undefined;
    const [project, id] = timesFirst ? [first, second] : [second, first];
    return [numbers[0] ?? null, numbers[1] ?? null, project ?? null, id ?? null, (tags ?? []).map(String).join(', ')];
  });
  return { name: 'watson', headerRow: 1, rows: [header, ...rows] as Cell[][] };
}

/**
 * Reads the JSON of a platform or a time tracker as tables: MTurk Suite `{hits, days}`, Watson's frames, ActivityWatch's buckets, or any array
 * of objects.
 *
 * @throws SheetError `not-json`, `no-table`
 */
export function tablesOfJson(text: string): SheetTable[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new SheetError('not-json', placeOfBadJson(text));
  }
  const tables: SheetTable[] = [];
  if (Array.isArray(value)) tables.push(watson(value) ?? tableOf('1', value.filter(isRecord)));
  else if (isRecord(value)) {
    const buckets = isRecord(value['buckets']) ? value['buckets'] : value;
    for (const name of Object.keys(buckets)) {
      const member = buckets[name];
      const items = isRecord(member) ? member['events'] : member;
      if (Array.isArray(items) && items.some(isRecord)) tables.push(tableOf(name, items.filter(isRecord)));
    }
  }
  const found = tables.filter(({ rows }) => rows.length > 1);
  if (found.length === 0) throw new SheetError('no-table');
  return found;
}
