import type { PointGeometry } from '#shared/domain/annotation.ts';
import { distance } from '../../geometry.ts';
import { toThousandth, type ShapeKind } from '../shape-kind.ts';

/** A place in the picture, drawn as a mark of the same size at every zoom. */
export const pointShape: ShapeKind<PointGeometry> = {
  type: 'point',
  bounds: ({ x, y }) => ({ left: x, top: y, right: x, bottom: y }),
  area: () => 0,
  contains: (mark, point, tolerance) => distance(mark, point) <= 2 * tolerance,
  moved: ({ x, y }, dx, dy) => ({ type: 'point', x: toThousandth(x + dx), y: toThousandth(y + dy) }),
  resized: (_, __, { x, y }) => ({ type: 'point', x: toThousandth(x), y: toThousandth(y) }),
  dragLabel: () => 'move',
};
