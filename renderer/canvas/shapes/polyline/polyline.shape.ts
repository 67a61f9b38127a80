import type { PolylineGeometry } from '#shared/domain/annotation.ts';
import { isNearLine, pathKind } from '../path-kind.ts';
import type { ShapeKind } from '../shape-kind.ts';

/** A line that is not closed. Having no inside, it is easier to hit from beside. */
export const polylineShape: ShapeKind<PolylineGeometry> = {
  ...(pathKind as ShapeKind<PolylineGeometry>),
  type: 'polyline',
  area: () => 0,
  contains: (line, point, tolerance) => isNearLine(line, point, 2 * tolerance),
};
