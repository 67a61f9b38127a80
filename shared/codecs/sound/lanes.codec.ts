/** Something that lies between two times. */
interface Lying {
  start: number;
  end: number;
}

/** Segments of one tier, laid out so that none lies over another; points lie in lanes of their own. */
export interface Lanes<T> {
  intervals: T[][];
  points: T[][];
  /** How many had to be put into a further lane. */
  moved: number;
}

/**
 * Lays segments out in as few lanes as there are at most at one time, each lane in order of time. The first lane takes all that it can.
 * Linear but for sorting and the depth of overlaps.
 */
export function lanesOf<T>(all: readonly T[], placeOf: (one: T) => Lying): Lanes<T> {
  const placed = all.map((one) => ({ one, ...placeOf(one) }));
  const sorted = placed.sort((a, b) => a.start - b.start || a.end - b.end);
  const intervals: T[][] = [];
  const points: T[][] = [];
  let moved = 0;
  /** Lanes after the first by where they end, the earliest first. */
  const free = createHeap();
  let [firstEnd, pointAt, pointLane] = [-Infinity, Number.NaN, 0];
  for (const { one, start, end } of sorted) {
    if (start === end) {
      pointLane = start === pointAt ? pointLane + 1 : 0;
      pointAt = start;
      if (pointLane > 0) moved += 1;
      put(points, pointLane, one);
      continue;
    }
    if (firstEnd <= start) {
      put(intervals, 0, one);
      firstEnd = end;
      continue;
    }
    const lane = free.take(start) ?? Math.max(1, intervals.length);
    put(intervals, lane, one);
    free.put(end, lane);
    moved += 1;
  }
  return { intervals, points, moved };
}

function put<T>(lanes: T[][], lane: number, one: T): void {
  const there = lanes[lane];
  if (there === undefined) lanes[lane] = [one];
  else there.push(one);
}

/** Lanes in a heap by their ends. */
function createHeap() {
  const heap: { end: number; lane: number }[] = [];
  const swap = (i: number, j: number): void => void ([heap[i], heap[j]] = [heap[j]!, heap[i]!]);
  return {
    put(end: number, lane: number): void {
      heap.push({ end, lane });
      for (let i = heap.length - 1; i > 0;) {
        const above = (i - 1) >> 1;
        if (heap[above]!.end <= heap[i]!.end) break;
        swap(i, above);
        i = above;
      }
    },
    /** The lane that ends first, if it ends by then. */
    take(by: number): number | null {
      const first = heap[0];
      if (first === undefined || first.end > by) return null;
      const last = heap.pop()!;
      if (heap.length > 0) {
        heap[0] = last;
        for (let i = 0; ;) {
          const [left, right] = [2 * i + 1, 2 * i + 2];
          let least = i;
          if (left < heap.length && heap[left]!.end < heap[least]!.end) least = left;
          if (right < heap.length && heap[right]!.end < heap[least]!.end) least = right;
          if (least === i) break;
          swap(i, least);
          i = least;
        }
      }
      return first.lane;
    },
  };
}

/** Brackets that no tier is named with by hand. */
const laneName = /^(.*) ⟨(\d{1,6})⟩$/s;

/** The name of a lane of a tier, counted from 0: the first bears the tier's own. */
export function nameOfLane(tier: string, lane: number): string {
  // A tier that happens to be named like a lane is marked as none.
  const own = laneName.test(tier) ? `${tier} ⟨1⟩` : tier;
  return lane === 0 ? own : `${own} ⟨${lane + 1}⟩`;
}

/** The tier that a lane belongs to, by its name among those of its file. */
export function tierOfLane(written: string, all: ReadonlySet<string>): string {
  const named = laneName.exec(written);
  if (named === null) return written;
  const [, base, lane] = named;
  if (lane === '1') return laneName.test(base!) ? base! : written;
  return all.has(base!) ? tierOfLane(base!, all) : written;
}

/** Segments by tier: tiers in the order given first, then as their first segments come. */
export function byTier<T extends { geometry: { tier: string } }>(
  segments: readonly T[],
  order: readonly string[] = [],
): Map<string, T[]> {
  const tiers = new Map<string, T[]>(order.map((tier) => [tier, []]));
  for (const segment of segments) {
    const same = tiers.get(segment.geometry.tier);
    if (same === undefined) tiers.set(segment.geometry.tier, [segment]);
    else same.push(segment);
  }
  return tiers;
}
