import type { Interval } from '#shared/metrics/intervals.metric.ts';
import type { DayWindow } from '#shared/rules/working-day.rules.ts';
import type { ReadDb, WriteDb } from '#electron/db/database.ts';

/**
 * Roll-ups by the quarter of an hour of UTC, a row a day of UTC: every zone's hours begin with a quarter of an hour, so days of any zone
 * and any beginning are made of whole slots, and a year is read in 366 rows. A row's text is an object of keys, in order, each with its slots of that
 * day in order: the slot (0 to 95) and so many numbers, none of which are all nothing.
 */
interface SlotTable {
  /** Numbers a slot has for each key. */
  numbers: 1 | 2;
  sql: Readonly<Record<'find' | 'insert' | 'update' | 'delete' | 'read' | 'reach', string>>;
}

/** What is needed of a table of slots, made once: a text put together anew for each call has to be compared letter by letter. */
export function slotTable(table: 'time_day' | 'piece_day', column: 'mixes' | 'pieces', numbers: 1 | 2): SlotTable {
  return {
    numbers,
    sql: {
      find: `SELECT ${column} AS cells FROM ${table} WHERE day = ?`,
      insert: `INSERT INTO ${table} (${column}, day) VALUES (?, ?)`,
      update: `UPDATE ${table} SET ${column} = ? WHERE day = ?`,
      delete: `DELETE FROM ${table} WHERE day = ?`,
      read: `SELECT day, ${column} AS cells FROM ${table} WHERE day >= ? AND day <= ? ORDER BY day`,
      reach: `SELECT min(day) AS first, max(day) AS last FROM ${table}`,
    },
  };
}

export const slotMs = 15 * 60_000;
const slotsADay = 96;

/** The slot an instant lies in, counted since the epoch. */
export const slotOf = (at: number): number => Math.floor(at / slotMs);

/** What is added to the numbers of a slot. */
export interface SlotChange {
  slot: number;
  key: string;
  by: readonly number[];
}

type DayCells = Record<string, number[]>;

/** Days whose changes are held back, by table and day. */
type HeldDays = Map<SlotTable, Map<number, { stored: boolean; cells: DayCells }>>;

const held = new WeakMap<WriteDb, HeldDays>();

/**
 * Carries out `work` and then writes each day that it changed once, instead of at each change. What `work` reads of the roll-ups is as it was
 * before.
 */
export function holdingSlots(db: WriteDb, work: () => void): void {
  const days: HeldDays = new Map();
  held.set(db, days);
  try {
    work();
  } finally {
    held.delete(db);
  }
  for (const [of, own] of days) for (const [day, { stored, cells }] of own) writeDay(db, of, day, stored, cells);
}

/** Adds to slots; a slot whose numbers come to nothing is gone, as if it never was. */
export function changeSlots(db: WriteDb, of: SlotTable, changes: readonly SlotChange[]): void {
  const holding = held.get(db);
  for (const [day, own] of Map.groupBy(changes, ({ slot }) => Math.floor(slot / slotsADay))) {
    const known = holding?.get(of)?.get(day) ?? readDay(db, of, day);
    for (const change of own) addTo(known.cells, change.slot - day * slotsADay, change, of.numbers);
    if (holding) holding.set(of, (holding.get(of) ?? new Map()).set(day, known));
    else writeDay(db, of, day, known.stored, known.cells);
  }
}

function readDay(db: ReadDb, of: SlotTable, day: number): { stored: boolean; cells: DayCells } {
  const row = db.get<{ cells: string }>(of.sql.find, [day]);
  return { stored: row !== undefined, cells: row === undefined ? {} : (JSON.parse(row.cells) as DayCells) };
}

function writeDay(db: WriteDb, of: SlotTable, day: number, stored: boolean, cells: DayCells): void {
  const keys = Object.keys(cells).sort();
  if (keys.length === 0) {
    if (stored) db.run(of.sql.delete, [day]);
    return;
  }
  const text = JSON.stringify(Object.fromEntries(keys.map((key) => [key, cells[key]])));
  db.run(stored ? of.sql.update : of.sql.insert, [text, day]);
}

function addTo(cells: DayCells, slot: number, { key, by }: SlotChange, numbers: number): void {
  const own = (cells[key] ??= []);
  const width = numbers + 1;
  // From the end: what is written is mostly of now.
  let at = own.length;
  while (at > 0 && own[at - width]! >= slot) at -= width;
  if (own[at] === slot) {
    for (let n = 0; n < numbers; n += 1) own[at + 1 + n]! += by[n]!;
  } else {
    own.splice(at, 0, slot, ...by);
  }
  if (own.slice(at + 1, at + width).every((number) => number === 0)) own.splice(at, width);
  if (own.length === 0) delete cells[key];
}

/** Tells of every slot of some adjoining windows which of them it lies in, its key and its numbers. */
export function readSlots(
  db: ReadDb,
  of: SlotTable,
  windows: readonly DayWindow[],
  tell: (place: number, key: string, first: number, second: number) => void,
): void {
  const begins = windows.map(({ start }) => slotOf(start));
  if (begins.length === 0) return;
  const end = slotOf(windows.at(-1)!.end);
  const rows = db.all<{ day: number; cells: string }>(of.sql.read, [
    Math.floor(begins[0]! / slotsADay),
    Math.floor((end - 1) / slotsADay),
  ]);
  let place = 0;
  for (const { day, cells } of rows) {
    const first = day * slotsADay;
    while (place + 1 < begins.length && begins[place + 1]! <= first) place += 1;
    for (const [key, own] of Object.entries(JSON.parse(cells) as DayCells)) {
      let at = place;
      for (let n = 0; n < own.length; n += of.numbers + 1) {
        const slot = first + own[n]!;
        if (slot < begins[0]! || slot >= end) continue;
        while (at + 1 < begins.length && begins[at + 1]! <= slot) at += 1;
        tell(at, key, own[n + 1]!, of.numbers === 2 ? own[n + 2]! : 0);
      }
    }
  }
}

/** All time there is a roll-up of; null when there is none. */
export function slotsReach(db: ReadDb, of: SlotTable): Interval | null {
  const reach = db.get<{ first: number | null; last: number | null }>(of.sql.reach);
  if (reach?.first == null || reach.last === null) return null;
  return { start: reach.first * slotsADay * slotMs, end: (reach.last + 1) * slotsADay * slotMs };
}
