import type { Shape } from '#shared/domain/annotation.ts';
import { clampMove, rectBetween, unionOf, type Size } from '../geometry.ts';
import { isPath, placeOf, vertexOf, withVerticesMoved } from './paths.ts';

/** The shape with some vertices moved together, which ends where the first of them would leave `bounds`; null: nowhere. */
export function withVerticesBy(
  shape: Shape,
  handles: readonly string[],
  dx: number,
  dy: number,
  bounds: Size | null,
): Shape {
  const { geometry } = shape;
  if (!isPath(geometry)) return shape;
  const places = handles.map((handle) => {
    const ref = vertexOf(handle);
    return ref && placeOf(geometry, ref);
  });
  const around = unionOf(places.filter((place) => place !== null).map((place) => rectBetween(place, place)));
  if (!around) return shape;
  const way = bounds ? clampMove(around, dx, dy, bounds) : { x: dx, y: dy };
  if (way.x === 0 && way.y === 0) return shape;
  return { ...shape, geometry: withVerticesMoved(geometry, handles, way.x, way.y) };
}
