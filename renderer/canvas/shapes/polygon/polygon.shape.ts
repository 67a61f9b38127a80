import type { PolygonGeometry } from '#shared/domain/annotation.ts';
import { areaOf } from '#shared/geometry/area.ts';
import { geometryContains } from '#shared/geometry/intervals.ts';
import { isNearLine, pathKind } from '../path-kind.ts';
import type { ShapeKind } from '../shape-kind.ts';

/** One or several areas with holes in them. A click into a hole does not mean the shape. */
export const polygonShape: ShapeKind<PolygonGeometry> = {
  ...(pathKind as ShapeKind<PolygonGeometry>),
  type: 'polygon',
  area: areaOf,
  contains: (polygon, point, tolerance) =>
    geometryContains(polygon, point.x, point.y) || isNearLine(polygon, point, tolerance),
};
