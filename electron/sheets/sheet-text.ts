import Papa from 'papaparse';
import { SheetError, type SheetTable, tablesOfJson } from '#shared/codecs/sheets/sheets-json.codec.ts';
import { looksLikeTimeclock, tableOfTimeclock } from '#shared/codecs/sheets/sheets-timeclock.codec.ts';
import type { Cell, SheetDelimiter, SheetEncoding, SheetReading } from '#shared/domain/sheet-mapping.ts';

/** How much of a text is looked at to find its delimiter. */
const sniffed = 64 * 1024;

const boms: readonly [SheetEncoding, readonly number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** UTF-16 without a mark: delimiters, digits and line ends leave a zero in every second byte. */
function utf16Without(bytes: Uint8Array): SheetEncoding | null {
  const sample = bytes.subarray(0, 8192);
  const zeros = [0, 0];
  sample.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2]! += 1;
  });
  const [even = 0, odd = 0] = zeros.map((count) => (count * 2) / Math.max(1, sample.length));
  if (odd > 0.05 && even < 0.01) return 'utf-16le';
  return even > 0.05 && odd < 0.01 ? 'utf-16be' : null;
}

function decodes(bytes: Uint8Array, encoding: SheetEncoding): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** The encoding of a text: by its mark, else the first of UTF-16, UTF-8 and GB18030 (with GBK in it) in which it makes sense. */
export function findEncoding(bytes: Uint8Array): SheetEncoding {
  const marked = boms.find(([, bom]) => bom.every((byte, at) => bytes[at] === byte));
  if (marked) return marked[0];
  const wide = utf16Without(bytes);
  if (wide) return wide;
  return (['utf-8', 'gb18030'] as const).find((each) => decodes(bytes, each)) ?? 'windows-1252';
}

/** @throws SheetError `encoding` when the bytes are no text in it */
export function decodeText(bytes: Uint8Array, encoding: SheetEncoding): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new SheetError('encoding', encoding);
  }
}

/** The delimiter that cuts the first rows into the most equal number of fields; a comma when none cuts anything. */
function findDelimiter(text: string): SheetDelimiter {
  const head = text.length > sniffed ? text.slice(0, text.lastIndexOf('\n', sniffed) + 1 || sniffed) : text;
  let best: { delimiter: SheetDelimiter; share: number; width: number } = { delimiter: ',', share: 0, width: 1 };
  for (const delimiter of ['\t', ',', ';', '|'] as const) {
    const { data } = Papa.parse<string[]>(head, { header: false, delimiter, newline: '\n', preview: 100 });
    const widths = new Map<number, number>();
    for (const row of data)
      if (row.some((cell) => cell !== '')) widths.set(row.length, (widths.get(row.length) ?? 0) + 1);
    const [width = 1, rows = 0] = [...widths].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [];
    const share = width > 1 ? rows / data.length : 0;
    if (share > best.share + 0.05 || (share > best.share - 0.05 && width > best.width))
      best = { delimiter, share, width };
  }
  return best.delimiter;
}

export interface TextTables {
  tables: SheetTable[];
  delimiter: SheetReading['delimiter'];
}

/**
 * Tables of a text: JSON, timeclock, or values parted by a delimiter, which is found out when none is given.
 * @param name what the one table of a text is called
 * @throws SheetError `not-json`, `no-table`, `quotes` (with the row), `clock-order`, `not-a-line`, `html`
 */
export function tablesOfText(text: string, name: string, wanted: SheetReading['delimiter']): TextTables {
  const start = text.trimStart().slice(0, 200);
  if (wanted === null && /^[{[]/.test(start)) return { tables: tablesOfJson(text), delimiter: null };
  if (wanted === null && looksLikeTimeclock(text)) return { tables: [tableOfTimeclock(text)], delimiter: null };
  if (/^<(!doctype|html|\?xml|table)/i.test(start)) throw new SheetError('html');
  // Line ends of one kind: a table that was pasted together has several.
  const lines = text.replaceAll(/\r\n?/g, '\n');
  const delimiter = wanted ?? findDelimiter(lines);
  const parsed = Papa.parse<string[]>(lines, { header: false, delimiter, newline: '\n' });
  const broken = parsed.errors.find(({ type }) => type === 'Quotes');
  if (broken) throw new SheetError('quotes', `row ${(broken.row ?? 0) + 1}`);
  const rows: Cell[][] = parsed.data.map((row) => row.map((cell) => (cell === '' ? null : cell)));
  // A file ends with a line end, which begins no further row.
  if (rows.length > 0 && rows.at(-1)!.every((cell) => cell === null)) rows.pop();
  return { tables: [{ name, rows, headerRow: null }], delimiter };
}
