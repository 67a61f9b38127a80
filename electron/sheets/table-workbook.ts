import { write, utils, type CellObject, type WorkSheet } from '@e965/xlsx';
import type { WrittenCell, WrittenKind, WrittenTable } from '#shared/codecs/tables.codec.ts';

/** What spreadsheets allow. */
const longestText = 32_767;
const longestName = 31;
const dayMs = 86_400_000;
const dayZero = Date.UTC(1899, 11, 30);
const widest = 60;

/** A workbook being put together; rows come in portions. */
export interface WorkbookBuilder {
  sheet(table: Pick<WrittenTable, 'name' | 'columns'>): void;
  /** Rows of the sheet begun last. */
  rows(rows: WrittenTable['rows']): void;
  /** The workbook as XLSX. */
  bytes(): Uint8Array;
}

/**
 * Builds a workbook: numbers, days, times and durations as what they are, so that a spreadsheet can sum and sort them. A text is a text cell
 * of text format and never a formula, whatever it begins with: nothing of it is calculated, not even when somebody edits the cell. A text
 * longer than a cell can hold is cut and ends in `…`.
 */
export function createWorkbookBuilder(): WorkbookBuilder {
  const names: string[] = [];
  const sheets: { columns: WrittenTable['columns']; data: CellObject[][]; widths: number[] }[] = [];

  return {
    sheet({ name, columns }) {
      names.push(sheetName(name, names));
      const widths = columns.map((column) => widthOf(column.name));
      sheets.push({ columns, data: [columns.map((column) => textCell(column.name))], widths });
    },
    rows(rows) {
      const sheet = sheets.at(-1);
      if (!sheet) throw new Error('rows belong to a sheet');
      for (const row of rows) {
        const cells: CellObject[] = [];
        row.forEach((cell, at) => {
          if (cell === null) return;
          cells[at] = cellOf(cell, sheet.columns[at]!.kind);
          sheet.widths[at] = Math.max(sheet.widths[at] ?? 0, widthOf(shownLength(cell, sheet.columns[at]!.kind)));
        });
        sheet.data.push(cells);
      }
    },
    bytes() {
      const entries = sheets.map(({ columns, data, widths }, at): [string, WorkSheet] => {
        const ref = utils.encode_range({ s: { r: 0, c: 0 }, e: { r: data.length - 1, c: columns.length - 1 } });
        const cols = widths.map((wch) => ({ wch: Math.min(widest, wch + 2) }));
        return [names[at]!, { '!data': data, '!ref': ref, '!cols': cols, '!autofilter': { ref } } as WorkSheet];
      });
      const book = { SheetNames: names, Sheets: Object.fromEntries(entries) };
      return write(book, { type: 'buffer', bookType: 'xlsx', compression: true, bookSST: true }) as Uint8Array;
    },
  };
}

/** Chinese letters are twice as wide as Latin ones. */
function widthOf(text: string): number {
  let width = 0;
  for (const letter of text.slice(0, widest)) width += letter > '\u2E7F' ? 2 : 1;
  return width;
}

function shownLength(cell: WrittenCell, kind: WrittenKind): string {
  if (kind === 'time') return '2026-01-01 00:00:00';
  return kind === 'duration' ? '000:00:00' : String(cell).split('\n', 1)[0]!;
}

/** A name that a sheet may have and none has yet. */
function sheetName(wanted: string, taken: readonly string[]): string {
  const plain =
    wanted
      .replaceAll(/[[\]:*?/\\\p{Cc}]/gu, ' ')
      .replaceAll(/^'+|'+$/g, '')
      .trim() || '-';
  const lower = new Set(taken.map((each) => each.toLowerCase()));
  for (let n = 1; ; n += 1) {
    const ending = n === 1 ? '' : ` ${n}`;
    const name = plain.slice(0, longestName - ending.length) + ending;
    if (!lower.has(name.toLowerCase())) return name;
  }
}

function cellOf(cell: string | number, kind: WrittenKind): CellObject {
  switch (kind) {
    case 'text':
      return textCell(String(cell));
    case 'number':
      return numberCell(String(cell));
    case 'percent': {
      const decimals = String(cell).split('.')[1]?.length ?? 0;
      return { t: 'n', v: Number(cell) / 100, z: decimals === 0 ? '0%' : `0.${'0'.repeat(decimals)}%` };
    }
    case 'day':
      return { t: 'n', v: (Date.parse(`${cell}T00:00:00Z`) - dayZero) / dayMs, z: 'yyyy-mm-dd' };
    case 'time':
      return { t: 'n', v: (Date.parse(`${String(cell).slice(0, 19)}Z`) - dayZero) / dayMs, z: 'yyyy-mm-dd hh:mm:ss' };
    case 'duration':
      return { t: 'n', v: Number(cell) / dayMs, z: '[h]:mm:ss' };
  }
}

/** A number that a spreadsheet's floats can't hold stays a text: better none to calculate with than a wrong one. */
function numberCell(text: string): CellObject {
  const digits = text.replace(/^-?0*\.?0*/, '').replace('.', '').length;
  if (digits > 15 || !Number.isFinite(Number(text))) return textCell(text);
  const decimals = text.split('.')[1]?.length ?? 0;
  return { t: 'n', v: Number(text), z: decimals === 0 ? '0' : `#,##0.${'0'.repeat(decimals)}` };
}

function textCell(text: string): CellObject {
  // `_x0041_` in a workbook's XML means the letter A: what looks like that is written so that it is read as it stands.
  const escaped = text.replaceAll(/_(?=x[\dA-F]{4}_)/gi, '_x005F_');
  const cut = escaped.length > longestText ? `${escaped.slice(0, longestText - 1)}…` : escaped;
  return { t: 's', v: cut, z: '@' };
}
