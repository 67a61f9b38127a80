import type { Pixels, PolygonGeometry, PolylineGeometry } from '#shared/domain/annotation.ts';
import type { Point } from '../geometry.ts';
import { toThousandth } from './shape-kind.ts';

/** What consists of vertices. */
export type PathGeometry = PolygonGeometry | PolylineGeometry;

/** A place in the picture as documents write it. */
export type Place = [x: Pixels, y: Pixels];

/** One line of vertices: of a polyline, or the outline (`ring` 0) or a hole (`ring` 1 and up) of a part of a polygon. */
export interface Ring {
  readonly part: number;
  readonly ring: number;
  readonly places: readonly Place[];
  readonly closed: boolean;
}

/** A vertex, or with `between` the edge that begins there. */
export interface VertexRef {
  readonly part: number;
  readonly ring: number;
  readonly index: number;
  readonly between: boolean;
}

export function isPath(geometry: { readonly type: string }): geometry is PathGeometry {
  return geometry.type === 'polygon' || geometry.type === 'polyline';
}

/** All lines of vertices, in a fixed order. */
export function ringsOf(geometry: PathGeometry): Ring[] {
  if (geometry.type === 'polyline') return [{ part: 0, ring: 0, places: geometry.points, closed: false }];
  return geometry.parts.flatMap(({ outer, holes }, part) =>
    [outer, ...holes].map((places, ring) => ({ part, ring, places, closed: true })),
  );
}

/** How a vertex or an edge is called as a handle: `0.0.12`, and `0.0.12+` for the edge that begins there. */
export function handleName({ part, ring, index, between }: VertexRef): string {
  return `${part}.${ring}.${index}${between ? '+' : ''}`;
}

/** The vertex or edge that a handle stands for; null for a name that is none. */
export function vertexOf(handle: string): VertexRef | null {
  const found = /^(\d+)\.(\d+)\.(\d+)(\+?)$/.exec(handle);
  if (!found) return null;
  return { part: Number(found[1]), ring: Number(found[2]), index: Number(found[3]), between: found[4] === '+' };
}

/** The line that a vertex belongs to. */
export function ringAt(geometry: PathGeometry, { part, ring }: { part: number; ring: number }): readonly Place[] {
  if (geometry.type === 'polyline') return geometry.points;
  const found = geometry.parts[part];
  return (ring === 0 ? found?.outer : found?.holes[ring - 1]) ?? [];
}

/** Where a vertex is, or the middle of an edge; null when there is none. */
export function placeOf(geometry: PathGeometry, ref: VertexRef): Point | null {
  const places = ringAt(geometry, ref);
  const at = places[ref.index];
  if (!at) return null;
  if (!ref.between) return { x: at[0], y: at[1] };
  const next = places[ref.index + 1] ?? (geometry.type === 'polygon' ? places[0] : undefined);
  return next ? { x: (at[0] + next[0]) / 2, y: (at[1] + next[1]) / 2 } : null;
}

/** A point as documents write it. */
export function toPlace({ x, y }: Point): Place {
  return [toThousandth(x), toThousandth(y)];
}

/** The geometry with one of its lines replaced; everything else is shared. */
function withRing<G extends PathGeometry>(geometry: G, part: number, ring: number, places: Place[]): G {
  if (geometry.type === 'polyline') return { ...geometry, points: places };
  const parts = geometry.parts.slice();
  const old = parts[part]!;
  if (ring === 0) parts[part] = { outer: places, holes: old.holes };
  else parts[part] = { outer: old.outer, holes: old.holes.with(ring - 1, places) };
  return { ...geometry, parts };
}

/** The geometry with one vertex at another place. */
export function withVertexAt<G extends PathGeometry>(geometry: G, ref: VertexRef, to: Point): G {
  const places = ringAt(geometry, ref).slice();
  places[ref.index] = toPlace(to);
  return withRing(geometry, ref.part, ref.ring, places);
}

/** The geometry with a new vertex on the edge that begins at `ref`. */
export function withVertexAfter<G extends PathGeometry>(geometry: G, ref: VertexRef, at: Point): G {
  const places = ringAt(geometry, ref).slice();
  places.splice(ref.index + 1, 0, toPlace(at));
  return withRing(geometry, ref.part, ref.ring, places);
}

/** The geometry with the named vertices moved. */
export function withVerticesMoved<G extends PathGeometry>(
  geometry: G,
  handles: readonly string[],
  dx: Pixels,
  dy: Pixels,
): G {
  const byRing = Map.groupBy(vertices(handles), ({ part, ring }) => `${part}.${ring}`);
  let moved = geometry;
  for (const [first, ...rest] of byRing.values()) {
    const places = ringAt(moved, first!).slice();
    for (const { index } of [first!, ...rest]) {
      const at = places[index];
      if (at) places[index] = toPlace({ x: at[0] + dx, y: at[1] + dy });
    }
    moved = withRing(moved, first!.part, first!.ring, places);
  }
  return moved;
}

/** The geometry without the named vertices: a line that is left with too few is gone, null when nothing remains. */
export function withoutVertices<G extends PathGeometry>(geometry: G, handles: readonly string[]): G | null {
  const gone = new Set(handles);
  const left = (places: readonly Place[], part: number, ring: number): Place[] =>
    places.filter((_, index) => !gone.has(handleName({ part, ring, index, between: false })));
  if (geometry.type === 'polyline') {
    const points = left(geometry.points, 0, 0);
    return points.length < 2 ? null : { ...geometry, points };
  }
  const parts = geometry.parts
    .map(({ outer, holes }, part) => ({
      outer: left(outer, part, 0),
      holes: holes.map((hole, index) => left(hole, part, index + 1)).filter((hole) => hole.length >= 3),
    }))
    .filter(({ outer }) => outer.length >= 3);
  return parts.length === 0 ? null : { ...geometry, parts };
}

/** The geometry moved as a whole. */
export function movedPath<G extends PathGeometry>(geometry: G, dx: Pixels, dy: Pixels): G {
  const moved = (places: readonly Place[]): Place[] => places.map(([x, y]) => toPlace({ x: x + dx, y: y + dy }));
  if (geometry.type === 'polyline') return { ...geometry, points: moved(geometry.points) };
  return {
    ...geometry,
    parts: geometry.parts.map(({ outer, holes }) => ({ outer: moved(outer), holes: holes.map(moved) })),
  };
}

/** The geometry with every vertex put through `change`. */
export function mappedPath<G extends PathGeometry>(geometry: G, change: (place: Place) => Place): G {
  if (geometry.type === 'polyline') return { ...geometry, points: geometry.points.map(change) };
  return {
    ...geometry,
    parts: geometry.parts.map(({ outer, holes }) => ({
      outer: outer.map(change),
      holes: holes.map((hole) => hole.map(change)),
    })),
  };
}

/** The vertices among named handles. */
function vertices(handles: readonly string[]): VertexRef[] {
  return handles.map(vertexOf).filter((ref) => ref !== null);
}
