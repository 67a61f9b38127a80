import type { Proposal, Shape, ShapeId, SpanGeometry } from '../../domain/annotation.ts';
import type { Json } from '../../domain/json.ts';
import { type ExchangeItem, type ExchangeSound, type LossCounter, timesOnly } from '../codec.ts';
import { keptOf, RowError } from '../image/json-objects.codec.ts';
import { foreignFields, type Reading } from '../image/row-reading.codec.ts';

/** A time of a file in seconds, before it is a frame. */
export type Seconds = number;

/** What is taken for a recording that is not at hand: times come back as they were, to the microsecond. */
export const unknownSound: ExchangeSound = { rate: timesOnly, frames: null, channels: null };

/** Eleven days: what is later is a mistake. */
const maxSeconds: Seconds = 1_000_000;
const maxText = 100_000;
const maxTier = 200;

/** The frame of a time, rounded once. @throws RowError */
export function frameAt(seconds: Seconds, rate: number): number {
  if (!Number.isFinite(seconds)) throw new RowError('number-not-finite');
  if (seconds < 0) throw new RowError('time-negative');
  if (seconds > maxSeconds) throw new RowError('number-out-of-range');
  // Without a negative zero.
  return Math.round(seconds * rate) + 0;
}

/** Where a segment lies, as a file says it. */
export interface ReadSpan {
  start: Seconds;
  end: Seconds;
  tier: string;
  channel: number | null;
}

/**
 * A segment in frames. One with a length keeps at least a frame of it; what goes beyond the end of its recording is cut there and counted.
 * @throws RowError
 */
export function spanOf({ loss }: Reading, sound: ExchangeSound, { start, end, tier, channel }: ReadSpan): SpanGeometry {
  if (end < start) throw new RowError('end-before-start');
  return spanOfFrames(loss, sound, {
    start: frameAt(start, sound.rate),
    end: Math.max(frameAt(end, sound.rate), frameAt(start, sound.rate) + Number(end > start)),
    tier,
    channel,
  });
}

/** The same from frames of the recording's own rate. @throws RowError */
export function spanOfFrames(loss: LossCounter, sound: ExchangeSound, span: Omit<SpanGeometry, 'type'>): SpanGeometry {
  const { start, end, tier, channel } = span;
  if (end < start) throw new RowError('end-before-start');
  if (sound.frames !== null && start >= sound.frames && start > 0 && (end > start || start > sound.frames))
    throw new RowError('beyond-the-end');
  // A frame more or less comes of rounding.
  if (sound.frames !== null && end > sound.frames + 1) loss.add('clamped');
  const last = sound.frames === null ? end : Math.max(start, Math.min(end, sound.frames));
  return { type: 'span', start, end: last, tier: checkTier(tier), channel };
}

/** The name of a tier. @throws RowError */
export function checkTier(tier: string): string {
  if (tier.length > maxTier) throw new RowError('name-too-long');
  if (!tier.isWellFormed()) throw new RowError('name-not-unicode');
  return tier;
}

/** What a segment says, kept as it is; nothing where there is nothing. @throws RowError */
export function readText(text: string): { text?: string } {
  if (text === '') return {};
  if (text.length > maxText) throw new RowError('text-too-long');
  if (!text.isWellFormed()) throw new RowError('name-not-unicode');
  return { text };
}

/** A shape or proposal that is a segment. */
export type Segment = (Shape | Proposal) & { geometry: SpanGeometry };

/** The segments of an item; shapes that are none are counted as left out. */
export function segmentsOf(item: ExchangeItem, loss: LossCounter): (Shape & { geometry: SpanGeometry })[] {
  return item.shapes.flatMap((shape) => {
    const { geometry } = shape;
    if (geometry.type === 'span') return [{ ...shape, geometry }];
    loss.add(`left-out-${geometry.type}`);
    return [];
  });
}

/** The proposals of an item that are segments. */
export function proposedSegmentsOf(item: ExchangeItem): (Proposal & { geometry: SpanGeometry })[] {
  return (item.proposals ?? []).flatMap((proposal) => {
    const { geometry } = proposal;
    return geometry.type === 'span' ? [{ ...proposal, geometry }] : [];
  });
}

/** Counts what a written segment says that its format has no place for. */
export function countUnheldOf(
  loss: LossCounter,
  segment: Segment,
  format: string,
  unheld: readonly ('text' | 'label' | 'tier' | 'channel' | 'attribute' | 'ambiguous')[],
): void {
  const has = {
    text: segment.text !== undefined && segment.text !== '',
    label: segment.label !== null,
    tier: segment.geometry.tier !== '',
    channel: segment.geometry.channel !== null,
    attribute: false,
    ambiguous: 'ambiguous' in segment && segment.ambiguous !== undefined,
  };
  for (const what of unheld) if (has[what]) loss.add(what);
  const attributes = Object.keys(segment.attributes).length;
  if (unheld.includes('attribute') && attributes > 0) loss.add('attribute', attributes);
  const foreign = foreignFields(segment.extra, format);
  if (foreign > 0) loss.add('field', foreign);
}

/** Counts what an item says that its format has no place for. */
export function countUnheldItem(loss: LossCounter, item: ExchangeItem, format: string, holdsProposals: boolean): void {
  const foreign = foreignFields(item.extra, format);
  if (foreign > 0) loss.add('field', foreign);
  if (!holdsProposals && item.proposals !== undefined && item.proposals.length > 0)
    loss.add('proposal', item.proposals.length);
}

/** What is known of an item's recording; where nothing is, its times are microseconds. */
export const soundOfItem = (item: ExchangeItem): ExchangeSound => item.sound ?? unknownSound;

/** A frame's time in seconds, shortest and exact, never in powers of ten. */
export function exactSeconds(frame: number, rate: number): string {
  const text = String(frame / rate);
  return text.includes('e') ? (frame / rate).toFixed(12).replace(/\.?0+$/, '') : text;
}

/** The same with 3 to 6 decimals: to the frame at any rate there is. */
export function decimalSeconds(frame: number, rate: number): string {
  return (frame / rate).toFixed(6).replace(/0{1,3}$/, '');
}

/** A frame's time in whole milliseconds, halves to the even one. */
export function millisecondsOf(frame: number, rate: number): number {
  const exact = (frame * 1000) / rate;
  const below = Math.floor(exact);
  const rest = exact - below;
  return rest === 0.5 ? below + (below % 2) : Math.round(exact);
}

/** Whether a frame comes back from its milliseconds. */
export const isWholeMilliseconds = (frame: number, rate: number): boolean =>
  Math.round((millisecondsOf(frame, rate) / 1000) * rate) === frame;

/** A shape as read: nobody drew it here. */
export function importedSegment(
  reading: Reading,
  said: Pick<Shape, 'label' | 'geometry'> & Partial<Pick<Shape, 'text' | 'attributes' | 'ambiguous' | 'extra'>>,
): Shape {
  return { attributes: {}, ...said, id: reading.context.newId() as ShapeId, origin: 'imported' };
}

/** What a machine said, as read. */
export function proposedSegment(
  reading: Reading,
  said: Pick<Proposal, 'label' | 'geometry' | 'score' | 'model'> &
    Partial<Pick<Proposal, 'text' | 'attributes' | 'extra'>>,
): Proposal {
  return { attributes: {}, ...said, id: reading.context.newId() as ShapeId };
}

/** A share of 1; what is none says nothing. */
export const shareOf = (value: Json | undefined): number | null =>
  typeof value === 'number' && value >= 0 && value <= 1 ? value : null;

/** What was kept of a segment for the way back into a format, if it still says the same. */
export function keptText(segment: Segment, format: string): Json | undefined {
  const { of, raw } = keptOf(segment, format);
  return of === (segment.text ?? '') ? raw : undefined;
}
