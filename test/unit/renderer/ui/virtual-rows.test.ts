import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  areaHeight,
  isScaled,
  lastPosition,
  positionOf,
  positionShowing,
  rowsAt,
  scrollTopOf,
} from '#renderer/ui/virtual-rows.ts';

const geometry = fc.record({
  total: fc.integer({ min: 1, max: 5_000_000 }),
  rowHeight: fc.integer({ min: 20, max: 64 }),
  viewport: fc.integer({ min: 40, max: 2000 }),
});

describe('virtual rows', () => {
  it('never asks the browser for more height than it has', () => {
    const million = { total: 1_000_000, rowHeight: 32, viewport: 600 };
    expect(areaHeight(million)).toBe(8_000_000);
    expect(isScaled(million)).toBe(true);
    expect(areaHeight({ ...million, total: 1000 })).toBe(32_000);
  });

  it('reaches the first and the last row of any table', () => {
    fc.assert(
      fc.property(geometry, (rows) => {
        expect(rowsAt(positionOf(0, rows), rows).first).toBe(0);
        const end = positionOf(Math.max(0, areaHeight(rows) - rows.viewport), rows);
        const drawn = rowsAt(end, rows);
        expect(drawn.last).toBe(rows.total);
        // The last row's lower edge lies at the lower edge of the view.
        const bottom = drawn.offset + (drawn.last - drawn.first) * rows.rowHeight;
        if (rows.total * rows.rowHeight >= rows.viewport) expect(bottom).toBeCloseTo(rows.viewport, 3);
      }),
    );
  });

  it('turns positions into scroll offsets and back', () => {
    fc.assert(
      fc.property(geometry, fc.double({ min: 0, max: 1, noNaN: true }), (rows, share) => {
        const position = share * lastPosition(rows);
        const back = positionOf(scrollTopOf(position, rows), rows);
        expect(Math.abs(back - position)).toBeLessThanOrEqual(isScaled(rows) ? 0.51 : 0);
      }),
    );
  });

  it('draws every row on screen and few others', () => {
    fc.assert(
      fc.property(geometry, fc.double({ min: 0, max: 1, noNaN: true }), (rows, share) => {
        const position = share * lastPosition(rows);
        const { first, last, offset } = rowsAt(position, rows);
        expect(offset).toBeLessThanOrEqual(0);
        const covered = offset + (last - first) * rows.rowHeight;
        expect(covered).toBeGreaterThanOrEqual(Math.min(rows.viewport, rows.total * rows.rowHeight - position) - 0.001);
        expect(last - first).toBeLessThanOrEqual(Math.ceil(rows.viewport / rows.rowHeight) + 10);
      }),
    );
  });

  it('moves only as far as it must to show a row', () => {
    const rows = { total: 100, rowHeight: 30, viewport: 300 };
    expect(positionShowing(5, 0, rows)).toBe(0);
    expect(positionShowing(10, 0, rows)).toBe(30);
    expect(positionShowing(0, 500, rows)).toBe(0);
    expect(positionShowing(99, 0, rows)).toBe(lastPosition(rows));
  });
});
