import type { PointGeometry } from '#shared/domain/annotation.ts';
import { style } from '../../style.ts';
import { createBareObject } from '../bare-object.ts';
import type { DrawnKind, Look, LiveShape } from '../drawn-kind.ts';

/** CSS pixels: the ring around a selected point. */
const strongRadius = 6;

function ring(context: CanvasRenderingContext2D, cx: number, cy: number, size: number): void {
  context.beginPath();
  context.arc(cx, cy, size, 0, 2 * Math.PI);
  context.stroke();
  // The exact place, whatever the ring covers.
  context.fillStyle = context.strokeStyle;
  context.fillRect(cx - context.lineWidth / 2, cy - context.lineWidth / 2, context.lineWidth, context.lineWidth);
}

function createLivePoint(): LiveShape<PointGeometry> {
  const object = createBareObject();
  let shown: { geometry: PointGeometry; look: Look } | null = null;
  object.paint = (context) => {
    if (!shown) return;
    const { geometry, look } = shown;
    const { k, x, y, ratio } = look.placement;
    const at = [geometry.x * k + x, geometry.y * k + y] as const;
    context.strokeStyle = look.colors.edge;
    context.lineWidth = style.halo * ratio;
    ring(context, ...at, strongRadius * ratio);
    context.strokeStyle = look.colors.line;
    context.lineWidth = style.strongLine * ratio;
    ring(context, ...at, strongRadius * ratio);
    if (look.grip === 'none') return;
    const side = style.mark * ratio;
    context.fillStyle = style.handleFill;
    context.fillRect(at[0] - side / 2, at[1] - side / 2, side, side);
  };
  return {
    object,
    show(geometry, look) {
      shown = { geometry, look };
    },
    handleAt(point, { k, x, y, ratio }) {
      if (!shown) return null;
      const { geometry } = shown;
      const away = Math.hypot(geometry.x * k + x - point.x, geometry.y * k + y - point.y);
      if (away > style.handleReach * ratio) return null;
      return { handle: 'point', cursor: 'move', anchor: { x: geometry.x, y: geometry.y } };
    },
  };
}

export const drawnPointKind: DrawnKind<PointGeometry> = {
  type: 'point',
  stroke: (context, geometry, { k, x, y, ratio }) =>
    ring(context, geometry.x * k + x, geometry.y * k + y, style.pointRadius * ratio),
  cost: () => 2,
  createLive: createLivePoint,
};
