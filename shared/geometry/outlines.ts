import type { Geometry } from '../domain/annotation.ts';
import { cornersOf, ellipseRing, type Point } from './points.ts';

/** A line through points, closed or not. */
export interface Outline {
  points: readonly Point[];
  closed: boolean;
}

/** What there is to measure from corner to line; null for masks (their rectangle is measured) tags and spans. */
export function outlinesOf(geometry: Geometry): Outline[] | null {
  switch (geometry.type) {
    case 'box': {
      const { x, y, w, h } = geometry;
      const points: Point[] = [
        [x, y],
        [x + w, y],
        [x + w, y + h],
        [x, y + h],
      ];
      return [{ closed: true, points }];
    }
    case 'rotated-box':
      return [{ points: cornersOf(geometry), closed: true }];
    case 'ellipse':
      return [{ points: ellipseRing(geometry), closed: true }];
    case 'polygon':
      return geometry.parts
        .flatMap(({ outer, holes }) => [outer, ...holes])
        .map((points) => ({ points, closed: true }));
    case 'polyline':
      return [{ points: geometry.points, closed: false }];
    case 'point':
      return [{ points: [[geometry.x, geometry.y]], closed: false }];
    case 'mask':
    case 'tag':
    case 'span':
    case 'passage':
      return null;
  }
}
