import type { BoxGeometry, Pixels } from '#shared/domain/annotation.ts';
import { rectBetween, type Point, type Rect } from '../../geometry.ts';
import { minimumSize } from '../../tools/tool.ts';
import { toThousandth, type ShapeKind } from '../shape-kind.ts';

/** Where a handle sits on the box: -1 low edge, 0 middle, 1 high edge. A 0 means that axis is not dragged. */
export const boxHandles = {
  nw: { x: -1, y: -1, cursor: 'nwse-resize' },
  n: { x: 0, y: -1, cursor: 'ns-resize' },
  ne: { x: 1, y: -1, cursor: 'nesw-resize' },
  e: { x: 1, y: 0, cursor: 'ew-resize' },
  se: { x: 1, y: 1, cursor: 'nwse-resize' },
  s: { x: 0, y: 1, cursor: 'ns-resize' },
  sw: { x: -1, y: 1, cursor: 'nesw-resize' },
  w: { x: -1, y: 0, cursor: 'ew-resize' },
} as const;

export type BoxHandle = keyof typeof boxHandles;

/** The box with these edges, its coordinates to a thousandth of a pixel. */
export function boxFromRect(rect: Rect): BoxGeometry {
  const x = toThousandth(rect.left);
  const y = toThousandth(rect.top);
  return { type: 'box', x, y, w: toThousandth(rect.right - x), h: toThousandth(rect.bottom - y) };
}

/**
 * The box drawn from `start` to `end` (image pixels, any direction); with `fromCentre` `start` is its middle. Null when it
 * is smaller than a pixel either way: that was a slip, not a box.
 */
export function drawnBox(start: Point, end: Point, fromCentre: boolean): BoxGeometry | null {
  const from = fromCentre ? { x: 2 * start.x - end.x, y: 2 * start.y - end.y } : start;
  const box = boxFromRect(rectBetween(from, end));
  return box.w < minimumSize || box.h < minimumSize ? null : box;
}

/** One axis of a resize: the edges after dragging the low (-1) or high (1) one to `to`. */
function dragged(low: Pixels, high: Pixels, side: number, to: Pixels, fromCentre: boolean): [Pixels, Pixels] {
  if (side === 0) return [low, high];
  const fixed = fromCentre ? low + high - to : side < 0 ? high : low;
  // A box dragged through itself comes out on the other side; one that would be too thin keeps the minimum.
  const direction = to === fixed ? side : Math.sign(to - fixed);
  const size = Math.max(Math.abs(to - fixed), minimumSize);
  if (fromCentre) {
    const middle = (low + high) / 2;
    return [middle - size / 2, middle + size / 2];
  }
  return direction < 0 ? [fixed - size, fixed] : [fixed, fixed + size];
}

export const boxShape: ShapeKind<BoxGeometry> = {
  type: 'box',
  bounds: ({ x, y, w, h }) => ({ left: x, top: y, right: x + w, bottom: y + h }),
  area: ({ w, h }) => w * h,
  contains: ({ x, y, w, h }, point, tolerance) =>
    point.x >= x - tolerance &&
    point.x <= x + w + tolerance &&
    point.y >= y - tolerance &&
    point.y <= y + h + tolerance,
  moved: (box, dx, dy) => ({ ...box, x: toThousandth(box.x + dx), y: toThousandth(box.y + dy) }),
  resized(box, handle, point, fromCentre) {
    const side = boxHandles[handle as BoxHandle];
    const [left, right] = dragged(box.x, box.x + box.w, side.x, point.x, fromCentre);
    const [top, bottom] = dragged(box.y, box.y + box.h, side.y, point.y, fromCentre);
    const resized = boxFromRect({ left, top, right, bottom });
    // An axis that was not dragged keeps its numbers as they were, be they ever so long.
    return {
      ...resized,
      ...(side.x === 0 ? { x: box.x, w: box.w } : {}),
      ...(side.y === 0 ? { y: box.y, h: box.h } : {}),
    };
  },
};
