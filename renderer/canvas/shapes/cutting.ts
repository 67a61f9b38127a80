import type { MaskGeometry, PolygonGeometry, Shape, ShapeId } from '#shared/domain/annotation.ts';
import { maskCount, maskOr, maskToPolygon, ringsToMask } from '#shared/geometry/mask-runs.ts';
import { unite } from '#shared/geometry/regions.ts';
import type { Point, Size } from '../geometry.ts';
import { mappedPath, toPlace } from './paths.ts';
import { slicedPolygon } from './slicing.ts';

/** Geometries that can be cut apart and joined. */
function isArea(shape: Shape): shape is Shape & { geometry: PolygonGeometry | MaskGeometry } {
  return shape.geometry.type === 'polygon' || shape.geometry.type === 'mask';
}

/**
 * The pieces that a line cuts a polygon or mask into, the largest first: it stays the same object, the others are new ones of
 * the same class with the same attributes. Null where the line does not go right through.
 */
export function slicedShape(shape: Shape, line: readonly Point[], newId: () => ShapeId): Shape[] | null {
  if (!isArea(shape)) return null;
  const { geometry } = shape;
  const pieces = geometry.type === 'polygon' ? slicedPolygon(geometry, line) : slicedMask(geometry, line);
  if (!pieces) return null;
  return pieces.map((piece, index) =>
    index === 0 ? { ...shape, geometry: piece } : withoutOrigin(shape, piece, newId()),
  );
}

/** A piece cut off is an object of its own: it was not taken from the proposal or the file that the whole came from. */
function withoutOrigin({ label, attributes }: Shape, geometry: Shape['geometry'], id: ShapeId): Shape {
  return { id, label, geometry, attributes, origin: 'hand' };
}

function slicedMask(mask: MaskGeometry, line: readonly Point[]): MaskGeometry[] | null {
  const size = { width: mask.x + mask.w, height: mask.y + mask.h };
  const pieces = slicedPolygon(maskToPolygon(mask), line)?.map((piece) => ringsToMask(piece, size));
  const painted = (pieces ?? []).filter((piece) => piece !== null);
  return painted.length < 2 ? null : painted.toSorted((a, b) => maskCount(b) - maskCount(a));
}

/** True when these shapes can become one. */
export function canJoin(shapes: readonly Shape[]): boolean {
  return shapes.length >= 2 && shapes.every(isArea);
}

/**
 * The first of several polygons and masks with all that any of them covers; null when something else is among them. Of masks
 * and polygons together a mask of `size` at most is made.
 */
export function joinedShape(shapes: readonly Shape[], size: Size): Shape | null {
  const areas = shapes.filter(isArea);
  const [first, ...others] = areas;
  if (!first || others.length === 0 || areas.length < shapes.length) return null;
  const geometries = areas.map(({ geometry }) => geometry);
  const polygons = geometries.filter((geometry) => geometry.type === 'polygon');
  const [polygon, ...rest] = polygons;
  if (polygon && polygons.length === geometries.length) {
    return { ...first, geometry: mappedPath(unite(polygon, ...rest), ([x, y]) => toPlace({ x, y })) };
  }
  const masks = geometries
    .map((geometry) => (geometry.type === 'mask' ? geometry : ringsToMask(geometry, size)))
    .filter((mask) => mask !== null);
  return masks.length === 0 ? null : { ...first, geometry: masks.reduce(maskOr) };
}
