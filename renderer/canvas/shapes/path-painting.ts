import type { Placement } from '../layer.ts';
import { ringsOf, type PathGeometry, type Place } from './paths.ts';

/**
 * Device pixels: of vertices closer together than this, one is drawn. A long outline seen from far is then as quick as it
 * is short on the screen, and a line a few pixels thick looks the same.
 */
const finest = 0.6;

/** Adds a line of vertices to the context's path. */
export function traceLine(
  context: CanvasRenderingContext2D,
  places: readonly Place[],
  closed: boolean,
  { k, x, y }: Placement,
): void {
  let [lastX, lastY] = [Infinity, Infinity];
  const last = places.length - 1;
  for (let index = 0; index <= last; index += 1) {
    const place = places[index]!;
    const px = place[0] * k + x;
    const py = place[1] * k + y;
    if (index === 0) context.moveTo(px, py);
    else if (index !== last && Math.abs(px - lastX) < finest && Math.abs(py - lastY) < finest) continue;
    else context.lineTo(px, py);
    lastX = px;
    lastY = py;
  }
  if (closed) context.closePath();
}

/** Strokes all lines of a path with the context's current style. */
export function strokePath(context: CanvasRenderingContext2D, geometry: PathGeometry, placement: Placement): void {
  context.beginPath();
  if (geometry.type === 'polyline') traceLine(context, geometry.points, false, placement);
  else {
    for (const { outer, holes } of geometry.parts) {
      traceLine(context, outer, true, placement);
      for (const hole of holes) traceLine(context, hole, true, placement);
    }
  }
  context.stroke();
}

/** Strokes of a box that drawing a path is worth: about one for every four vertices. */
export function pathCost(geometry: PathGeometry): number {
  return ringsOf(geometry).reduce((sum, { places }) => sum + places.length / 4, 1);
}
