import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BoxGeometry } from '#shared/domain/annotation.ts';
import { boxHandles, boxShape, drawnBox } from '#renderer/canvas/shapes/box/box.shape.ts';

const coordinate = fc.double({ min: -2_000, max: 2_000, noNaN: true });
const point = fc.record({ x: coordinate, y: coordinate });
const anyBox: fc.Arbitrary<BoxGeometry> = fc.record({
  type: fc.constant('box' as const),
  x: coordinate,
  y: coordinate,
  w: fc.double({ min: 1, max: 500, noNaN: true }),
  h: fc.double({ min: 1, max: 500, noNaN: true }),
});

describe('resizing a box', () => {
  it('drags the named edges to the point and leaves the others', () => {
    const box: BoxGeometry = { type: 'box', x: 10, y: 20, w: 30, h: 40 };
    expect(boxShape.resized(box, 'nw', { x: 5, y: 10 }, false)).toEqual({ type: 'box', x: 5, y: 10, w: 35, h: 50 });
    expect(boxShape.resized(box, 's', { x: 99, y: 70 }, false)).toEqual({ type: 'box', x: 10, y: 20, w: 30, h: 50 });
  });

  it('turns over when dragged through itself, and never gets thinner than a pixel', () => {
    const box: BoxGeometry = { type: 'box', x: 10, y: 20, w: 30, h: 40 };
    expect(boxShape.resized(box, 'e', { x: 4, y: 0 }, false)).toMatchObject({ x: 4, w: 6 });
    expect(boxShape.resized(box, 'e', { x: 10, y: 0 }, false)).toMatchObject({ x: 10, w: 1 });
    expect(boxShape.resized(box, 'w', { x: 40, y: 0 }, false)).toMatchObject({ x: 39, w: 1 });
  });

  it('gives a box that may be kept from every handle to every point', () => {
    fc.assert(
      fc.property(
        anyBox,
        fc.constantFrom(...Object.keys(boxHandles)),
        point,
        fc.boolean(),
        (box, handle, to, centre) => {
          const { w, h, x, y } = boxShape.resized(box, handle, to, centre);
          expect(w).toBeGreaterThanOrEqual(1 - 1e-3);
          expect(h).toBeGreaterThanOrEqual(1 - 1e-3);
          if (centre) {
            expect(x + w / 2).toBeCloseTo(box.x + box.w / 2, 2);
            expect(y + h / 2).toBeCloseTo(box.y + box.h / 2, 2);
          }
        },
      ),
      { seed: 7 },
    );
  });

  it('leaves the numbers of an axis that is not dragged exactly as they were', () => {
    const box: BoxGeometry = { type: 'box', x: 1 / 3, y: 2 / 3, w: 10 / 3, h: 20 / 3 };
    expect(boxShape.resized(box, 'n', { x: 0, y: 0.5 }, false)).toMatchObject({ x: 1 / 3, w: 10 / 3 });
  });
});

describe('drawing a box', () => {
  it('is the same from any corner, and nothing when under a pixel', () => {
    fc.assert(
      fc.property(point, point, (a, b) => {
        const drawn = drawnBox(a, b, false);
        expect(drawnBox(b, a, false)).toEqual(drawn);
        expect(drawnBox({ x: a.x, y: b.y }, { x: b.x, y: a.y }, false)).toEqual(drawn);
        const thin = Math.min(Math.abs(a.x - b.x), Math.abs(a.y - b.y));
        if (thin < 0.99) expect(drawn).toBeNull();
        if (thin > 1.01) expect(drawn).not.toBeNull();
      }),
      { seed: 7 },
    );
  });
});
