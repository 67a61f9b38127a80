import { distanceToStretch, rotatePoint } from '#shared/geometry/points.ts';
import { rectOf, type Point } from '../geometry.ts';
import {
  mappedPath,
  movedPath,
  ringsOf,
  toPlace,
  vertexOf,
  withVertexAfter,
  withVertexAt,
  type PathGeometry,
} from './paths.ts';
import { ringAt } from './paths.ts';
import type { ShapeKind } from './shape-kind.ts';

/** True when a point lies within `tolerance` of a line of the path. */
export function isNearLine(geometry: PathGeometry, { x, y }: Point, tolerance: number): boolean {
  return ringsOf(geometry).some(({ places, closed }) =>
    places.some((place, index) => {
      const next = places[index + 1] ?? (closed ? places[0] : undefined);
      return next !== undefined && distanceToStretch([x, y], place, next) <= tolerance;
    }),
  );
}

/** What all kinds made of vertices have in common. */
export const pathKind: Omit<ShapeKind<PathGeometry>, 'type' | 'area' | 'contains'> = {
  bounds: rectOf,
  moved: (path, dx, dy) => movedPath(path, dx, dy),
  resized(path, handle, point, _, steps = false) {
    const ref = vertexOf(handle);
    if (!ref) return path;
    if (ref.between) return withVertexAfter(path, ref, point);
    return withVertexAt(path, ref, steps ? inSteps(path, ref, point) : point);
  },
  turned(path, degrees) {
    const bounds = rectOf(path)!;
    const centre = [(bounds.left + bounds.right) / 2, (bounds.top + bounds.bottom) / 2] as const;
    return mappedPath(path, (place) => {
      const [x, y] = rotatePoint(place, centre, degrees);
      return toPlace({ x, y });
    });
  },
  dragLabel: () => 'reshape',
};

/** A vertex kept to a multiple of 45 degrees from the one before it. */
function inSteps(path: PathGeometry, ref: { part: number; ring: number; index: number }, point: Point): Point {
  const places = ringAt(path, ref);
  const before = places[ref.index - 1] ?? (path.type === 'polygon' ? places.at(-1) : places[ref.index + 1]);
  return before ? atRoundAngle({ x: before[0], y: before[1] }, point) : point;
}

/** The point nearest to `to` in one of the eight directions from `from`. */
export function atRoundAngle(from: Point, to: Point): Point {
  const angle = (Math.round(Math.atan2(to.y - from.y, to.x - from.x) / (Math.PI / 4)) * Math.PI) / 4;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const length = (to.x - from.x) * cos + (to.y - from.y) * sin;
  return { x: from.x + length * cos, y: from.y + length * sin };
}
