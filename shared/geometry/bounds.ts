import type { Geometry, Pixels } from '../domain/annotation.ts';

/** An axis-parallel rectangle by its corner and size, in pixels; half open like a box. */
export interface Bounds {
  x: Pixels;
  y: Pixels;
  w: Pixels;
  h: Pixels;
}

/** The smallest rectangle around a geometry, in pixels; null for tags and spans of sound, which lie nowhere in a picture. */
export function boundsOf(geometry: Geometry): Bounds | null {
  switch (geometry.type) {
    case 'box':
    case 'mask':
      return { x: geometry.x, y: geometry.y, w: geometry.w, h: geometry.h };
    case 'rotated-box': {
      const [cos, sin] = turn(geometry.angle);
      const w = Math.abs(geometry.w * cos) + Math.abs(geometry.h * sin);
      const h = Math.abs(geometry.w * sin) + Math.abs(geometry.h * cos);
      return { x: geometry.cx - w / 2, y: geometry.cy - h / 2, w, h };
    }
    case 'ellipse': {
      // Half the extent along x is the length of (rx cos, ry sin): the support function of an ellipse.
      const [cos, sin] = turn(geometry.angle);
      const w = Math.hypot(geometry.rx * cos, geometry.ry * sin);
      const h = Math.hypot(geometry.rx * sin, geometry.ry * cos);
      return { x: geometry.cx - w, y: geometry.cy - h, w: 2 * w, h: 2 * h };
    }
    case 'polygon':
      return around(geometry.parts.flatMap(({ outer }) => outer));
    case 'polyline':
      return around(geometry.points);
    case 'point':
      return { x: geometry.x, y: geometry.y, w: 0, h: 0 };
    case 'tag':
    case 'span':
    case 'passage':
      return null;
  }
}

/** Cosine and sine of an angle in degrees; exact at quarter turns, so that an upright shape keeps its numbers. */
export function turn(degrees: number): readonly [cos: number, sin: number] {
  switch (((degrees % 360) + 360) % 360) {
    case 0:
      return [1, 0];
    case 90:
      return [0, 1];
    case 180:
      return [-1, 0];
    case 270:
      return [0, -1];
    default: {
      const radians = (degrees * Math.PI) / 180;
      return [Math.cos(radians), Math.sin(radians)];
    }
  }
}

function around(points: readonly (readonly [Pixels, Pixels])[]): Bounds {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return { x: left, y: top, w: right - left, h: bottom - top };
}
