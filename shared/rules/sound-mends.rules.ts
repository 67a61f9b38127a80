import type { ShapeId } from '../domain/annotation.ts';
import { quietestCuts } from '../sound/cuts.ts';
import { usualPaddingS } from '../sound/propose.ts';
import { quietFor, type Stretch, stretchesWithin } from '../sound/silences.ts';
import { divideSegment, type EditLimits, isSegment, moveBoundary, type SegmentEdit } from './segment-edits.rules.ts';
import { type CheckedSound, type Segment, type SoundBreach, soundBreaches } from './sound-breaches.rules.ts';

/** What a mend goes by. */
export interface MendedSound extends CheckedSound {
  /** dB above the noise floor, level by level (see `levelsAbove`); without it a cut can only be told from pauses. */
  above?: Float32Array;
  /** Seconds of silence left before and after speech. */
  paddingS?: number;
}

/**
 * "Cut here": the edit that mends a breach. A segment that is too long is split where it is quietest; a silence is cut out of its segment, with
 * padding left, and one that is nothing else goes; an overlap is parted where it is quietest, a gap made as short as the rule asks, a segment that is too short made longer, one
 * that goes beyond the end shortened. Null for what only the worker can mend, and where mending it would break another rule.
 */
export function mendOf(breach: SoundBreach, sound: MendedSound, newId: () => ShapeId): SegmentEdit | null {
  const segments = breach.shapes.map((id) => sound.doc.shapes.find((shape) => shape.id === id));
  const [segment, other] = segments.filter((shape): shape is Segment => shape !== undefined && isSegment(shape));
  switch (breach.rule) {
    case 'tooLong':
      return segment ? shortened(segment, sound, newId) : null;
    case 'innerSilence':
      return segment ? withoutSilence(segment, breach.at, sound, newId) : null;
    case 'overlap':
      return segment && other ? parted(segment, other, sound) : null;
    case 'gap':
      return closed(breach, sound);
    case 'tooShort':
      return segment ? lengthened(segment, sound) : null;
    case 'outside':
      return segment && sound.frames !== null && segment.geometry.start < sound.frames
        ? moved([[segment, { end: sound.frames }]], 'resize')
        : null;
    case 'requireLabel':
    case 'requiredAttributes':
    case 'attributeValue':
    case 'emptyTranscript':
    case 'unknownToken':
      return null;
  }
}

function shortened(segment: Segment, sound: MendedSound, newId: () => ShapeId): SegmentEdit | null {
  const { rules, rate, quiet, above = new Float32Array() } = sound;
  if (rules.longestSegmentS === undefined) return null;
  const silences = quiet === null ? [] : quietFor(quiet, segment.geometry.channel);
  const { start, end } = segment.geometry;
  const longest = Math.max(1, Math.floor(rules.longestSegmentS * rate));
  const shortest = Math.ceil((rules.shortestSegmentS ?? 0) * rate);
  const parts = quietestCuts({ start, end }, silences, above, rate, { longest, shortest });
  return parts.length < 2 ? null : divideSegment(segment, parts, newId, { quiet: silences });
}

function withoutSilence(
  segment: Segment,
  silence: Stretch,
  { rules, rate, quiet, paddingS = usualPaddingS }: MendedSound,
  newId: () => ShapeId,
): SegmentEdit | null {
  const padding = Math.floor(Math.min(paddingS, (rules.longestInnerSilenceS ?? Infinity) / 2) * rate);
  const { start, end } = segment.geometry;
  const before = { start, end: Math.min(end, silence.start + padding) };
  const after = { start: Math.max(start, silence.end - padding), end };
  const parts = [silence.start > start ? before : null, silence.end < end ? after : null].filter(
    (part) => part !== null,
  );
  const [only, second] = parts;
  // Nothing but silence: nothing is left of it, unless something was written for it, which is for the worker to say.
  if (only === undefined) {
    return (segment.text ?? '').trim() === '' ? { label: 'delete', wanted: [{ id: segment.id, after: null }] } : null;
  }
  if (second === undefined) return moved([[segment, only]], 'resize');
  return divideSegment(segment, parts, newId, {
    quiet: quiet === null ? [] : quietFor(quiet, segment.geometry.channel),
  });
}

/** Two that overlap meet in the middle of the longest silence of what they share, or in the middle of it. */
function parted(one: Segment, two: Segment, { quiet }: MendedSound): SegmentEdit | null {
  const [first, second] = one.geometry.start <= two.geometry.start ? [one, two] : [two, one];
  const shared = { start: second.geometry.start, end: first.geometry.end };
  // One within the other: what would be left of the outer one is in two pieces.
  if (second.geometry.end <= shared.end || first.geometry.start === shared.start || shared.end <= shared.start)
    return null;
  const silences = quiet === null ? [] : stretchesWithin(quiet.all, shared.start, shared.end);
  const longest = silences.toSorted((a, b) => b.end - b.start - (a.end - a.start))[0] ?? shared;
  const border = Math.floor((longest.start + longest.end) / 2);
  return moved(
    [
      [first, { end: border }],
      [second, { start: border }],
    ],
    'resize',
  );
}

/** The segments on both sides of a gap made longer, by half of what is too much each; one alone by all of it. */
function closed({ shapes, at, limit }: SoundBreach, sound: MendedSound): SegmentEdit | null {
  const excess = at.end - at.start - Math.round((limit ?? 0) * sound.rate);
  const segments = sound.doc.shapes.filter((shape): shape is Segment => isSegment(shape) && shapes.includes(shape.id));
  const before = segments.find(({ geometry }) => geometry.end === at.start);
  const after = segments.find(({ geometry }) => geometry.start === at.end);
  if (excess <= 0 || (!before && !after)) return null;
  const share = before && after ? Math.floor(excess / 2) : excess;
  const ends: [Segment, Partial<Stretch>][] = [];
  if (before) ends.push([before, { end: at.start + (after ? excess - share : share) }]);
  if (after) ends.push([after, { start: at.end - share }]);
  return unlessWorse(moved(ends, 'extend'), sound);
}

function lengthened(segment: Segment, sound: MendedSound): SegmentEdit | null {
  const { doc, rules, rate, frames } = sound;
  const { start, end } = segment.geometry;
  const missing = Math.ceil((rules.shortestSegmentS ?? 0) * rate) - (end - start);
  if (missing <= 0) return null;
  const limits: EditLimits = { frames, noOverlap: rules.noOverlap };
  const grown = (from: Segment, side: 'start' | 'end', to: number): Segment => {
    const after = moveBoundary(doc, from, side, to, limits)?.wanted[0]?.after;
    return after ? (after as Segment) : from;
  };
  // Half on either side; what one side has no room for goes to the other.
  const left = grown(segment, 'start', start - Math.ceil(missing / 2));
  const right = grown(left, 'end', end + missing - (start - left.geometry.start));
  const both = grown(right, 'start', start - missing + (right.geometry.end - end));
  if (both.geometry.end - both.geometry.start < end - start + missing) return null;
  return unlessWorse({ label: 'resize', wanted: [{ id: segment.id, after: both }] }, sound);
}

function moved(ends: readonly [Segment, Partial<Stretch>][], label: SegmentEdit['label']): SegmentEdit {
  return {
    label,
    wanted: ends.map(([segment, at]) => ({
      id: segment.id,
      after: { ...segment, geometry: { ...segment.geometry, ...at } },
    })),
  };
}

/** The edit, unless it breaks another rule of time in the segments it touches. */
function unlessWorse(edit: SegmentEdit, sound: MendedSound): SegmentEdit | null {
  const { longestSegmentS, longestInnerSilenceS, noOverlap } = sound.rules;
  const rules = {
    ...(longestSegmentS !== undefined && { longestSegmentS }),
    ...(longestInnerSilenceS !== undefined && { longestInnerSilenceS }),
    ...(noOverlap !== undefined && { noOverlap }),
  };
  const changed = new Map(edit.wanted.map(({ id, after }) => [id, after]));
  const shapes = sound.doc.shapes.map((shape) => changed.get(shape.id) ?? shape);
  const count = (each: typeof shapes): number =>
    soundBreaches({ ...sound, rules, doc: { version: 1, shapes: each } }).length;
  return count(shapes) > count(sound.doc.shapes) ? null : edit;
}
