import type { Shape } from '../../domain/annotation.ts';
import {
  type AnnotationCodec,
  createLossCounter,
  type ExchangeItem,
  type FilePiece,
  type LossCounter,
  type ParseContext,
  type ParsedItem,
  type SourceFile,
  type WriteSource,
  type WriteSummary,
} from '../codec.ts';
import { createPathClaims, type PathClaims, claimPath } from '../image/file-paths.codec.ts';
import { keptOf, RowError } from '../image/json-objects.codec.ts';
import { createReading, readLabel, readNumber, type Reading, withoutEnding } from '../image/row-reading.codec.ts';
import { byTier } from './lanes.codec.ts';
import { createSoundFinder, linesOf, fileBeside, readEach, type Recording, stemOf } from './recordings.codec.ts';
import { segmentsWith } from './segments-with.codec.ts';
import {
  checkTier,
  countUnheldItem,
  countUnheldOf,
  decimalSeconds,
  importedSegment,
  readText,
  type Segment,
  soundOfItem,
  spanOf,
} from './spans.codec.ts';

/** What stands behind the times. */
const meanings = ['transcript', 'class', 'tier'] as const;
type Meaning = (typeof meanings)[number];

/**
 * Audacity's label tracks: `start<TAB>end<TAB>text` in seconds, perhaps with a comma for the decimal point; a second line that begins with a
 * backslash holds frequencies, which are kept. Labels without length are points.
 *
 * A file is a track: of a recording with several tiers each gets its own, named `recording [tier].txt`. Tracks that were written into one
 * file are told apart by time running back.
 */
export const audacityCodec: AnnotationCodec = {
  format: 'audacity',
  modality: 'audio',
  layout: 'folder',
  ending: 'txt',
  holds: segmentsWith('emptyItems', 'text', 'tier', 'overlaps', 'moments', 'exact'),
  choices: [
    { name: 'label-text', answers: meanings },
    { name: 'tracks', answers: ['separate', 'together'] },
  ],
  likeness: (path, head) => {
    if (!/\.(?:txt|tsv)$/i.test(path)) return 0;
    const lines = head.split(/\r\n|\r|\n/).slice(0, 40);
    const rows = lines.filter((line) => line !== '' && !line.startsWith('\\'));
    const fit = rows.filter((line) => /^\d+(?:[.,]\d+)?\t\d+(?:[.,]\d+)?(?:\t|$)/.test(line)).length;
    return rows.length === 0 ? 0 : 0.9 * (fit / rows.length);
  },
  parse,
  write: (source, choices) =>
    write(
      source,
      meanings.find((one) => one === choices['label-text']) ?? 'transcript',
      choices['tracks'] === 'together',
    ),
};

interface Label {
  where: string;
  start: number;
  end: number;
  text: string;
  /** The line of frequencies below it, without its backslash. */
  spectral?: string;
}

async function parse(files: readonly SourceFile[], context: ParseContext) {
  const reading = createReading(context);
  const findSound = createSoundFinder(reading, false);
  const meaning = meanings.find((one) => one === context.answers['label-text']) ?? 'transcript';
  const found = new Map<string, ParsedItem & { shapes: Shape[] }>();
  let texts = 0;
  await readEach(reading, files, /\.(?:txt|tsv)$/i, async (file, at) => {
    const { recording, tier } = await recordingOf(reading, stemOf(file) || file.path, findSound);
    const { name, sound } = recording;
    const item = found.get(name) ?? { where: file.path, name, size: null, sound, shapes: [], extra: {} };
    found.set(name, item);
    for (const [i, track] of (await readTracks(reading, file, at)).entries()) {
      for (const { where, start, end, text, spectral } of track) {
        if (text !== '') texts += 1;
        reading.attempt(where, () => {
          const isTier = meaning === 'tier' && text !== '';
          const own = isTier ? checkTier(text) : i === 0 ? tier : `${tier === '' ? '' : `${tier} `}(${i + 1})`;
          const geometry = spanOf(reading, sound, { start, end, tier: own, channel: null });
          const label = meaning === 'class' && text !== '' ? readLabel(text) : null;
          if (label !== null) reading.labels.meet(label);
          const said = meaning === 'transcript' ? readText(text) : {};
          const extra = spectral === undefined ? {} : { extra: { audacity: { spectral } } };
          item.shapes.push(importedSegment(reading, { label, geometry, ...said, ...extra }));
        });
      }
    }
  });
  const items = [...found.values()];
  const unknown = items.filter(({ sound }) => sound?.channels === null).length;
  if (unknown > 0) reading.loss.add('sound-unknown', unknown);
  const question = { name: 'label-text', answers: [...meanings], taken: meaning, certain: false };
  return { ...reading.result(items, {}), questions: texts > 0 ? [question] : [] };
}

/** The recording of a track, and the tier that its file is named by. */
async function recordingOf(
  reading: Reading,
  stem: string,
  find: ReturnType<typeof createSoundFinder>,
): Promise<{ recording: Recording; tier: string }> {
  const [, bare, written] = /^(.*\S) \[([^\]]*)\]$/.exec(stem) ?? [];
  const whole = await find(stem);
  if (bare === undefined || whole.sound.channels !== null) return { recording: whole, tier: '' };
  const tier = reading.attempt(stem, () => checkTier(tierOfFile(written!)));
  return { recording: await find(bare), tier: tier ?? '' };
}

/** Labels by track: where time runs back another one begins. */
async function readTracks(reading: Reading, file: SourceFile, at: (line: number) => string): Promise<Label[][]> {
  const tracks: Label[][] = [];
  let [track, last]: [Label[], Label | null] = [[], null];
  for await (const lines of linesOf(file)) {
    for (const { text, line } of lines) {
      if (text === '') continue;
      const where = at(line);
      if (text.startsWith('\\')) {
        if (last === null || last.spectral !== undefined) reading.fail(where, 'columns-wrong');
        else if (text.isWellFormed()) last.spectral = text.slice(1);
        continue;
      }
      const label = reading.attempt(where, () => readLine(text, where));
      if (label === undefined) continue;
      if (last !== null && label.start < last.start) {
        tracks.push(track);
        track = [];
      }
      track.push(label);
      last = label;
    }
  }
  return [...tracks, track];
}

/** @throws RowError */
function readLine(text: string, where: string): Label {
  const [start, end, ...words] = text.split('\t');
  if (end === undefined) throw new RowError('columns-wrong');
  return { where, start: readSeconds(start), end: readSeconds(end), text: words.join('\t') };
}

/** A number with a point or, as some systems write it, a comma. */
function readSeconds(text: string | undefined): number {
  return readNumber(text !== undefined && /^\s*-?\d+,\d+\s*$/.test(text) ? text.replace(',', '.') : text);
}

async function* write(
  source: WriteSource,
  meaning: Meaning,
  together: boolean,
): AsyncGenerator<FilePiece, WriteSummary> {
  const loss = createLossCounter();
  const claims = createPathClaims();
  let [items, objects] = [0, 0];
  for await (const item of source.items()) {
    countUnheldItem(loss, item, 'audacity', false);
    const beside = fileBeside(claims, item, 'txt', loss);
    if (beside === null) continue;
    const { path: first, segments } = beside;
    items += 1;
    objects += segments.length;
    const tiers = byTier(segments);
    if (tiers.size === 0) yield { path: first, text: '' };
    for (const [tier, all] of tiers) {
      const path = together || meaning === 'tier' || tier === '' ? first : trackPath(claims, first, tier);
      const lines = labelLines(item, all, meaning, loss);
      if (together && tier !== '' && meaning !== 'tier') loss.add('tier', all.length);
      yield { path, text: lines.join('') };
    }
  }
  return { items, objects, loss: loss.list() };
}

function labelLines(item: ExchangeItem, segments: readonly Segment[], meaning: Meaning, loss: LossCounter): string[] {
  const { rate } = soundOfItem(item);
  return [...segments]
    .sort((a, b) => a.geometry.start - b.geometry.start)
    .map((segment) => {
      const unheld = (['text', 'label'] as const).filter((what) => what !== (meaning === 'class' ? 'label' : 'text'));
      const all = meaning === 'tier' ? (['text', 'label'] as const) : unheld;
      countUnheldOf(loss, segment, 'audacity', [...all, 'channel', 'attribute', 'ambiguous']);
      const { geometry, text = '', label } = segment;
      const said = meaning === 'class' ? (label ?? '') : meaning === 'tier' ? geometry.tier : text;
      const line = said.toWellFormed().replace(/[\t\r\n]+/g, ' ');
      if (line !== said) loss.add('text-changed');
      const { spectral } = keptOf(segment, 'audacity');
      const below = typeof spectral === 'string' && !/[\r\n]/.test(spectral) ? `\\${spectral}\n` : '';
      return `${sixDecimals(geometry.start, rate)}\t${sixDecimals(geometry.end, rate)}\t${line}\n${below}`;
    });
}

const sixDecimals = (frame: number, rate: number): string => {
  const text = decimalSeconds(frame, rate);
  return text.padEnd(text.indexOf('.') + 7, '0');
};

/** The file of a tier; its name is written so that no file system takes it for another. */
function trackPath(claims: PathClaims, path: string, tier: string): string {
  const stem = withoutEnding(path);
  let name = tier.toWellFormed().replace(/[%[\]/\\:*?"<>|\p{Cc}]/gu, encoded);
  // Those that differ in case alone are told apart by how many of their letters are written by number.
  for (let at = 0; ; at += 1) {
    const claimed = claimPath(claims, `${stem} [${name}].txt`);
    if (claimed !== null) return claimed;
    const letters = [...tier.toWellFormed()];
    if (at >= letters.length) return path;
    name = letters
      .map((letter, i) => (i <= at || /[%[\]/\\:*?"<>|\p{Cc}]/u.test(letter) ? encoded(letter) : letter))
      .join('');
  }
}

/** A letter by the numbers of its bytes. */
const encoded = (letter: string): string =>
  letter.charCodeAt(0) < 0x80 ? `%${letter.charCodeAt(0).toString(16).padStart(2, '0')}` : encodeURIComponent(letter);

/** A tier by the name of its file. */
function tierOfFile(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
