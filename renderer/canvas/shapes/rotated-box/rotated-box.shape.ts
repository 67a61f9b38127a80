import type { RotatedBoxGeometry } from '#shared/domain/annotation.ts';
import { rectOf } from '../../geometry.ts';
import { draggedFrame, frameDragLabel, turnedFrame, uprightPoint } from '../frame.ts';
import { toThousandth, type ShapeKind } from '../shape-kind.ts';

/** A box turned about its centre; its handles turn with it. */
export const rotatedBoxShape: ShapeKind<RotatedBoxGeometry> = {
  type: 'rotated-box',
  bounds: rectOf,
  area: ({ w, h }) => w * h,
  contains(box, point, tolerance) {
    const { x, y } = uprightPoint(box, point);
    return Math.abs(x - box.cx) <= box.w / 2 + tolerance && Math.abs(y - box.cy) <= box.h / 2 + tolerance;
  },
  moved: (box, dx, dy) => ({ ...box, cx: toThousandth(box.cx + dx), cy: toThousandth(box.cy + dy) }),
  resized: (box, handle, point, fromCentre, steps = false) => ({
    type: 'rotated-box',
    ...draggedFrame(box, handle, point, fromCentre, steps),
  }),
  turned: (box, degrees) => ({ type: 'rotated-box', ...turnedFrame(box, degrees) }),
  dragLabel: frameDragLabel,
};
