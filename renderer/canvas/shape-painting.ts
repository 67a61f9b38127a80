import type { Shape } from '#shared/domain/annotation.ts';
import type { Rect } from './geometry.ts';
import type { Painter, Placement } from './layer.ts';
import type { Names } from './names.ts';
import type { Scene } from './scene.ts';
import { drawnKindOf } from './shapes/drawn-kinds.ts';
import { boundsOf } from './shapes/shape-kinds.ts';
import { style } from './style.ts';

/** How far (CSS pixels) a shape's line and name reach beyond its bounds. */
export const shapeReach = { x: style.nameMaxWidth + 2 * style.namePadding, y: style.nameHeight + style.halo } as const;

/** CSS pixels: on a shape narrower than this no name is written unless the shape is selected or pointed at. */
const roomForName = 16;

/**
 * Up to this many shapes each has an edge under its line, by which a light colour is seen on a white wall and a dark one at
 * night. Among more of them it would only cost time.
 */
const edgedUpTo = 1_000;

/** Paints the shapes at rest: all that touch the area, but those that `isLifted` says are drawn elsewhere. */
export function shapesPainter(
  scene: Scene,
  names: Names,
  isLifted: (shape: Shape) => boolean,
  showNames: () => boolean,
): Painter {
  return (context, area, placement) => {
    const items = scene
      .inArea(widened(toImageArea(area, placement), placement))
      .filter(({ shape }) => !isLifted(shape));
    context.lineJoin = 'miter';
    let alpha = 1;
    const setAlpha = (shape: Shape): number => {
      const wanted = scene.isFaint(shape) ? style.faint : 1;
      if (wanted !== alpha) context.globalAlpha = alpha = wanted;
      return alpha;
    };
    // By the size of the document, not by what is in view: a strip or an edited area must look like the rest.
    if (scene.doc.shapes.length <= edgedUpTo) {
      context.lineWidth = style.edge * placement.ratio;
      let edge = '';
      for (const { shape } of items) {
        const wanted = names.edgeOf(shape.label);
        if (wanted !== edge) context.strokeStyle = edge = wanted;
        setAlpha(shape);
        drawnKindOf(shape.geometry)?.stroke(context, shape.geometry, placement);
      }
    }
    const named = showNames();
    context.lineWidth = style.line * placement.ratio;
    let color = '';
    let cost = 0;
    for (const { shape } of items) {
      const kind = drawnKindOf(shape.geometry);
      if (!kind) continue;
      const wanted = names.colorOf(shape.label);
      // Setting a style parses it; shapes of one class often follow each other.
      if (wanted !== color) context.strokeStyle = color = wanted;
      const isFaint = setAlpha(shape) < 1;
      if (kind.paint) kind.paint(context, shape.geometry, placement, wanted, false);
      else kind.stroke(context, shape.geometry, placement);
      if (named && !isFaint) paintName(context, shape, placement, names, false);
      cost += kind.cost?.(shape.geometry) ?? 1;
    }
    context.globalAlpha = 1;
    return cost;
  };
}

/**
 * Writes a shape's class on it: above its top left corner, or inside where the picture ends. Where it goes depends on the
 * picture and the zoom alone, so that a pan can move what is painted.
 */
export function paintName(
  context: CanvasRenderingContext2D,
  shape: Shape,
  placement: Placement,
  names: Names,
  always: boolean,
): void {
  const { k, x, y, ratio } = placement;
  const bounds = boundsOf(shape.geometry);
  if (!bounds) return;
  const { left, top, right } = bounds;
  const width = (right - left) * k;
  // A point has no size at all; its name is all that tells it from others.
  const isPoint = shape.geometry.type === 'point';
  if (!always && !isPoint && width < roomForName * ratio) return;
  const sign = names.signOf(shape.label, ratio);
  if (!sign || (!always && !isPoint && width < sign.width / 2)) return;
  const half = isPoint ? style.pointRadius * ratio : (style.line / 2) * ratio;
  // Above a shape that may have a handle in that corner, a little higher.
  const lift = isPoint ? (style.pointRadius + 3) * ratio : always ? (style.handle / 2) * ratio : 0;
  const above = top * k >= sign.height + lift;
  context.drawImage(
    sign,
    Math.round(left * k + x - half),
    Math.round(top * k + y + (above ? -sign.height - lift : half)),
  );
}

/** Strokes a shape so that it stands out: an edge under a thick line of its colour. */
export function paintStrong(context: CanvasRenderingContext2D, shape: Shape, placement: Placement, names: Names): void {
  const kind = drawnKindOf(shape.geometry);
  if (!kind) return;
  if (kind.paint) return kind.paint(context, shape.geometry, placement, names.colorOf(shape.label), true);
  context.lineJoin = 'miter';
  context.strokeStyle = names.edgeOf(shape.label);
  context.lineWidth = style.halo * placement.ratio;
  kind.stroke(context, shape.geometry, placement);
  context.strokeStyle = names.colorOf(shape.label);
  context.lineWidth = style.strongLine * placement.ratio;
  kind.stroke(context, shape.geometry, placement);
}

/** From device pixels to image pixels. */
export function toImageArea(area: Rect, { k, x, y }: Placement): Rect {
  return {
    left: (area.left - x) / k,
    top: (area.top - y) / k,
    right: (area.right - x) / k,
    bottom: (area.bottom - y) / k,
  };
}

/** An area (image pixels) with room for the lines and names of the shapes around it. */
function widened(area: Rect, { k, ratio }: Placement): Rect {
  const x = (shapeReach.x * ratio) / k;
  const y = (shapeReach.y * ratio) / k;
  return { left: area.left - x, top: area.top - y, right: area.right + x, bottom: area.bottom + y };
}
