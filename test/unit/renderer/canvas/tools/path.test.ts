import { describe, expect, it } from 'vitest';
import type { Geometry, Shape } from '#shared/domain/annotation.ts';
import type { Point } from '#renderer/canvas/geometry.ts';
import type { ToolId } from '#renderer/canvas/tools/tool.ts';
import { polygonOf, rectangle, shapeOf } from '#test/support/canvas-shapes.ts';
import { workbench, type Workbench } from '#test/support/canvas-workbench.ts';

const at = (x: number, y: number): Point => ({ x, y });

function clickAll(bench: Workbench, ...places: [number, number][]): void {
  for (const [x, y] of places) {
    bench.send('move', at(x, y));
    bench.click(at(x, y));
  }
}

const outerOf = (geometry: Geometry | undefined): unknown =>
  geometry?.type === 'polygon' ? geometry.parts[0]?.outer : undefined;
const last = (bench: Workbench): Shape | undefined => bench.shapes.at(-1);

describe('a polygon under way', () => {
  const corners: [number, number][] = [
    [20, 20],
    [80, 20],
    [80, 60],
    [20, 60],
  ];

  it('is closed by a click on its first point, by a double click and by the finishing key', () => {
    for (const end of ['first', 'double', 'key'] as const) {
      const bench = workbench('polygon');
      bench.label = 'car';
      clickAll(bench, ...corners);
      if (end === 'first') bench.click(at(23, 22));
      if (end === 'double') bench.click(at(20, 60));
      if (end === 'key') bench.runner.command('finish');
      expect(bench.shapes).toMatchObject([{ label: 'car', origin: 'hand', geometry: polygonOf(corners) }]);
      expect(bench.selection).toEqual([bench.shapes[0]!.id]);
      expect(bench.runner.state).toBe('path.idle');
    }
  });

  it('steps back and forth through its points, and is gone when the first is taken back', () => {
    const bench = workbench('polygon');
    clickAll(bench, ...corners);
    bench.runner.command('step-back');
    bench.runner.command('step-back');
    bench.runner.command('step-forward');
    bench.runner.command('finish');
    expect(outerOf(last(bench)?.geometry)).toEqual(corners.slice(0, 3));
    clickAll(bench, [100, 20], [120, 20]);
    for (let step = 0; step < 2; step += 1) bench.runner.command('step-back');
    expect(bench.runner.state).toBe('path.idle');
    expect(bench.shapes).toHaveLength(1);
  });

  it('forgets what was taken back once another point is placed', () => {
    const bench = workbench('polygon');
    clickAll(bench, ...corners.slice(0, 3));
    bench.runner.command('step-back');
    clickAll(bench, [50, 90]);
    bench.runner.command('step-forward');
    bench.runner.command('finish');
    expect(outerOf(last(bench)?.geometry)).toEqual([...corners.slice(0, 2), [50, 90]]);
  });

  it('leaves no trace when cancelled or ended with too few points', () => {
    const bench = workbench('polygon');
    clickAll(bench, ...corners);
    bench.runner.cancel();
    clickAll(bench, [20, 20], [50, 50]);
    bench.runner.command('finish');
    expect(bench.of('commit')).toEqual([]);
    expect(bench.of('preview').at(-1)?.shapes).toEqual([]);
    expect(bench.of('overlay').at(-1)?.overlay).toBeNull();
  });

  it('keeps to 45 degrees with Shift and follows the pointer while the freehand key is held, as one step', () => {
    const bench = workbench('polygon');
    bench.click(at(20, 20));
    bench.click(at(60, 24), { shift: true });
    bench.freehand = true;
    for (let x = 60; x >= 20; x -= 5) bench.send('move', at(x, 70));
    bench.freehand = false;
    bench.send('move', at(10, 60));
    bench.runner.command('finish');
    const drawn = outerOf(last(bench)?.geometry) as [number, number][];
    expect(drawn.slice(0, 2)).toEqual([
      [20, 20],
      [60, 20],
    ]);
    expect(drawn.length).toBe(2 + 9);
    bench.click(at(120, 20));
    bench.freehand = true;
    for (let x = 130; x < 160; x += 5) bench.send('move', at(x, 40));
    bench.runner.command('step-back');
    bench.runner.command('step-back');
    expect(bench.runner.busy).toBe(false);
  });

  it('takes the points of a wire that leads from the last point, as one step, and goes straight with Shift', () => {
    const bench = workbench('polyline');
    bench.click(at(20, 20));
    bench.send('move', at(60, 50));
    const wanted = { from: at(20, 20), to: at(60, 50) };
    expect(bench.of('overlay').at(-1)?.overlay?.wired).toMatchObject(wanted);
    bench.wire = { ...wanted, points: [at(20.5, 49.5), at(40.5, 49.5)] };
    // Shown as it will be, then placed.
    bench.send('move', at(60, 50));
    const way = [[20, 20], [20.5, 49.5], [40.5, 49.5], [60, 50]]; // prettier-ignore
    expect(bench.of('preview').at(-1)?.shapes[0]?.geometry).toEqual({ type: 'polyline', points: way });
    bench.click(at(60, 50));
    // It leads from elsewhere now.
    bench.click(at(90, 50));
    bench.runner.command('step-back');
    bench.runner.command('step-back');
    bench.runner.command('step-forward');
    bench.click(at(60, 90), { shift: true });
    expect(bench.of('overlay').at(-1)?.overlay?.wired).toMatchObject({ from: at(60, 90) });
    bench.send('move', at(90, 92), { shift: true });
    expect(bench.of('overlay').at(-1)?.overlay?.wired).toBeUndefined();
    bench.wire = { from: at(60, 90), to: at(150, 10), points: [at(1, 1)] };
    bench.click(at(90, 90));
    bench.runner.command('finish');
    const drawn = last(bench)?.geometry;
    expect(drawn).toEqual({ type: 'polyline', points: [...way, [60, 90], [90, 90]] });
  });

  it('closes a ring along the wire', () => {
    const bench = workbench('polygon');
    clickAll(bench, [20, 20], [80, 20], [80, 60]);
    bench.wire = { from: at(80, 60), to: at(20, 20), points: [at(20.5, 59.5)] };
    bench.send('move', at(22, 21));
    expect(outerOf(bench.of('preview').at(-1)?.shapes[0]?.geometry)).toContainEqual([20.5, 59.5]);
    bench.click(at(22, 21));
    expect(outerOf(last(bench)?.geometry)).toEqual([[20, 20], [80, 20], [80, 60], [20.5, 59.5]]); // prettier-ignore
  });

  it('says what an interruption would leave: the points placed, not the one in the air', () => {
    const bench = workbench('polygon');
    clickAll(bench, ...corners.slice(0, 3));
    bench.send('move', at(20, 60));
    const shown = bench.of('preview').at(-1)!;
    expect(outerOf(shown.shapes[0]?.geometry)).toHaveLength(4);
    expect(outerOf(shown.kept?.geometry)).toEqual(corners.slice(0, 3));
  });

  it('stays inside the picture', () => {
    const bench = workbench('polygon');
    clickAll(bench, [150, 50], [900, 50], [900, 900]);
    bench.runner.command('finish');
    expect(outerOf(last(bench)?.geometry)).toEqual([
      [150, 50],
      [200, 50],
      [200, 100],
    ]);
  });
});

describe('drawing along a neighbour', () => {
  const neighbour = () =>
    shapeOf(
      polygonOf([
        [20, 20],
        [60, 20],
        [70.123456, 50],
        [60, 80],
        [20, 80],
      ]),
    );

  it('takes the very vertices of the border between two places on it, the shorter way round', () => {
    const shape = neighbour();
    const bench = workbench('polygon', shape);
    bench.snapReach = 4;
    clickAll(bench, [61, 21], [62, 79], [120, 80], [120, 20]);
    bench.click(at(60, 20));
    expect(outerOf(last(bench)?.geometry)).toEqual([
      [60, 20],
      [70.123456, 50],
      [60, 80],
      [120, 80],
      [120, 20],
    ]);
    expect(bench.shapes[0]).toBe(shape);
  });

  it('follows the border back when the ring is closed from the other end of it', () => {
    const bench = workbench('polygon', neighbour());
    bench.snapReach = 4;
    clickAll(bench, [60, 20], [120, 20], [120, 80], [60, 80]);
    bench.runner.command('finish');
    expect(outerOf(last(bench)?.geometry)).toEqual([
      [60, 20],
      [120, 20],
      [120, 80],
      [60, 80],
      [70.123456, 50],
    ]);
  });

  it('goes the long way with Ctrl, and nowhere near the border with Alt', () => {
    const bench = workbench('polyline', neighbour());
    bench.snapReach = 4;
    bench.click(at(60, 20));
    bench.click(at(60, 80), { ctrl: true });
    bench.runner.command('finish');
    expect(last(bench)?.geometry).toMatchObject({
      points: [
        [60, 20],
        [20, 20],
        [20, 80],
        [60, 80],
      ],
    });
    bench.click(at(61, 21), { alt: true });
    bench.click(at(61, 79), { alt: true });
    bench.runner.command('finish');
    expect(last(bench)?.geometry).toMatchObject({
      points: [
        [61, 21],
        [61, 79],
      ],
    });
  });

  it('puts a point on an edge into that edge too, in the same change, so that both have it', () => {
    const bench = workbench('polygon', shapeOf(rectangle(20, 20, 40, 60)));
    bench.snapReach = 4;
    clickAll(bench, [61, 40], [120, 40], [120, 60], [61, 60]);
    bench.runner.command('finish');
    expect(bench.of('commit')).toHaveLength(1);
    expect(outerOf(bench.shapes[0]?.geometry)).toEqual([
      [20, 20],
      [60, 20],
      [60, 40],
      [60, 60],
      [60, 80],
      [20, 80],
    ]);
    expect(outerOf(bench.shapes[1]?.geometry)).toEqual([
      [60, 40],
      [120, 40],
      [120, 60],
      [60, 60],
    ]);
  });

  it('is drawn to a vertex rather than to an edge that is nearer', () => {
    const bench = workbench('polyline', shapeOf(rectangle(20, 20, 40, 60)));
    bench.snapReach = 6;
    bench.send('move', at(64, 24));
    expect(bench.of('overlay').at(-1)?.overlay?.snap).toEqual({ at: { x: 60, y: 20 }, on: 'vertex' });
    bench.send('move', at(64, 50));
    expect(bench.of('overlay').at(-1)?.overlay?.snap).toEqual({ at: { x: 60, y: 50 }, on: 'edge' });
    bench.send('move', at(90, 50));
    expect(bench.of('overlay').at(-1)?.overlay).toBeNull();
  });
});

describe('the keys’ cursor', () => {
  it('means the place where it is: points a pixel apart are no double click', () => {
    const bench = workbench('polygon');
    const key = (x: number, y: number) => {
      for (const type of ['down', 'up'] as const) {
        const place = at(x, y);
        bench.runner.input({ type, image: place, screen: place, shift: false, alt: false, ctrl: false, keyed: true });
      }
    };
    for (const [x, y] of [
      [20, 20],
      [21, 20],
      [21, 21],
      [20, 21],
    ] as const) {
      key(x, y);
    }
    expect(bench.runner.state).toBe('path.drawing');
    key(20, 20);
    expect(outerOf(last(bench)?.geometry)).toHaveLength(4);
  });
});

describe('rings in a polygon that is there', () => {
  const begin = (tool: ToolId, geometry = rectangle(20, 20, 60, 60)) => {
    const shape = shapeOf(geometry, 'car');
    const bench = workbench(tool, shape);
    bench.selection = [shape.id];
    return { bench, shape };
  };

  it('cuts a hole as it was drawn, and takes it back as one change', () => {
    const { bench, shape } = begin('hole');
    const hole: [number, number][] = [
      [30, 30],
      [50, 30],
      [40, 50],
    ];
    clickAll(bench, ...hole);
    bench.runner.command('finish');
    expect(bench.shapes).toEqual([{ ...shape, geometry: polygonOf(shape.geometry.parts[0]!.outer, hole) }]);
    expect(bench.of('commit')[0]?.label).toBe('reshape');
  });

  it('cuts away what a hole takes of the outline, but never all of it', () => {
    const { bench } = begin('hole');
    clickAll(bench, [60, 10], [120, 10], [120, 90], [60, 90]);
    bench.runner.command('finish');
    expect(bench.shapes[0]?.geometry).toMatchObject({ parts: [{ holes: [] }] });
    expect(outerOf(bench.shapes[0]?.geometry)).toHaveLength(4);
    clickAll(bench, [1, 1], [199, 1], [199, 99], [1, 99]);
    bench.runner.command('finish');
    expect(bench.shapes).toHaveLength(1);
  });

  it('adds a part beside the others, and joins one that touches them', () => {
    const { bench } = begin('part');
    clickAll(bench, [100, 20], [120, 20], [110, 40]);
    bench.runner.command('finish');
    expect(bench.shapes[0]?.geometry).toMatchObject({
      parts: [
        {},
        {
          outer: [
            [100, 20],
            [120, 20],
            [110, 40],
          ],
        },
      ],
    });
    clickAll(bench, [70, 30], [105, 25], [105, 35], [70, 40]);
    bench.runner.command('finish');
    expect(bench.shapes).toHaveLength(1);
    expect((bench.shapes[0]!.geometry as { parts: unknown[] }).parts).toHaveLength(1);
  });

  it('begins nothing where there is no polygon', () => {
    const bench = workbench('part');
    bench.click(at(50, 50));
    expect(bench.runner.busy).toBe(false);
    expect(bench.effects.filter(({ type }) => type === 'commit')).toEqual([]);
  });
});

describe('cutting', () => {
  it('cuts every polygon and mask that the line goes through, and only the selected ones where some are', () => {
    const shapes = [shapeOf(rectangle(20, 20, 40, 40), 'a'), shapeOf(rectangle(100, 20, 40, 40), 'b')];
    const cutAll = (selected: readonly Shape[]) => {
      const bench = workbench('slice', ...shapes);
      bench.selection = selected.map(({ id }) => id);
      clickAll(bench, [10, 40], [190, 40]);
      bench.runner.command('finish');
      return bench;
    };
    const all = cutAll([]).shapes.map(({ label }) => label ?? '');
    expect(all.toSorted((one, other) => one.localeCompare(other))).toEqual(['a', 'a', 'b', 'b']);
    const one = cutAll([shapes[0]!]);
    expect(one.shapes.map(({ label }) => label)).toEqual(['a', 'a', 'b']);
    expect(one.of('commit')[0]?.label).toBe('slice');
    expect(one.shapes[0]?.id).toBe(shapes[0]?.id);
    expect(one.selection).toEqual(one.shapes.slice(0, 2).map(({ id }) => id));
  });

  it('does nothing where it does not go right through', () => {
    const bench = workbench('slice', shapeOf(rectangle(20, 20, 40, 40)));
    clickAll(bench, [10, 40], [40, 40]);
    bench.runner.command('finish');
    expect(bench.of('commit')).toEqual([]);
  });
});
