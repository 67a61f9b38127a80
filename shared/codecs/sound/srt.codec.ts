import type { Shape } from '../../domain/annotation.ts';
import {
  type AnnotationCodec,
  CodecError,
  createLossCounter,
  type FilePiece,
  type LossCounter,
  type ParseContext,
  type ParsedItem,
  type SourceFile,
  type WriteSource,
  type WriteSummary,
} from '../codec.ts';
import { createPathClaims } from '../image/file-paths.codec.ts';
import { createReading } from '../image/row-reading.codec.ts';
import { type Cue, cuesOf, cueTime, type CueTimes, readTiming, splitCues } from './cue-times.codec.ts';
import { createSoundFinder, fileBeside, pieced, readEach, stemOf } from './recordings.codec.ts';
import { segmentsWith } from './segments-with.codec.ts';
import {
  countUnheldItem,
  countUnheldOf,
  importedSegment,
  readText,
  type Segment,
  soundOfItem,
  spanOf,
} from './spans.codec.ts';

/**
 * SubRip subtitles, one file beside each recording. Read as they are found: with a dot for the comma, without numbers, with empty lines in
 * the text; an arrow in the text is text. Who speaks stands before a colon, if all subtitles have it so or it is said to be so.
 *
 * Times are milliseconds. Players show one subtitle at a time, so overlapping ones are split unless asked for otherwise.
 */
export const srtCodec: AnnotationCodec = {
  format: 'srt',
  modality: 'audio',
  layout: 'folder',
  ending: 'srt',
  holds: segmentsWith('emptyItems', 'text', 'tier'),
  choices: [
    { name: 'overlaps', answers: ['split', 'keep'] },
    { name: 'speaker', answers: ['prefix', 'leave-out'] },
  ],
  likeness: (path, head) => {
    const isCue = /^(?:\d+[ \t]*\r?\n)?[ \t]*\d{1,4}:\d\d?:\d\d?[.,]\d{1,3}[ \t]*-->/m.test(head);
    return /^\uFEFF?WEBVTT/.test(head) ? 0 : /\.srt$/i.test(path) ? (isCue ? 0.95 : 0.4) : isCue ? 0.5 : 0;
  },
  parse,
  write: (source, choices) => write(source, choices['overlaps'] !== 'keep', choices['speaker'] !== 'leave-out'),
};

/** Who speaks, before a colon. */
const prefixed = /^([^\s:][^:\r\n]{0,58}[^\s:]|[^\s:]): (?=\S)/;

interface ReadCue extends CueTimes {
  line: number;
  text: string;
}

async function parse(files: readonly SourceFile[], context: ParseContext) {
  const reading = createReading(context);
  const findSound = createSoundFinder(reading);
  const read: { file: SourceFile; cues: ReadCue[]; at: (line: number) => string }[] = [];
  await readEach(reading, files, /\.srt$/i, async (file, at) => {
    read.push({ file, at, cues: readCues(await file.text(), (line) => reading.fail(at(line), 'time-missing')) });
  });
  const said = read.flatMap(({ cues }) => cues.filter(({ text }) => text !== ''));
  const some = said.some(({ text }) => prefixed.test(text));
  const all = said.length > 0 && said.every(({ text }) => prefixed.test(text));
  const asked = ['tier', 'text'].find((one) => one === context.answers['prefix']);
  const taken = asked ?? (all ? 'tier' : 'text');
  const items: ParsedItem[] = [];
  for (const { file, cues, at } of read) {
    const { name, sound } = await findSound(stemOf(file) || 'recording');
    const shapes = cues.flatMap(({ start, end, text, line, settings }): Shape[] => {
      const [prefix, speaker] = (taken === 'tier' ? prefixed.exec(text) : null) ?? ['', ''];
      const shape = reading.attempt(at(line), () =>
        importedSegment(reading, {
          label: null,
          geometry: spanOf(reading, sound, { start, end, tier: speaker!, channel: null }),
          ...readText(text.slice(prefix.length)),
          ...(settings !== '' && settings.isWellFormed() && { extra: { srt: { settings } } }),
        }),
      );
      return shape === undefined ? [] : [shape];
    });
    items.push({ where: file.path, name, size: null, sound, shapes, extra: {} });
  }
  const question = { name: 'prefix', answers: ['tier', 'text'], taken, certain: false };
  return { ...reading.result(items, {}), questions: some ? [question] : [] };
}

/** Lines of times begin subtitles; what is before the first one, or has an arrow and no times, is told. */
function readCues(text: string, fail: (line: number) => void): ReadCue[] {
  const lines = text.split(/\r\n|\r|\n/);
  const cues: ReadCue[] = [];
  let lastBlank = true;
  let [begins, told] = [-1, false];
  let current: CueTimes | null = null;
  const close = (end: number): void => {
    if (current === null) return;
    let last = end;
    while (last > begins + 1 && lines[last - 1] === '') last -= 1;
    cues.push({ ...current, line: begins + 1, text: lines.slice(begins + 1, last).join('\n') });
  };
  for (const [i, line] of lines.entries()) {
    const isNumber: boolean =
      i > 0 && /^\s*\d+\s*$/.test(lines[i - 1]!) && (i < 2 || lines[i - 2]!.trim() === '' || current === null);
    const times: CueTimes | null = lastBlank || isNumber ? readTiming(line) : null;
    lastBlank = line.trim() === '';
    if (times !== null) {
      close(isNumber ? i - 1 : i);
      [current, begins] = [times, i];
    } else if (current === null && !told && !lastBlank && (line.includes('-->') || !/^\s*\d+\s*$/.test(line))) {
      fail(i + 1);
      told = true;
    }
  }
  close(lines.length);
  if (cues.length === 0 && lines.some((line) => line.trim() !== '')) throw new CodecError('time-missing', 'line 1');
  return cues;
}

async function* write(source: WriteSource, split: boolean, speakers: boolean): AsyncGenerator<FilePiece, WriteSummary> {
  const loss = createLossCounter();
  const claims = createPathClaims();
  let [items, objects] = [0, 0];
  for await (const item of source.items()) {
    countUnheldItem(loss, item, 'srt', false);
    const beside = fileBeside(claims, item, 'srt', loss);
    if (beside === null) continue;
    const { path, segments } = beside;
    for (const segment of segments) {
      countUnheldOf(loss, segment, 'srt', ['label', 'channel', 'attribute', 'ambiguous']);
      if ((segment.text ?? '') === '') loss.add('empty-text');
    }
    // Where one has no speaker, a reader can't know that a prefix is one.
    const isPlain = segments.every(({ geometry }) => geometry.tier !== '');
    const words = wordsBy(segments, speakers, isPlain, loss);
    const cues = cuesOf(segments, soundOfItem(item), loss);
    items += 1;
    objects += segments.length;
    yield* pieced(path, cueLines(split ? splitCues(cues, loss) : cues, words));
  }
  return { items, objects, loss: loss.list() };
}

function* cueLines(cues: readonly Cue[], words: ReadonlyMap<Segment, string>): Generator<string> {
  for (const [i, { start, end, segments }] of cues.entries()) {
    const text = segments.map((segment) => words.get(segment)!).join('\n');
    yield `${i === 0 ? '' : '\n'}${i + 1}\n${cueTime(start, ',')} --> ${cueTime(end, ',')}\n${text}\n`;
  }
}

/** What each segment's subtitle says. */
function wordsBy(
  segments: readonly Segment[],
  speakers: boolean,
  isPlain: boolean,
  loss: LossCounter,
): Map<Segment, string> {
  return new Map(
    segments.map((segment) => {
      const { tier } = segment.geometry;
      const text = (segment.text ?? '').toWellFormed();
      // Empty lines at the end are those between subtitles, and lines of times begin one.
      const said = text
        .replace(/\r\n?/g, '\n')
        .replace(/\n+$/, '')
        .replace(/^(.*)-->(.*)$/gm, (line) => (readTiming(line) === null ? line : line.replace('-->', '->')));
      if (said !== segment.text && (segment.text ?? '') !== '') loss.add('text-changed');
      const prefix = tier === '' ? '' : `${tier}: `;
      const fits = prefix !== '' && said !== '' && prefixed.exec(prefix + said)?.[0] === prefix;
      if (tier !== '' && (!speakers || !fits || !isPlain)) loss.add('tier');
      return [segment, speakers && fits ? prefix + said : said];
    }),
  );
}
