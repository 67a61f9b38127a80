import { v7 as uuidv7 } from 'uuid';
import { shapeId, type Geometry, type PolygonGeometry, type Shape } from '#shared/domain/annotation.ts';

/** A shape drawn by hand with this geometry. */
export function shapeOf<G extends Geometry>(geometry: G, label: string | null = null): Shape & { geometry: G } {
  return { id: shapeId.parse(uuidv7()), label, geometry, attributes: {}, origin: 'hand' };
}

/** A polygon of one part. */
export function polygonOf(outer: [number, number][], ...holes: [number, number][][]): PolygonGeometry {
  return { type: 'polygon', parts: [{ outer, holes }] };
}

/** An upright rectangle as a polygon. */
export function rectangle(x: number, y: number, w: number, h: number): PolygonGeometry {
  return polygonOf([
    [x, y],
    [x + w, y],
    [x + w, y + h],
    [x, y + h],
  ]);
}
