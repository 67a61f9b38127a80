import type { MaskGeometry } from '../../domain/annotation.ts';
import type { RleProblem } from './coco-rle.codec.ts';

/** Painted pixels inside a rectangle, row by row from its top left: lengths of runs that begin with background. */
export interface RowRuns {
  x: number;
  y: number;
  w: number;
  h: number;
  runs: readonly number[];
}

const maxSide = 100_000;
const maxRuns = 2_000_000;

/** Runs from painted stretches that are told in order; what touches becomes one. */
export function createRuns() {
  const runs: number[] = [];
  let end = 0;
  return {
    paint(at: number, length: number): void {
      if (length === 0) return;
      if (at === end && runs.length > 0) runs.push(runs.pop()! + length);
      else runs.push(at - end, length);
      end = at + length;
    },
    /** All of them, with what is left of `total` as background. */
    done(total: number): number[] {
      if (end < total) runs.push(total - end);
      return runs;
    },
  };
}

/** A mask with the tightest rectangle, without unpacking a pixel of it; or why there is none. */
export function maskOfRowRuns({ x, y, w, h, runs }: RowRuns): MaskGeometry | RleProblem {
  const isSide = (side: number) => Number.isInteger(side) && side > 0;
  if (!isSide(w) || !isSide(h) || !Number.isInteger(x) || !Number.isInteger(y)) return 'mask-unreadable';
  if (w > maxSide || h > maxSide || runs.length > maxRuns) return 'mask-too-large';
  let [left, top, right, bottom, at] = [w, h, 0, 0, 0];
  for (const [i, run] of runs.entries()) {
    if (!Number.isInteger(run) || run < 0) return 'mask-unreadable';
    if (i % 2 === 1 && run > 0) {
      const [first, last] = [at, at + run - 1];
      top = Math.min(top, Math.floor(first / w));
      bottom = Math.floor(last / w) + 1;
      // What goes on in the next row reaches from side to side.
      const wraps = Math.floor(first / w) < Math.floor(last / w);
      left = Math.min(left, wraps ? 0 : first % w);
      right = Math.max(right, wraps ? w : (last % w) + 1);
    }
    at += run;
    // A last run of background may be left out; more than the rectangle holds is a mistake.
    if (at > w * h) return 'mask-unreadable';
  }
  if (bottom === 0) return 'mask-empty';
  const [width, height] = [right - left, bottom - top];
  const tight = createRuns();
  at = 0;
  for (const [i, run] of runs.entries()) {
    // Where the tight rectangle is narrower, no run goes on in a next row.
    if (i % 2 === 1) tight.paint((Math.floor(at / w) - top) * width + (at % w) - left, run);
    at += run;
  }
  return { type: 'mask', x: x + left, y: y + top, w: width, h: height, runs: tight.done(width * height) };
}

/** A mask as runs over a whole photo, cut where it reaches over its edge; null when nothing of it lies inside. */
export function rowRunsOfMask(
  mask: MaskGeometry,
  size: { width: number; height: number },
): (RowRuns & { cut: boolean }) | null {
  const whole = createRuns();
  let [at, painted, kept] = [0, 0, 0];
  for (const [i, run] of mask.runs.entries()) {
    for (let from = at; i % 2 === 1 && from < at + run;) {
      const column = from % mask.w;
      const length = Math.min(at + run - from, mask.w - column);
      const row = mask.y + Math.floor(from / mask.w);
      const [start, end] = [Math.max(0, mask.x + column), Math.min(size.width, mask.x + column + length)];
      painted += length;
      if (row >= 0 && row < size.height && end > start) {
        whole.paint(row * size.width + start, end - start);
        kept += end - start;
      }
      from += length;
    }
    at += run;
  }
  if (kept === 0) return null;
  const runs = whole.done(size.width * size.height);
  return { x: 0, y: 0, w: size.width, h: size.height, runs, cut: kept < painted };
}
