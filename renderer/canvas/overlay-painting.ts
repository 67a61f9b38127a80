import type { Point } from './geometry.ts';
import type { Placement } from './layer.ts';
import type { Names } from './names.ts';
import { style } from './style.ts';
import type { Overlay } from './tools/tool.ts';

/** CSS pixels: the ring that shows what a point snaps to, and the one around a point that closes a line. */
const snapRadius = 7;
const closingRadius = 9;

/** Paints what a tool shows beside shapes: points placed, the line that cuts, the brush, where something snaps to. */
export function paintOverlay(
  context: CanvasRenderingContext2D,
  overlay: Overlay,
  placement: Placement,
  names: Names,
): void {
  const { line, dots, closing, brush, stroke, snap } = overlay;
  if (stroke) paintStroke(context, stroke, names.colorOf(stroke.label), placement);
  if (line && line.length > 1) paintLine(context, line, placement);
  if (dots) paintDots(context, dots, placement);
  if (closing) ring(context, closing, closingRadius, style.chosenFill, placement);
  if (brush) paintBrush(context, brush, placement);
  if (snap) paintSnap(context, snap, placement);
}

function trace(context: CanvasRenderingContext2D, points: readonly Point[], { k, x, y }: Placement): void {
  context.beginPath();
  for (const point of points) context.lineTo(point.x * k + x, point.y * k + y);
}

/** A line that is no shape: white dashes on a dark ground. */
function paintLine(context: CanvasRenderingContext2D, line: readonly Point[], placement: Placement): void {
  const { ratio } = placement;
  trace(context, line, placement);
  context.lineJoin = 'round';
  context.strokeStyle = style.darkEdge;
  context.lineWidth = 4 * ratio;
  context.stroke();
  context.setLineDash([6 * ratio, 4 * ratio]);
  context.strokeStyle = style.marqueeLine;
  context.lineWidth = 1.5 * ratio;
  context.stroke();
  context.setLineDash([]);
}

function paintDots(context: CanvasRenderingContext2D, dots: readonly Point[], { k, x, y, ratio }: Placement): void {
  const side = (style.vertex - 1) * ratio;
  context.fillStyle = style.handleFill;
  context.strokeStyle = style.handleStroke;
  context.lineWidth = ratio;
  for (const dot of dots) {
    const [left, top] = [dot.x * k + x - side / 2, dot.y * k + y - side / 2];
    context.fillRect(left, top, side, side);
    context.strokeRect(left, top, side, side);
  }
}

function ring(context: CanvasRenderingContext2D, at: Point, radius: number, color: string, placement: Placement): void {
  const { k, x, y, ratio } = placement;
  context.beginPath();
  context.arc(at.x * k + x, at.y * k + y, radius * ratio, 0, 2 * Math.PI);
  context.lineWidth = 4 * ratio;
  context.strokeStyle = style.darkEdge;
  context.stroke();
  context.lineWidth = 2 * ratio;
  context.strokeStyle = color;
  context.stroke();
}

/** A ring on a vertex, a diamond on an edge: told apart by more than their place. */
function paintSnap(
  context: CanvasRenderingContext2D,
  { at, on }: NonNullable<Overlay['snap']>,
  placement: Placement,
): void {
  if (on === 'vertex') return ring(context, at, snapRadius, style.chosenFill, placement);
  const { k, x, y, ratio } = placement;
  const [cx, cy, reach] = [at.x * k + x, at.y * k + y, snapRadius * ratio];
  context.beginPath();
  context.moveTo(cx, cy - reach);
  context.lineTo(cx + reach, cy);
  context.lineTo(cx, cy + reach);
  context.lineTo(cx - reach, cy);
  context.closePath();
  context.lineWidth = 4 * ratio;
  context.strokeStyle = style.darkEdge;
  context.stroke();
  context.lineWidth = 2 * ratio;
  context.strokeStyle = style.chosenFill;
  context.stroke();
}

/** The outline of the brush; an eraser has a cross in it. */
function paintBrush(
  context: CanvasRenderingContext2D,
  { at, radius, erases }: NonNullable<Overlay['brush']>,
  { k, x, y, ratio }: Placement,
): void {
  const [cx, cy] = [at.x * k + x, at.y * k + y];
  context.beginPath();
  context.arc(cx, cy, Math.max(radius * k, ratio), 0, 2 * Math.PI);
  const arm = 4 * ratio;
  context.moveTo(cx - arm, cy);
  context.lineTo(cx + arm, cy);
  if (!erases) {
    context.moveTo(cx, cy - arm);
    context.lineTo(cx, cy + arm);
  }
  context.lineWidth = 3 * ratio;
  context.strokeStyle = style.darkEdge;
  context.stroke();
  context.lineWidth = ratio;
  context.strokeStyle = style.marqueeLine;
  context.stroke();
}

/** A stroke of the brush under way, as wide as it will be. */
function paintStroke(
  context: CanvasRenderingContext2D,
  { points, radius, erases }: NonNullable<Overlay['stroke']>,
  color: string,
  placement: Placement,
): void {
  trace(context, points.length === 1 ? [points[0]!, points[0]!] : points, placement);
  context.save();
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.globalAlpha = 0.55;
  context.lineWidth = Math.max(2 * radius * placement.k, placement.ratio);
  context.strokeStyle = erases ? style.eraser : color;
  context.stroke();
  context.restore();
}
