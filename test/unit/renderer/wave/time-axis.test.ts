import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { axisOf, movedBy, toFrame, toX, wholeAxis, withinLimits, zoomedAt } from '#renderer/wave/time-axis.ts';

const limits = fc.record({
  // Up to four hours at 96 kHz.
  frames: fc.integer({ min: 1, max: 1_400_000_000 }),
  width: fc.integer({ min: 50, max: 4000 }),
  ratio: fc.constantFrom(1, 1.25, 2),
});
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('an axis', () => {
  test('gives every frame back from its pixel, at every zoom from the whole to 64 pixels a frame', () => {
    fc.assert(
      fc.property(limits, share, share, share, (limit, zoom, place, at) => {
        const least = wholeAxis(limit).k;
        const k = least * (64 / least) ** zoom;
        const axis = withinLimits({ k, origin: place * limit.frames * k }, limit);
        const frame = Math.floor(at * limit.frames);
        expect(Math.round(toFrame(axis, toX(axis, frame)))).toBe(frame);
      }),
    );
  });

  test('never leaves the recording, and always begins at a whole pixel', () => {
    fc.assert(
      fc.property(
        limits,
        fc.double({ min: 1e-9, max: 1e4, noNaN: true }),
        fc.double({ min: -1e13, max: 1e13, noNaN: true }),
        (limit, k, origin) => {
          const axis = withinLimits({ k, origin }, limit);
          expect(Number.isInteger(axis.origin)).toBe(true);
          expect(toFrame(axis, 0)).toBeGreaterThanOrEqual(0);
          // Half a pixel is what rounding costs.
          const last = Math.max(limit.frames, limit.width / axis.k);
          expect(toFrame(axis, limit.width)).toBeLessThanOrEqual(last + 0.51 / axis.k);
        },
      ),
    );
  });

  test('keeps what is under the pointer where it is when zoomed, as far as the ends let it', () => {
    const limit = { frames: 16_000 * 3600, width: 1280, ratio: 1 };
    const axis = axisOf(16_000 * 600, 16_000 * 660, limit);
    for (const factor of [0.5, 1.2, 40]) {
      const after = zoomedAt(axis, factor, 500, limit);
      expect(Math.abs(toX(after, toFrame(axis, 500)) - 500)).toBeLessThanOrEqual(0.5);
    }
  });

  test('shows exactly what is asked for', () => {
    const limit = { frames: 1_000_000, width: 1000, ratio: 1 };
    const axis = axisOf(10_000, 20_000, limit);
    expect([toFrame(axis, 0), toFrame(axis, 1000)]).toEqual([10_000, 20_000]);
    expect(toFrame(movedBy(axis, 100, limit), 0)).toBe(11_000);
  });

  test('shows what is shorter than the closest view in its middle', () => {
    const limit = { frames: 1_000_000, width: 640, ratio: 1 };
    const axis = axisOf(500, 501, limit);
    expect(axis.k).toBe(64);
    expect(Math.abs(toX(axis, 500.5) - 320)).toBeLessThanOrEqual(0.5);
  });
});
