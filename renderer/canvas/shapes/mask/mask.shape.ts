import type { MaskGeometry } from '#shared/domain/annotation.ts';
import { geometryContains } from '#shared/geometry/intervals.ts';
import { maskCount } from '#shared/geometry/mask-runs.ts';
import { rectOf } from '../../geometry.ts';
import type { ShapeKind } from '../shape-kind.ts';

/** A painted area. It moves by whole pixels; what it covers is changed with the brush, not by handles. */
export const maskShape: ShapeKind<MaskGeometry> = {
  type: 'mask',
  bounds: rectOf,
  area: maskCount,
  contains(mask, { x, y }, tolerance) {
    const near = [0, -tolerance, tolerance];
    return near.some((dy) => near.some((dx) => geometryContains(mask, x + dx, y + dy)));
  },
  moved(mask, dx, dy) {
    const [x, y] = [mask.x + Math.round(dx), mask.y + Math.round(dy)];
    return x === mask.x && y === mask.y ? mask : { ...mask, x, y };
  },
  resized: (mask) => mask,
};
