import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ticksFor, timeText } from '#renderer/wave/ticks.ts';

describe('marks of a time line', () => {
  test.each([
    [1000, 0.1, 1],
    [100, 1, 0],
    [10, 10, 0],
    [2, 60, 0],
    [0.1, 900, 0],
    [0.02, 7200, 0],
    [50_000, 0.002, 3],
    [1_000_000, 0.0001, 4],
  ])('at %d pixels a second are %d seconds apart, told by %d digits', (pixels, step, digits) => {
    expect(ticksFor(pixels, 84)).toMatchObject({ step, digits });
  });

  test('stand far enough apart, no further than needed, and their names differ', () => {
    fc.assert(
      fc.property(fc.double({ min: -3, max: 7, noNaN: true }), (power) => {
        const pixels = 10 ** power;
        const { step, digits, parts } = ticksFor(pixels, 84);
        if (step > 0.000_01) expect(step * pixels).toBeGreaterThanOrEqual(84 - 1e-6);
        if (step < 7200 && step > 0.000_001) expect(step * pixels).toBeLessThan(84 * 4.001);
        expect(Number.isInteger(parts)).toBe(true);
        expect(timeText(7 * step, digits)).not.toBe(timeText(8 * step, digits));
        expect(Number((step * 10 ** digits).toFixed(6)) % 1).toBe(0);
      }),
    );
  });
});

test.each([
  [0, 3, '0:00.000'],
  [59.9996, 3, '1:00.000'],
  [61.5, 3, '1:01.500'],
  [3599.9999, 2, '1:00:00.00'],
  [3723.0456, 3, '1:02:03.046'],
  [36_000, 0, '10:00:00'],
  [0.000_001, 6, '0:00.000001'],
])('%d s with %d digits is %s', (seconds, digits, text) => {
  expect(timeText(seconds, digits)).toBe(text);
});
