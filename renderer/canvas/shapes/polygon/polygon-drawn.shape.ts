import type { PolygonGeometry } from '#shared/domain/annotation.ts';
import type { DrawnKind } from '../drawn-kind.ts';
import { createLivePath } from '../live-path.ts';
import { pathCost, strokePath } from '../path-painting.ts';

export const drawnPolygonKind: DrawnKind<PolygonGeometry> = {
  type: 'polygon',
  stroke: strokePath,
  cost: pathCost,
  createLive: createLivePath,
};
