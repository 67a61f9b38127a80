import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clip, type Interval, subtract, union, unionLength } from '#shared/metrics/intervals.metric.ts';

const horizon = 60;
const interval = fc
  .tuple(fc.nat(horizon), fc.nat(horizon))
  .map(([a, b]): Interval => ({ start: Math.min(a, b), end: Math.max(a, b) }));
const intervals = fc.array(interval, { maxLength: 12 });

/** The naive model: which unit cells are covered. */
const cells = (list: readonly Interval[]): boolean[] =>
  Array.from({ length: horizon }, (_, i) => list.some(({ start, end }) => start <= i && i < end));

describe('intervals', () => {
  it('of a union cover the same, in order, and do not touch', () => {
    fc.assert(
      fc.property(intervals, (list) => {
        const joined = union(list);
        expect(cells(joined)).toEqual(cells(list));
        expect(joined.every(({ start, end }, i) => end > start && (i === 0 || start > joined[i - 1]!.end))).toBe(true);
        expect(unionLength(list)).toBe(cells(list).filter(Boolean).length);
      }),
    );
  });

  it('subtract and clip cell by cell', () => {
    fc.assert(
      fc.property(intervals, intervals, interval, (list, taken, window) => {
        const holes = cells(taken);
        expect(cells(subtract(list, taken))).toEqual(cells(list).map((is, i) => is && !holes[i]));
        const inside = cells([window]);
        expect(cells(clip(list, window))).toEqual(cells(list).map((is, i) => is && inside[i]!));
      }),
    );
  });

  it('are left as they were given', () => {
    const list = [
      { start: 0, end: 2 },
      { start: 1, end: 3 },
    ];
    union(list);
    expect(list[0]).toEqual({ start: 0, end: 2 });
  });
});
