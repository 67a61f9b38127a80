import type { EllipseGeometry } from '#shared/domain/annotation.ts';
import { rectOf, type Point } from '../../geometry.ts';
import { drawnBox } from '../box/box.shape.ts';
import { draggedFrame, frameDragLabel, turnedFrame, uprightPoint, type Frame } from '../frame.ts';
import { toThousandth, type ShapeKind } from '../shape-kind.ts';

/** The turned rectangle that an ellipse lies in. */
export function frameOfEllipse({ cx, cy, rx, ry, angle }: EllipseGeometry): Frame {
  return { cx, cy, w: 2 * rx, h: 2 * ry, angle };
}

function ellipseIn({ cx, cy, w, h, angle }: Frame): EllipseGeometry {
  return { type: 'ellipse', cx, cy, rx: toThousandth(w / 2), ry: toThousandth(h / 2), angle };
}

/** The ellipse in the upright rectangle from `start` to `end`; with `fromCentre` `start` is its middle. Null for a slip. */
export function drawnEllipse(start: Point, end: Point, fromCentre: boolean): EllipseGeometry | null {
  const box = drawnBox(start, end, fromCentre);
  if (!box) return null;
  const { x, y, w, h } = box;
  return ellipseIn({ cx: toThousandth(x + w / 2), cy: toThousandth(y + h / 2), w, h, angle: 0 });
}

/** An ellipse, turned or not; it is held by the rectangle around it. */
export const ellipseShape: ShapeKind<EllipseGeometry> = {
  type: 'ellipse',
  bounds: rectOf,
  area: ({ rx, ry }) => Math.PI * rx * ry,
  contains(ellipse, point, tolerance) {
    const { x, y } = uprightPoint(frameOfEllipse(ellipse), point);
    const [rx, ry] = [ellipse.rx + tolerance, ellipse.ry + tolerance];
    return rx > 0 && ry > 0 && ((x - ellipse.cx) / rx) ** 2 + ((y - ellipse.cy) / ry) ** 2 <= 1;
  },
  moved: (ellipse, dx, dy) => ({ ...ellipse, cx: toThousandth(ellipse.cx + dx), cy: toThousandth(ellipse.cy + dy) }),
  resized: (ellipse, handle, point, fromCentre, steps = false) =>
    ellipseIn(draggedFrame(frameOfEllipse(ellipse), handle, point, fromCentre, steps)),
  turned: (ellipse, degrees) => ellipseIn(turnedFrame(frameOfEllipse(ellipse), degrees)),
  dragLabel: frameDragLabel,
};
