import { firstEndingAfter, type Stretch } from '../sound/silences.ts';

/**
 * Where a boundary snaps to: the nearest edge of a silence that makes sense for it (a segment starts where a silence ends, and ends where one
 * starts), moved into the silence by `padding` frames, by half of it at most; null where none is within reach.
 */
export function nearestSilence(
  quiet: readonly Stretch[],
  frame: number,
  side: 'start' | 'end',
  { within = Infinity, padding = 0 }: { within?: number; padding?: number } = {},
): number | null {
  const near = firstEndingAfter(quiet, frame);
  let best: number | null = null;
  for (const { start, end } of quiet.slice(Math.max(0, near - 1), near + 2)) {
    const into = Math.min(padding, Math.floor((end - start) / 2));
    const edge = side === 'start' ? end - into : start + into;
    if (Math.abs(edge - frame) > within) continue;
    if (best === null || Math.abs(edge - frame) < Math.abs(best - frame)) best = edge;
  }
  return best;
}

/**
 * The frame nearest to `frame` where the sound crosses zero: the first of the two samples that differ in sign, whichever of them is quieter;
 * null where it never does in what is given.
 *
 * @param samples of one channel, or of several added up, from the frame `first` on
 */
export function nearestZeroCrossing(samples: Float32Array, first: number, frame: number): number | null {
  const at = Math.round(frame) - first;
  const crosses = (i: number): boolean =>
    i >= 1 && i < samples.length && samples[i - 1]! < 0 !== samples[i]! < 0 && samples[i - 1] !== samples[i];
  const reach = Math.max(at, samples.length - at);
  for (let step = 0; step <= reach; step += 1) {
    if (crosses(at - step)) return first + at - step;
    if (crosses(at + step)) return first + at + step;
  }
  return null;
}
