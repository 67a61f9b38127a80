import type { Proposal, Shape } from '../../domain/annotation.ts';
import type { Json } from '../../domain/json.ts';
import {
  type AnnotationCodec,
  CodecError,
  createLossCounter,
  type ExchangeItem,
  type FilePiece,
  type ParseContext,
  type ParsedItem,
  type SourceFile,
  type WriteSource,
  type WriteSummary,
} from '../codec.ts';
import { createPathClaims } from '../image/file-paths.codec.ts';
import { keptOf, readModel, RowError, type Row } from '../image/json-objects.codec.ts';
import { createReading, type Reading } from '../image/row-reading.codec.ts';
import { extraFields, fieldOf, isPlainObject, parseJsonText } from '../json-text.ts';
import { createSoundFinder, fileBeside, readEach, type Recording, stemOf } from './recordings.codec.ts';
import { segmentsWith } from './segments-with.codec.ts';
import {
  countUnheldItem,
  countUnheldOf,
  importedSegment,
  proposedSegment,
  proposedSegmentsOf,
  readText,
  type Segment,
  shareOf,
  soundOfItem,
  spanOf,
} from './spans.codec.ts';

/**
 * What Whisper says of a recording, one JSON file beside each: OpenAI's program and its API (`verbose_json`), those that follow them
 * (`speaker` and `words` with times), and whisper.cpp (`transcription` with `offsets`). Segments are a machine's proposals, as sure as
 * `avg_logprob` or their words say; those that we wrote for a person say so and come back as hers.
 *
 * The space that Whisper begins its segments with is left out unless asked to keep it: nobody writes it, and every one would count as a change.
 */
export const whisperCodec: AnnotationCodec = {
  format: 'whisper',
  modality: 'audio',
  layout: 'folder',
  ending: 'json',
  holds: segmentsWith('proposals', 'emptyItems', 'text', 'tier', 'overlaps', 'moments', 'exact'),
  choices: [],
  likeness: (path, head) => {
    if (!/\.json$/i.test(path) || !/^\uFEFF?\s*\{/.test(head)) return 0;
    if (/"transcription"\s*:\s*\[/.test(head) && /"offsets"\s*:/.test(head)) return 0.95;
    const isList = /"(?:segments|words)"\s*:\s*\[/.test(head) && /"start"\s*:/.test(head) && /"end"\s*:/.test(head);
    return isList ? 0.9 : /"segments"\s*:\s*\[\s*\]/.test(head) && /"text"\s*:/.test(head) ? 0.7 : 0;
  },
  parse,
  write,
};

/** In our own files: that a segment was written by a person. */
const byPerson = { by: 'person' };
const segmentFields = new Set(['start', 'end', 'text', 'speaker', 'offsets', 'timestamps', 'by']);
const fileFields = new Set(['segments', 'transcription', 'text']);

async function parse(files: readonly SourceFile[], context: ParseContext) {
  const reading = createReading(context);
  const findSound = createSoundFinder(reading);
  const items: ParsedItem[] = [];
  const drops = context.answers['leading-space'] !== 'kept';
  let spaces = 0;
  await readEach(reading, files, /\.json$/i, async (file, at) => {
    const whole = parseJsonText(await file.text());
    const list = isPlainObject(whole) ? listOf(whole) : null;
    if (!isPlainObject(whole) || list === null) throw new CodecError('not-this-format', 'line 1');
    const recording = await findSound(stemOf(file) || 'recording');
    const place = at(1) === 'line 1' ? '' : `${file.path}: `;
    const { extra: kept, dropped } = extraFields(whole, fileFields);
    if (dropped > 0) reading.loss.add('field', dropped);
    const extra: ExchangeItem['extra'] = Object.keys(kept).length > 0 ? { whisper: kept } : {};
    const shapes: Shape[] = [];
    const proposals: Proposal[] = [];
    for (const [i, row] of list.rows.entries()) {
      reading.attempt(`${place}${list.name}[${i}]`, () => {
        if (!isPlainObject(row)) throw new RowError('not-an-object');
        const raw = fieldOf(row, 'text') ?? fieldOf(row, 'word') ?? '';
        if (typeof raw !== 'string') throw new RowError('field-wrong');
        if (/^\s/.test(raw)) spaces += 1;
        const text = drops ? raw.replace(/^\s+/, '') : raw;
        const segment = readSegment(reading, recording, row, { raw, text });
        if (fieldOf(row, 'by') === byPerson.by) shapes.push(importedSegment(reading, segment));
        else proposals.push(proposedSegment(reading, { ...segment, score: scoreOf(row), model: modelOf(whole) }));
      });
    }
    const { name, sound } = recording;
    items.push({
      where: file.path,
      name,
      size: null,
      sound,
      shapes,
      ...(proposals.length > 0 && { proposals }),
      extra,
    });
  });
  const taken = drops ? 'dropped' : 'kept';
  const question = { name: 'leading-space', answers: ['dropped', 'kept'], taken, certain: false };
  return { ...reading.result(items, {}), questions: spaces > 0 ? [question] : [] };
}

/** The segments of a file; of one that has only words, those. */
function listOf(whole: Row): { name: string; rows: readonly Json[] } | null {
  for (const name of ['segments', 'transcription', 'words']) {
    const rows = fieldOf(whole, name);
    if (Array.isArray(rows)) return { name, rows };
  }
  return null;
}

/** @throws RowError */
function readSegment(reading: Reading, { sound }: Recording, row: Row, { raw, text }: { raw: string; text: string }) {
  const offsets = fieldOf(row, 'offsets');
  const [start, end] = isPlainObject(offsets)
    ? [milliseconds(fieldOf(offsets, 'from')), milliseconds(fieldOf(offsets, 'to'))]
    : [fieldOf(row, 'start'), fieldOf(row, 'end')];
  if (start === undefined || end === undefined) throw new RowError('time-missing');
  if (start === null || end === null) throw new RowError('number-not-finite');
  if (typeof start !== 'number' || typeof end !== 'number') throw new RowError('field-wrong');
  const speaker = fieldOf(row, 'speaker');
  const tier = typeof speaker === 'string' ? speaker : '';
  const geometry = spanOf(reading, sound, { start, end, tier, channel: null });
  const { extra, dropped } = extraFields(row, segmentFields);
  if (dropped > 0) reading.loss.add('field', dropped);
  const { word: _, ...kept } = extra;
  const fields = { ...kept, ...(raw !== text && { of: text, raw }) };
  return {
    label: null,
    geometry,
    ...readText(text),
    ...(Object.keys(fields).length > 0 && { extra: { whisper: fields } }),
  };
}

const milliseconds = (value: Json | undefined): Json | undefined => (typeof value === 'number' ? value / 1000 : value);

/** How sure the machine is: the mean probability of a token, or of the words. */
function scoreOf(row: Row): number | null {
  const log = fieldOf(row, 'avg_logprob');
  if (typeof log === 'number') return shareOf(Math.exp(log));
  for (const [list, field] of [
    ['words', 'probability'],
    ['words', 'score'],
    ['tokens', 'p'],
  ] as const) {
    const rows = fieldOf(row, list);
    const shares = (Array.isArray(rows) ? rows : []).flatMap((one) =>
      isPlainObject(one) ? (shareOf(fieldOf(one, field)) ?? []) : [],
    );
    if (shares.length > 0) return Math.min(1, shares.reduce((sum, one) => sum + one, 0) / shares.length);
  }
  return shareOf(fieldOf(row, 'probability') ?? fieldOf(row, 'score'));
}

function modelOf(whole: Row): string | null {
  const model = fieldOf(whole, 'model');
  return readModel({ model: isPlainObject(model) ? (fieldOf(model, 'type') ?? null) : (model ?? null) });
}

async function* write(source: WriteSource): AsyncGenerator<FilePiece, WriteSummary> {
  const loss = createLossCounter();
  const claims = createPathClaims();
  let [items, objects] = [0, 0];
  for await (const item of source.items()) {
    countUnheldItem(loss, item, 'whisper', true);
    const beside = fileBeside(claims, item, 'json', loss);
    if (beside === null) continue;
    const { path, segments: shapes } = beside;
    const proposals = proposedSegmentsOf(item);
    const { rate } = soundOfItem(item);
    const segments = [...shapes, ...proposals].sort((a, b) => a.geometry.start - b.geometry.start);
    for (const segment of segments) {
      countUnheldOf(loss, segment, 'whisper', ['label', 'channel', 'attribute', 'ambiguous']);
      if (segment.text === '') loss.add('empty-text');
    }
    const rows = segments.map((segment, i) => rowOf(segment, i, rate));
    const { words: _, ...kept } = keptOf(item, 'whisper');
    const text = rows.map((row) => row['text']).join('');
    items += 1;
    objects += shapes.length;
    yield { path, text: `${JSON.stringify({ ...kept, text, segments: rows }, null, 1)}\n` };
  }
  return { items, objects, loss: loss.list() };
}

function rowOf(segment: Segment, index: number, rate: number): Row {
  const { of, raw, ...kept } = keptOf(segment, 'whisper');
  const { start, end, tier } = segment.geometry;
  const { text = '' } = segment;
  const score = 'score' in segment ? segment.score : null;
  // Of what says how sure the machine was, a proposal of another program has only the number.
  const isSaid = ['avg_logprob', 'words', 'tokens', 'probability', 'score'].some((field) => Object.hasOwn(kept, field));
  return {
    id: index,
    ...kept,
    start: start / rate,
    end: end / rate,
    text: of === text && typeof raw === 'string' ? raw : text,
    ...(tier !== '' && { speaker: tier }),
    ...(score !== null && !isSaid && { score }),
    ...(!('score' in segment) && byPerson),
  };
}
