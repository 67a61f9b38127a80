import { describe, expect, it } from 'vitest';
import { box, workbench } from '#test/support/canvas-workbench.ts';

const geometryOf = (shape: { geometry: unknown } | undefined) => shape?.geometry;

describe('the box tool', () => {
  it('draws by dragging, in any direction, and selects what was drawn', () => {
    const bench = workbench('box');
    bench.label = 'car';
    bench.drag({ x: 50.25, y: 40.5 }, { x: 10, y: 20 });
    const [commit, ...more] = bench.of('commit');
    expect(more).toEqual([]);
    expect(commit?.label).toBe('draw');
    expect(commit?.shapes[0]).toMatchObject({
      label: 'car',
      origin: 'hand',
      geometry: { type: 'box', x: 10, y: 20, w: 40.25, h: 20.5 },
    });
    expect(bench.selection).toEqual([commit?.shapes[0]?.id]);
    expect(bench.runner.state).toBe('box.idle');
  });

  it('draws by two clicks, the box following the pointer in between', () => {
    const bench = workbench('box');
    bench.click({ x: 10, y: 10 });
    expect(bench.runner.state).toBe('box.placing');
    bench.send('move', { x: 30, y: 25 });
    expect(geometryOf(bench.of('preview').at(-1)?.shapes[0])).toEqual({ type: 'box', x: 10, y: 10, w: 20, h: 15 });
    bench.click({ x: 40, y: 30 });
    expect(geometryOf(bench.of('commit')[0]?.shapes[0])).toEqual({ type: 'box', x: 10, y: 10, w: 30, h: 20 });
    expect(bench.runner.busy).toBe(false);
  });

  it('keeps one identity from the first preview to the commit', () => {
    const bench = workbench('box');
    bench.drag({ x: 10, y: 10 }, { x: 60, y: 60 });
    const ids = new Set(bench.of('preview').flatMap(({ shapes }) => shapes.map(({ id }) => id)));
    expect([...ids]).toEqual([bench.of('commit')[0]?.shapes[0]?.id]);
  });

  it('draws from the centre while Alt is held', () => {
    const bench = workbench('box');
    bench.drag({ x: 100, y: 50 }, { x: 120, y: 60 }, { alt: true });
    expect(geometryOf(bench.of('commit')[0]?.shapes[0])).toEqual({ type: 'box', x: 80, y: 40, w: 40, h: 20 });
  });

  it('stays inside the picture, from the centre too, unless told otherwise', () => {
    const bench = workbench('box');
    bench.drag({ x: 150, y: 50 }, { x: 900, y: 900 });
    bench.drag({ x: 10, y: 50 }, { x: 40, y: 60 }, { alt: true });
    bench.clampToImage = false;
    bench.drag({ x: 150, y: 50 }, { x: 250, y: 120 });
    expect(bench.of('commit').map(({ shapes }) => geometryOf(shapes[0]))).toEqual([
      { type: 'box', x: 150, y: 50, w: 50, h: 50 },
      { type: 'box', x: 0, y: 40, w: 40, h: 20 },
      { type: 'box', x: 150, y: 50, w: 100, h: 70 },
    ]);
  });

  it('keeps nothing that is smaller than a pixel', () => {
    const bench = workbench('box');
    bench.drag({ x: 10, y: 10 }, { x: 60, y: 10.9 });
    bench.click({ x: 30, y: 30 });
    bench.click({ x: 30, y: 30 });
    expect(bench.of('commit')).toEqual([]);
    expect(bench.of('preview').at(-1)?.shapes).toEqual([]);
    expect(bench.runner.state).toBe('box.idle');
    bench.drag({ x: 10, y: 10 }, { x: 60, y: 11 });
    expect(bench.of('commit')).toHaveLength(1);
  });

  it('leaves no trace of a cancelled box', () => {
    const bench = workbench('box');
    bench.send('down', { x: 10, y: 10 });
    bench.send('move', { x: 50, y: 50 });
    bench.runner.cancel();
    expect(bench.of('preview').at(-1)?.shapes).toEqual([]);
    bench.send('up', { x: 50, y: 50 });
    expect(bench.of('commit')).toEqual([]);
  });

  it('takes hold of a handle of the selection instead of drawing', () => {
    const shape = box(10, 10, 20, 20);
    const bench = workbench('box', shape);
    bench.selection = [shape.id];
    bench.handle = { id: shape.id, handle: 'se', cursor: 'nwse-resize', anchor: { x: 30, y: 30 } };
    bench.drag({ x: 31, y: 31 }, { x: 51, y: 41 });
    expect(geometryOf(bench.of('commit')[0]?.shapes[0])).toEqual({ type: 'box', x: 10, y: 10, w: 40, h: 30 });
    expect(bench.runner.state).toBe('box.idle');
  });
});
