import type { Proposal, Shape } from '../../domain/annotation.ts';
import type { Json } from '../../domain/json.ts';
import type { AnnotationCodec, ParseContext, ParsedItem, SourceFile } from '../codec.ts';
import { RowError } from '../image/json-objects.codec.ts';
import { createReading, readNumber, type Reading } from '../image/row-reading.codec.ts';
import { channelReader } from './channels.codec.ts';
import { writeCtm } from './ctm-write.codec.ts';
import { createNamesRead } from './one-word-names.codec.ts';
import { createSoundFinder, readEach, readLines, type Recording } from './recordings.codec.ts';
import { segmentsWith } from './segments-with.codec.ts';
import { importedSegment, proposedSegment, readText, type Seconds, shareOf, spanOf } from './spans.codec.ts';

/**
 * CTM: when each word was said, a line a word: `<file> <channel> <start> <duration> <word> [confidence ...]`; `;;` begins a comment. Channels
 * are `1` or `A`. There are no segments in it: words become one as long as no pause between them is longer than asked for, and keep
 * their own times. Our own files say in comments which words belong together, so that segments come back.
 *
 * Words with a confidence were said by a machine, so they become its proposals.
 */
export const ctmCodec: AnnotationCodec = {
  format: 'ctm',
  modality: 'audio',
  layout: 'file',
  ending: 'ctm',
  holds: segmentsWith('proposals', 'text', 'tier', 'channel', 'overlaps', 'moments', 'exact'),
  choices: [],
  likeness: (path, head) => {
    const lines = head.split(/\r\n|\r|\n/).slice(0, 50);
    const rows = lines.filter((line) => line.trim() !== '' && !line.startsWith(';;'));
    const fit = rows.filter((line) => /^\S+\s+(?:\d{1,2}|[A-Za-z])\s+[\d.]+\s+[\d.]+\s+\S+/.test(line)).length;
    const share = rows.length === 0 ? 0 : fit / rows.length;
    return /\.ctm$/i.test(path) ? 0.5 + 0.45 * share : share > 0.9 ? 0.35 : 0;
  },
  parse,
  write: writeCtm,
};

/** Pauses that end a segment; `word`: each word is one. */
const pauses = { '800ms': 0.8, '300ms': 0.3, '2s': 2, word: -1 } as const satisfies Record<string, Seconds>;
type Pause = keyof typeof pauses;
/** Words of one segment at most; a longer one is begun anew. */
const maxWords = 5000;

/** Marks a segment of ours: recording, channel, start, duration and tier of the words that follow. */
export const segmentMark = /^;; segment (\S+) (\S+) (\S+) (\S+) (\S*)\s*$/;

interface Word {
  where: string;
  channel: string;
  start: Seconds;
  end: Seconds;
  fields: readonly string[];
}

/** Words that were written as one segment. */
interface Marked {
  start: Seconds;
  end: Seconds;
  tier: string;
  channel: string;
  where: string;
  words: Word[];
}

interface Filling {
  recording: Recording;
  where: string;
  /** Words without a mark. */
  words: Word[];
  marked: Marked[];
}

async function parse(files: readonly SourceFile[], context: ParseContext) {
  const reading = createReading(context);
  const findSound = createSoundFinder(reading);
  const found = new Map<string, Filling>();
  await readEach(reading, files, /\.ctm$/i, async (file, at) => {
    const names = createNamesRead();
    let mark: { filling: Filling; marked: Marked } | null = null;
    const fillingOf = async (word: string, where: string): Promise<Filling> => {
      const recording = await findSound(names.of('file', word));
      const known = found.get(recording.name) ?? { recording, where, words: [], marked: [] };
      found.set(recording.name, known);
      return known;
    };
    await readLines(reading, file, at, async (text, where) => {
      if (text.trim() === '' || names.takes(text)) return;
      const marks = segmentMark.exec(text);
      if (marks !== null) {
        const filling = await fillingOf(marks[1]!, where);
        mark = { filling, marked: readMark(marks, where) };
        filling.marked.push(mark.marked);
      } else if (/^;; end\b/.test(text)) mark = null;
      else if (!text.trimStart().startsWith(';;')) {
        const fields = text.trim().split(/\s+/);
        const filling = await fillingOf(fields[0]!, where);
        const word = readWord(fields, where);
        if (word === null) reading.loss.add('other-row');
        else if (mark !== null && mark.filling === filling) mark.marked.words.push(word);
        else filling.words.push(word);
      }
    });
  });
  const answers = Object.keys(pauses) as Pause[];
  const asked = answers.find((one) => one === context.answers['pause']) ?? '800ms';
  const fillings = [...found.values()];
  const items = fillings.map((filling) => itemOf(reading, filling, asked));
  const isAsked = fillings.some(({ words }) => words.length > 1);
  const question = { name: 'pause', answers, taken: asked, certain: false };
  return { ...reading.result(items, {}), questions: isAsked ? [question] : [] };
}

/** @throws RowError */
function readMark([, , channel, start, duration, tier]: RegExpExecArray, where: string): Marked {
  const [from, long] = [readNumber(start), readNumber(duration)];
  try {
    return { start: from, end: from + long, tier: decodeURIComponent(tier!), channel: channel!, where, words: [] };
  } catch {
    throw new RowError('name-not-unicode');
  }
}

/** A word; null for a line that only says where alternatives begin and end. @throws RowError */
function readWord(fields: readonly string[], where: string): Word | null {
  if (fields.length < 5) throw new RowError('columns-wrong');
  if (fields[2] === '*' && fields[3] === '*') return null;
  const [start, duration] = [readNumber(fields[2]), readNumber(fields[3])];
  if (start < 0 || duration < 0) throw new RowError('time-negative');
  return { where, channel: fields[1]!, start, end: start + duration, fields };
}

function itemOf(reading: Reading, filling: Filling, pause: Pause): ParsedItem {
  const { recording, where, words, marked } = filling;
  const { name, sound } = recording;
  const channelOf = channelReader([...words, ...marked].map(({ channel }) => channel));
  const shapes: Shape[] = [];
  const proposals: Proposal[] = [];
  for (const group of [...marked, ...grouped(words, pause)]) {
    reading.attempt(group.where, () => {
      const { start, end, tier } = group;
      const geometry = spanOf(reading, sound, { start, end, tier, channel: channelOf(group.channel) });
      const text = group.words.map(({ fields }) => fields[4]!).join(' ');
      const extra = group.words.length > 0 ? { extra: { ctm: { of: text, raw: group.words.map(keptWord) } } } : {};
      const confidences = group.words.flatMap(({ fields }) => (fields[5] === undefined ? [] : [Number(fields[5])]));
      const said = { label: null, geometry, ...readText(text), ...extra };
      if (confidences.length === 0) shapes.push(importedSegment(reading, said));
      else proposals.push(proposedSegment(reading, { ...said, score: meanShare(confidences), model: null }));
    });
  }
  return { where, name, size: null, sound, shapes, ...(proposals.length > 0 && { proposals }), extra: {} };
}

/** Start, length and the fields after them, as the line has them. */
const keptWord = ({ fields }: Word): Json => fields.slice(2).map((field) => field.toWellFormed());

/** How sure the machine is in the mean; null where one of its numbers is no share of 1. */
function meanShare(confidences: readonly number[]): number | null {
  if (confidences.some((one) => shareOf(one) === null)) return null;
  return confidences.reduce((sum, one) => sum + one, 0) / confidences.length;
}

/** Words in order of time, those of a channel in one segment until there is a pause. */
function grouped(words: readonly Word[], pause: Pause): Marked[] {
  const longest: Seconds = pauses[pause];
  const groups: Marked[] = [];
  const open = new Map<string, Marked>();
  for (const word of [...words].sort((a, b) => a.start - b.start)) {
    const last = open.get(word.channel);
    // What comes of adding decimals is no pause.
    if (last !== undefined && word.start - last.end <= longest + 1e-9 && last.words.length < maxWords) {
      last.words.push(word);
      last.end = Math.max(last.end, word.end);
      continue;
    }
    const { start, end, channel, where } = word;
    const group = { start, end, channel, where, tier: '', words: [word] };
    open.set(channel, group);
    groups.push(group);
  }
  return groups;
}
