import type { MaskGeometry, Pixels } from '#shared/domain/annotation.ts';
import { maskFromPixels, maskOr, ringsToMask } from '#shared/geometry/mask-runs.ts';
import type { Point, Size } from '../../geometry.ts';
import type { Place } from '../paths.ts';

/**
 * The pixels whose middle lies within `radius` of a line of points, inside a picture of that size; null where there are none.
 * With `fills` a line that comes back to where it began covers what it goes around too.
 */
export function strokeMask(points: readonly Point[], radius: Pixels, size: Size, fills: boolean): MaskGeometry | null {
  const stroke = coveredBy(points, radius, size);
  if (!fills || !isClosed(points, radius)) return stroke;
  const outer = points.map(({ x, y }): Place => [x, y]);
  const inside = ringsToMask({ type: 'polygon', parts: [{ outer, holes: [] }] }, size);
  return stroke && inside ? maskOr(stroke, inside) : (stroke ?? inside);
}

/** A line is closed when it ends where it began and went away in between by more than the brush is wide. */
function isClosed(points: readonly Point[], radius: Pixels): boolean {
  const [first, last] = [points[0]!, points.at(-1)!];
  const near = Math.hypot(last.x - first.x, last.y - first.y) <= 2 * radius;
  return near && points.some(({ x, y }) => Math.hypot(x - first.x, y - first.y) > 4 * radius);
}

function coveredBy(points: readonly Point[], radius: Pixels, { width, height }: Size): MaskGeometry | null {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const left = Math.max(Math.floor(lowest(xs) - radius), 0);
  const top = Math.max(Math.floor(lowest(ys) - radius), 0);
  const right = Math.min(Math.ceil(-lowest(xs.map((x) => -x)) + radius), Math.ceil(width));
  const bottom = Math.min(Math.ceil(-lowest(ys.map((y) => -y)) + radius), Math.ceil(height));
  if (right <= left || bottom <= top) return null;
  const w = right - left;
  const pixels = new Uint8Array(w * (bottom - top));
  for (let index = 0; index < points.length; index += 1) {
    const a = points[index]!;
    const b = points[index + 1] ?? a;
    const firstRow = Math.max(Math.floor(Math.min(a.y, b.y) - radius), top);
    const lastRow = Math.min(Math.ceil(Math.max(a.y, b.y) + radius), bottom);
    for (let row = firstRow; row < lastRow; row += 1) {
      const reach = capsuleAt(a, b, radius, row + 0.5);
      if (!reach) continue;
      // Pixels whose middle is inside.
      const from = Math.max(Math.ceil(reach[0] - 0.5), left);
      const to = Math.min(Math.floor(reach[1] - 0.5) + 1, right);
      if (to > from) pixels.fill(1, (row - top) * w + from - left, (row - top) * w + to - left);
    }
  }
  return maskFromPixels({ x: left, y: top, w, h: bottom - top, pixels });
}

/** Where a horizontal line lies within `radius` of a stretch: the capsule around it is convex, so that is one interval. */
function capsuleAt(a: Point, b: Point, radius: Pixels, y: Pixels): [Pixels, Pixels] | null {
  let [low, high] = [Infinity, -Infinity];
  for (const end of [a, b]) {
    const away = Math.abs(y - end.y);
    if (away > radius) continue;
    const half = Math.sqrt(radius * radius - away * away);
    low = Math.min(low, end.x - half);
    high = Math.max(high, end.x + half);
  }
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  if (length > 0) {
    // The rectangle beside the stretch, by its four sides.
    const [nx, ny] = [(-(b.y - a.y) / length) * radius, ((b.x - a.x) / length) * radius];
    const corners = [
      [a.x + nx, a.y + ny],
      [b.x + nx, b.y + ny],
      [b.x - nx, b.y - ny],
      [a.x - nx, a.y - ny],
    ] as const;
    for (const [index, [px, py]] of corners.entries()) {
      const [qx, qy] = corners[(index + 1) % 4]!;
      if (py === qy || y < Math.min(py, qy) || y > Math.max(py, qy)) continue;
      const x = px + ((y - py) / (qy - py)) * (qx - px);
      low = Math.min(low, x);
      high = Math.max(high, x);
    }
  }
  return low <= high ? [low, high] : null;
}

function lowest(values: readonly number[]): number {
  return values.reduce((least, value) => Math.min(least, value), Infinity);
}
