import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Geometry, Shape, ShapeId } from '#shared/domain/annotation.ts';
import { compareVersions, everySideWithin } from '#shared/rules/compare-versions.rules.ts';

let made = 0;
const shape = (geometry: Geometry, label: string | null = 'car'): Shape => ({
  id: `01920000-0000-7000-8000-${(made += 1).toString(16).padStart(12, '0')}` as ShapeId,
  label,
  geometry,
  attributes: {},
  origin: 'hand',
});
const box = (x: number, y: number, w: number, h: number, label?: string) => shape({ type: 'box', x, y, w, h }, label);

describe('comparing versions', () => {
  it('names the farthest side of each pair, what is missing, what is extra and what is of another class', () => {
    const [mine, other] = [box(10, 10, 50, 40), box(200, 10, 20, 20, 'bus')];
    const [theirs, unseen] = [box(9, 12.5, 50, 40), box(400, 400, 30, 30)];
    const compared = compareVersions([mine, other], [theirs, unseen]);
    expect(compared.pairs).toEqual([
      {
        mine,
        reference: theirs,
        iou: (49 * 37.5) / (2 * 2000 - 49 * 37.5),
        sides: { left: 1, top: -2.5, right: 1, bottom: -2.5 },
        largestPx: 2.5,
        classDiffers: false,
      },
    ]);
    expect([compared.missing, compared.extra]).toEqual([[unseen], [other]]);
    expect(compareVersions([mine], [{ ...theirs, label: 'truck' }]).pairs[0]?.classDiffers).toBe(true);
  });

  it('says "every side less than 3 px" only when it is so: 3.0 fails, and so does a missing or an extra object', () => {
    const mine = box(10, 10, 50, 40);
    const within = (...reference: Shape[]) => everySideWithin(compareVersions([mine], reference), 3);
    expect(within(box(10, 10, 52.999, 40))).toBe(true);
    expect(within(box(10, 10, 53, 40))).toBe(false);
    expect(within(box(10, 10, 50, 40), box(300, 300, 5, 5))).toBe(false);
    expect(within()).toBe(false);
    expect(everySideWithin(compareVersions([], []), 3)).toBe(false);
  });

  it('pairs those of one class first where two lie alike, and every object once', () => {
    const [a, b] = [box(0, 0, 10, 10, 'bus'), box(0, 0, 10, 10, 'car')];
    const [c, d] = [box(0, 0, 10, 10, 'car'), box(0, 0, 10, 10, 'bus')];
    const { pairs } = compareVersions([a, b], [c, d]);
    expect(new Set(pairs.map(({ mine, reference }) => `${mine.label}-${reference.label}`))).toEqual(
      new Set(['bus-bus', 'car-car']),
    );
  });

  it('pairs points within ten pixels and tags of one class', () => {
    const point = shape({ type: 'point', x: 5, y: 5 });
    const tag = shape({ type: 'tag' }, 'night');
    const compared = compareVersions(
      [point, tag],
      [shape({ type: 'point', x: 8, y: 9 }), shape({ type: 'point', x: 40, y: 9 }), shape({ type: 'tag' }, 'night')],
    );
    expect(compared.pairs.map(({ largestPx, iou }) => [largestPx, iou])).toEqual([
      [5, null],
      [null, null],
    ]);
    expect(compared.missing).toHaveLength(1);
  });

  it('finds every object of a moved copy again, whatever the order', () => {
    const boxes = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 })), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(boxes, fc.double({ min: -4, max: 4, noNaN: true }), (cells, moved) => {
        const places = [...new Map(cells.map(([x, y]) => [`${x},${y}`, [x, y] as const])).values()];
        const mine = places.map(([x, y]) => box(x * 60, y * 60, 50, 50));
        const theirs = places.map(([x, y]) => box(x * 60 + moved, y * 60, 50, 50)).reverse();
        const { pairs, missing, extra } = compareVersions(mine, theirs);
        expect([pairs.length, missing.length, extra.length]).toEqual([places.length, 0, 0]);
        for (const { largestPx } of pairs) expect(largestPx).toBeCloseTo(Math.abs(moved), 9);
      }),
    );
  });
});
