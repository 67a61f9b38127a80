import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { geometry as geometrySchema, shapeId, type PolygonGeometry } from '#shared/domain/annotation.ts';
import { areaOf } from '#shared/geometry/area.ts';
import { geometryContains } from '#shared/geometry/intervals.ts';
import { maskCount, ringsToMask } from '#shared/geometry/mask-runs.ts';
import { joinedShape, slicedShape } from '#renderer/canvas/shapes/cutting.ts';
import { slicedPolygon } from '#renderer/canvas/shapes/slicing.ts';
import { polygonOf, rectangle, shapeOf } from '#test/support/canvas-shapes.ts';

const line = (...places: [number, number][]) => places.map(([x, y]) => ({ x, y }));
const newId = () => shapeId.parse(uuidv7());
const size = { width: 200, height: 200 };
const sum = (pieces: readonly PolygonGeometry[] | null) =>
  (pieces ?? []).reduce((all, piece) => all + areaOf(piece), 0);

describe('cutting a polygon', () => {
  it('gives two pieces that share the vertices of the cut', () => {
    const pieces = slicedPolygon(rectangle(0, 0, 40, 20), line([-5, 8], [20, 8], [20, 12], [50, 12]))!;
    expect(pieces.map(areaOf).sort((a, b) => a - b)).toEqual([400, 400]);
    for (const piece of pieces) {
      for (const place of [
        [0, 8],
        [20, 8],
        [20, 12],
        [40, 12],
      ]) {
        expect(piece.parts[0]?.outer).toContainEqual(place);
      }
    }
  });

  it('cuts a horseshoe into three with one straight line', () => {
    const horseshoe = polygonOf([
      [0, 0],
      [60, 0],
      [60, 60],
      [40, 60],
      [40, 20],
      [20, 20],
      [20, 60],
      [0, 60],
    ]);
    const pieces = slicedPolygon(horseshoe, line([-10, 40], [100, 40]));
    expect(pieces).toHaveLength(3);
    expect(sum(pieces)).toBe(areaOf(horseshoe));
  });

  it('keeps holes where they are, opens one that is cut through, and lets bridges and loose ends cut nothing', () => {
    const hole: [number, number][] = [
      [10, 10],
      [20, 10],
      [20, 20],
      [10, 20],
    ];
    const whole = polygonOf(rectangle(0, 0, 60, 40).parts[0]!.outer, hole);
    const beside = slicedPolygon(whole, line([40, -1], [40, 41]))!;
    expect(beside.map(({ parts: [part] }) => part?.holes.length)).toEqual([1, 0]);
    expect(sum(beside)).toBe(areaOf(whole));
    const through = slicedPolygon(whole, line([15, -1], [15, 41]))!;
    expect(through.map(({ parts: [part] }) => part?.holes.length)).toEqual([0, 0]);
    expect(sum(through)).toBe(areaOf(whole));
    expect(slicedPolygon(whole, line([15, 15], [15, 41]))).toBeNull();
    expect(slicedPolygon(whole, line([30, -1], [30, 20], [35, 25]))).toBeNull();
  });

  it('goes through vertices and along edges', () => {
    const square = rectangle(0, 0, 40, 40);
    expect(slicedPolygon(square, line([0, 0], [40, 40]))?.map(areaOf)).toEqual([800, 800]);
    expect(slicedPolygon(square, line([0, 0], [40, 0]))).toBeNull();
    expect(slicedPolygon(square, line([-5, 0], [20, 0], [20, 50]))?.map(areaOf)).toEqual([800, 800]);
  });

  it('leaves parts that are not cut with the largest piece', () => {
    const [part] = rectangle(0, 0, 20, 20).parts;
    const [other] = rectangle(100, 0, 20, 20).parts;
    const pieces = slicedPolygon({ type: 'polygon', parts: [part!, other!] }, line([5, -1], [5, 21]))!;
    expect(pieces.map(({ parts }) => parts.length)).toEqual([2, 1]);
  });

  it('never loses, adds or doubles area, whatever star is cut by whatever line', () => {
    const star = fc.array(fc.integer({ min: 10_000, max: 90_000 }), { minLength: 3, maxLength: 24 }).map((radii) =>
      polygonOf(
        radii.map((radius, index): [number, number] => {
          const angle = (2 * Math.PI * index) / radii.length;
          return [
            Math.round((100 + radius * Math.cos(angle)) * 1000) / 1000,
            Math.round((100 + radius * Math.sin(angle)) * 1000) / 1000,
          ];
        }),
      ),
    );
    const coordinate = fc.integer({ min: 0, max: 200_000 }).map((value) => value / 1000);
    const cut = fc.array(fc.tuple(coordinate, coordinate), { minLength: 2, maxLength: 7 });
    let cuts = 0;
    fc.assert(
      fc.property(
        star,
        cut,
        fc.array(fc.tuple(coordinate, coordinate), { minLength: 20, maxLength: 20 }),
        (polygon, places, samples) => {
          const pieces = slicedPolygon(polygon, line(...places));
          if (!pieces) return;
          cuts += 1;
          expect(Math.abs(sum(pieces) - areaOf(polygon))).toBeLessThan(0.05);
          for (const piece of pieces) expect(geometrySchema.safeParse(piece).success).toBe(true);
          for (const [x, y] of samples) {
            const inside = pieces.filter((piece) => geometryContains(piece, x, y)).length;
            expect(inside).toBe(geometryContains(polygon, x, y) ? 1 : 0);
          }
        },
      ),
      { seed: 20261122, numRuns: 1_000 },
    );
    expect(cuts).toBeGreaterThan(300);
  });
});

describe('cutting and joining shapes', () => {
  it('keeps the object and its class, gives the others names of their own, and tells no origin that they have not', () => {
    const shape = { ...shapeOf(rectangle(0, 0, 40, 20), 'car'), attributes: { a: 1 }, extra: { line: 3 } };
    const pieces = slicedShape(shape, line([30, -1], [30, 21]), newId)!;
    expect(pieces[0]).toMatchObject({ id: shape.id, label: 'car', extra: { line: 3 } });
    expect(pieces[1]).toMatchObject({ label: 'car', attributes: { a: 1 }, origin: 'hand' });
    expect(pieces[1]).not.toHaveProperty('extra');
    expect(new Set(pieces.map(({ id }) => id)).size).toBe(2);
  });

  it('gives every painted pixel to one piece of a mask', () => {
    const mask = ringsToMask(rectangle(10, 10, 40, 30), size)!;
    const pieces = slicedShape(shapeOf(mask), line([0, 20.3], [60, 31.7]), newId)!;
    expect(pieces).toHaveLength(2);
    expect(pieces.reduce((all, { geometry }) => all + areaOf(geometry), 0)).toBe(maskCount(mask));
  });

  it('joins what was cut apart', () => {
    const shape = shapeOf(rectangle(0, 0, 40, 20), 'car');
    const pieces = slicedShape(shape, line([25, -1], [18, 21]), newId)!;
    const joined = joinedShape(pieces, size)!;
    expect(joined.id).toBe(shape.id);
    expect(joined.geometry).toMatchObject({ parts: [{ holes: [] }] });
    expect(areaOf(joined.geometry)).toBeCloseTo(800, 6);
  });

  it('makes one of several parts from what does not touch, a mask where a mask is among them, and nothing with a box', () => {
    const [a, b] = [shapeOf(rectangle(0, 0, 10, 10)), shapeOf(rectangle(50, 0, 10, 10))];
    expect((joinedShape([a, b], size)!.geometry as PolygonGeometry).parts).toHaveLength(2);
    const mask = shapeOf(ringsToMask(rectangle(5, 0, 10, 10), size)!);
    const joined = joinedShape([a, mask], size)!;
    expect(joined.geometry.type).toBe('mask');
    expect(areaOf(joined.geometry)).toBe(150);
    expect(joinedShape([a, shapeOf({ type: 'box', x: 0, y: 0, w: 5, h: 5 })], size)).toBeNull();
  });
});
