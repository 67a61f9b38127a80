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
import { keptOf, RowError, type Row } from '../image/json-objects.codec.ts';
import { createReading } from '../image/row-reading.codec.ts';
import { isPlainObject, parseJsonText } from '../json-text.ts';
import { readEach, readLines } from './recordings.codec.ts';
import { createRowTaker, rowOfItem, rowOfSegment } from './segment-rows.codec.ts';
import { segmentParts, segmentsWith } from './segments-with.codec.ts';
import { proposedSegmentsOf, segmentsOf } from './spans.codec.ts';

const format = 'segments-jsonl';

/**
 * Our own lines of JSON, one a segment, with the columns of `segmentColumns`; `extra` holds what other formats said of it. Holds everything.
 */
export const segmentsJsonlCodec: AnnotationCodec = {
  format,
  modality: 'audio',
  layout: 'file',
  ending: 'jsonl',
  holds: segmentsWith(...segmentParts),
  choices: [],
  likeness: (path, head) => {
    const isRow = /^\uFEFF?\{[^\n]*"file"\s*:[^\n]*"(?:start_s|start_frame|rate)"\s*:/.test(head);
    return isRow ? (/\.jsonl$/i.test(path) ? 1 : 0.6) : /\.jsonl$/i.test(path) && head === '' ? 0.3 : 0;
  },
  parse,
  write,
};

async function parse(files: readonly SourceFile[], context: ParseContext) {
  const reading = createReading(context);
  const rows = createRowTaker(reading, format, context);
  await readEach(reading, files, /\.jsonl$/i, async (file, at) => {
    let [seen, good] = [0, 0];
    await readLines(reading, file, at, async (text, where) => {
      if (text.trim() === '') return;
      seen += 1;
      const row = readLine(text);
      good += 1;
      await rows.take(row, where);
    });
    if (seen > 0 && good === 0) throw new CodecError('not-json', 'line 1');
  });
  return reading.result(rows.items(), {});
}

/** @throws RowError */
function readLine(text: string): Row {
  let value: Json;
  try {
    value = /\b(?:NaN|Infinity)\b/.test(text) ? parseJsonText(text) : (JSON.parse(text.replace(/^\uFEFF/, '')) as Json);
  } catch {
    throw new RowError('not-json');
  }
  if (!isPlainObject(value)) throw new RowError('not-an-object');
  return value;
}

async function* write(source: WriteSource): AsyncGenerator<FilePiece, WriteSummary> {
  const loss = createLossCounter();
  let [items, objects] = [0, 0];
  for await (const item of source.items()) {
    const shapes = segmentsOf(item, loss);
    const proposals = proposedSegmentsOf(item);
    const own = item.extra;
    const rows: Row[] = [];
    if (shapes.length + proposals.length === 0 || Object.keys(own).length > 0)
      rows.push({ ...withOthers(own), ...rowOfItem(item), ...extraOf(own) });
    for (const one of [...shapes, ...proposals])
      rows.push({ ...withOthers(one.extra ?? {}), ...rowOfSegment(item, one), ...extraOf(one.extra ?? {}) });
    items += 1;
    objects += shapes.length;
    yield { path: '', text: rows.map((row) => `${lineOf(row)}\n`).join('') };
  }
  if (items === 0) yield { path: '', text: '' };
  return { items, objects, loss: loss.list() };
}

/** Fields that a file of this format had beside ours. */
const withOthers = (extra: Row): Row => keptOf({ extra }, format);

/** What other formats said. */
function extraOf(extra: Row): Row {
  const { [format]: _, ...others } = extra;
  return Object.keys(others).length > 0 ? { extra: others } : {};
}

/** A row as one line to every reader: some take two more characters for line breaks. */
const lineOf = (row: Row): string =>
  JSON.stringify(row).replace(/[\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16)}`);
