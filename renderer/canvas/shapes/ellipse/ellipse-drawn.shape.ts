import type { EllipseGeometry } from '#shared/domain/annotation.ts';
import type { DrawnKind } from '../drawn-kind.ts';
import { createLiveFrame } from '../live-frame.ts';
import { frameOfEllipse } from './ellipse.shape.ts';

export const drawnEllipseKind: DrawnKind<EllipseGeometry> = {
  type: 'ellipse',
  stroke(context, { cx, cy, rx, ry, angle }, { k, x, y }) {
    context.beginPath();
    context.ellipse(cx * k + x, cy * k + y, rx * k, ry * k, (angle * Math.PI) / 180, 0, 2 * Math.PI);
    context.stroke();
  },
  cost: () => 3,
  createLive: () => createLiveFrame(frameOfEllipse, { turns: true, round: true }),
};
