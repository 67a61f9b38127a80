import type { Geometry, Shape, SpanGeometry } from '../domain/annotation.ts';
import { type Bounds, boundsOf } from '../geometry/bounds.ts';
import { farthestBoundary, iouOf, largestDeviation } from '../geometry/overlap.ts';

/** What is held against another version of the same picture or recording: a shape, or a proposal. */
export type Matchable = Pick<Shape, 'id' | 'label' | 'geometry' | 'text'>;

/** Pixels within which two points or lines, which have no area to overlap, are taken for the same. */
const samePlace = 10;

/**
 * Pairs the shapes of two versions, each with at most one other: by id first, then, because a shape is often deleted and drawn again, by
 * overlap (intersection over union of at least `sameFrom`), the greatest first. At equal overlap those of one class come first, then drawing
 * order. Points and lines are paired with the nearest of their kind within 10 pixels, tags by class. Segments of sound are paired within their
 * tier first; what is left there, with what is left on others.
 */
export function matchShapes<A extends Matchable, B extends Matchable>(
  before: readonly A[],
  after: readonly B[],
  sameFrom = 0.5,
): [A, B][] {
  const byId = new Map<string, B>(after.map((shape) => [shape.id, shape]));
  const pairs: [A, B][] = [];
  const left: A[] = [];
  for (const shape of before) {
    const same = byId.get(shape.id);
    if (same === undefined) left.push(shape);
    else pairs.push([shape, same]);
    byId.delete(shape.id);
  }
  const rest = [...byId.values()];
  return [...pairs, ...matchedByPlace(left, rest, sameFrom), ...matchedInTime(left, rest, sameFrom)];
}

type Timed<M> = M & { geometry: SpanGeometry };

function matchedInTime<A extends Matchable, B extends Matchable>(
  before: readonly A[],
  after: readonly B[],
  sameFrom: number,
): [A, B][] {
  const [mine, theirs] = [timed(before), timed(after)];
  const ofTier = Map.groupBy(theirs, ({ geometry }) => geometry.tier);
  const within = [...Map.groupBy(mine, ({ geometry }) => geometry.tier)].flatMap(([tier, segments]) =>
    pairedInTime(segments, ofTier.get(tier) ?? [], sameFrom),
  );
  const taken = new Set<Matchable>(within.flat());
  const left = (segment: Matchable): boolean => !taken.has(segment);
  return [...within, ...pairedInTime(mine.filter(left), theirs.filter(left), sameFrom)];
}

function timed<M extends Matchable>(shapes: readonly M[]): Timed<M>[] {
  return shapes.filter((shape): shape is Timed<M> => shape.geometry.type === 'span');
}

function pairedInTime<A extends Matchable, B extends Matchable>(
  mine: readonly Timed<A>[],
  theirs: readonly Timed<B>[],
  sameFrom: number,
): [A, B][] {
  const sorted = theirs.toSorted((a, b) => a.geometry.start - b.geometry.start);
  const longest = Math.max(0, ...sorted.map(({ geometry }) => geometry.end - geometry.start));
  const candidates: Candidate<A, B>[] = [];
  let from = 0;
  for (const was of mine.toSorted((a, b) => a.geometry.start - b.geometry.start)) {
    // Nothing before that reaches as far as this one, nor as far as any later one.
    while (from < sorted.length && sorted[from]!.geometry.start + longest < was.geometry.start) from += 1;
    for (let i = from; i < sorted.length && sorted[i]!.geometry.start <= was.geometry.end; i += 1) {
      const is = sorted[i]!;
      const iou = iouOf(was.geometry, is.geometry);
      // Moments have no length to overlap: they are the same where they are in the same place.
      const likeness = iou ?? (farthestBoundary(was.geometry, is.geometry) === 0 ? 1 : 0);
      if (likeness >= sameFrom) candidates.push({ was, is, likeness });
    }
  }
  return eachOnce(candidates);
}

interface Candidate<A, B> {
  was: A;
  is: B;
  /** 0 to 1; the greater the likelier. */
  likeness: number;
}

function matchedByPlace<A extends Matchable, B extends Matchable>(
  before: readonly A[],
  after: readonly B[],
  sameFrom: number,
): [A, B][] {
  const placed = after
    .map((shape) => ({ shape, at: boundsOf(shape.geometry) }))
    .filter((each): each is { shape: B; at: Bounds } => each.at !== null)
    .sort((a, b) => a.at.x - b.at.x);
  const candidates: Candidate<A, B>[] = [];
  for (const was of before) {
    const at = boundsOf(was.geometry);
    if (was.geometry.type === 'span') continue;
    if (at === null) {
      const same = after.filter((is) => is.geometry.type === 'tag' && is.label === was.label);
      candidates.push(...same.map((is) => ({ was, is, likeness: 1 })));
      continue;
    }
    for (const other of placed) {
      // Sorted by their left side: nothing further can touch this one.
      if (other.at.x > at.x + at.w + samePlace) break;
      if (!near(at, other.at)) continue;
      const likeness = likenessOf(was.geometry, other.shape.geometry, sameFrom);
      if (likeness !== null) candidates.push({ was, is: other.shape, likeness });
    }
  }
  return eachOnce(candidates);
}

function eachOnce<A extends Matchable, B extends Matchable>(candidates: Candidate<A, B>[]): [A, B][] {
  const sameClass = ({ was, is }: Candidate<A, B>): number => (was.label === is.label ? 1 : 0);
  candidates.sort((a, b) => b.likeness - a.likeness || sameClass(b) - sameClass(a));
  const taken = new Set<A | B>();
  return candidates.flatMap(({ was, is }): [A, B][] => {
    if (taken.has(was) || taken.has(is)) return [];
    taken.add(was).add(is);
    return [[was, is]];
  });
}

function near(a: Bounds, b: Bounds): boolean {
  return b.x + b.w + samePlace >= a.x && b.y <= a.y + a.h + samePlace && b.y + b.h + samePlace >= a.y;
}

/** How likely two are one object; null where they can't be. */
function likenessOf(a: Geometry, b: Geometry, sameFrom: number): number | null {
  const iou = iouOf(a, b);
  if (iou !== null) return iou >= sameFrom ? iou : null;
  if (a.type !== b.type) return null;
  const apart = largestDeviation(a, b);
  return apart !== null && apart <= samePlace ? 1 - apart / (2 * samePlace) : null;
}
