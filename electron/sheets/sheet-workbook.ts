import { inflateRawSync } from 'node:zlib';
import { read, SSF, type CellObject, type WorkSheet } from '@e965/xlsx';
import { SheetError, type SheetTable } from '#shared/codecs/sheets/sheets-json.codec.ts';
import type { Cell } from '#shared/domain/sheet-mapping.ts';
import { shiftDecimal } from '#shared/rules/sheets-values.rules.ts';
import { sheetLimits } from './sheet-limits.ts';

/** XLSX and its kin are ZIP archives, XLS is a compound file. */
export function isWorkbook(bytes: Uint8Array): boolean {
  const begins = (...magic: number[]) => magic.every((byte, at) => bytes[at] === byte);
  return begins(0x50, 0x4b, 0x03, 0x04) || begins(0xd0, 0xcf, 0x11, 0xe0);
}

/**
 * Refuses an archive that would unpack to more than a small machine can hold. What an archive says of itself may be a lie, so every
 * part is unpacked once, up to the limit.
 *
 * @throws SheetError `zip-bomb`, `damaged`
 */
export function refuseZipBomb(bytes: Buffer, limit = sheetLimits.unpackedBytes): void {
  if (bytes.length < 22 || bytes.readUInt32LE(0) !== 0x04034b50) return;
  let at = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (at < 0 || at + 22 > bytes.length) throw new SheetError('damaged');
  const parts = bytes.readUInt16LE(at + 10);
  let left = limit;
  at = bytes.readUInt32LE(at + 16);
  for (let part = 0; part < parts; part += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) throw new SheetError('damaged');
    left -= unpackedSize(bytes, at, left);
    if (left < 0) throw new SheetError('zip-bomb');
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
}

/** The true size of one part of an archive, given its place in the directory; more than `limit` where it is larger. */
function unpackedSize(bytes: Buffer, directory: number, limit: number): number {
  const [method, packed] = [bytes.readUInt16LE(directory + 10), bytes.readUInt32LE(directory + 20)];
  const local = bytes.readUInt32LE(directory + 42);
  if (local + 30 > bytes.length) throw new SheetError('damaged');
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const data = bytes.subarray(start, start + packed);
  if (method === 0) return data.length;
  if (method !== 8) throw new SheetError('damaged');
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(1, limit) }).length;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return limit + 1;
    throw new SheetError('damaged');
  }
}

const two = (value: number) => String(value).padStart(2, '0');

/** A number that the workbook shows as a date, a time of day or a length of time, in the forms the rules read without doubt. */
function shownAsTime(value: number, format: string, date1904: boolean): string | null {
  if (/\[h+\]/i.test(format)) {
    const seconds = Math.round(value * 86_400);
    return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  }
  const parts = SSF.parse_date_code(value, { date1904 }) as
    { y: number; m: number; d: number; H: number; M: number; S: number } | null | undefined;
  if (!parts) return null;
  const clock = `${two(parts.H)}:${two(parts.M)}:${two(Math.floor(parts.S))}`;
  if (value < 1) return clock;
  const day = `${String(parts.y).padStart(4, '0')}-${two(parts.m)}-${two(parts.d)}`;
  return value % 1 === 0 ? day : `${day} ${clock}`;
}

/** The value of a cell; of a formula its last result. Dates become text, since a number alone would not say that it is one. */
function cellOf(cell: CellObject | undefined, date1904: boolean): Cell {
  if (cell === undefined || cell.v === undefined) return null;
  if (cell.t === 'n' && typeof cell.v === 'number') {
    const format = typeof cell.z === 'string' ? cell.z : '';
    if (SSF.is_date(format)) return shownAsTime(cell.v, format, date1904) ?? cell.v;
    // A share shown as a percentage is one; exact, where multiplying a float would not be.
    if (format.includes('%') && !String(cell.v).includes('e')) return `${shiftDecimal(String(cell.v), 2)}%`;
    return cell.v;
  }
  if (cell.t === 'b') return cell.v ? 'TRUE' : 'FALSE';
  // An error such as #REF! stands as it is shown: whoever maps that column hears that it is no number.
  if (cell.t === 'e') return cell.w ?? '#';
  return cell.t === 's' ? String(cell.v) : null;
}

function tableOf(name: string, sheet: WorkSheet, date1904: boolean): SheetTable {
  const data = (sheet as { '!data'?: (CellObject | undefined)[][] })['!data'] ?? [];
  if (data.length > sheetLimits.rows) throw new SheetError('too-many-rows', name);
  const rows: Cell[][] = [];
  for (let at = 0; at < data.length; at += 1) {
    const row = data[at] ?? [];
    if (row.length > sheetLimits.columns) throw new SheetError('too-many-columns', name);
    rows.push(Array.from({ length: row.length }, (_, column) => cellOf(row[column], date1904)));
  }
  return { name, rows, headerRow: null };
}

/**
 * Every sheet of an XLSX or XLS workbook that holds anything. Formulas are not run: their cells count by the value they were saved with.
 *
 * @throws SheetError `zip-bomb`, `damaged`, `password`, `too-many-rows`, `too-many-columns`, `no-table`
 */
export function tablesOfWorkbook(bytes: Buffer): SheetTable[] {
  refuseZipBomb(bytes);
  let book;
  try {
    const how = { dense: true, cellNF: true, cellFormula: false, cellHTML: false, cellText: false } as const;
    book = read(bytes, { ...how, type: 'buffer', sheetRows: sheetLimits.rows + 1 });
  } catch (error) {
    throw new SheetError(/password|encrypt/i.test(String(error)) ? 'password' : 'damaged');
  }
  const date1904 = book.Workbook?.WBProps?.date1904 === true;
  const tables = book.SheetNames.map((name) => tableOf(name, book.Sheets[name]!, date1904));
  const found = tables.filter(({ rows }) => rows.some((row) => row.some((cell) => cell !== null)));
  if (found.length === 0) throw new SheetError('no-table');
  return found;
}
