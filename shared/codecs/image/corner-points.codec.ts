import type { BoxGeometry, RotatedBoxGeometry } from '../../domain/annotation.ts';
import { cornersOf, normalAngle, type Point } from '../../geometry/points.ts';

/**
 * The turned box that four corners in order make.
 *
 * @param slack how far (pixels) a corner may lie from where it should
 * @param angle degrees where they are known better than the corners say them
 * @returns null where the corners make no rectangle
 */
export function rotatedBoxOf(points: readonly Point[], slack: number, angle?: number): RotatedBoxGeometry | null {
  if (points.length !== 4) return null;
  const [a, b, c, d] = points as [Point, Point, Point, Point];
  const said = angle ?? (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI;
  const box: RotatedBoxGeometry = {
    type: 'rotated-box',
    cx: (a[0] + b[0] + c[0] + d[0]) / 4,
    cy: (a[1] + b[1] + c[1] + d[1]) / 4,
    w: Math.hypot(b[0] - a[0], b[1] - a[1]),
    h: Math.hypot(c[0] - b[0], c[1] - b[1]),
    angle: normalAngle(said),
  };
  const corners = cornersOf(box);
  // Corners that go the other way round make the same rectangle mirrored.
  const fits = (order: readonly number[]) =>
    order.every((at, i) => Math.hypot(corners[at]![0] - points[i]![0], corners[at]![1] - points[i]![1]) <= slack);
  return fits([0, 1, 2, 3]) || fits([3, 2, 1, 0]) ? box : null;
}

/** The upright box that four points make, in whatever order they go round; null where they make none. */
export function uprightBoxOf(points: readonly Point[]): BoxGeometry | null {
  if (points.length !== 4) return null;
  const [a, b, c, d] = points as [Point, Point, Point, Point];
  const wayRound = a[1] === b[1] && b[0] === c[0] && c[1] === d[1] && d[0] === a[0];
  const otherWay = a[0] === b[0] && b[1] === c[1] && c[0] === d[0] && d[1] === a[1];
  return wayRound || otherWay ? boxBetween(a, c) : null;
}

/** The upright box between two opposite corners. */
export function boxBetween([ax, ay]: Point, [bx, by]: Point): BoxGeometry {
  return { type: 'box', x: Math.min(ax, bx), y: Math.min(ay, by), w: Math.abs(bx - ax), h: Math.abs(by - ay) };
}
