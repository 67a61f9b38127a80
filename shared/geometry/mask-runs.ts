import type { MaskGeometry, Pixels, PolygonGeometry } from '../domain/annotation.ts';
import { boundsOf } from './bounds.ts';
import { geometryContains, intervalsAt } from './intervals.ts';

/** A rectangle of whole pixels with what is painted in it: row by row, 1 painted and 0 not. */
export interface PaintedPixels {
  x: number;
  y: number;
  w: number;
  h: number;
  pixels: Uint8Array;
}

/** What a mask paints, inside its own rectangle. */
export function maskPixels({ w, h, runs }: MaskGeometry): Uint8Array {
  const pixels = new Uint8Array(w * h);
  let at = 0;
  for (const [i, run] of runs.entries()) {
    if (i % 2 === 1) pixels.fill(1, at, at + run);
    at += run;
  }
  return pixels;
}

/** Painted pixels as a mask with the tightest rectangle; null where nothing is painted. */
export function maskFromPixels({ x, y, w, h, pixels }: PaintedPixels): MaskGeometry | null {
  let [left, top, right, bottom] = [w, h, -1, -1];
  for (let row = 0; row < h; row += 1) {
    const from = pixels.indexOf(1, row * w);
    if (from < 0) break;
    if (from >= (row + 1) * w) continue;
    const to = pixels.lastIndexOf(1, (row + 1) * w - 1);
    left = Math.min(left, from - row * w);
    right = Math.max(right, to - row * w);
    top = Math.min(top, row);
    bottom = row;
  }
  if (right < 0) return null;
  const [width, height] = [right - left + 1, bottom - top + 1];
  const runs: number[] = [];
  let value = 0;
  let length = 0;
  for (let row = top; row <= bottom; row += 1) {
    for (let column = left; column <= right; column += 1) {
      if (pixels[row * w + column] === value) length += 1;
      else {
        runs.push(length);
        value = 1 - value;
        length = 1;
      }
    }
  }
  runs.push(length);
  return { type: 'mask', x: x + left, y: y + top, w: width, h: height, runs };
}

/** Painted pixels of a mask: its area. */
export function maskCount({ runs }: MaskGeometry): number {
  let sum = 0;
  for (let i = 1; i < runs.length; i += 2) sum += runs[i]!;
  return sum;
}

/** Everything that either paints. */
export function maskOr(a: MaskGeometry, b: MaskGeometry): MaskGeometry {
  const [left, top] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  const [right, bottom] = [Math.max(a.x + a.w, b.x + b.w), Math.max(a.y + a.h, b.y + b.h)];
  const [w, h] = [right - left, bottom - top];
  const pixels = new Uint8Array(w * h);
  for (const mask of [a, b])
    eachRun(mask, (x, y, length) => pixels.fill(1, (y - top) * w + x - left, (y - top) * w + x - left + length));
  return maskFromPixels({ x: left, y: top, w, h, pixels })!;
}

/** What the first paints and the second does not; null where nothing is left. */
export function maskMinus(from: MaskGeometry, gone: MaskGeometry): MaskGeometry | null {
  const pixels = maskPixels(from);
  eachRun(gone, (x, y, length) => {
    if (y < from.y || y >= from.y + from.h) return;
    const [left, right] = [Math.max(x, from.x), Math.min(x + length, from.x + from.w)];
    const row = (y - from.y) * from.w - from.x;
    if (right > left) pixels.fill(0, row + left, row + right);
  });
  return maskFromPixels({ ...from, pixels });
}

/** The pixels whose centres lie inside a polygon, within a picture of the given size; null where there are none. */
export function ringsToMask(polygon: PolygonGeometry, size: { width: Pixels; height: Pixels }): MaskGeometry | null {
  const bounds = boundsOf(polygon)!;
  const [left, top] = [Math.max(0, Math.floor(bounds.x)), Math.max(0, Math.floor(bounds.y))];
  const right = Math.min(Math.ceil(size.width), Math.ceil(bounds.x + bounds.w));
  const bottom = Math.min(Math.ceil(size.height), Math.ceil(bounds.y + bounds.h));
  if (right <= left || bottom <= top) return null;
  const w = right - left;
  const pixels = new Uint8Array(w * (bottom - top));
  for (let y = top; y < bottom; y += 1) {
    const inside = intervalsAt(polygon, y + 0.5);
    for (let i = 0; i < inside.length; i += 2) {
      // The first and the last pixel whose centre is inside.
      const from = Math.max(left, Math.ceil(inside[i]! - 0.5));
      const to = Math.min(right, Math.ceil(inside[i + 1]! - 0.5));
      if (to > from) pixels.fill(1, (y - top) * w + from - left, (y - top) * w + to - left);
    }
  }
  return maskFromPixels({ x: left, y: top, w, h: bottom - top, pixels });
}

/**
 * The exact outline of a mask along the edges of its pixels: parts that hang together by sides, each with its holes. Parts that touch only
 * at a corner stay apart.
 */
export function maskToPolygon(mask: MaskGeometry): PolygonGeometry {
  const rings = tracedRings(mask);
  const outers = rings.filter(({ area }) => area > 0);
  const holesOf = new Map(outers.map((outer) => [outer, [] as [Pixels, Pixels][][]]));
  for (const { ring } of rings.filter(({ area }) => area < 0)) holesOf.get(ownerOf(ring, outers))!.push(ring);
  return { type: 'polygon', parts: outers.map((outer) => ({ outer: outer.ring, holes: holesOf.get(outer)! })) };
}

interface TracedRing {
  ring: [Pixels, Pixels][];
  /** Signed; above 0 for an outer ring. */
  area: number;
}

/** The outer ring of the part that a hole is cut from: the smallest around the painted pixel below the hole's first corner. */
function ownerOf(hole: readonly [Pixels, Pixels][], outers: readonly TracedRing[]): TracedRing {
  const [x, y] = hole[0]!;
  const around = outers.filter(({ ring }) =>
    geometryContains({ type: 'polygon', parts: [{ outer: ring, holes: [] }] }, x + 0.5, y + 0.5),
  );
  return around.reduce((smallest, outer) => (outer.area < smallest.area ? outer : smallest));
}

/** Follows the sides between painted and unpainted pixels, painted ones on the right hand. */
function tracedRings(mask: MaskGeometry): TracedRing[] {
  const { x: left, y: top, w, h } = mask;
  const pixels = maskPixels(mask);
  const painted = (column: number, row: number): boolean =>
    column >= 0 && row >= 0 && column < w && row < h && pixels[row * w + column] === 1;
  // Upper sides of painted pixels not yet walked along, by pixel.
  const upper = new Uint8Array(w * h);
  for (let row = 0; row < h; row += 1) {
    for (let column = 0; column < w; column += 1) {
      if (painted(column, row) && !painted(column, row - 1)) upper[row * w + column] = 1;
    }
  }
  const rings: TracedRing[] = [];
  for (let start = upper.indexOf(1); start >= 0; start = upper.indexOf(1, start)) {
    const [startX, startY] = [start % w, Math.floor(start / w)];
    const ring: [Pixels, Pixels][] = [];
    let [cx, cy, dx, dy] = [startX, startY, 1, 0];
    let twice = 0;
    do {
      ring.push([left + cx, top + cy]);
      // Straight on while the pixel on the right is painted and the one on the left is not.
      for (;;) {
        if (dx === 1) upper[cy * w + cx] = 0;
        twice += cx * (cy + dy) - (cx + dx) * cy;
        [cx, cy] = [cx + dx, cy + dy];
        const right = painted(cx + (dx - dy - 1) / 2, cy + (dx + dy - 1) / 2);
        const ahead = painted(cx + (dx + dy - 1) / 2, cy + (dy - dx - 1) / 2);
        if (!right) {
          [dx, dy] = [-dy, dx];
          break;
        }
        if (ahead) {
          [dx, dy] = [dy, -dx];
          break;
        }
      }
    } while (cx !== startX || cy !== startY || dx !== 1 || dy !== 0);
    rings.push({ ring, area: twice / 2 });
  }
  return rings;
}

/** Calls back with every painted run: its first pixel and its length, never beyond a row. */
function eachRun({ x, y, w, runs }: MaskGeometry, take: (x: number, y: number, length: number) => void): void {
  let at = 0;
  for (const [i, run] of runs.entries()) {
    if (i % 2 === 1) {
      for (let from = at; from < at + run;) {
        const row = Math.floor(from / w);
        const length = Math.min(at + run, (row + 1) * w) - from;
        take(x + from - row * w, y + row, length);
        from += length;
      }
    }
    at += run;
  }
}
