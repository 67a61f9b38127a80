import { describe, expect, it } from 'vitest';
import type { Geometry, Shape } from '#shared/domain/annotation.ts';
import { handleName, isPath, placeOf, ringsOf, vertexOf } from '#renderer/canvas/shapes/paths.ts';
import { sharedVertices } from '#renderer/canvas/shapes/vertex-moves.ts';
import { polygonOf, rectangle, shapeOf } from '#test/support/canvas-shapes.ts';
import { workbench, type Workbench } from '#test/support/canvas-workbench.ts';

/** Two squares with the border x = 40 from y = 10 to 40, which the right one runs along the other way; its middle has a vertex. */
function neighbours() {
  const left = shapeOf<Geometry>(
    polygonOf([
      [10, 10],
      [40, 10],
      [40, 25],
      [40, 40],
      [10, 40],
    ]),
  );
  const right = shapeOf<Geometry>(
    polygonOf([
      [70, 10],
      [70, 40],
      [40, 40],
      [40, 25],
      [40, 10],
    ]),
  );
  return { left, right };
}

/** Takes hold of the vertex (or the middle of the edge that begins there) at a place of a shape. */
function hold(bench: Workbench, shape: Shape, handle: string) {
  const ref = vertexOf(handle)!;
  if (!isPath(shape.geometry)) throw new Error('no path');
  const anchor = placeOf(shape.geometry, ref)!;
  bench.selection = [shape.id];
  bench.handle = { id: shape.id, handle, cursor: 'move', anchor };
  return anchor;
}

const placesOf = (bench: Workbench, { id }: Shape) => {
  const { geometry } = bench.shapes.find((shape) => shape.id === id)!;
  return isPath(geometry) ? ringsOf(geometry)[0]!.places : [];
};

describe('a border that two outlines share', () => {
  it('stays shared when a vertex of it is dragged, as one change', () => {
    const { left, right } = neighbours();
    const bench = workbench('select', left, right);
    bench.snapReach = 4;
    bench.drag(hold(bench, left, '0.0.2'), { x: 52, y: 27 });
    expect(placesOf(bench, left)[2]).toEqual([52, 27]);
    expect(placesOf(bench, right)[3]).toEqual([52, 27]);
    expect(bench.of('commit')).toMatchObject([{ label: 'reshape' }]);
    // What an interruption leaves of the gesture is the shape that is held.
    expect(
      bench
        .of('preview')
        .at(-2)
        ?.shapes.map(({ id }) => id),
    ).toEqual([left.id, right.id]);
  });

  it('is not held to where the neighbour was', () => {
    const { left, right } = neighbours();
    const bench = workbench('select', left, right);
    bench.snapReach = 4;
    bench.drag(hold(bench, left, '0.0.2'), { x: 41, y: 25 });
    expect(placesOf(bench, right)[3]).toEqual([41, 25]);
  });

  it('is parted with Alt, and while nothing is drawn to borders', () => {
    const { left, right } = neighbours();
    const bench = workbench('select', left, right);
    bench.snapReach = 4;
    const from = hold(bench, left, '0.0.2');
    bench.send('down', from);
    bench.send('move', { x: 50, y: 25 });
    bench.send('move', { x: 50, y: 25 }, { alt: true });
    expect(bench.of('preview').map(({ shapes }) => shapes.length)).toEqual([2, 1]);
    bench.send('up', { x: 50, y: 25 }, { alt: true });
    expect(placesOf(bench, left)[2]).toEqual([50, 25]);
    expect(placesOf(bench, right)[3]).toEqual([40, 25]);

    const off = workbench('select', left, right);
    off.drag(hold(off, left, '0.0.2'), { x: 52, y: 27 });
    expect(placesOf(off, right)[3]).toEqual([40, 25]);
  });

  it('gets a vertex on both sides where one is inserted', () => {
    const { left, right } = neighbours();
    const bench = workbench('select', left, right);
    bench.snapReach = 4;
    bench.drag(hold(bench, left, '0.0.1+'), { x: 45, y: 18 });
    expect(placesOf(bench, left).slice(1, 4)).toEqual([
      [40, 10],
      [45, 18],
      [40, 25],
    ]);
    expect(placesOf(bench, right).slice(3)).toEqual([
      [40, 25],
      [45, 18],
      [40, 10],
    ]);
  });

  it('moves with several chosen vertices, no further than they do', () => {
    const { left, right } = neighbours();
    const bench = workbench('vertices', left, right);
    bench.snapReach = 4;
    const from = hold(bench, left, '0.0.1');
    // The first of them ends at the edge of the picture, and with it the border.
    bench.vertices = ['0.0.0', '0.0.1', '0.0.2'];
    bench.drag(from, { x: 43, y: -20 });
    expect(placesOf(bench, left).slice(0, 3)).toEqual([
      [13, 0],
      [43, 0],
      [43, 15],
    ]);
    expect(placesOf(bench, right)).toEqual([
      [70, 10],
      [70, 40],
      [40, 40],
      [43, 15],
      [43, 0],
    ]);
  });

  it('is found at exactly the same places only, of outlines only', () => {
    const { left, right } = neighbours();
    const near = shapeOf<Geometry>(rectangle(40.001, 10, 20, 20));
    const box = shapeOf<Geometry>({ type: 'box', x: 40, y: 10, w: 5, h: 5 });
    const all = [left, right, near, box];
    const found = sharedVertices(left, ['0.0.1', '0.0.0'], () => all);
    expect(found).toEqual([{ shape: right, handles: [handleName({ part: 0, ring: 0, index: 4, between: false })] }]);
  });
});
