import type { EllipseGeometry, Pixels, RotatedBoxGeometry } from '../domain/annotation.ts';
import { turn } from './bounds.ts';

/** A place in the picture: x and y in pixels. */
export type Point = readonly [x: Pixels, y: Pixels];

/** A point turned by degrees clockwise on the screen about another. */
export function rotatePoint([x, y]: Point, [cx, cy]: Point, degrees: number): [Pixels, Pixels] {
  const [cos, sin] = turn(degrees);
  return [cx + (x - cx) * cos - (y - cy) * sin, cy + (x - cx) * sin + (y - cy) * cos];
}

/** Degrees brought to above -180 and up to 180. */
export function normalAngle(degrees: number): number {
  const rest = ((degrees % 360) + 360) % 360;
  return rest > 180 ? rest - 360 : rest;
}

/** The corners of a turned box, from the one that was top left before it was turned, clockwise on the screen. */
export function cornersOf({ cx, cy, w, h, angle }: RotatedBoxGeometry): [Point, Point, Point, Point] {
  const at = (x: number, y: number): Point => rotatePoint([cx + x, cy + y], [cx, cy], angle);
  return [at(-w / 2, -h / 2), at(w / 2, -h / 2), at(w / 2, h / 2), at(-w / 2, h / 2)];
}

/** An ellipse as a ring of `corners` points that lie on it. */
export function ellipseRing({ cx, cy, rx, ry, angle }: EllipseGeometry, corners = 64): [Pixels, Pixels][] {
  return Array.from({ length: corners }, (_, i) => {
    const at = (2 * Math.PI * i) / corners;
    return rotatePoint([cx + rx * Math.cos(at), cy + ry * Math.sin(at)], [cx, cy], angle);
  });
}

/** Area of a ring in square pixels by the shoelace formula; above 0 where it runs clockwise on the screen. */
export function ringArea(ring: readonly Point[]): number {
  let twice = 0;
  let [px, py] = ring.at(-1) ?? [0, 0];
  for (const [x, y] of ring) {
    twice += px * y - x * py;
    [px, py] = [x, y];
  }
  return twice / 2;
}

/** Distance in pixels from a point to a stretch between two others. */
export function distanceToStretch([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): Pixels {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}
