import type { Proposal, Shape } from '../../domain/annotation.ts';
import type { Json } from '../../domain/json.ts';
import {
  type AnnotationCodec,
  createLossCounter,
  type FilePiece,
  type ParseContext,
  type ParsedItem,
  type SourceFile,
  type WriteSource,
  type WriteSummary,
} from '../codec.ts';
import { keptOf, RowError } from '../image/json-objects.codec.ts';
import { createReading, readNumber, type Reading } from '../image/row-reading.codec.ts';
import { channelReader, channelWriter } from './channels.codec.ts';
import { createNamesRead, createNamesWritten } from './one-word-names.codec.ts';
import { createSoundFinder, readEach, readLines, type Recording } from './recordings.codec.ts';
import { segmentsWith } from './segments-with.codec.ts';
import {
  countUnheldItem,
  countUnheldOf,
  decimalSeconds,
  importedSegment,
  proposedSegment,
  proposedSegmentsOf,
  segmentsOf,
  shareOf,
  soundOfItem,
  spanOf,
} from './spans.codec.ts';

/**
 * RTTM: who speaks when, a line a turn: `SPEAKER <file> <channel> <onset> <duration> <NA> <NA> <speaker> <confidence> <lookahead>`; nine
 * fields or ten. Durations, not ends; channels from 1. The speaker is the tier. Lines of other types are kept and written back.
 *
 * Names hold no spaces there: they become one word, and a comment says which, so that they come back.
 */
export const rttmCodec: AnnotationCodec = {
  format: 'rttm',
  modality: 'audio',
  layout: 'file',
  ending: 'rttm',
  holds: segmentsWith('proposals', 'tier', 'channel', 'overlaps', 'moments', 'exact'),
  choices: [{ name: 'columns', answers: ['ten', 'nine'] }],
  likeness: (path, head) => {
    const rows =
      /^(?:SPEAKER|SPKR-INFO|SEGMENT|LEXEME|NON-SPEECH|NON-LEX|SU|FILLER|EDIT)[ \t]+\S+[ \t]+(?:\d+|<NA>)[ \t]/m;
    return rows.test(head) ? 0.95 : /\.rttm$/i.test(path) ? 0.5 : 0;
  },
  parse,
  write: (source, choices) => write(source, choices['columns'] === 'nine' ? 9 : 10),
};

/** Stands where there is nothing to say. */
const none = '<NA>';
/** Lines of other types that are kept for one recording. */
const maxKept = 100_000;

/** A recording while its lines come in. */
interface Filling {
  recording: Recording;
  where: string;
  rows: { where: string; channel: string; start: number; end: number; tier: string; fields: readonly string[] }[];
  others: string[];
}

async function parse(files: readonly SourceFile[], context: ParseContext) {
  const reading = createReading(context);
  const findSound = createSoundFinder(reading);
  const found = new Map<string, Filling>();
  await readEach(reading, files, /\.rttm$/i, async (file, at) => {
    const names = createNamesRead();
    await readLines(reading, file, at, async (text, where) => {
      if (names.takes(text)) return;
      const fields = text.trim().split(/\s+/);
      if (fields[0] === '' || text.trimStart().startsWith(';;')) return;
      const recording = await findSound(names.of('file', fileOfLine(fields)));
      const filling = found.get(recording.name) ?? { recording, where, rows: [], others: [] };
      takeLine(reading, filling, { text, fields, where }, (one) => names.of('name', one));
      found.set(recording.name, filling);
    });
  });
  return reading.result(
    [...found.values()].map((filling) => itemOf(reading, filling)),
    {},
  );
}

function fileOfLine(fields: readonly string[]): string {
  const [, file] = fields;
  if (file === undefined) throw new RowError('columns-wrong');
  return file;
}

/** @throws RowError */
function takeLine(
  reading: Reading,
  filling: Filling,
  { text, fields, where }: { text: string; fields: readonly string[]; where: string },
  nameOf: (word: string) => string,
): void {
  if (fields[0] !== 'SPEAKER') {
    // What is no type of line at all is a mistake, not something of another kind.
    if (!/^[A-Z][A-Z_/-]*$/.test(fields[0]!) || fields.length < 5) throw new RowError('shape-type-unknown');
    if (filling.others.length >= maxKept || !text.isWellFormed()) reading.loss.add('other-row');
    else filling.others.push(text);
    return;
  }
  if (fields.length < 8 || fields.length > 10) throw new RowError('columns-wrong');
  const start = readNumber(fields[3]);
  const duration = readNumber(fields[4]);
  if (start < 0 || duration < 0) throw new RowError('time-negative');
  const tier = fields[7] === none ? '' : nameOf(fields[7]!);
  filling.rows.push({ where, channel: fields[2]!, start, end: start + duration, tier, fields });
}

function itemOf(reading: Reading, { recording, where, rows, others }: Filling): ParsedItem {
  const { name, sound } = recording;
  const channelOf = channelReader(rows.map(({ channel }) => channel));
  const shapes: Shape[] = [];
  const proposals: Proposal[] = [];
  for (const { where: place, channel, start, end, tier, fields } of rows) {
    reading.attempt(place, () => {
      const geometry = spanOf(reading, sound, { start, end, tier, channel: channelOf(channel) });
      const extra = keptFields(fields);
      const score = fields[8] === undefined || fields[8] === none ? null : shareOf(Number(fields[8]));
      if (score === null) shapes.push(importedSegment(reading, { label: null, geometry, ...extra }));
      else proposals.push(proposedSegment(reading, { label: null, geometry, score, model: null, ...extra }));
    });
  }
  const extra = others.length > 0 ? { rttm: { others } } : {};
  return { where, name, size: null, sound, shapes, ...(proposals.length > 0 && { proposals }), extra };
}

/** What stands in the fields that a segment has no place for. */
function keptFields(fields: readonly string[]): { extra?: { rttm: { [field: string]: Json } } } {
  const [, , , , , ortho, type, , confidence, lookahead] = fields;
  const said = { ortho, type, confidence, lookahead };
  const kept = Object.entries(said).flatMap(([field, value]): [string, string][] =>
    value === undefined || value === none || !value.isWellFormed() ? [] : [[field, value]],
  );
  return kept.length > 0 ? { extra: { rttm: Object.fromEntries(kept) } } : {};
}

async function* write(source: WriteSource, columns: 9 | 10): AsyncGenerator<FilePiece, WriteSummary> {
  const loss = createLossCounter();
  const names = createNamesWritten();
  let [items, objects] = [0, 0];
  for await (const item of source.items()) {
    countUnheldItem(loss, item, 'rttm', true);
    const segments = segmentsOf(item, loss);
    const { others } = keptOf(item, 'rttm');
    const kept = Array.isArray(others) ? others.filter((line) => typeof line === 'string') : [];
    const proposals = proposedSegmentsOf(item);
    if (segments.length + kept.length + proposals.length === 0) {
      loss.add('empty-photo');
      continue;
    }
    const { rate } = soundOfItem(item);
    const file = names.file(item.name);
    const channelOf = channelWriter([...segments, ...proposals], loss);
    const lines: string[] = [...file.comment, ...kept.map((line) => `${line}\n`)];
    const sorted = [...segments, ...proposals].sort((a, b) => a.geometry.start - b.geometry.start);
    for (const segment of sorted) {
      countUnheldOf(loss, segment, 'rttm', ['text', 'label', 'attribute', 'ambiguous']);
      const { start, end, tier, channel } = segment.geometry;
      const speaker = tier === '' ? { word: none, comment: [] } : names.name(tier);
      const said = keptOf(segment, 'rttm');
      const word = (field: string): string => (typeof said[field] === 'string' ? said[field] : none);
      const score = 'score' in segment && segment.score !== null ? String(segment.score) : word('confidence');
      if ('score' in segment && segment.score === null) loss.add('proposal');
      lines.push(...speaker.comment);
      const fields = [
        ...['SPEAKER', file.word, channelOf(channel), decimalSeconds(start, rate), decimalSeconds(end - start, rate)],
        ...[word('ortho'), word('type'), speaker.word, score],
        ...(columns === 10 ? [word('lookahead')] : []),
      ];
      lines.push(`${fields.join(' ')}\n`);
    }
    items += 1;
    objects += segments.length;
    yield { path: '', text: lines.join('') };
  }
  if (items === 0) yield { path: '', text: '' };
  return { items, objects, loss: loss.list() };
}
