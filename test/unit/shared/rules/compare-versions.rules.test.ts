import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Geometry, Shape, ShapeId, SpanGeometry } from '#shared/domain/annotation.ts';
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
        largestFrames: null,
        classDiffers: false,
        textDiffers: false,
        tierDiffers: false,
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

describe('comparing versions of a recording', () => {
  const span = (start: number, end: number, more: Partial<SpanGeometry> = {}, text?: string): Shape => ({
    ...shape({ type: 'span', start, end, tier: 'A', channel: null, ...more }, 'valid'),
    ...(text !== undefined && { text }),
  });

  it('pairs segments by time within their tier, and says how far boundaries and words are off', () => {
    const mine = [
      span(0, 1000, {}, 'one'),
      span(1000, 2000, {}, 'two'),
      span(0, 1000, { tier: 'B' }),
      span(9000, 9900),
    ];
    const theirs = [
      span(1100, 2000, {}, 'too'),
      span(10, 1000, { tier: 'B' }),
      span(0, 990, {}, 'one'),
      span(5000, 6000),
    ];
    const { pairs, missing, extra, largestFrames, largestPx } = compareVersions(mine, theirs);
    expect(pairs.map((pair) => [mine.indexOf(pair.mine), theirs.indexOf(pair.reference as Shape)])).toEqual([
      [1, 0],
      [0, 2],
      [2, 1],
    ]);
    expect(pairs.map((pair) => [pair.largestFrames, pair.textDiffers, pair.tierDiffers])).toEqual([
      [100, true, false],
      [10, false, false],
      [10, false, false],
    ]);
    expect(pairs[0]?.iou).toBeCloseTo(0.9, 12);
    expect([missing, extra, largestFrames, largestPx]).toEqual([[theirs[3]], [mine[3]], 100, null]);
  });

  it('pairs what is left over across tiers, and says so', () => {
    const [mine, theirs] = [span(0, 1000), span(0, 1000, { tier: 'SPEAKER_01' })];
    expect(compareVersions([mine], [theirs]).pairs).toMatchObject([{ tierDiffers: true, largestFrames: 0 }]);
  });

  it('finds each of 5,000 segments again among others that moved', () => {
    const mine = Array.from({ length: 5000 }, (_, i) => span(i * 100, i * 100 + 90));
    const theirs = mine.map(({ geometry }) => {
      const { start, end, tier } = geometry as SpanGeometry;
      return span(start + 9, end + 4, { tier });
    });
    const { pairs, missing, extra } = compareVersions(mine, theirs);
    expect(pairs.every(({ mine: own, reference }) => mine.indexOf(own) === theirs.indexOf(reference as Shape))).toBe(
      true,
    );
    expect([pairs.length, missing.length, extra.length]).toEqual([5000, 0, 0]);
  });

  it('takes two moments in one place for the same', () => {
    expect(compareVersions([span(50, 50)], [span(50, 50)]).pairs).toHaveLength(1);
    expect(compareVersions([span(50, 50)], [span(51, 51)]).pairs).toHaveLength(0);
  });
});
