import type { Json } from '../../domain/json.ts';
import {
  type AnnotationCodec,
  CodecError,
  createLossCounter,
  type FilePiece,
  type ParseContext,
  type SourceFile,
  type WriteSource,
  type WriteSummary,
} from '../codec.ts';
import { formulaHarmless, formulaUndone } from '../formula-cells.codec.ts';
import { keptOf, RowError, type Row } from '../image/json-objects.codec.ts';
import { createReading, foreignFields, readNumber } from '../image/row-reading.codec.ts';
import { isPlainObject, parseJsonText } from '../json-text.ts';
import { readEach } from './recordings.codec.ts';
import { createRowTaker, rowOfItem, rowOfSegment, segmentColumns } from './segment-rows.codec.ts';
import { segmentParts, segmentsWith } from './segments-with.codec.ts';
import { proposedSegmentsOf, segmentsOf } from './spans.codec.ts';
import { type CsvRow, readCsv } from './csv-rows.codec.ts';

const format = 'segments-csv';

/**
 * Our own table of segments for spreadsheets, with the columns of `segmentColumns`. Cells that a spreadsheet would take for a formula get
 * an apostrophe before them, which reading takes away again. Other columns are kept, and written back behind ours.
 */
export const segmentsCsvCodec: AnnotationCodec = {
  format,
  modality: 'audio',
  layout: 'file',
  ending: 'csv',
  holds: segmentsWith(...segmentParts),
  choices: [],
  likeness: (path, head) => {
    const [first = ''] = head.split(/[\r\n]/);
    const columns = new Set(
      first
        .replace(/^\uFEFF/, '')
        .replaceAll('"', '')
        .split(/[,;\t]/),
    );
    const isOurs = columns.has('file') && (columns.has('start_s') || columns.has('start_frame'));
    return isOurs ? 0.95 : /\.csv$/i.test(path) ? 0.1 : 0;
  },
  parse,
  write,
};

const numbers = new Set([
  'channel',
  'start_s',
  'end_s',
  'start_frame',
  'end_frame',
  'rate',
  'recording_frames',
  'recording_channels',
  'score',
]);

async function parse(files: readonly SourceFile[], context: ParseContext) {
  const reading = createReading(context);
  const rows = createRowTaker(reading, format, context);
  await readEach(reading, files, /\.csv$/i, async (file, at) => {
    let columns: readonly string[] | null = null;
    for (const row of readCsv(await file.text())) {
      if (columns === null) {
        columns = row.cells;
        const names = new Set(columns);
        if (!names.has('file') || !(names.has('start_s') || names.has('start_frame')) || names.size < columns.length)
          throw new CodecError('not-this-format', 'line 1');
        continue;
      }
      try {
        await rows.take(fieldsOf(columns, row), at(row.line));
      } catch (error) {
        if (!(error instanceof RowError)) throw error;
        reading.fail(at(row.line), error.why);
      }
    }
    if (columns === null) throw new CodecError('not-this-format', 'line 1');
  });
  return reading.result(rows.items(), {});
}

/** @throws RowError */
function fieldsOf(columns: readonly string[], { cells, isCutOff }: CsvRow): Row {
  if (isCutOff) throw new RowError('cut-off');
  // A shorter one was cut off somewhere, and what is left of its last cell looks whole.
  if (cells.length !== columns.length) throw new RowError('columns-wrong');
  const fields = columns.flatMap((name, i): [string, Json][] => {
    const cell = formulaUndone(cells[i] ?? '');
    if (cell === '') return [];
    if (numbers.has(name)) return [[name, numberOf(cell)]];
    return [[name, name === 'attributes' ? objectOf(cell) : cell]];
  });
  return Object.fromEntries(fields.filter(([name]) => name !== '__proto__'));
}

/** @throws RowError */
function numberOf(cell: string): number {
  // Longer than any coordinate of a picture.
  if (/^\d{1,15}$/.test(cell)) return Number(cell);
  return readNumber(cell);
}

/** @throws RowError */
function objectOf(cell: string): Json {
  try {
    const value = parseJsonText(cell);
    if (isPlainObject(value)) return value;
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
  }
  throw new RowError('field-wrong');
}

async function* write(source: WriteSource): AsyncGenerator<FilePiece, WriteSummary> {
  const loss = createLossCounter();
  let [items, objects] = [0, 0];
  let others: string[] | null = null;
  for await (const item of source.items()) {
    const foreign = foreignFields(item.extra, format);
    if (foreign > 0) loss.add('field', foreign);
    const shapes = segmentsOf(item, loss);
    const proposals = proposedSegmentsOf(item);
    const segments = [...shapes, ...proposals];
    if (others === null) {
      // The columns of the first recording's segments are those of the file they came from.
      const ours = new Set<string>(segmentColumns);
      const names = new Set(segments.slice(0, 1000).flatMap((segment) => Object.keys(keptOf(segment, format))));
      others = [...names].filter((name) => !ours.has(name));
      yield { path: '', text: `${[...segmentColumns, ...others].map(cellOf).join(',')}\r\n` };
    }
    const columns = [...segmentColumns, ...others];
    const lines = segments.map((segment) => {
      const kept = keptOf(segment, format);
      const missing = Object.keys(kept).filter((name) => !columns.includes(name)).length;
      const lost = foreignFields(segment.extra, format) + missing;
      if (lost > 0) loss.add('field', lost);
      if (segment.text === '') loss.add('empty-text');
      const row = { ...kept, ...rowOfSegment(item, segment) };
      return lineOf(columns, row);
    });
    if (lines.length === 0) lines.push(lineOf(columns, rowOfItem(item)));
    items += 1;
    objects += shapes.length;
    yield { path: '', text: lines.join('') };
  }
  if (others === null) yield { path: '', text: `${segmentColumns.join(',')}\r\n` };
  return { items, objects, loss: loss.list() };
}

const lineOf = (columns: readonly string[], row: Row): string =>
  `${columns.map((name) => cellOf(Object.hasOwn(row, name) ? row[name]! : '')).join(',')}\r\n`;

function cellOf(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const safe = typeof value === 'string' ? formulaHarmless(text) : text;
  return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
