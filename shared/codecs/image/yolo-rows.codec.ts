import type { BoxGeometry, Geometry, Pixels } from '../../domain/annotation.ts';
import { boundsOf } from '../../geometry/bounds.ts';
import { maskToPolygon } from '../../geometry/mask-runs.ts';
import { cornersOf, ellipseRing, type Point } from '../../geometry/points.ts';
import type { LossCounter } from '../codec.ts';
import { rotatedBoxOf, uprightBoxOf } from './corner-points.codec.ts';
import { RowError } from './json-objects.codec.ts';
import { readNumber } from './row-reading.codec.ts';

/** What a row of four corners is: a turned box, or an outline of four points. */
export type FourCorners = 'turned-box' | 'outline';

/** What is written: boxes, outlines or turned boxes. */
export type YoloKind = 'detect' | 'segment' | 'obb';

interface Size {
  width: Pixels;
  height: Pixels;
}

/** A row: its class, and its numbers as shares of the photo's width and height. */
export interface YoloRow {
  id: number;
  /** Centre and size of a box, or corners as x, y, x, y ... */
  numbers: number[];
  /** How sure a machine was, where the row ends with it. */
  score: number | null;
}

/** Shares this far outside the photo are moved to its edge; what lies farther out is a mistake. */
const slack = 0.05;
/** What six decimals round away, which is no reason to speak of a move. */
const rounding = 2e-6;
/** Moves to the edge (pixels) that are no more than what decimals leave are not spoken of. */
const unseen = 0.01;
const maxPoints = 100_000;

/**
 * Reads one row by the count of its columns: 5 a box, 6 a box with a score, odd from 7 on an outline, even from 8 on an outline with a score.
 * @throws RowError
 */
export function readRow(line: string): YoloRow {
  const columns = line.trim().split(/\s+/);
  if (columns.length < 5) throw new RowError('columns-wrong');
  if (columns.length > 2 * maxPoints + 2) throw new RowError('too-many-points');
  const id = readClass(columns[0]!);
  const numbers = columns.slice(1).map(readNumber);
  const score = numbers.length % 2 === 1 ? numbers.pop()! : null;
  if (score !== null && !(score >= 0 && score <= 1)) throw new RowError('number-out-of-range');
  return { id, numbers, score };
}

function readClass(text: string): number {
  // Some writers put every column as a float.
  if (!/^\d{1,9}(?:\.0*)?$/.test(text)) throw new RowError('field-wrong');
  return Number.parseInt(text, 10);
}

/** A row's geometry in pixels; what lies a little outside of the photo is moved to its edge and counted. @throws RowError */
export function geometryOfRow({ numbers }: YoloRow, size: Size, four: FourCorners, loss: LossCounter): Geometry {
  if (numbers.length === 4) return boxOfRow(numbers as [number, number, number, number], size, loss);
  let moved = false;
  const inside = (share: number): number => {
    if (share < -slack || share > 1 + slack) throw new RowError('number-out-of-range');
    moved ||= share < -rounding || share > 1 + rounding;
    return Math.min(1, Math.max(0, share));
  };
  const points: [Pixels, Pixels][] = [];
  for (let i = 0; i < numbers.length; i += 2) {
    points.push([inside(numbers[i]!) * size.width, inside(numbers[i + 1]!) * size.height]);
  }
  if (moved) loss.add('clamped');
  return (four === 'turned-box' && boxOfCorners(points)) || { type: 'polygon', parts: [{ outer: points, holes: [] }] };
}

/** A box, upright where its first corner is the top left one and the second lies level with it; null where corners make none. */
function boxOfCorners(points: readonly Point[]): Geometry | null {
  const upright = uprightBoxOf(points);
  const [a, b] = points;
  if (upright !== null && a![0] === upright.x && a![1] === upright.y && b![1] === upright.y) return upright;
  return rotatedBoxOf(points, 1);
}

/** Whether four corners make a rectangle, as those of turned boxes do. */
export function isRectangle({ numbers }: YoloRow, size: Size): boolean {
  const points: Point[] = [];
  for (let i = 0; i < 8; i += 2) points.push([numbers[i]! * size.width, numbers[i + 1]! * size.height]);
  return rotatedBoxOf(points, 1) !== null;
}

function boxOfRow([cx, cy, w, h]: [number, number, number, number], size: Size, loss: LossCounter): BoxGeometry {
  if (w < 0 || h < 0) throw new RowError('box-negative');
  const outside = (share: number) => share < -slack || share > 1 + slack;
  if (outside(cx) || outside(cy) || outside(w) || outside(h)) throw new RowError('number-out-of-range');
  const clampedSide = (
    centre: number,
    length: number,
    side: Pixels,
  ): [start: Pixels, length: Pixels, moved: boolean] => {
    const [from, to] = [centre - length / 2, centre + length / 2];
    if (from >= 0 && to <= 1) return [from * side, length * side, false];
    const [start, end] = [Math.min(1, Math.max(0, from)), Math.min(1, Math.max(0, to))];
    return [start * side, (end - start) * side, from < -rounding || to > 1 + rounding];
  };
  const [x, width, movedX] = clampedSide(cx, w, size.width);
  const [y, height, movedY] = clampedSide(cy, h, size.height);
  if (movedX || movedY) loss.add('clamped');
  return { type: 'box', x, y, w: width, h: height };
}

/** The rows that a geometry takes, without class; what the kind can't hold is counted. Empty where nothing can be written. */
export function rowsOf(kind: YoloKind, geometry: Geometry, size: Size, loss: LossCounter): string[] {
  const { type } = geometry;
  if (type === 'tag' || type === 'span' || type === 'passage' || type === 'point' || type === 'polyline') {
    loss.add(`left-out-${type}`);
    return [];
  }
  const bounds = boundsOf(geometry)!;
  const [right, bottom] = [bounds.x + bounds.w, bounds.y + bounds.h];
  if (right < 0 || bottom < 0 || bounds.x > size.width || bounds.y > size.height) {
    loss.add(`left-out-${type}`);
    return [];
  }
  const over = Math.max(-bounds.x, -bounds.y, right - size.width, bottom - size.height);
  if (over > unseen) loss.add('clamped');
  if (kind === 'detect') {
    if (type !== 'box') loss.add(type);
    return [boxRow(bounds, size)];
  }
  return rings(kind, geometry, loss).map((ring) => ringRow(ring, size));
}

/** Outlines that stand for a geometry, as many as it needs. */
function rings(kind: 'segment' | 'obb', geometry: Geometry, loss: LossCounter): (readonly Point[])[] {
  const { type } = geometry;
  if (kind === 'obb') {
    if (geometry.type === 'rotated-box') return [cornersOf(geometry)];
    if (type !== 'box') loss.add(type);
    if (geometry.type === 'ellipse') {
      const { cx, cy, rx, ry, angle } = geometry;
      return [cornersOf({ type: 'rotated-box', cx, cy, w: 2 * rx, h: 2 * ry, angle })];
    }
    return [cornersOfBox(boundsOf(geometry)!)];
  }
  if (type !== 'polygon') loss.add(type);
  switch (geometry.type) {
    case 'polygon':
    case 'mask': {
      const { parts } = geometry.type === 'mask' ? maskToPolygon(geometry) : geometry;
      if (parts.length > 1) loss.add('parts');
      if (parts.some(({ holes }) => holes.length > 0)) loss.add('holes');
      return parts.map(({ outer }) => outer);
    }
    case 'ellipse':
      return [ellipseRing(geometry)];
    case 'rotated-box':
      return [cornersOf(geometry)];
    default:
      return [cornersOfBox(boundsOf(geometry)!)];
  }
}

function cornersOfBox({ x, y, w, h }: Omit<BoxGeometry, 'type'>): Point[] {
  return [
    [x, y],
    [x + w, y],
    [x + w, y + h],
    [x, y + h],
  ];
}

const share = (value: Pixels, side: Pixels): number => Math.min(1, Math.max(0, value / side));

function boxRow({ x, y, w, h }: Omit<BoxGeometry, 'type'>, { width, height }: Size): string {
  const [left, right] = [share(x, width), share(x + w, width)];
  const [top, bottom] = [share(y, height), share(y + h, height)];
  return [(left + right) / 2, (top + bottom) / 2, right - left, bottom - top].map((n) => n.toFixed(6)).join(' ');
}

/** Corners to their last digit; plain decimals, because readers differ about exponents. */
function ringRow(ring: readonly Point[], { width, height }: Size): string {
  return ring.map(([x, y]) => `${plainDecimal(share(x, width))} ${plainDecimal(share(y, height))}`).join(' ');
}

function plainDecimal(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : text;
}
