import type { BoxGeometry } from '#shared/domain/annotation.ts';
import type { DrawnKind } from '../drawn-kind.ts';
import { createLiveFrame } from '../live-frame.ts';

export const drawnBoxKind: DrawnKind<BoxGeometry> = {
  type: 'box',
  stroke(context, { x, y, w, h }, placement) {
    const { k } = placement;
    context.strokeRect(x * k + placement.x, y * k + placement.y, w * k, h * k);
  },
  createLive: () =>
    createLiveFrame(({ x, y, w, h }) => ({ cx: x + w / 2, cy: y + h / 2, w, h, angle: 0 }), {
      turns: false,
      round: false,
    }),
};
