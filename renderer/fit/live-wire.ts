import type { LuminanceCrop } from './luminance.ts';

/**
 * Live-wire ("intelligent scissors"; Mortensen and Barrett, 1995): the cheapest way over the pixels from a seed to any other pixel, where
 * a step along a strong edge costs next to nothing. All ways from one seed are found at once (Dijkstra), so that the wire follows the
 * pointer for the price of reading one of them off.
 */
export interface WireMap {
  /** Where the crop lies in the picture, and its size, in pixels of the picture. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** For each pixel the neighbour one came from, as an index into `steps`; `noStep` at the seed and where no way leads. */
  readonly from: Uint8Array;
}

/** A point in pixels of the picture. */
export interface WirePoint {
  readonly x: number;
  readonly y: number;
}

const noStep = 8;
/** The eight neighbours: sideways ones first. */
const steps = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
  [1, 1],
  [-1, -1],
  [1, -1],
  [-1, 1],
] as const;
/** Cost of a step over a pixel without any edge, sideways and diagonal (x sqrt 2). A whole number, so that a wheel of buckets can sort. */
const dearest = 64;
const diagonals = Uint8Array.from({ length: dearest + 1 }, (_, toll) => Math.round(toll * Math.SQRT2));
const diagonal = diagonals[dearest]!;
const unreached = 0xffffffff;
/** The least a step costs: of two equally good edges the shorter one wins. */
const cheapest = 2;
/** Share of the pixels whose edges count as strong; what lies above is as cheap as can be. */
const strongShare = 0.04;

/** All cheapest ways over a crop from the pixel under `seed`. */
export function wireFrom(crop: LuminanceCrop, seed: WirePoint): WireMap {
  const { x, y, width, height } = crop;
  const costs = stepCosts(crop);
  const from = new Uint8Array(width * height).fill(noStep);
  const column = Math.min(Math.max(Math.floor(seed.x) - x, 0), width - 1);
  const row = Math.min(Math.max(Math.floor(seed.y) - y, 0), height - 1);
  spread(costs, from, width, height, row * width + column);
  return { x, y, width, height, from };
}

/**
 * The wire from the seed to the pixel under `to`, thinned to the corners it needs to stay within `tolerance` pixels of the way. Points are
 * the middles of pixels. Just `to` where it lies outside what was looked at.
 */
export function wireTo(map: WireMap, to: WirePoint, tolerance = 0.75): WirePoint[] {
  const { width, height, from } = map;
  let column = Math.floor(to.x) - map.x;
  let row = Math.floor(to.y) - map.y;
  if (column < 0 || row < 0 || column >= width || row >= height) return [to];
  const way: WirePoint[] = [];
  for (;;) {
    way.push({ x: map.x + column + 0.5, y: map.y + row + 0.5 });
    const step = steps[from[row * width + column]!];
    if (step === undefined) break;
    column -= step[0];
    row -= step[1];
  }
  return thinned(way.reverse(), tolerance);
}

/** What entering a pixel sideways costs, by the strength of the edge in it. */
function stepCosts({ values, width, height }: LuminanceCrop): Uint8Array {
  const strength = gradient(values, width, height);
  const strong = quantile(strength, 1 - strongShare);
  const costs = new Uint8Array(strength.length);
  for (let at = 0; at < costs.length; at += 1) {
    const share = strong > 0 ? Math.min(1, strength[at]! / strong) : 0;
    // Squared: halfway to an edge is still nearly as dear as no edge, which keeps the wire in the middle of it.
    costs[at] = Math.max(cheapest, Math.round(dearest * (1 - share) ** 2));
  }
  return costs;
}

/** Length of the gradient (Scharr), of pixels on the rim that of their neighbours further in. */
function gradient(values: Float32Array, width: number, height: number): Float32Array {
  const strength = new Float32Array(values.length);
  for (let row = 0; row < height; row += 1) {
    const above = Math.max(row - 1, 0) * width;
    const here = row * width;
    const below = Math.min(row + 1, height - 1) * width;
    for (let column = 0; column < width; column += 1) {
      const left = Math.max(column - 1, 0);
      const right = Math.min(column + 1, width - 1);
      const across =
        3 * (values[above + right]! - values[above + left]!) +
        10 * (values[here + right]! - values[here + left]!) +
        3 * (values[below + right]! - values[below + left]!);
      const down =
        3 * (values[below + left]! - values[above + left]!) +
        10 * (values[below + column]! - values[above + column]!) +
        3 * (values[below + right]! - values[above + right]!);
      strength[here + column] = Math.sqrt(across * across + down * down);
    }
  }
  return strength;
}

/** The value that a share of all lie under, by counting into a thousand bins. */
function quantile(values: Float32Array, share: number): number {
  let greatest = 0;
  for (const value of values) if (value > greatest) greatest = value;
  if (greatest === 0) return 0;
  const bins = new Uint32Array(1001);
  for (const value of values) bins[Math.floor((value / greatest) * 1000)]! += 1;
  let below = 0;
  for (let bin = 0; bin < bins.length; bin += 1) {
    below += bins[bin]!;
    if (below >= share * values.length) return ((bin + 1) / 1000) * greatest;
  }
  return greatest;
}

/**
 * Dijkstra over the pixels with a wheel of buckets, one for each cost a step can have (Dial's algorithm). The grid has a rim of pixels that
 * count as done, so that no step has to ask whether it leaves the picture.
 */
function spread(costs: Uint8Array, from: Uint8Array, width: number, height: number, seed: number): void {
  const wide = width + 2;
  const reached = new Uint32Array(wide * (height + 2));
  for (let row = 0; row < height; row += 1) {
    reached.fill(unreached, (row + 1) * wide + 1, (row + 1) * wide + 1 + width);
  }
  const ways = Int32Array.from(steps, ([dx, dy]) => dy * wide + dx);
  const wheel = Array.from({ length: diagonal + 1 }, (): number[] => []);
  const start = (Math.floor(seed / width) + 1) * wide + (seed % width) + 1;
  reached[start] = 0;
  wheel[0]!.push(start);
  let waiting = 1;
  for (let cost = 0; waiting > 0; cost += 1) {
    const bucket = wheel[cost % wheel.length]!;
    // Every step costs something, so what is added while a bucket is emptied lands in another.
    for (let at = bucket.pop(); at !== undefined; at = bucket.pop()) {
      waiting -= 1;
      // Waits here from when it was still dearer to reach.
      if (reached[at]! < cost) continue;
      for (let step = 0; step < 8; step += 1) {
        const next = at + ways[step]!;
        if (reached[next]! <= cost) continue;
        const row = (next / wide) | 0;
        const inside = next - 2 * row - width - 1;
        const toll = costs[inside]!;
        const total = cost + (step < 4 ? toll : diagonals[toll]!);
        if (total >= reached[next]!) continue;
        reached[next] = total;
        from[inside] = step;
        wheel[total % wheel.length]!.push(next);
        waiting += 1;
      }
    }
  }
}

/** Leaves out points that lie within `tolerance` of the line between those that stay (Ramer, Douglas and Peucker). */
function thinned(way: readonly WirePoint[], tolerance: number): WirePoint[] {
  const stays = new Uint8Array(way.length);
  stays[0] = stays[way.length - 1] = 1;
  const open: [number, number][] = [[0, way.length - 1]];
  for (let stretch = open.pop(); stretch !== undefined; stretch = open.pop()) {
    const [first, last] = stretch;
    let [farthest, distance] = [-1, tolerance];
    for (let i = first + 1; i < last; i += 1) {
      const apart = distanceTo(way[i]!, way[first]!, way[last]!);
      if (apart > distance) [farthest, distance] = [i, apart];
    }
    if (farthest < 0) continue;
    stays[farthest] = 1;
    open.push([first, farthest], [farthest, last]);
  }
  return way.filter((_, i) => stays[i] === 1);
}

function distanceTo(point: WirePoint, a: WirePoint, b: WirePoint): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = Math.hypot(dx, dy);
  if (length === 0) return Math.hypot(point.x - a.x, point.y - a.y);
  return Math.abs(dy * (point.x - a.x) - dx * (point.y - a.y)) / length;
}
