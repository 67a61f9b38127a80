import type { Shape, SpanGeometry } from '../../domain/annotation.ts';
import {
  createLossCounter,
  type ExchangeItem,
  type FilePiece,
  type LossCounter,
  type WriteSource,
  type WriteSummary,
} from '../codec.ts';
import { createPathClaims } from '../image/file-paths.codec.ts';
import { keptOf } from '../image/json-objects.codec.ts';
import { byTier, lanesOf, nameOfLane } from './lanes.codec.ts';
import { fileBeside, pieced } from './recordings.codec.ts';
import { countUnheldItem, countUnheldOf, exactSeconds, soundOfItem } from './spans.codec.ts';
import { type GridTier, keptTiers } from './textgrid-tiers.codec.ts';

type Segment = Shape & { geometry: SpanGeometry };

/** A tier as it is written: segments in order of time, none over another. */
interface Written {
  name: string;
  points: boolean;
  segments: readonly Segment[];
}

/** Writes a TextGrid for each recording, from its beginning to its end. */
export async function* writeTextGrids(source: WriteSource, short: boolean): AsyncGenerator<FilePiece, WriteSummary> {
  const loss = createLossCounter();
  const claims = createPathClaims();
  let [items, objects] = [0, 0];
  for await (const item of source.items()) {
    const beside = fileBeside(claims, item, 'TextGrid', loss);
    if (beside === null) continue;
    const { path, segments } = beside;
    for (const segment of segments) {
      countUnheldOf(loss, segment, 'textgrid', ['label', 'channel', 'attribute', 'ambiguous']);
      const isPoint = segment.geometry.start === segment.geometry.end;
      // An interval without words is a gap to whoever reads it.
      if ((segment.text ?? '') === '' && !isPoint) loss.add('empty-text');
    }
    countUnheldItem(loss, item, 'textgrid', false);
    items += 1;
    objects += segments.length;
    yield* pieced(path, gridLines(item, tiersOf(item, segments, loss), short, loss));
  }
  return { items, objects, loss: loss.list() };
}

function tiersOf(item: ExchangeItem, segments: readonly Segment[], loss: LossCounter): Written[] {
  const kept = new Map<string, GridTier>();
  // Of the lanes of a tier the first has its name.
  for (const tier of keptTiers(item)) if (!kept.has(tier.name)) kept.set(tier.name, tier);
  const tiers = [...byTier(segments, [...kept.keys()])].flatMap(([tier, all]): Written[] => {
    const { intervals, points, moved } = lanesOf(all, ({ geometry }) => geometry);
    if (moved > 0) loss.add('overlap', moved);
    const before = kept.get(tier);
    const lanes = [
      ...intervals.map((lane) => ({ points: false, segments: lane })),
      ...points.map((lane) => ({ points: true, segments: lane })),
    ];
    if (lanes.length === 0) lanes.push({ points: before?.points === true, segments: [] });
    // Praat has no words that say what an unpaired half of a character means.
    return lanes.map((lane, i) => ({
      ...lane,
      name: (i === 0 && before?.as !== undefined ? before.as : nameOfLane(tier, i)).toWellFormed(),
    }));
  });
  // There is no grid without tiers.
  return tiers.length > 0 ? tiers : [{ name: 'segments', points: false, segments: [] }];
}

function* gridLines(
  item: ExchangeItem,
  tiers: readonly Written[],
  short: boolean,
  loss: LossCounter,
): Generator<string> {
  const { rate, frames } = soundOfItem(item);
  const keptStart = keptOf(item, 'textgrid')['xmin'];
  const last = tiers.reduce((end, { segments }) => Math.max(end, segments.at(-1)?.geometry.end ?? 0), 0);
  if (frames === null) loss.add('length-unknown');
  const first = tiers.reduce((at, { segments }) => Math.min(at, segments[0]?.geometry.start ?? at), Infinity);
  const wanted = typeof keptStart === 'number' && keptStart > 0 ? Math.round(keptStart * rate) : 0;
  const from = Math.min(wanted, first);
  // Praat takes no grid without length.
  const to = Math.max(frames ?? 0, last, from + 1);
  const time = (frame: number): string => exactSeconds(frame, rate);
  const put = short
    ? (_: number, __: string, value: string) => `${value}\n`
    : (depth: number, name: string, value: string) => `${'    '.repeat(depth)}${name} = ${value} \n`;
  const head = short ? () => '' : (depth: number, text: string) => `${'    '.repeat(depth)}${text}\n`;
  yield 'File type = "ooTextFile"\nObject class = "TextGrid"\n\n';
  yield put(0, 'xmin', time(from)) + put(0, 'xmax', time(to));
  yield short ? `<exists>\n${tiers.length}\n` : `tiers? <exists> \nsize = ${tiers.length} \nitem []: \n`;
  for (const [i, { name, points, segments }] of tiers.entries()) {
    const entries = points ? segments.map(pointOf) : filled(segments, from, to);
    yield head(1, `item [${i + 1}]:`);
    yield put(2, 'class', points ? '"TextTier"' : '"IntervalTier"') + put(2, 'name', quoted(name));
    yield put(2, 'xmin', time(from)) + put(2, 'xmax', time(to));
    yield short ? `${entries.length}\n` : `        ${points ? 'points' : 'intervals'}: size = ${entries.length} \n`;
    for (const [j, { start, end, text }] of entries.entries()) {
      yield head(2, `${points ? 'points' : 'intervals'} [${j + 1}]:`);
      if (points) yield put(3, 'number', time(start)) + put(3, 'mark', quoted(text));
      else yield put(3, 'xmin', time(start)) + put(3, 'xmax', time(end)) + put(3, 'text', quoted(text));
    }
  }
}

interface Entry {
  start: number;
  end: number;
  text: string;
}

const pointOf = ({ geometry, text = '' }: Segment): Entry => ({ start: geometry.start, end: geometry.end, text });

/** Segments with the gaps between them, from the beginning to the end. */
function filled(segments: readonly Segment[], from: number, to: number): Entry[] {
  const entries: Entry[] = [];
  let at = from;
  for (const segment of segments) {
    const entry = pointOf(segment);
    if (entry.start > at) entries.push({ start: at, end: entry.start, text: '' });
    entries.push(entry);
    at = entry.end;
  }
  if (at < to) entries.push({ start: at, end: to, text: '' });
  return entries;
}

/** Text in quotes, those in it doubled; nothing else has a meaning there. */
const quoted = (text: string): string => `"${text.toWellFormed().replaceAll('"', '""')}"`;
