import { describe, expect, it } from 'vitest';
import type { MaskGeometry } from '#shared/domain/annotation.ts';
import { maskCount } from '#shared/geometry/mask-runs.ts';
import { polygonOf, rectangle, shapeOf } from '#test/support/canvas-shapes.ts';
import { workbench, type Workbench } from '#test/support/canvas-workbench.ts';

const at = (x: number, y: number) => ({ x, y });
const last = (bench: Workbench) => bench.shapes.at(-1);

describe('the tool for turned boxes', () => {
  it('takes an edge by two clicks and the width by a third, on either side of it', () => {
    const bench = workbench('rotated-box');
    for (const place of [at(40, 20), at(40, 60), at(60, 30)]) {
      bench.send('move', place);
      bench.click(place);
    }
    expect(last(bench)?.geometry).toEqual({ type: 'rotated-box', cx: 50, cy: 40, w: 40, h: 20, angle: -90 });
    for (const place of [at(100, 50), at(140, 50), at(120, 80)]) bench.click(place);
    expect(last(bench)?.geometry).toEqual({ type: 'rotated-box', cx: 120, cy: 65, w: 40, h: 30, angle: 0 });
  });

  it('draws an upright one by dragging', () => {
    const bench = workbench('rotated-box');
    bench.drag(at(10, 10), at(50, 30));
    expect(last(bench)?.geometry).toEqual({ type: 'rotated-box', cx: 30, cy: 20, w: 40, h: 20, angle: 0 });
    expect(bench.selection).toEqual([last(bench)?.id]);
  });

  it('is cancelled at every step without a trace', () => {
    for (const clicks of [1, 2]) {
      const bench = workbench('rotated-box');
      for (let click = 0; click < clicks; click += 1) bench.click(at(20 + 40 * click, 20));
      bench.send('move', at(40, 60));
      bench.runner.cancel();
      expect(bench.runner.busy).toBe(false);
      expect(bench.of('overlay').at(-1)?.overlay).toBeNull();
      expect(bench.shapes).toEqual([]);
    }
  });
});

describe('the tool for ellipses', () => {
  it('draws by a drag, by two clicks and from the centre', () => {
    const bench = workbench('ellipse');
    bench.drag(at(20, 20), at(60, 40));
    bench.click(at(100, 20));
    bench.click(at(120, 60));
    bench.drag(at(150, 50), at(160, 70), { alt: true });
    expect(bench.shapes.map(({ geometry }) => geometry)).toEqual([
      { type: 'ellipse', cx: 40, cy: 30, rx: 20, ry: 10, angle: 0 },
      { type: 'ellipse', cx: 110, cy: 40, rx: 10, ry: 20, angle: 0 },
      { type: 'ellipse', cx: 150, cy: 50, rx: 10, ry: 20, angle: 0 },
    ]);
  });
});

describe('the tool for points', () => {
  it('sets a point where the button is let go', () => {
    const bench = workbench('point');
    bench.drag(at(20, 20), at(30.5, 25.25));
    bench.click(at(500, 50));
    expect(bench.shapes.map(({ geometry }) => geometry)).toEqual([
      { type: 'point', x: 30.5, y: 25.25 },
      { type: 'point', x: 200, y: 50 },
    ]);
  });
});

describe('the brush', () => {
  const areaOf = (bench: Workbench) => maskCount(last(bench)!.geometry as MaskGeometry);

  it('paints whole pixels whose middle lies under it, and goes on with the same mask', () => {
    const bench = workbench('brush');
    bench.brush = { radius: 2, erases: false };
    bench.click(at(50, 50));
    // Middles at 48.5 to 51.5: twelve of sixteen lie within two pixels.
    expect(last(bench)?.geometry).toEqual({ type: 'mask', x: 48, y: 48, w: 4, h: 4, runs: [1, 2, 1, 8, 1, 2, 1] });
    bench.click(at(60, 50));
    expect(bench.shapes).toHaveLength(1);
    expect(areaOf(bench)).toBe(24);
    bench.selection = [];
    bench.click(at(80, 50));
    expect(bench.shapes).toHaveLength(2);
    expect(bench.of('commit').map(({ label }) => label)).toEqual(['paint', 'paint', 'paint']);
  });

  it('rubs out what is painted, and deletes a mask of which nothing is left', () => {
    const bench = workbench('brush');
    bench.brush = { radius: 4, erases: false };
    bench.drag(at(30, 50), at(60, 50));
    const before = areaOf(bench);
    bench.brush = { radius: 4, erases: true };
    bench.selection = [];
    bench.drag(at(45, 50), at(60, 50));
    expect(areaOf(bench)).toBeLessThan(before * 0.6);
    bench.brush = { radius: 40, erases: true };
    bench.drag(at(30, 50), at(60, 50));
    expect(bench.shapes).toEqual([]);
    bench.click(at(30, 50));
    expect(bench.runner.busy).toBe(false);
  });

  it('fills a stroke that closes, unless Alt is held when it ends', () => {
    const painted = [false, true].map((alt) => {
      const bench = workbench('brush');
      bench.brush = { radius: 2, erases: false };
      bench.send('down', at(130, 50));
      for (let step = 0; step <= 32; step += 1) {
        const angle = (2 * Math.PI * step) / 32;
        bench.send('move', at(100 + 30 * Math.cos(angle), 50 + 30 * Math.sin(angle)));
      }
      bench.send('up', at(130, 50), { alt });
      return areaOf(bench);
    });
    expect(painted[0]).toBeGreaterThan(Math.PI * 30 ** 2);
    expect(painted[1]).toBeLessThan(2 * Math.PI * 30 * 4.5);
  });

  it('paints nothing outside the picture', () => {
    const bench = workbench('brush');
    bench.drag(at(-30, -30), at(-20, -20));
    expect(bench.shapes).toEqual([]);
    bench.drag(at(190, 90), at(300, 200));
    const { x, y, w, h } = last(bench)!.geometry as MaskGeometry;
    expect([x + w, y + h]).toEqual([200, 100]);
  });
});

describe('dragging the handles of an outline', () => {
  const triangle = polygonOf([
    [20, 20],
    [80, 20],
    [50, 80],
  ]);
  const outer = (bench: Workbench) => (last(bench)!.geometry as typeof triangle).parts[0]?.outer;

  it('moves a vertex, inserts one on an edge, and takes one out with Alt', () => {
    const shape = shapeOf(triangle);
    const bench = workbench('select', shape);
    bench.selection = [shape.id];
    bench.handle = { id: shape.id, handle: '0.0.0', cursor: 'move', anchor: at(20, 20) };
    bench.drag(at(21, 21), at(11, 31));
    expect(outer(bench)?.[0]).toEqual([10, 30]);
    expect(bench.vertices).toEqual(['0.0.0']);
    bench.handle = { id: shape.id, handle: '0.0.1+', cursor: 'copy', anchor: at(65, 50) };
    bench.drag(at(65, 50), at(90, 60));
    expect(outer(bench)).toEqual([
      [10, 30],
      [80, 20],
      [90, 60],
      [50, 80],
    ]);
    expect(bench.vertices).toEqual(['0.0.2']);
    bench.click(at(90, 60));
    expect(outer(bench)).toHaveLength(5);
    bench.handle = { id: shape.id, handle: '0.0.2', cursor: 'move', anchor: at(90, 60) };
    bench.click(at(90, 60), { alt: true });
    expect(outer(bench)).toHaveLength(4);
    expect(new Set(bench.of('commit').map(({ label }) => label))).toEqual(new Set(['reshape']));
  });

  it('draws a vertex to a neighbour’s border and makes both have it', () => {
    const [shape, neighbour] = [shapeOf(triangle), shapeOf(rectangle(100, 10, 40, 60))];
    const bench = workbench('select', neighbour, shape);
    bench.snapReach = 5;
    bench.selection = [shape.id];
    bench.handle = { id: shape.id, handle: '0.0.1', cursor: 'move', anchor: at(80, 20) };
    bench.drag(at(80, 20), at(97, 40));
    expect(outer(bench)?.[1]).toEqual([100, 40]);
    expect((bench.shapes[0]!.geometry as typeof triangle).parts[0]?.outer).toContainEqual([100, 40]);
    expect(bench.of('commit')).toHaveLength(1);
  });

  it('turns a box by its turning handle, in steps of 15 degrees with Shift', () => {
    const shape = shapeOf({ type: 'rotated-box', cx: 100, cy: 50, w: 40, h: 20, angle: 0 } as const);
    const bench = workbench('select', shape);
    bench.handle = { id: shape.id, handle: 'turn', cursor: 'grab', anchor: at(100, 20) };
    bench.drag(at(100, 20), at(130, 50));
    expect(last(bench)?.geometry).toMatchObject({ cx: 100, cy: 50, angle: 90 });
    bench.send('down', at(100, 20));
    bench.send('up', at(108, 20), { shift: true });
    expect(last(bench)?.geometry).toMatchObject({ angle: 15 });
    expect(bench.of('commit').map(({ label }) => label)).toEqual(['rotate', 'rotate']);
  });
});

describe('the tool for vertices', () => {
  const shape = shapeOf(rectangle(20, 20, 60, 40));

  it('chooses by a rubber band and moves what is chosen together', () => {
    const bench = workbench('vertices', shape);
    bench.selection = [shape.id];
    bench.drag(at(70, 10), at(90, 90));
    expect(bench.vertices).toEqual(['0.0.1', '0.0.2']);
    bench.handle = { id: shape.id, handle: '0.0.1', cursor: 'move', anchor: at(80, 20) };
    bench.drag(at(80, 20), at(300, 25));
    expect(last(bench)?.geometry).toEqual(
      polygonOf([
        [20, 20],
        [200, 25],
        [200, 65],
        [20, 60],
      ]),
    );
  });

  it('adds and takes away with Shift, and chooses another outline by a click', () => {
    const other = shapeOf(rectangle(120, 20, 40, 40));
    const bench = workbench('vertices', shape, other);
    bench.click(at(50, 40));
    expect(bench.selection).toEqual([shape.id]);
    for (const [handle, chosen] of [
      ['0.0.0', ['0.0.0']],
      ['0.0.2', ['0.0.0', '0.0.2']],
      ['0.0.0', ['0.0.2']],
    ] as const) {
      bench.handle = { id: shape.id, handle, cursor: 'move', anchor: at(20, 20) };
      bench.click(at(20, 20), { shift: true });
      expect(bench.vertices).toEqual(chosen);
    }
    bench.handle = null;
    bench.click(at(140, 40));
    expect(bench.selection).toEqual([other.id]);
  });
});
