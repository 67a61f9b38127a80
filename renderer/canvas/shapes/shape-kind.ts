import type { Change, Geometry, Pixels } from '#shared/domain/annotation.ts';
import type { Point, Rect } from '../geometry.ts';

/** What a kind of shape can do without being drawn: pure geometry in image pixels. One object a kind. */
export interface ShapeKind<G extends Geometry> {
  readonly type: G['type'];
  /** The smallest rectangle around it; null for what lies nowhere in the picture. */
  bounds(geometry: G): Rect | null;
  /** Area in square pixels; the smallest of overlapping shapes is found by it. */
  area(geometry: G): number;
  /** True when a click at `point` means this shape; `tolerance` in image pixels. */
  contains(geometry: G, point: Point, tolerance: Pixels): boolean;
  /** The shape moved; the very same object when it does not move. */
  moved(geometry: G, dx: Pixels, dy: Pixels): G;
  /**
   * The shape with the named handle dragged to `point`; `fromCentre` moves the opposite side as far the other way, `steps`
   * keeps to round angles. Never smaller than the minimum size: the result is always a shape that may be kept.
   */
  resized(geometry: G, handle: string, point: Point, fromCentre: boolean, steps?: boolean): G;
  /** The shape turned clockwise about its own centre; left out where a kind can't be turned. */
  turned?(geometry: G, degrees: number): G;
  /** What dragging a handle is called; `resize` when left out. */
  dragLabel?(handle: string): Change['label'];
}

/**
 * Coordinates that a hand made are kept to a thousandth of a pixel: sixteen times finer than a pointer can tell at the
 * highest zoom, and short to read and to write.
 */
export function toThousandth(value: Pixels): Pixels {
  return Math.round(value * 1000) / 1000;
}
