import type { Geometry, TagGeometry } from '#shared/domain/annotation.ts';
import { boundsOf } from '#shared/geometry/bounds.ts';

/** A point, in whatever unit the context says (image pixels or CSS pixels). */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A size, in whatever unit the context says. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** An axis-parallel rectangle by its edges; `right >= left`, `bottom >= top`. */
export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The rectangle between two opposite corners, in any order. */
export function rectBetween(a: Point, b: Point): Rect {
  return { left: Math.min(a.x, b.x), top: Math.min(a.y, b.y), right: Math.max(a.x, b.x), bottom: Math.max(a.y, b.y) };
}

/** The smallest rectangle that holds all of `rects`; null for none. */
export function unionOf(rects: Iterable<Rect>): Rect | null {
  let union: { left: number; top: number; right: number; bottom: number } | null = null;
  for (const rect of rects) {
    if (union === null) {
      union = { ...rect };
      continue;
    }
    union.left = Math.min(union.left, rect.left);
    union.top = Math.min(union.top, rect.top);
    union.right = Math.max(union.right, rect.right);
    union.bottom = Math.max(union.bottom, rect.bottom);
  }
  return union;
}

/** `value` kept between `low` and `high`. */
export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/** The point of the rectangle `0,0 .. size` that is nearest to `point`. */
export function clampPoint(point: Point, size: Size): Point {
  return { x: clamp(point.x, 0, size.width), y: clamp(point.y, 0, size.height) };
}

/**
 * How far a rectangle may really move by `dx, dy` without leaving `0,0 .. size`. An edge that is already outside stops
 * nothing: the rectangle may come back in, and may not go further out.
 */
export function clampMove(rect: Rect, dx: number, dy: number, size: Size): Point {
  return {
    x: clamp(dx, Math.min(0, -rect.left), Math.max(0, size.width - rect.right)),
    y: clamp(dy, Math.min(0, -rect.top), Math.max(0, size.height - rect.bottom)),
  };
}

/** Euclidean distance between two points. */
export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** The smallest rectangle around a geometry that lies in the picture. */
export function rectOf(geometry: Exclude<Geometry, TagGeometry>): Rect {
  const { x, y, w, h } = boundsOf(geometry)!;
  return { left: x, top: y, right: x + w, bottom: y + h };
}
