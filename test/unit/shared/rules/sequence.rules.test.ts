import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shape as shapeSchema, type Geometry, type Shape, type ShapeId } from '#shared/domain/annotation.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import {
  carriedShape,
  filledBetween,
  geometryBetween,
  isKey,
  keyShapeOf,
  objectOf,
} from '#shared/rules/sequence.rules.ts';
import { box, docOf } from '#test/support/canvas-workbench.ts';
import { shapeOf } from '#test/support/canvas-shapes.ts';

const newId = (): ShapeId => shapeOf({ type: 'tag' }).id;
const spec = { input: 'text' as const, values: [], required: false };
const labels: LabelSet = [
  {
    key: 'car',
    color: '#112233',
    attributes: [
      { ...spec, name: 'plate', mutable: false, initial: 'none' },
      { ...spec, name: 'seen', mutable: true, initial: 'clear' },
      { ...spec, name: 'note', mutable: true, initial: null },
    ],
  },
];
const car = (geometry: Geometry, more: Partial<Shape> = {}): Shape => ({ ...shapeOf(geometry), label: 'car', ...more });
const at = (x: number): Geometry => ({ type: 'box', x, y: 10, w: 20, h: 20 });

describe('an object carried to another photo', () => {
  it('keeps its place, class and answers, but those that start anew in every photo', () => {
    const from = car(at(5), {
      attributes: { plate: 'A1', seen: 'hidden', note: 'wet', other: 3 },
      origin: 'machine',
      extra: { a: 1 },
      ambiguous: 'two readings',
    });
    const id = newId();
    const copy = carriedShape(from, labels, id);
    expect(copy).toEqual({
      ...{ id, label: 'car', geometry: at(5), origin: 'hand' },
      attributes: { plate: 'A1', seen: 'clear', note: 'wet', other: 3 },
      sequence: { of: from.id, placed: at(5) },
    });
    expect(shapeSchema.parse(JSON.parse(JSON.stringify(copy)))).toEqual(copy);
  });

  it('stays one object however often it is carried on, and is a key once a person moved it', () => {
    const from = car(at(5));
    const copy = carriedShape(from, labels, newId());
    const next = carriedShape({ ...copy, geometry: at(9) }, labels, newId());
    expect([from, copy, next].map(objectOf)).toEqual([from.id, from.id, from.id]);
    expect([from, copy, { ...copy, geometry: at(9) }, next].map(isKey)).toEqual([true, false, true, false]);
  });
});

const measure = fc.double({ min: -1e4, max: 1e4, noNaN: true }).map((value) => value + 0);
const size = fc.double({ min: 0, max: 1e4, noNaN: true });
const angle = fc.double({ min: -179.99, max: 180, noNaN: true });
const turned = fc.record({
  type: fc.constant('rotated-box' as const),
  cx: measure,
  cy: measure,
  w: size,
  h: size,
  angle,
});
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('a geometry between two', () => {
  it('is one of them at either end, and turns by the short way round all the time', () => {
    fc.assert(
      fc.property(turned, turned, share, (from, to, part) => {
        const between = geometryBetween(from, to, part);
        if (between?.type !== 'rotated-box') throw new Error('another kind');
        expect(between.angle).toBeGreaterThan(-180);
        expect(between.angle).toBeLessThanOrEqual(180);
        const way = (a: number, b: number) => Math.abs(((((b - a + 180) % 360) + 360) % 360) - 180);
        expect(way(from.angle, between.angle)).toBeCloseTo(way(from.angle, to.angle) * part, 6);
        expect(between.cx).toBeCloseTo(from.cx + (to.cx - from.cx) * part, 6);
        expect(between.w).toBeGreaterThanOrEqual(0);
        const ends = [geometryBetween(from, to, 0), geometryBetween(from, to, 1)];
        for (const [end, wanted] of [
          [ends[0], from],
          [ends[1], to],
        ] as const) {
          if (end?.type !== 'rotated-box') throw new Error('another kind');
          expect(way(end.angle, wanted.angle)).toBeCloseTo(0, 6);
          expect([end.cx, end.cy, end.w, end.h]).toEqual([wanted.cx, wanted.cy, wanted.w, wanted.h]);
        }
      }),
    );
  });

  it('crosses half a turn from 170 to -170 degrees', () => {
    const from = { type: 'rotated-box', cx: 0, cy: 0, w: 4, h: 2, angle: 170 } as const;
    expect(geometryBetween(from, { ...from, angle: -170 }, 0.5)).toMatchObject({ angle: 180 });
    expect(geometryBetween(from, { ...from, angle: -170 }, 0.75)).toMatchObject({ angle: -175 });
  });

  it('does not exist for outlines, nor between two kinds', () => {
    const line: Geometry = {
      type: 'polyline',
      points: [
        [0, 0],
        [1, 1],
      ],
    };
    expect(geometryBetween(line, line, 0.5)).toBeNull();
    expect(geometryBetween(at(0), { type: 'point', x: 0, y: 0 }, 0.5)).toBeNull();
  });
});

describe('the other key image', () => {
  const from = car(at(0));
  const copies = Array.from({ length: 4 }, () => carriedShape(from, labels, newId()));
  const photos = (...shapes: (Shape | null)[]) => shapes.map((shape) => ({ doc: docOf(...(shape ? [shape] : [])) }));

  it('is the nearest where a person put the object; copies that lie where they were carried are passed over', () => {
    const moved = { ...copies[2]!, geometry: at(30) };
    const all = photos(copies[0]!, null, moved, { ...copies[3]!, geometry: at(99) });
    expect(keyShapeOf(from, docOf(from), all)).toEqual({ shape: moved, steps: 3 });
    // And back from there to where it was drawn.
    expect(keyShapeOf(moved, docOf(moved), photos(null, copies[0]!, from))).toEqual({ shape: from, steps: 3 });
    expect(keyShapeOf(from, docOf(from), photos(copies[0]!, copies[1]!))).toBeNull();
  });

  it('is else the nearest photo with one shape of the class, where there is no doubt', () => {
    const other = car(at(40));
    expect(keyShapeOf(from, docOf(from), photos(null, other))).toEqual({ shape: other, steps: 2 });
    expect(keyShapeOf(from, docOf(from, car(at(9))), photos(null, other))).toBeNull();
    expect(keyShapeOf(from, docOf(from), [{ doc: docOf(other, car(at(50))) }])).toBeNull();
    expect(keyShapeOf({ ...from, label: null }, docOf(from), photos({ ...other, label: null }))).toBeNull();
  });

  it('has shapes filled in evenly between, those carried there taking their new place', () => {
    const moved = { ...copies[2]!, geometry: at(30) };
    const all = photos(null, copies[0]!, moved);
    const key = keyShapeOf(from, docOf(from), all)!;
    const filled = filledBetween(from, key, all, labels, newId);
    expect(filled.map(({ geometry }) => geometry)).toEqual([at(10), at(20)]);
    expect(filled[1]!.id).toBe(copies[0]!.id);
    expect(filled.map(isKey)).toEqual([false, false]);
    // Done again after the key was moved on, it corrects what it filled in.
    const again = photos(filled[0]!, filled[1]!, { ...moved, geometry: at(60) });
    const later = filledBetween(from, keyShapeOf(from, docOf(from), again)!, again, labels, newId);
    expect(later.map(({ id, geometry }) => [id, geometry])).toEqual([
      [filled[0]!.id, at(20)],
      [filled[1]!.id, at(40)],
    ]);
    expect(filledBetween(from, { shape: box(0, 0, 1, 1), steps: 1 }, all, labels, newId)).toEqual([]);
  });
});
