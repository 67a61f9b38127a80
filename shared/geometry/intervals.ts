import type { Geometry, Pixels } from '../domain/annotation.ts';
import { cornersOf, type Point } from './points.ts';

/**
 * Where a horizontal line lies inside a geometry: x of every entry and exit in turn, ascending and without overlaps. Empty for what has
 * no area. Rings count by the even-odd rule within a part; parts that overlap count once.
 */
export function intervalsAt(geometry: Geometry, y: Pixels): number[] {
  switch (geometry.type) {
    case 'box':
      return y >= geometry.y && y < geometry.y + geometry.h ? [geometry.x, geometry.x + geometry.w] : [];
    case 'rotated-box':
      return crossings([cornersOf(geometry)], y);
    case 'ellipse':
      return ellipseInterval(geometry, y);
    case 'polygon':
      return geometry.parts
        .map(({ outer, holes }) => crossings([outer, ...holes], y))
        .reduce((all, part) => (all.length === 0 ? part : uniteIntervals(all, part)), []);
    case 'mask':
      return maskIntervals(geometry, y);
    case 'polyline':
    case 'point':
    case 'tag':
    case 'span':
    case 'passage':
      return [];
  }
}

/** True where a point lies inside a geometry; lines, points and tags have no inside. */
export function geometryContains(geometry: Geometry, x: Pixels, y: Pixels): boolean {
  const at = intervalsAt(geometry, y);
  for (let i = 0; i < at.length; i += 2) if (x >= at[i]! && x < at[i + 1]!) return true;
  return false;
}

/** Total length of intervals. */
export function intervalsLength(intervals: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < intervals.length; i += 2) sum += intervals[i + 1]! - intervals[i]!;
  return sum;
}

/** Length of what two lists of intervals have in common. */
export function commonLength(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [from, to] = [Math.max(a[i]!, b[j]!), Math.min(a[i + 1]!, b[j + 1]!)];
    if (to > from) sum += to - from;
    if (a[i + 1]! < b[j + 1]!) i += 2;
    else j += 2;
  }
  return sum;
}

function uniteIntervals(a: readonly number[], b: readonly number[]): number[] {
  const pairs: [number, number][] = [];
  for (const list of [a, b]) for (let i = 0; i < list.length; i += 2) pairs.push([list[i]!, list[i + 1]!]);
  pairs.sort(([one], [other]) => one - other);
  const united: number[] = [];
  for (const [from, to] of pairs) {
    const end = united.at(-1);
    if (end === undefined || from > end) united.push(from, to);
    else if (to > end) united[united.length - 1] = to;
  }
  return united;
}

function crossings(rings: readonly (readonly Point[])[], y: Pixels): number[] {
  const found: number[] = [];
  for (const ring of rings) {
    let [px, py] = ring.at(-1) ?? [0, 0];
    for (const [x, yy] of ring) {
      // Half open, so that a line through a corner crosses once.
      if (py <= y !== yy <= y) found.push(px + ((y - py) / (yy - py)) * (x - px));
      [px, py] = [x, yy];
    }
  }
  return found.sort((a, b) => a - b);
}

function ellipseInterval(geometry: Extract<Geometry, { type: 'ellipse' }>, y: Pixels): number[] {
  const { cx, cy, rx, ry, angle } = geometry;
  if (rx === 0 || ry === 0) return [];
  const radians = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  const dy = y - cy;
  // Along the line: ((dx cos + dy sin) / rx)² + ((-dx sin + dy cos) / ry)² = 1, a quadratic in dx.
  const a = (cos / rx) ** 2 + (sin / ry) ** 2;
  const b = dy * cos * sin * (1 / rx ** 2 - 1 / ry ** 2);
  const c = ((dy * sin) / rx) ** 2 + ((dy * cos) / ry) ** 2 - 1;
  const under = b * b - a * c;
  if (under <= 0) return [];
  const root = Math.sqrt(under);
  return [cx + (-b - root) / a, cx + (-b + root) / a];
}

function maskIntervals({ x, y: top, w, h, runs }: Extract<Geometry, { type: 'mask' }>, y: Pixels): number[] {
  const row = Math.floor(y) - top;
  if (row < 0 || row >= h) return [];
  const [first, last] = [row * w, (row + 1) * w];
  const found: number[] = [];
  let at = 0;
  for (const [i, run] of runs.entries()) {
    const end = at + run;
    if (i % 2 === 1 && end > first && at < last)
      found.push(x + Math.max(at, first) - first, x + Math.min(end, last) - first);
    at = end;
    if (at >= last) break;
  }
  return found;
}
