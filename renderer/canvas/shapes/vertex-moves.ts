import type { Pixels, Shape } from '#shared/domain/annotation.ts';
import { clampMove, rectBetween, unionOf, type Rect, type Size } from '../geometry.ts';
import { handleName, isPath, placeOf, ringAt, ringsOf, vertexOf, withVerticesMoved } from './paths.ts';
import type { PathGeometry, VertexRef } from './paths.ts';

/** Vertices of one shape, or edges where a vertex is to be inserted, by their handles. */
export interface VertexChoice {
  readonly shape: Shape;
  readonly handles: readonly string[];
}

/**
 * The shape with some vertices moved together, which ends where the first of them would leave `bounds`; null: nowhere. Those of
 * `others` go the same way, and their shapes follow it in the answer.
 */
export function withVerticesBy(
  shape: Shape,
  handles: readonly string[],
  dx: Pixels,
  dy: Pixels,
  { bounds, others }: { readonly bounds: Size | null; readonly others: readonly VertexChoice[] },
): readonly [Shape, ...Shape[]] {
  const around = isPath(shape.geometry) ? areaOf(shape.geometry, handles) : null;
  if (!around) return [shape];
  const way = bounds ? clampMove(around, dx, dy, bounds) : { x: dx, y: dy };
  if (way.x === 0 && way.y === 0) return [shape];
  const moved = ({ shape: one, handles: its }: VertexChoice): Shape =>
    isPath(one.geometry) ? { ...one, geometry: withVerticesMoved(one.geometry, its, way.x, way.y) } : one;
  return [moved({ shape, handles }), ...others.map(moved)];
}

/**
 * The vertices of other outlines that lie exactly where named ones of this shape do, and the edges that run exactly along its
 * named edges: what a border that two shapes share is made of.
 */
export function sharedVertices(
  shape: Shape,
  handles: readonly string[],
  shapesIn: (area: Rect) => readonly Shape[],
): readonly VertexChoice[] {
  const { geometry } = shape;
  const area = isPath(geometry) ? areaOf(geometry, handles) : null;
  if (!isPath(geometry) || !area) return [];
  const refs = handles.map(vertexOf).filter((ref) => ref !== null);
  const wanted = new Set(refs.map((ref) => keyOf(geometry, ref)));
  const kinds = [false, true].filter((between) => refs.some((ref) => ref.between === between));
  return shapesIn(widened(area)).flatMap((other): VertexChoice[] => {
    const path = other.geometry;
    if (other.id === shape.id || !isPath(path)) return [];
    const found = ringsOf(path).flatMap(({ part, ring, places }) =>
      places.flatMap((_, index) =>
        kinds.flatMap((between) => {
          const ref = { part, ring, index, between };
          return wanted.has(keyOf(path, ref)) ? handleName(ref) : [];
        }),
      ),
    );
    return found.length === 0 ? [] : [{ shape: other, handles: found }];
  });
}

/** Bounds are a corner and a size, whose sum may fall short of a vertex in the last digit. */
const slack: Pixels = 0.001;

const widened = ({ left, top, right, bottom }: Rect): Rect => ({
  left: left - slack,
  top: top - slack,
  right: right + slack,
  bottom: bottom + slack,
});

/** The same for vertices that lie in the same place, and for edges between the same two places, whichever way they run. */
function keyOf(geometry: PathGeometry, { index, between, ...line }: VertexRef): string {
  const places = ringAt(geometry, line);
  const [at, next] = [places[index], places[index + 1] ?? (geometry.type === 'polygon' ? places[0] : undefined)];
  if (!between) return String(at);
  return [String(at), String(next)].sort().join(' ');
}

function areaOf(geometry: PathGeometry, handles: readonly string[]): Rect | null {
  const places = handles.map((handle) => {
    const ref = vertexOf(handle);
    return ref && placeOf(geometry, ref);
  });
  return unionOf(places.filter((place) => place !== null).map((place) => rectBetween(place, place)));
}
