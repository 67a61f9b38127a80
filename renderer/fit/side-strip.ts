import { inwardSign, neighboursOf, type BoxEdges, type BoxSide } from './box-side.ts';
import type { LuminanceCrop } from './luminance.ts';

/** Segments a side is cut into at most; each is the mean of the picture lines in it. */
const mostSegments = 96;

/**
 * The picture around one side of a box, turned so that every side looks alike: segments lie along the side, columns go across
 * it from outside to inside. Column c covers the depths `first + c` to `first + c + 1`, in pixels from `base`.
 */
export interface SideStrip {
  readonly segments: number;
  readonly columns: number;
  /** Depth at which column 0 begins, whole pixels from `base`; negative: outside the box. */
  readonly first: number;
  /** Depth of `base`, the pixel boundary nearest to the side, from the side itself: between -0.5 and 0.5. */
  readonly baseDepth: number;
  /** Picture lines in a segment, on average. */
  readonly linesEach: number;
  /** Mean grey values, segment by segment. */
  readonly values: Float32Array;
}

/**
 * Cuts the strip of one side out of a crop. Beyond the crop the outermost pixels go on, so that its border is no edge.
 * `out` and `inside`: pixels to take on either side; `trim`: pixels to leave off at each end of the side, where another side's
 * error would show. Null when the side has no pixel line of its own.
 */
export function cutStrip(
  crop: LuminanceCrop,
  box: BoxEdges,
  side: BoxSide,
  reach: { readonly out: number; readonly inside: number; readonly trim: number },
): SideStrip | null {
  const [from, to] = neighboursOf(side);
  const upright = side === 'left' || side === 'right';
  const alongStart = upright ? crop.y : crop.x;
  const alongEnd = alongStart + (upright ? crop.height : crop.width);
  const start = Math.max(Math.round(box[from] + reach.trim), alongStart);
  const end = Math.min(Math.round(box[to] - reach.trim), alongEnd);
  const lines = end - start;
  if (lines < 1) return null;
  const sign = inwardSign(side);
  // Rounded towards the inside on both sides, so that a mirrored picture gives a mirrored strip.
  const base = sign * Math.round(sign * box[side]);
  const segments = Math.min(lines, mostSegments);
  const columns = reach.out + reach.inside;
  const values = new Float32Array(segments * columns);
  const crossStart = upright ? crop.x : crop.y;
  const crossLast = (upright ? crop.width : crop.height) - 1;
  const alongStride = upright ? crop.width : 1;
  const crossStride = upright ? 1 : crop.width;
  const crossAt = Int32Array.from({ length: columns }, (_, column) => {
    const depth = column - reach.out;
    const pixel = sign > 0 ? base + depth : base - depth - 1;
    return Math.min(Math.max(pixel - crossStart, 0), crossLast) * crossStride;
  });
  for (let segment = 0; segment < segments; segment += 1) {
    const first = start + Math.floor((segment * lines) / segments);
    const last = start + Math.floor(((segment + 1) * lines) / segments);
    const row = segment * columns;
    for (let line = first; line < last; line += 1) {
      const origin = (line - alongStart) * alongStride;
      for (let column = 0; column < columns; column += 1) {
        values[row + column]! += crop.values[origin + crossAt[column]!]!;
      }
    }
    for (let column = 0; column < columns; column += 1) values[row + column]! /= last - first;
  }
  return {
    segments,
    columns,
    first: -reach.out,
    baseDepth: sign * (base - box[side]),
    linesEach: lines / segments,
    values,
  };
}
