/** A half-open stretch of the time line, in milliseconds since the epoch; `end` is never before `start`. */
export interface Interval {
  start: number;
  end: number;
}

/** The union: what at least one of the intervals covers, as disjoint intervals that do not touch, in order. */
export function union(intervals: readonly Interval[]): Interval[] {
  const sorted = intervals.filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start);
  const joined: Interval[] = [];
  for (const { start, end } of sorted) {
    const last = joined.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else joined.push({ start, end });
  }
  return joined;
}

/** How long a union is: what several intervals cover together counts once. In milliseconds. */
export function unionLength(intervals: readonly Interval[]): number {
  return union(intervals).reduce((sum, { start, end }) => sum + end - start, 0);
}

/** What `intervals` cover and `taken` do not, as a union. */
export function subtract(intervals: readonly Interval[], taken: readonly Interval[]): Interval[] {
  const holes = union(taken);
  const left: Interval[] = [];
  // Both are sorted, so a hole that ends before one interval begins is of no matter to the next.
  let first = 0;
  for (const { start, end } of union(intervals)) {
    while (first < holes.length && holes[first]!.end <= start) first += 1;
    let from = start;
    for (let i = first; i < holes.length && holes[i]!.start < end; i += 1) {
      const hole = holes[i]!;
      if (hole.start > from) left.push({ start: from, end: hole.start });
      from = Math.max(from, hole.end);
    }
    if (from < end) left.push({ start: from, end });
  }
  return left;
}

/** The part of each interval that lies inside `window`; what lies outside is gone. Anything else of them is kept. */
export function clip<T extends Interval>(intervals: readonly T[], window: Interval): T[] {
  return intervals.flatMap((interval) => {
    const start = Math.max(interval.start, window.start);
    const end = Math.min(interval.end, window.end);
    return end > start ? [{ ...interval, start, end }] : [];
  });
}
