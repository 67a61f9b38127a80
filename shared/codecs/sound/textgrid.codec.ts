import type { Shape } from '../../domain/annotation.ts';
import type { Json } from '../../domain/json.ts';
import {
  type AnnotationCodec,
  CodecError,
  type ExchangeItem,
  type ParseContext,
  type ParsedItem,
  type SourceFile,
} from '../codec.ts';
import { createReading, type Reading } from '../image/row-reading.codec.ts';
import { tierOfLane } from './lanes.codec.ts';
import { createSoundFinder, readEach, stemOf } from './recordings.codec.ts';
import { segmentsWith } from './segments-with.codec.ts';
import { checkTier, importedSegment, readText, spanOf } from './spans.codec.ts';
import type { GridTier } from './textgrid-tiers.codec.ts';
import { createTokenReader, type TokenReader } from './textgrid-tokens.codec.ts';
import { writeTextGrids } from './textgrid-write.codec.ts';

/**
 * Praat's TextGrid, long and short, which are one stream of tokens; UTF-8 or UTF-16. A file for each recording.
 *
 * Intervals of a tier follow each other without gaps, so those without words are gaps and not segments, unless asked for; point tiers are
 * segments without length. Segments over each other go to further tiers of the same name with a number in angle brackets, and come back
 * to theirs.
 */
export const textGridCodec: AnnotationCodec = {
  format: 'textgrid',
  modality: 'audio',
  layout: 'folder',
  ending: 'TextGrid',
  holds: segmentsWith('emptyItems', 'text', 'tier', 'overlaps', 'moments', 'exact'),
  choices: [{ name: 'layout', answers: ['long', 'short'] }],
  likeness: (path, head) => {
    const isHeader = /^\uFEFF?\s*(?:File type = )?"ooTextFile[^"]*"[\s\S]{0,200}"TextGrid"/.test(head);
    return isHeader ? 1 : /\.textgrid$/i.test(path) ? 0.8 : 0;
  },
  parse,
  write: (source, choices) => writeTextGrids(source, choices['layout'] === 'short'),
};

async function parse(files: readonly SourceFile[], context: ParseContext) {
  const reading = createReading(context);
  const findSound = createSoundFinder(reading);
  const items: ParsedItem[] = [];
  const emptyToo = context.answers['empty-intervals'] === 'segments';
  let empty = 0;
  await readEach(reading, files, /\.textgrid$/i, async (file, at) => {
    const grid = readGrid(await file.text());
    const stem = stemOf(file);
    const recording = await findSound(stem === '' ? 'recording' : stem);
    const sound =
      recording.sound.frames === null && Number.isFinite(grid.xmax * recording.sound.rate) && grid.xmax >= 0
        ? { ...recording.sound, frames: Math.round(grid.xmax * recording.sound.rate) }
        : recording.sound;
    const item = { where: file.path, name: recording.name, size: null, sound };
    const shapes: Shape[] = [];
    const tiers = namedTiers(reading, grid.tiers, at);
    grid.tiers.forEach(({ marks }, i) => {
      const tier = tiers[i];
      if (tier === null || tier === undefined) return;
      for (const mark of marks) {
        if (mark.text === '' && !tier.points) {
          empty += 1;
          if (!emptyToo) continue;
        }
        const shape = reading.attempt(at(mark.line), () =>
          importedSegment(reading, {
            label: null,
            geometry: spanOf(reading, sound, { start: mark.start, end: mark.end, tier: tier.name, channel: null }),
            ...readText(mark.text),
          }),
        );
        if (shape !== undefined) shapes.push(shape);
      }
    });
    items.push({ ...item, shapes, extra: keptExtra(grid, tiers, shapes) });
  });
  const question = {
    name: 'empty-intervals',
    answers: ['gaps', 'segments'],
    taken: emptyToo ? 'segments' : 'gaps',
    certain: false,
  };
  return { ...reading.result(items, {}), questions: empty > 0 ? [question] : [] };
}

interface Grid {
  xmin: number;
  xmax: number;
  tiers: { name: string; points: boolean; line: number; marks: Mark[] }[];
}

interface Mark {
  start: number;
  end: number;
  text: string;
  line: number;
}

/** @throws CodecError */
function readGrid(text: string): Grid {
  if (!/^\uFEFF?\s*(?:File type = )?"ooTextFile/.test(text)) throw new CodecError('not-this-format', 'line 1');
  const tokens = createTokenReader(text);
  tokens.text();
  if (tokens.text() !== 'TextGrid') throw new CodecError('not-this-format', `line ${tokens.line()}`);
  const [xmin, xmax] = [tokens.number(), tokens.number()];
  const flag = tokens.flag();
  if (flag === '<absent>') return { xmin, xmax, tiers: [] };
  if (flag !== '<exists>') throw new CodecError('field-wrong', `line ${tokens.line()}`);
  const count = readCount(tokens);
  const tiers: Grid['tiers'] = [];
  for (let i = 0; i < count; i += 1) {
    const type = tokens.text();
    if (type !== 'IntervalTier' && type !== 'TextTier')
      throw new CodecError('shape-type-unknown', `line ${tokens.line()}`);
    const name = tokens.text();
    const line = tokens.line();
    tokens.number();
    tokens.number();
    const points = type === 'TextTier';
    const marks: Mark[] = [];
    for (let left = readCount(tokens); left > 0; left -= 1) {
      const start = tokens.number();
      const begins = tokens.line();
      const end = points ? start : tokens.number();
      marks.push({ start, end, text: tokens.text(), line: begins });
    }
    tiers.push({ name, points, line, marks });
  }
  return { xmin, xmax, tiers };
}

function readCount(tokens: TokenReader): number {
  const count = tokens.number();
  if (!Number.isInteger(count) || count < 0) throw new CodecError('field-wrong', `line ${tokens.line()}`);
  return count;
}

/** Tiers by the names they have in the program: lanes belong to one tier, others of the same name are told apart. Null: not taken. */
function namedTiers(reading: Reading, tiers: Grid['tiers'], at: (line: number) => string): (GridTier | null)[] {
  const written = new Set(tiers.map(({ name }) => name));
  const seen = new Set<string>();
  const taken = new Set<string>();
  return tiers.map(({ name: as, points, line }) => {
    let name = tierOfLane(as, written);
    if (seen.has(as)) {
      // Two tiers that are called the same in the file itself.
      let n = 2;
      while (taken.has(`${name} (${n})`) || written.has(`${name} (${n})`)) n += 1;
      name = `${name} (${n})`;
      reading.loss.add('tier-renamed');
    }
    seen.add(as);
    taken.add(name);
    const checked = reading.attempt(at(line), () => checkTier(name));
    return checked === undefined ? null : { name, points, ...(seen.size > 0 && as !== name && { as }) };
  });
}

/** What the file says that the segments do not: tiers without any, the order of tiers, where its time begins. */
function keptExtra(grid: Grid, tiers: readonly (GridTier | null)[], shapes: readonly Shape[]): ExchangeItem['extra'] {
  const named = tiers.filter((tier) => tier !== null);
  const order = [...new Set(shapes.map(({ geometry }) => (geometry.type === 'span' ? geometry.tier : '')))];
  const names = [...new Set(named.map(({ name }) => name))];
  const isPlain = order.length === names.length && order.every((name, i) => name === names[i]);
  const renamed = named.some(({ as, name }) => as !== undefined && tierOfLane(as, new Set(names)) !== name);
  const kept: { [field: string]: Json } = {
    ...((!isPlain || renamed) && { tiers: named.map((tier): Json => ({ ...tier })) }),
    ...(grid.xmin !== 0 && { xmin: grid.xmin }),
  };
  return Object.keys(kept).length > 0 ? { textgrid: kept } : {};
}
