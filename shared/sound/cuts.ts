import { levelsPerSecond } from './noise-floor.ts';
import { type Stretch, stretchesWithin } from './silences.ts';

/** Levels on either side of a place that count for how loud it is there, the nearer the more. */
const around = 6;
/** What one more cut costs, in dB: two cuts have to be that much quieter than one. */
const cutCost = 20;
/** By how much a place is better for every level that it lies farther inside a silence, in dB, and up to how many. */
const insideGain = 0.2;
const insideMost = 30;

/**
 * A stretch cut so that no part of it is longer than `longest` and, where that is possible, none shorter than `shortest` frames: where it is
 * quietest altogether, and not more often than it has to be. A stretch that is short enough comes back whole.
 *
 * @param above dB above the noise floor, `levelsPerSecond` a second from the beginning of the recording
 */
export function quietestCuts(
  stretch: Stretch,
  quiet: readonly Stretch[],
  above: Float32Array,
  rate: number,
  { longest, shortest }: { longest: number; shortest: number },
): Stretch[] {
  if (stretch.end - stretch.start <= longest) return [stretch];
  const perLevel = rate / levelsPerSecond;
  // A level narrower than the longest, so that rounding to frames can't make it too long.
  const most = Math.floor(longest / perLevel) - 1;
  if (most < 1) return evenCuts(stretch, longest);
  const first = Math.ceil(stretch.start / perLevel);
  const count = Math.floor(stretch.end / perLevel) - first;
  const costs = costsOf(stretch, quiet, above, perLevel, first, count);
  const least = Math.ceil(shortest / perLevel) + 1;
  const cuts = cheapestCuts(costs, most, least) ?? cheapestCuts(costs, most, 1) ?? [];
  const borders = [stretch.start, ...cuts.map((cut) => Math.floor((first + cut) * perLevel)), stretch.end];
  return borders.slice(1).map((end, i) => ({ start: borders[i]!, end }));
}

/** For limits that are finer than levels are. */
function evenCuts({ start, end }: Stretch, longest: number): Stretch[] {
  const parts = Math.ceil((end - start) / longest);
  const border = (part: number): number => start + Math.floor(((end - start) * part) / parts);
  return Array.from({ length: parts }, (_, part) => ({ start: border(part), end: border(part + 1) }));
}

/** What a cut costs at each level of the stretch. */
function costsOf(
  stretch: Stretch,
  quiet: readonly Stretch[],
  above: Float32Array,
  perLevel: number,
  first: number,
  count: number,
): Float64Array {
  const costs = new Float64Array(count + 1);
  for (let at = 0; at <= count; at += 1) {
    let [sum, weights] = [0, 0];
    for (let i = 0; i < around; i += 1) {
      const weight = around - i;
      const [before, after] = [above[first + at - 1 - i] ?? 0, above[first + at + i] ?? 0];
      sum += weight * (Math.max(0, before) + Math.max(0, after));
      weights += 2 * weight;
    }
    costs[at] = cutCost + sum / weights;
  }
  for (const { start, end } of stretchesWithin(quiet, stretch.start, stretch.end)) {
    const [from, to] = [Math.ceil(start / perLevel) - first, Math.floor(end / perLevel) - first];
    for (let at = Math.max(0, from); at <= Math.min(count, to); at += 1) {
      costs[at] = cutCost - insideGain * Math.min(insideMost, at - from, to - at);
    }
  }
  return costs;
}

/**
 * Places 0 < a < b < ... < n of least cost altogether so that everything between them, and to 0 and n, is `least` to `most` wide; null where
 * there are none. One pass: the cheapest way to each place comes from the cheapest of those in reach, which a queue of rising costs keeps.
 */
function cheapestCuts(costs: Float64Array, most: number, least: number): number[] | null {
  const last = costs.length - 1;
  const best = new Float64Array(last + 1).fill(Infinity);
  const from = new Int32Array(last + 1).fill(-1);
  best[0] = 0;
  const queue = new Int32Array(last + 1);
  let [head, tail] = [0, 0];
  for (let at = least; at <= last; at += 1) {
    const next = at - least;
    if (best[next]! < Infinity) {
      while (tail > head && best[queue[tail - 1]!]! >= best[next]!) tail -= 1;
      queue[tail] = next;
      tail += 1;
    }
    while (head < tail && queue[head]! < at - most) head += 1;
    if (head === tail) continue;
    best[at] = best[queue[head]!]! + (at === last ? 0 : costs[at]!);
    from[at] = queue[head]!;
  }
  if (best[last] === Infinity) return null;
  const cuts: number[] = [];
  for (let at = from[last]!; at > 0; at = from[at]!) cuts.push(at);
  return cuts.reverse();
}
