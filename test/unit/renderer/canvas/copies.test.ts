import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Shape, ShapeId } from '#shared/domain/annotation.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import { placedCopies } from '#renderer/canvas/copies.ts';
import { boundsOf } from '#renderer/canvas/shapes/shape-kinds.ts';
import { shapeOf } from '#test/support/canvas-shapes.ts';
import { boxOf } from '#test/support/box-of.ts';
import { box, docOf } from '#test/support/canvas-workbench.ts';

const labels: LabelSet = [{ key: 'car', color: '#112233' }];
const bounds = { width: 200, height: 100 };
const newId = (): ShapeId => shapeOf({ type: 'tag' }).id;
const placed = (shapes: readonly Shape[], doc = docOf()) => placedCopies(shapes, { doc, labels, bounds, newId });
const places = (shapes: readonly Shape[]) => shapes.map(({ geometry }) => [boxOf(geometry).x, boxOf(geometry).y]);

describe('copies of shapes', () => {
  it('lie where they were on another photo, and beside what is there at every further paste', () => {
    const [a, b] = [box(10, 10, 20, 20, 'car'), box(40, 10, 20, 20, 'car')];
    const first = placed([a, b]);
    expect(places(first)).toEqual([
      [10, 10],
      [40, 10],
    ]);
    const second = placed([a, b], docOf(...first));
    expect(places(second)).toEqual([
      [20, 20],
      [50, 20],
    ]);
    expect(places(placed([a, b], docOf(...first, ...second)))).toEqual([
      [30, 30],
      [60, 30],
    ]);
  });

  it('stay in the picture, to the left and above where there is no room on the other side', () => {
    const corner = box(180, 80, 20, 20);
    const next = placed([corner], docOf(corner));
    expect(places(next)).toEqual([[170, 70]]);
    expect(places(placed([corner], docOf(corner, ...next)))).toEqual([[160, 60]]);
    // Nowhere to go: on the last place tried.
    const whole = box(0, 0, 200, 100);
    expect(places(placed([whole], docOf(whole)))).toEqual([[0, 0]]);
  });

  it('are new, made by hand, and the same object only where the photo has none of it', () => {
    const original: Shape = {
      ...box(10, 10, 20, 20, 'car'),
      attributes: { plate: 'A1' },
      origin: 'imported',
      extra: { a: 1 },
      ambiguous: 'two readings',
    };
    const [copy] = placed([original]);
    expect(copy).toEqual({
      ...{ id: copy!.id, label: 'car', geometry: original.geometry, attributes: { plate: 'A1' }, origin: 'hand' },
      sequence: { of: original.id },
    });
    expect(copy!.id).not.toBe(original.id);
    expect(placed([original], docOf(original))[0]!.sequence).toBeUndefined();
  });

  it('leave out a class that is not known here, and a tag that the photo has', () => {
    expect(placed([box(0, 0, 5, 5, 'tree')])[0]!.label).toBeNull();
    const tag = { ...shapeOf({ type: 'tag' }), label: 'car' };
    expect(placed([tag])).toHaveLength(1);
    expect(placed([tag], docOf(tag))).toEqual([]);
  });

  it('keep their sizes and distances wherever they are put, and never lie on what is alike while there is room', () => {
    const side = fc.integer({ min: 1, max: 30 });
    const some = fc.record({
      x: fc.integer({ min: 0, max: 170 }),
      y: fc.integer({ min: 0, max: 70 }),
      w: side,
      h: side,
    });
    fc.assert(
      fc.property(fc.array(some, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 5 }), (sizes, times) => {
        const shapes = sizes.map(({ x, y, w, h }) => box(x, y, w, h, 'car'));
        let doc = docOf(...shapes);
        for (let time = 0; time < times; time += 1) {
          const copies = placed(shapes, doc);
          const [dx, dy] = [0, 1].map((axis) => places(copies)[0]![axis]! - places(shapes)[0]![axis]!);
          for (const [at, { geometry }] of copies.entries()) {
            const { x, y, ...size } = boxOf(shapes[at]!.geometry);
            expect(geometry).toEqual({ ...size, x: x + dx!, y: y + dy! });
            const { left, top, right, bottom } = boundsOf(geometry)!;
            expect(left >= 0 && top >= 0 && right <= 200 && bottom <= 100).toBe(true);
          }
          doc = docOf(...doc.shapes, ...copies);
        }
      }),
    );
  });
});
