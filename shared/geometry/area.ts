import type { Geometry } from '../domain/annotation.ts';
import { maskCount } from './mask-runs.ts';
import { ringArea } from './points.ts';

/** Area in square pixels: shoelace less the holes for polygons, painted pixels for masks, 0 for lines, points, tags and spans. */
export function areaOf(geometry: Geometry): number {
  switch (geometry.type) {
    case 'box':
    case 'rotated-box':
      return geometry.w * geometry.h;
    case 'ellipse':
      return Math.PI * geometry.rx * geometry.ry;
    case 'mask':
      return maskCount(geometry);
    case 'polygon':
      return geometry.parts.reduce(
        (sum, { outer, holes }) =>
          sum + Math.abs(ringArea(outer)) - holes.reduce((gone, hole) => gone + Math.abs(ringArea(hole)), 0),
        0,
      );
    case 'polyline':
    case 'point':
    case 'tag':
    case 'span':
    case 'passage':
      return 0;
  }
}
