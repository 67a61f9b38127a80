import type { Geometry, Shape } from '../domain/annotation.ts';
import { type Bounds, boundsOf } from '../geometry/bounds.ts';
import { iouOf, largestDeviation } from '../geometry/overlap.ts';

/** What is held against another version of the same picture: a shape, or a proposal. */
export type Matchable = Pick<Shape, 'id' | 'label' | 'geometry'>;

/** Pixels within which two points or lines, which have no area to overlap, are taken for the same. */
const samePlace = 10;

/**
 * Pairs the shapes of two versions, each with at most one other: by id first, then, because a shape is often deleted and drawn again, by
 * overlap (intersection over union of at least `sameFrom`), the greatest first. At equal overlap those of one class come first, then drawing
 * order. Points and lines are paired with the nearest of their kind within 10 pixels, tags by class.
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
  return [...pairs, ...matchedByPlace(left, [...byId.values()], sameFrom)];
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
