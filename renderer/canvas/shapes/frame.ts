import type { Change, Pixels } from '#shared/domain/annotation.ts';
import { normalAngle, rotatePoint } from '#shared/geometry/points.ts';
import type { Point } from '../geometry.ts';
import { boxHandles, boxShape, type BoxHandle } from './box/box.shape.ts';
import { toThousandth } from './shape-kind.ts';

/** A turned rectangle: what a rotated box is and what an ellipse lies in. Image pixels, degrees clockwise. */
export interface Frame {
  readonly cx: Pixels;
  readonly cy: Pixels;
  readonly w: Pixels;
  readonly h: Pixels;
  readonly angle: number;
}

/** Name of the handle that turns a frame. */
export const turnHandle = 'turn';

/** Degrees that a turn keeps to while Shift is held. */
const turnStep = 15;

/** A point (image pixels) as it would lie were the frame not turned. */
export function uprightPoint(frame: Frame, { x, y }: Point): Point {
  const [ux, uy] = rotatePoint([x, y], [frame.cx, frame.cy], -frame.angle);
  return { x: ux, y: uy };
}

/** The middle of the side or the corner that a handle stands for, image pixels. */
export function frameAnchor(frame: Frame, handle: BoxHandle): Point {
  const { x: sx, y: sy } = boxHandles[handle];
  const at = [frame.cx + (frame.w * sx) / 2, frame.cy + (frame.h * sy) / 2] as const;
  const [x, y] = rotatePoint(at, [frame.cx, frame.cy], frame.angle);
  return { x, y };
}

/** The frame with a handle dragged to `point`: sides stay as they are turned, the turning handle points its top at it. */
export function draggedFrame(frame: Frame, handle: string, point: Point, fromCentre: boolean, steps: boolean): Frame {
  const { cx, cy, w, h, angle } = frame;
  if (handle === turnHandle) {
    const towards = (Math.atan2(point.y - cy, point.x - cx) * 180) / Math.PI + 90;
    const kept = steps ? Math.round(towards / turnStep) * turnStep : Math.round(towards * 100) / 100;
    return { ...frame, angle: normalAngle(kept) };
  }
  const box = { type: 'box', x: cx - w / 2, y: cy - h / 2, w, h } as const;
  const dragged = boxShape.resized(box, handle, uprightPoint(frame, point), fromCentre);
  const middle = [dragged.x + dragged.w / 2, dragged.y + dragged.h / 2] as const;
  const [x, y] = rotatePoint(middle, [cx, cy], angle);
  return { cx: toThousandth(x), cy: toThousandth(y), w: dragged.w, h: dragged.h, angle };
}

/** Turned clockwise about its centre, to a hundredth of a degree. */
export function turnedFrame(frame: Frame, degrees: number): Frame {
  return { ...frame, angle: normalAngle(Math.round((frame.angle + degrees) * 100) / 100) };
}

/** What dragging a handle of a frame is called. */
export function frameDragLabel(handle: string): Change['label'] {
  return handle === turnHandle ? 'rotate' : 'resize';
}

/**
 * A frame from its first edge (two points) and a third point that tells how wide it is and to which side; null when it is
 * smaller than `least` either way. The edge is its top side, so that its angle is that of the edge.
 */
export function frameOnEdge(a: Point, b: Point, towards: Point, least: Pixels): Frame | null {
  const w = Math.hypot(b.x - a.x, b.y - a.y);
  if (w < least) return null;
  const [ux, uy] = [(b.x - a.x) / w, (b.y - a.y) / w];
  // How far the third point lies to the right of the edge (below it where the edge runs to the right).
  const depth = (towards.y - a.y) * ux - (towards.x - a.x) * uy;
  const h = Math.abs(depth);
  if (h < least) return null;
  const angle = normalAngle(Math.round((Math.atan2(uy, ux) * 18_000) / Math.PI) / 100);
  return {
    cx: toThousandth((a.x + b.x) / 2 - (uy * depth) / 2),
    cy: toThousandth((a.y + b.y) / 2 + (ux * depth) / 2),
    w: toThousandth(w),
    h: toThousandth(h),
    angle: depth < 0 ? normalAngle(angle + 180) : angle,
  };
}
