import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Geometry, geometry as geometrySchema, type PolygonGeometry } from '#shared/domain/annotation.ts';
import { areaOf } from '#shared/geometry/area.ts';
import { boundsOf } from '#shared/geometry/bounds.ts';
import { geometryContains } from '#shared/geometry/intervals.ts';
import {
  maskCount,
  maskFromPixels,
  maskMinus,
  maskOr,
  maskPixels,
  maskToPolygon,
  ringsToMask,
} from '#shared/geometry/mask-runs.ts';
import { iouOf, largestDeviation, sideDeviations } from '#shared/geometry/overlap.ts';
import { cornersOf, normalAngle, ringArea } from '#shared/geometry/points.ts';
import { intersect, subtract, unite } from '#shared/geometry/regions.ts';

const box = (x: number, y: number, w: number, h: number) => ({ type: 'box', x, y, w, h }) as const;
const square = (x: number, y: number, side: number): [number, number][] => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
];
const polygon = (outer: [number, number][], ...holes: [number, number][][]): PolygonGeometry => ({
  type: 'polygon',
  parts: [{ outer, holes }],
});

const painted = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
  .chain(([w, h]) =>
    fc.record({
      x: fc.integer({ min: -5, max: 20 }),
      y: fc.integer({ min: -5, max: 20 }),
      w: fc.constant(w),
      h: fc.constant(h),
      pixels: fc
        .array(fc.integer({ min: 0, max: 1 }), { minLength: w * h, maxLength: w * h })
        .map((values) => Uint8Array.from(values)),
    }),
  )
  .filter(({ pixels }) => pixels.includes(1));

/** Coordinates of every painted pixel, told the slow way. */
const places = ({ x, y, w, pixels }: { x: number; y: number; w: number; pixels: Uint8Array }) =>
  new Set([...pixels].flatMap((value, i) => (value === 1 ? [`${x + (i % w)},${y + Math.floor(i / w)}`] : [])));
const placesOf = (mask: ReturnType<typeof maskFromPixels>) =>
  mask === null ? new Set<string>() : places({ ...mask, pixels: maskPixels(mask) });

describe('bounds and areas', () => {
  it('keeps the numbers of a box turned by a quarter', () => {
    expect(boundsOf({ type: 'rotated-box', cx: 10, cy: 20, w: 4, h: 2, angle: 90 })).toEqual({
      x: 9,
      y: 18,
      w: 2,
      h: 4,
    });
    expect(cornersOf({ type: 'rotated-box', cx: 0, cy: 0, w: 4, h: 2, angle: 90 })[0]).toEqual([1, -2]);
  });

  it('puts every corner of a turned box and every point of an ellipse inside its bounds', () => {
    const angle = fc.double({ min: -179, max: 180, noNaN: true });
    const side = fc.double({ min: 0.1, max: 500, noNaN: true });
    fc.assert(
      fc.property(angle, side, side, (turned, w, h) => {
        const { x, y, w: width, h: height } = boundsOf({ type: 'rotated-box', cx: 5, cy: 7, w, h, angle: turned })!;
        const corners = cornersOf({ type: 'rotated-box', cx: 5, cy: 7, w, h, angle: turned });
        expect(Math.min(...corners.map(([cx]) => cx))).toBeCloseTo(x, 6);
        expect(Math.max(...corners.map(([cx]) => cx))).toBeCloseTo(x + width, 6);
        expect(Math.min(...corners.map(([, cy]) => cy))).toBeCloseTo(y, 6);
        expect(Math.max(...corners.map(([, cy]) => cy))).toBeCloseTo(y + height, 6);
      }),
    );
    const ellipse = { type: 'ellipse', cx: 0, cy: 0, rx: 10, ry: 4, angle: 30 } as const;
    const { x, y, w, h } = boundsOf(ellipse)!;
    expect(geometryContains(ellipse, x + 0.01, -Math.tan(Math.PI / 6))).toBe(false);
    for (let i = 0; i < 360; i += 1) {
      const at = (i * Math.PI) / 180;
      const [px, py] = [x + w / 2 + 20 * Math.cos(at), y + h / 2 + 20 * Math.sin(at)];
      if (px < x || px > x + w || py < y || py > y + h) expect(geometryContains(ellipse, px, py)).toBe(false);
    }
  });

  it('takes the holes from the area of a polygon', () => {
    expect(areaOf(polygon(square(0, 0, 10), square(2, 2, 3)))).toBe(91);
    expect(ringArea(square(0, 0, 2))).toBe(4);
    expect(areaOf({ type: 'ellipse', cx: 0, cy: 0, rx: 2, ry: 3, angle: 0 })).toBeCloseTo(18.8496, 4);
  });

  it('brings angles to above -180 and up to 180', () => {
    expect([180, -180, 270, -90, 540, 0, 360].map(normalAngle)).toEqual([180, 180, -90, -90, 180, 0, 0]);
  });
});

describe('masks', () => {
  it('come back from their pixels, tight and valid', () => {
    fc.assert(
      fc.property(painted, (given) => {
        const mask = maskFromPixels(given)!;
        expect(geometrySchema.parse(mask)).toEqual(mask);
        expect(placesOf(mask)).toEqual(places(given));
        expect(maskCount(mask)).toBe(places(given).size);
        expect(mask.runs.reduce((sum, run) => sum + run, 0)).toBe(mask.w * mask.h);
        const { x, y, w, h } = mask;
        const xs = [...places(given)].map((place) => Number(place.split(',')[0]));
        expect([Math.min(...xs), Math.max(...xs)]).toEqual([x, x + w - 1]);
        const ys = [...places(given)].map((place) => Number(place.split(',')[1]));
        expect([Math.min(...ys), Math.max(...ys)]).toEqual([y, y + h - 1]);
      }),
    );
    expect(maskFromPixels({ x: 0, y: 0, w: 2, h: 2, pixels: new Uint8Array(4) })).toBeNull();
  });

  it('are joined and taken from each other like sets of pixels', () => {
    fc.assert(
      fc.property(painted, painted, (a, b) => {
        const [maskA, maskB] = [maskFromPixels(a)!, maskFromPixels(b)!];
        expect(placesOf(maskOr(maskA, maskB))).toEqual(new Set([...places(a), ...places(b)]));
        expect(placesOf(maskMinus(maskA, maskB))).toEqual(
          new Set([...places(a)].filter((place) => !places(b).has(place))),
        );
      }),
    );
  });

  it('have an outline that paints exactly them again, with parts that hang together by sides', () => {
    fc.assert(
      fc.property(painted, (given) => {
        const mask = maskFromPixels(given)!;
        const outline = maskToPolygon(mask);
        expect(areaOf(outline)).toBe(maskCount(mask));
        const size = { width: 100, height: 100 };
        const inside = maskMinus(mask, { type: 'mask', x: -50, y: -50, w: 50, h: 150, runs: [0, 50 * 150] });
        const visible =
          inside && maskMinus(inside, { type: 'mask', x: -50, y: -50, w: 150, h: 50, runs: [0, 150 * 50] });
        expect(placesOf(ringsToMask(outline, size))).toEqual(placesOf(visible));
      }),
      { numRuns: 300 },
    );
  });

  it('give an island in a hole a part of its own', () => {
    const rows = ['#####', '#...#', '#.#.#', '#...#', '#####'];
    const pixels = Uint8Array.from(rows.join(''), (c) => (c === '#' ? 1 : 0));
    const { parts } = maskToPolygon(maskFromPixels({ x: 0, y: 0, w: 5, h: 5, pixels })!);
    expect(parts.map(({ outer, holes }) => [outer.length, holes.length])).toEqual([
      [4, 1],
      [4, 0],
    ]);
  });
});

describe('overlap', () => {
  it('is the textbook figure for boxes', () => {
    expect(iouOf(box(0, 0, 10, 10), box(5, 0, 10, 10))).toBe(1 / 3);
    expect(iouOf(box(0, 0, 10, 10), box(20, 0, 10, 10))).toBe(0);
    expect(iouOf(box(0, 0, 0, 10), box(0, 0, 10, 10))).toBeNull();
  });

  it('is 1 for anything with itself and the same both ways', () => {
    const shapes: Geometry[] = [
      box(1, 2, 3, 4),
      { type: 'rotated-box', cx: 50, cy: 40, w: 30, h: 10, angle: 33 },
      { type: 'ellipse', cx: 50, cy: 40, rx: 30, ry: 10, angle: -20 },
      polygon(square(10, 10, 30), square(15, 15, 5)),
      maskFromPixels({ x: 3, y: 4, w: 2, h: 2, pixels: Uint8Array.of(1, 0, 1, 1) })!,
    ];
    for (const a of shapes) {
      expect(iouOf(a, a)).toBe(1);
      for (const b of shapes) expect(iouOf(a, b)).toBe(iouOf(b, a));
    }
    expect(iouOf({ type: 'point', x: 1, y: 1 }, box(0, 0, 2, 2))).toBeNull();
  });

  it('of polygons, turned boxes and masks is that of the boxes they are', () => {
    const [a, b] = [box(0, 0, 40, 40), box(10, 20, 40, 40)];
    const asMask: Geometry = { type: 'mask', x: 10, y: 20, w: 40, h: 40, runs: [0, 1600] };
    for (const other of [polygon(square(10, 20, 40)), asMask]) {
      expect(iouOf(a, other)).toBeCloseTo(iouOf(a, b)!, 6);
    }
    expect(iouOf(a, { type: 'rotated-box', cx: 30, cy: 40, w: 40, h: 40, angle: 90 })).toBeCloseTo(iouOf(a, b)!, 6);
  });

  it('tells the side that is farthest off', () => {
    expect(sideDeviations(box(0, 0, 10, 10), box(1, -2, 10, 15))).toEqual({ left: 1, top: -2, right: 1, bottom: 3 });
    expect(largestDeviation(box(0, 0, 10, 10), box(1, -2, 10, 15))).toBe(3);
    expect(largestDeviation(polygon(square(0, 0, 10)), polygon(square(0, 0, 12)))).toBeCloseTo(Math.SQRT2 * 2, 9);
    expect(largestDeviation({ type: 'point', x: 0, y: 0 }, { type: 'point', x: 3, y: 4 })).toBe(5);
    expect(largestDeviation({ type: 'tag' }, box(0, 0, 1, 1))).toBeNull();
  });
});

describe('regions', () => {
  it('are joined, cut and taken from each other', () => {
    const [a, b] = [polygon(square(0, 0, 10)), polygon(square(5, 0, 10))];
    expect(areaOf(unite(a, b))).toBe(150);
    expect(areaOf(intersect(a, b)!)).toBe(50);
    expect(areaOf(subtract(a, b)!)).toBe(50);
    expect(intersect(a, polygon(square(50, 50, 3)))).toBeNull();
    expect(subtract(a, polygon(square(-1, -1, 20)))).toBeNull();
    const holed = subtract(a, polygon(square(2, 2, 2)))!;
    expect(holed.parts.map(({ holes }) => holes.length)).toEqual([1]);
    expect(geometrySchema.parse(holed)).toEqual(holed);
  });
});
