import type { Geometry, Pixels, SpanGeometry } from '../domain/annotation.ts';
import { boundsOf, type Bounds } from './bounds.ts';
import { commonLength, intervalsAt, intervalsLength } from './intervals.ts';
import { type Outline, outlinesOf } from './outlines.ts';
import { distanceToStretch, type Point } from './points.ts';

/** Lines a pixel, and the fewest and most lines, that areas of curved or slanting shapes are summed along. */
const linesPerPixel = 4;
const fewestLines = 256;
const mostLines = 4096;

/**
 * Intersection over union, 0 to 1; null where one of them has no area (lines, points, tags). Of two spans of sound it is that of their times,
 * null where either has no length. Exact for boxes, masks and spans; others are summed along at least 256 lines through both, so that a shape with itself is 1 to the last digit and others are right to about a thousandth.
 */
export function iouOf(a: Geometry, b: Geometry): number | null {
  if (a.type === 'span' && b.type === 'span') return timeIou(a, b);
  const [inA, inB] = [areaBounds(a), areaBounds(b)];
  if (inA === null || inB === null) return null;
  const common = cut(inA, inB);
  if (common === null) return 0;
  if (a.type === 'box' && b.type === 'box') {
    const shared = common.w * common.h;
    return shared / (a.w * a.h + b.w * b.h - shared);
  }
  let [shared, either] = [0, 0];
  for (const { y, share } of linesThrough(a, b, inA, inB)) {
    const [ofA, ofB] = [intervalsAt(a, y), intervalsAt(b, y)];
    const both = commonLength(ofA, ofB);
    shared += both * share;
    either += (intervalsLength(ofA) + intervalsLength(ofB) - both) * share;
  }
  return either === 0 ? null : shared / either;
}

function timeIou(a: SpanGeometry, b: SpanGeometry): number | null {
  if (a.end === a.start || b.end === b.start) return null;
  const shared = Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start));
  return shared / (a.end - a.start + b.end - b.start - shared);
}

/** Frames by which the boundary of a segment of sound that lies farthest from its counterpart does so; null for what is no segment. */
export function farthestBoundary(a: Geometry, b: Geometry): number | null {
  if (a.type !== 'span' || b.type !== 'span') return null;
  return Math.max(Math.abs(b.start - a.start), Math.abs(b.end - a.end));
}

/**
 * Lines through the middle of thin stripes over both shapes, with the height each stands for. Stripes end where a shape begins, ends or has
 * a corner (as long as corners are few), so that what lies between is as smooth as it can be.
 */
function* linesThrough(a: Geometry, b: Geometry, inA: Bounds, inB: Bounds): Generator<{ y: Pixels; share: Pixels }> {
  const ends = [inA.y, inA.y + inA.h, inB.y, inB.y + inB.h];
  for (const geometry of [a, b]) {
    const corners = (outlinesOf(geometry) ?? []).flatMap(({ points }) => points.map(([, y]) => y));
    if (corners.length <= fewestLines) ends.push(...corners);
  }
  const stops = [...new Set(ends)].sort((one, other) => one - other);
  const height = stops.at(-1)! - stops[0]!;
  const perPixel =
    a.type === 'mask' && b.type === 'mask'
      ? 1
      : Math.min(mostLines, Math.max(fewestLines, height * linesPerPixel)) / height;
  for (const [i, bottom] of stops.entries()) {
    const top = stops[i - 1];
    if (top === undefined) continue;
    const count = Math.max(1, Math.ceil((bottom - top) * perPixel));
    const share = (bottom - top) / count;
    for (let line = 0; line < count; line += 1) yield { y: top + (line + 0.5) * share, share };
  }
}

/** By how much each side of the rectangle around `b` lies to the right of or below that around `a`, in pixels; null for tags. */
export function sideDeviations(
  a: Geometry,
  b: Geometry,
): { left: Pixels; top: Pixels; right: Pixels; bottom: Pixels } | null {
  const [inA, inB] = [boundsOf(a), boundsOf(b)];
  if (inA === null || inB === null) return null;
  return {
    left: inB.x - inA.x,
    top: inB.y - inA.y,
    right: inB.x + inB.w - inA.x - inA.w,
    bottom: inB.y + inB.h - inA.y - inA.h,
  };
}

/**
 * How far two outlines lie apart where they do most, in pixels; null for tags. For upright boxes the side that moved farthest; for shapes
 * with corners the farthest corner of either from the outline of the other (Hausdorff distance taken at the corners).
 */
export function largestDeviation(a: Geometry, b: Geometry): Pixels | null {
  const [ofA, ofB] = [outlinesOf(a), outlinesOf(b)];
  if (ofA === null || ofB === null || (a.type === 'box' && b.type === 'box')) {
    const sides = sideDeviations(a, b);
    return sides && Math.max(...Object.values(sides).map(Math.abs));
  }
  return Math.max(farthest(ofA, ofB), farthest(ofB, ofA));
}

function farthest(from: readonly Outline[], to: readonly Outline[]): number {
  let most = 0;
  for (const { points } of from) {
    for (const point of points) {
      let least = Infinity;
      for (const outline of to) least = Math.min(least, distanceToOutline(point, outline, most));
      if (least > most) most = least;
    }
  }
  return most;
}

/** The least distance from a point to a line; stops looking once it is under `enough`, which then can't matter. */
function distanceToOutline(point: Point, { points, closed }: Outline, enough: number): number {
  let least = points.length === 1 ? distanceToStretch(point, points[0]!, points[0]!) : Infinity;
  for (let i = closed ? 0 : 1; i < points.length && least > enough; i += 1) {
    least = Math.min(least, distanceToStretch(point, points.at(i - 1)!, points[i]!));
  }
  return least;
}

function areaBounds(geometry: Geometry): Bounds | null {
  const bounds = geometry.type === 'polyline' ? null : boundsOf(geometry);
  return bounds && bounds.w > 0 && bounds.h > 0 ? bounds : null;
}

function cut(a: Bounds, b: Bounds): Bounds | null {
  const [x, y] = [Math.max(a.x, b.x), Math.max(a.y, b.y)];
  const [w, h] = [Math.min(a.x + a.w, b.x + b.w) - x, Math.min(a.y + a.h, b.y + b.h) - y];
  return w > 0 && h > 0 ? { x, y, w, h } : null;
}
