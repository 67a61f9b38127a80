import type { RotatedBoxGeometry } from '#shared/domain/annotation.ts';
import { cornersOf } from '#shared/geometry/points.ts';
import type { DrawnKind } from '../drawn-kind.ts';
import { createLiveFrame } from '../live-frame.ts';

export const drawnRotatedBoxKind: DrawnKind<RotatedBoxGeometry> = {
  type: 'rotated-box',
  stroke(context, geometry, { k, x, y }) {
    context.beginPath();
    for (const [cx, cy] of cornersOf(geometry)) context.lineTo(cx * k + x, cy * k + y);
    context.closePath();
    context.stroke();
  },
  createLive: () => createLiveFrame((frame) => frame, { turns: true, round: false }),
};
