import type { AnnotationDoc, Change, Shape, ShapeId } from '../domain/annotation.ts';
import type { CheckableRules } from '../domain/project.ts';
import { type Stretch, stretchesWithin } from '../sound/silences.ts';
import { type Segment, segmentsInTime } from './sound-breaches.rules.ts';
import { joinedText, splitPlace, textSplitAt } from './transcript-join.rules.ts';
import { changeOf } from './undo-journal.rules.ts';

/** What shapes shall be after an edit: see `changeOf`. */
export interface SegmentEdit {
  label: Change['label'];
  wanted: { id: ShapeId; after: Shape | null }[];
  /** The proposals turned down as they shall be; left out, they stay. */
  rejected?: ShapeId[];
  /** The shape right above which new ones go. */
  above?: ShapeId;
}

/** What limits an edit. */
export interface EditLimits {
  /** Length of the recording; null while it is not known. */
  frames: number | null;
  /** Where segments may not overlap: on one tier, on any, or left out: they may. */
  noOverlap?: CheckableRules['noOverlap'];
}

/** The undoable step of an edit; null where there is nothing to change. */
export function changeOfEdit(doc: AnnotationDoc, edit: SegmentEdit | null): Change | null {
  if (edit === null) return null;
  const { label, wanted, rejected, above } = edit;
  return changeOf(doc, label, wanted, { ...(rejected && { rejected }), ...(above && { above }) });
}

/** What else is known when a segment is divided. */
export interface DivisionHints {
  /** Where in the transcript the cut goes: a place in the text. */
  textAt?: number;
  /** Where nothing is said: words are shared out by the time in which something is. */
  quiet?: readonly Stretch[];
}

/**
 * Two segments in the place of one, cut at a frame inside it; null where it is not inside. The first keeps the id. The transcript is divided
 * at `textAt`, or at the word border that fits the time; everything else both have. Both keep the proposal: each is a part of what the machine
 * proposed, and what became of it is told from all its parts together.
 */
export function splitSegment(
  segment: Segment,
  frame: number,
  newId: () => ShapeId,
  hints: DivisionHints = {},
): SegmentEdit | null {
  const { start, end } = segment.geometry;
  const at = Math.round(frame);
  if (at <= start || at >= end) return null;
  return divideSegment(
    segment,
    [
      { start, end: at },
      { start: at, end },
    ],
    newId,
    hints,
  );
}

/**
 * Several segments in the place of one: the parts of it that are given, in order; what lies between them belongs to none any more. See
 * `splitSegment`.
 */
export function divideSegment(
  segment: Segment,
  parts: readonly Stretch[],
  newId: () => ShapeId,
  { textAt, quiet = [] }: DivisionHints = {},
): SegmentEdit {
  const { extra: _extra, ...copied } = segment;
  const said = (stretch: Stretch): number => stretch.end - stretch.start - lengthWithin(quiet, stretch);
  let left = parts.reduce((sum, part) => sum + said(part), 0);
  let text = segment.text;
  const shapes = parts.map((part, i) => {
    const share = left > 0 ? said(part) / left : 1 / (parts.length - i);
    left -= said(part);
    const divided = text !== undefined && text !== '' && i < parts.length - 1;
    const [own, rest] = divided ? textSplitAt(text!, textAt ?? splitPlace(text!, share)) : [text, text];
    text = rest;
    const base = i === 0 ? segment : { ...copied, id: newId() };
    return withText({ ...base, geometry: { ...segment.geometry, ...part } }, own);
  });
  return { label: 'split', wanted: shapes.map((each) => ({ id: each.id, after: each })), above: segment.id };
}

/**
 * One segment in the place of several on one tier, from the start of the first to the end of the last; null for fewer than two, for several
 * tiers, and where one that is not among them lies between and segments may not overlap. The earliest keeps its id; class and answers are
 * those of the longest, with what only others answer added; texts are joined in time. Of several proposals that of the longest is kept, the
 * others count as turned down: what they proposed is part of the merged segment now.
 */
export function mergeSegments(doc: AnnotationDoc, ids: readonly ShapeId[], limits: EditLimits): SegmentEdit | null {
  const wanted = new Set(ids);
  const segments = segmentsInTime(doc);
  const merged = segments.filter(({ id }) => wanted.has(id));
  const [first, ...others] = merged;
  if (first === undefined || others.length === 0) return null;
  if (others.some(({ geometry }) => geometry.tier !== first.geometry.tier)) return null;
  const end = Math.max(...merged.map(({ geometry }) => geometry.end));
  const geometry = {
    ...first.geometry,
    end,
    channel: others.every((other) => other.geometry.channel === first.geometry.channel) ? first.geometry.channel : null,
  };
  const between = (other: Segment) =>
    !wanted.has(other.id) && overlaps(other, geometry) && !merged.some((each) => overlaps(other, each.geometry));
  if (segments.some((other) => between(other) && mayNot(other, geometry.tier, limits))) return null;
  const byLength = merged.toSorted((a, b) => lengthOf(b) - lengthOf(a));
  const longest = byLength[0]!;
  const proposal = byLength.find((each) => each.proposal !== undefined)?.proposal;
  const notes = [...new Set(merged.flatMap(({ ambiguous }) => ambiguous ?? []))];
  const { ambiguous: _ambiguous, proposal: _proposal, ...kept } = first;
  const after = withText(
    {
      ...kept,
      label: longest.label,
      geometry,
      attributes: Object.assign({}, ...byLength.toReversed().map(({ attributes }) => attributes)),
      origin: longest.origin,
      ...(notes.length > 0 && { ambiguous: notes.join('\n').slice(0, 2000) }),
      ...(proposal && { proposal }),
    },
    merged.map(({ text }) => text).reduce(joinedText),
  );
  const dropped = merged.flatMap((each) =>
    each.proposal && each.proposal.id !== proposal?.id ? [each.proposal.id] : [],
  );
  const rejected = [...new Set([...(doc.rejected ?? []), ...dropped])];
  return {
    label: 'merge',
    wanted: [{ id: first.id, after }, ...others.map(({ id }) => ({ id, after: null }))],
    ...(dropped.length > 0 && { rejected }),
  };
}

/** A segment extended to where the next one on its tier begins or the one before ends, or to the end of the recording; null where it can't. */
export function extendSegment(
  doc: AnnotationDoc,
  segment: Segment,
  to: 'next' | 'previous',
  limits: EditLimits,
): SegmentEdit | null {
  const { start, end, tier } = segment.geometry;
  const others = segmentsInTime(doc).filter((each) => each.id !== segment.id && together(each, tier, limits));
  const border =
    to === 'next'
      ? Math.min(limits.frames ?? Infinity, ...others.map(({ geometry }) => geometry.start).filter((at) => at >= end))
      : Math.max(0, ...others.map(({ geometry }) => geometry.end).filter((at) => at <= start));
  if (!Number.isFinite(border) || border === (to === 'next' ? end : start)) return null;
  const geometry = to === 'next' ? { ...segment.geometry, end: border } : { ...segment.geometry, start: border };
  return { label: 'extend', wanted: [{ id: segment.id, after: { ...segment, geometry } }] };
}

/**
 * A segment with one boundary moved to a frame, or as near to it as the recording, its other boundary (one frame is left) and, where segments
 * may not overlap, its neighbours let it; null where it stays. One that overlaps already may go on doing so, not more.
 */
export function moveBoundary(
  doc: AnnotationDoc,
  segment: Segment,
  side: 'start' | 'end',
  frame: number,
  limits: EditLimits,
  label: 'resize' | 'snap' = 'resize',
): SegmentEdit | null {
  const { start, end, tier } = segment.geometry;
  let [low, high] = side === 'start' ? [0, end - 1] : [start + 1, limits.frames ?? Infinity];
  for (const other of doc.shapes) {
    if (!isSegment(other) || other.id === segment.id || !mayNot(other, tier, limits)) continue;
    if (side === 'start' && other.geometry.start < start) low = Math.max(low, Math.min(other.geometry.end, start));
    if (side === 'end' && other.geometry.end > end) high = Math.min(high, Math.max(other.geometry.start, end));
  }
  const at = Math.max(low, Math.min(high, Math.round(frame)));
  if (at === segment.geometry[side] || low > high) return null;
  return { label, wanted: [{ id: segment.id, after: { ...segment, geometry: { ...segment.geometry, [side]: at } } }] };
}

/**
 * Segments shifted by so many frames as one: none leaves the recording and, where segments may not overlap, none runs into one that stays.
 * Null where they can't move at all.
 */
export function shiftSegments(
  doc: AnnotationDoc,
  ids: readonly ShapeId[],
  by: number,
  limits: EditLimits,
): SegmentEdit | null {
  const chosen = new Set(ids);
  const segments = segmentsInTime(doc);
  const moved = segments.filter(({ id }) => chosen.has(id));
  if (moved.length === 0) return null;
  let [least, most] = [-moved[0]!.geometry.start, Infinity];
  if (limits.frames !== null) most = limits.frames - Math.max(...moved.map(({ geometry }) => geometry.end));
  if (limits.noOverlap !== undefined) {
    for (const other of segments.filter(({ id }) => !chosen.has(id))) {
      for (const { geometry } of moved.filter((each) => mayNot(other, each.geometry.tier, limits))) {
        if (other.geometry.end <= geometry.start) least = Math.max(least, other.geometry.end - geometry.start);
        if (other.geometry.start >= geometry.end) most = Math.min(most, other.geometry.start - geometry.end);
      }
    }
  }
  const shift = Math.max(least, Math.min(Math.max(most, least), Math.round(by)));
  if (shift === 0) return null;
  return {
    label: 'shift',
    wanted: moved.map((segment) => {
      const { start, end } = segment.geometry;
      const geometry = { ...segment.geometry, start: start + shift, end: end + shift };
      return { id: segment.id, after: { ...segment, geometry } };
    }),
  };
}

/** Segments put on another tier; null where all are on it, or one would overlap there and may not. */
export function changeTier(
  doc: AnnotationDoc,
  ids: readonly ShapeId[],
  tier: string,
  limits: EditLimits,
): SegmentEdit | null {
  const chosen = new Set(ids);
  const segments = segmentsInTime(doc);
  const moved = segments.filter(({ id, geometry }) => chosen.has(id) && geometry.tier !== tier);
  if (moved.length === 0) return null;
  if (limits.noOverlap === 'tier') {
    const there = segments.filter(({ id, geometry }) => chosen.has(id) || geometry.tier === tier);
    for (const [i, { id, geometry }] of there.entries()) {
      for (let next = i + 1; next < there.length && there[next]!.geometry.start < geometry.end; next += 1) {
        const other = there[next]!;
        const already = other.geometry.tier === geometry.tier;
        if (!already && (chosen.has(id) || chosen.has(other.id)) && overlaps(other, geometry)) return null;
      }
    }
  }
  const wanted = moved.map((each) => ({ id: each.id, after: { ...each, geometry: { ...each.geometry, tier } } }));
  return { label: 'tier', wanted };
}

/** The next stretch from a frame on that belongs to no segment of a tier (null: of any) and is at least so long; null where there is none. */
export function nextFreeStretch(
  doc: AnnotationDoc,
  from: number,
  frames: number,
  { tier = null, least = 1 }: { tier?: string | null; least?: number } = {},
): { start: number; end: number } | null {
  let start = Math.max(0, Math.round(from));
  for (const { geometry } of segmentsInTime(doc)) {
    if (tier !== null && geometry.tier !== tier) continue;
    if (geometry.start - start >= least) return { start, end: geometry.start };
    start = Math.max(start, geometry.end);
  }
  return frames - start >= least ? { start, end: frames } : null;
}

export const isSegment = (shape: Shape): shape is Segment => shape.geometry.type === 'span';

/** The segment with this text; undefined takes the text away. */
export function withText<S extends Shape>(shape: S, text: string | undefined): S {
  const { text: _text, ...rest } = shape;
  return (text === undefined ? rest : { ...rest, text }) as S;
}

const lengthWithin = (quiet: readonly Stretch[], { start, end }: Stretch): number =>
  stretchesWithin(quiet, start, end).reduce((sum, each) => sum + each.end - each.start, 0);

const lengthOf = ({ geometry }: Segment): number => geometry.end - geometry.start;

const overlaps = (a: Segment, b: { start: number; end: number }): boolean =>
  a.geometry.start < b.end && b.start < a.geometry.end;

/** Whether a segment and one on a tier may not overlap. */
function mayNot(other: Segment, tier: string, { noOverlap }: EditLimits): boolean {
  return noOverlap === 'all' || (noOverlap === 'tier' && other.geometry.tier === tier);
}

/** Whether a segment is a neighbour on a tier: on that tier, or on any where none may overlap. */
function together(other: Segment, tier: string, { noOverlap }: EditLimits): boolean {
  return noOverlap === 'all' || other.geometry.tier === tier;
}
