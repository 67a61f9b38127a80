import type { Pixels, Shape, ShapeId } from '#shared/domain/annotation.ts';
import type { Point } from './geometry.ts';
import { isPath, ringAt, ringsOf, toPlace, withVertexAfter, type PathGeometry } from './shapes/paths.ts';
import { withGeometry } from './shapes/shape-kinds.ts';

/** A place on the outline of a shape: one of its vertices, or somewhere on the edge that begins at it. */
export interface RingPlace {
  readonly shape: ShapeId;
  readonly part: number;
  readonly ring: number;
  readonly index: number;
  readonly on: 'vertex' | 'edge';
}

export interface SnapHit {
  /** Image pixels: exactly the vertex, or the nearest point of the edge to a thousandth of a pixel. */
  readonly at: Point;
  readonly place: RingPlace;
}

/** A point of a line under way: where it is and what of another shape it lies on. */
export interface PathPoint extends Point {
  readonly on: RingPlace | null;
}

/**
 * What a point is drawn to within `reach` image pixels: the nearest vertex of the outlines, or else the nearest of their
 * edges. The outlines of `apart` are left out of it.
 */
export function snapTo(
  shapes: Iterable<Shape>,
  point: Point,
  reach: Pixels,
  apart: readonly ShapeId[],
): SnapHit | null {
  let vertex: { hit: SnapHit; away: number } | null = null;
  let edge: { hit: SnapHit; away: number } | null = null;
  for (const { id, geometry } of shapes) {
    if (!isPath(geometry) || apart.includes(id)) continue;
    for (const { part, ring, places, closed } of ringsOf(geometry)) {
      for (let index = 0; index < places.length; index += 1) {
        const [ax, ay] = places[index]!;
        const away = Math.hypot(ax - point.x, ay - point.y);
        if (away <= reach && away < (vertex?.away ?? Infinity)) {
          vertex = { hit: { at: { x: ax, y: ay }, place: { shape: id, part, ring, index, on: 'vertex' } }, away };
        }
        if (vertex) continue;
        const next = places[index + 1] ?? (closed ? places[0] : undefined);
        const near = next && nearestOn(ax, ay, next[0], next[1], point, reach);
        if (!near || near.away >= (edge?.away ?? Infinity)) continue;
        const [x, y] = toPlace(near);
        edge = { hit: { at: { x, y }, place: { shape: id, part, ring, index, on: 'edge' } }, away: near.away };
      }
    }
  }
  return (vertex ?? edge)?.hit ?? null;
}

/** The nearest point of a stretch, when it is within reach. */
function nearestOn(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  point: Point,
  reach: number,
): (Point & { away: number }) | null {
  // Most edges are nowhere near.
  if (Math.min(ax, bx) - reach > point.x || Math.max(ax, bx) + reach < point.x) return null;
  if (Math.min(ay, by) - reach > point.y || Math.max(ay, by) + reach < point.y) return null;
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  if (length === 0) return null;
  const along = Math.min(Math.max(((point.x - ax) * dx + (point.y - ay) * dy) / length, 0), 1);
  const [x, y] = [ax + along * dx, ay + along * dy];
  const away = Math.hypot(x - point.x, y - point.y);
  return away <= reach ? { x, y, away } : null;
}

/** True when both lie on the same line of vertices. */
export function onSameRing(a: RingPlace | null, b: RingPlace | null): boolean {
  return a !== null && b !== null && a.shape === b.shape && a.part === b.part && a.ring === b.ring;
}

/**
 * The vertices between two places of one outline, along it: the shorter way round, or with `longWay` the other. Both places
 * themselves are left out.
 */
export function borderBetween(
  geometry: PathGeometry,
  from: PathPoint,
  to: PathPoint,
  longWay: boolean,
): readonly PathPoint[] {
  if (!from.on || !to.on || !onSameRing(from.on, to.on)) return [];
  const places = ringAt(geometry, from.on);
  const forward = walk(places, from, to, geometry.type === 'polygon');
  const backward = walk(places, to, from, geometry.type === 'polygon')?.toReversed() ?? null;
  if (!forward || !backward) return forward ?? backward ?? [];
  const [shorter, longer] =
    lengthOf(from, forward, to) <= lengthOf(from, backward, to) ? [forward, backward] : [backward, forward];
  return longWay ? longer : shorter;
}

/** The vertices met when walking from one place to another in the order of the ring; null where an open line ends before. */
function walk(
  places: readonly (readonly [number, number])[],
  from: PathPoint,
  to: PathPoint,
  closed: boolean,
): PathPoint[] | null {
  const [a, b] = [from.on!, to.on!];
  const ahead = b.on === 'edge' && b.index === a.index && isAhead(places[a.index]!, from, to);
  if (ahead) return [];
  const met: PathPoint[] = [];
  // An edge is left behind at the vertex after the one it begins at; the vertex that `b` is, or whose edge it lies on, is last.
  for (let step = 1; step <= places.length; step += 1) {
    const index = a.index + step;
    if (!closed && index >= places.length) return null;
    const at = index % places.length;
    if (at === b.index && b.on === 'vertex') return met;
    const [x, y] = places[at]!;
    met.push({ x, y, on: { ...a, index: at, on: 'vertex' } });
    if (at === b.index) return met;
  }
  return met;
}

/** Whether `to` lies further along an edge than `from`. */
function isAhead([x, y]: readonly [number, number], from: Point, to: Point): boolean {
  return Math.hypot(to.x - x, to.y - y) >= Math.hypot(from.x - x, from.y - y);
}

function lengthOf(from: Point, between: readonly Point[], to: Point): number {
  let length = 0;
  let last = from;
  for (const point of [...between, to]) {
    length += Math.hypot(point.x - last.x, point.y - last.y);
    last = point;
  }
  return length;
}

/**
 * The shapes whose edges points were drawn to, with those points as vertices of their own: from then on the border between
 * them and what was drawn is made of the same vertices.
 */
export function withSharedVertices(
  points: readonly PathPoint[],
  shape: (id: ShapeId) => Shape | undefined,
): readonly Shape[] {
  const onEdges = points.filter(({ on }) => on?.on === 'edge');
  const byShape = Map.groupBy(onEdges, ({ on }) => on!.shape);
  return [...byShape].flatMap(([id, found]) => {
    const original = shape(id);
    if (!original || !isPath(original.geometry)) return [];
    let geometry: PathGeometry = original.geometry;
    const start = (on: RingPlace): readonly [number, number] =>
      ringAt(original.geometry as PathGeometry, on)[on.index]!;
    // From the end of each ring to its beginning, so that the places named before stay right.
    const order = found.toSorted(
      (a, b) => b.on!.index - a.on!.index || distanceFrom(start(b.on!), b) - distanceFrom(start(a.on!), a),
    );
    for (const point of order) {
      const places = ringAt(geometry, point.on!);
      const isThere = places.some(([x, y]) => x === point.x && y === point.y);
      if (!isThere) geometry = withVertexAfter(geometry, { ...point.on!, between: false }, point);
    }
    return geometry === original.geometry ? [] : [withGeometry(original, geometry)];
  });
}

function distanceFrom([x, y]: readonly [number, number], point: Point): number {
  return Math.hypot(point.x - x, point.y - y);
}
