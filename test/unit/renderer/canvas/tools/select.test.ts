import { describe, expect, it } from 'vitest';
import { box, workbench } from '#test/support/canvas-workbench.ts';
import { boxOf } from '#test/support/box-of.ts';

describe('clicking', () => {
  const large = box(0, 0, 100, 80);
  const small = box(20, 20, 10, 10);
  const top = box(10, 10, 60, 60);

  it('selects the topmost, then the smallest, then what is left, then the topmost again', () => {
    const bench = workbench('select', large, small, top);
    const at = { x: 25, y: 25 };
    const chosen = Array.from({ length: 4 }, () => {
      bench.click(at);
      return bench.selection;
    });
    expect(chosen).toEqual([[top.id], [small.id], [large.id], [top.id]]);
  });

  it('begins anew with the topmost at another place', () => {
    const bench = workbench('select', large, small, top);
    bench.click({ x: 25, y: 25 });
    bench.click({ x: 25, y: 25 });
    expect(bench.selection).toEqual([small.id]);
    bench.click({ x: 50, y: 50 });
    expect(bench.selection).toEqual([top.id]);
  });

  it('leaves what is selected already selected at the first click on it', () => {
    const bench = workbench('select', large, small, top);
    bench.selection = [large.id];
    bench.click({ x: 25, y: 25 });
    expect(bench.selection).toEqual([large.id]);
    bench.click({ x: 25, y: 25 });
    expect(bench.selection).toEqual([small.id]);
  });

  it('adds and takes away with Shift or Ctrl, and drops the selection over nothing', () => {
    const bench = workbench('select', large, top);
    bench.click({ x: 90, y: 75 });
    bench.click({ x: 50, y: 50 }, { shift: true });
    expect(bench.selection).toEqual([large.id, top.id]);
    bench.click({ x: 50, y: 50 }, { ctrl: true });
    expect(bench.selection).toEqual([large.id]);
    bench.click({ x: 150, y: 90 });
    expect(bench.selection).toEqual([]);
  });
});

describe('moving', () => {
  it('moves the pressed shape as one change and previews it on the way', () => {
    const shape = box(10, 10, 20, 20);
    const bench = workbench('select', shape);
    bench.drag({ x: 15, y: 15 }, { x: 25.5, y: 18 });
    expect(bench.of('preview').length).toBeGreaterThan(0);
    const [commit, ...more] = bench.of('commit');
    expect(more).toEqual([]);
    expect(commit).toMatchObject({ label: 'move', shapes: [{ geometry: { x: 20.5, y: 13, w: 20, h: 20 } }] });
  });

  it('moves all that is selected by the same way and stops where the first leaves the picture', () => {
    const [a, b] = [box(10, 10, 20, 20), box(150, 60, 20, 20)];
    const bench = workbench('select', a, b);
    bench.selection = [a.id, b.id];
    bench.drag({ x: 15, y: 15 }, { x: 95, y: 15 });
    expect(bench.of('commit')[0]?.shapes.map(({ geometry }) => boxOf(geometry).x)).toEqual([40, 180]);
  });

  it('takes a small tremble for a click', () => {
    const shape = box(10, 10, 20, 20);
    const bench = workbench('select', shape);
    bench.drag({ x: 15, y: 15 }, { x: 17, y: 16 });
    expect(bench.of('commit')).toEqual([]);
    expect(bench.selection).toEqual([shape.id]);
  });

  it('puts everything back when cancelled', () => {
    const shape = box(10, 10, 20, 20);
    const bench = workbench('select', shape);
    bench.send('down', { x: 15, y: 15 });
    bench.send('move', { x: 60, y: 60 });
    expect(bench.runner.state).toBe('select.moving');
    bench.runner.cancel();
    bench.send('up', { x: 60, y: 60 });
    expect(bench.of('preview').at(-1)?.shapes).toEqual([]);
    expect(bench.of('commit')).toEqual([]);
  });
});

describe('resizing', () => {
  const shape = box(50, 50, 20, 20);
  const hold = (handle: string, x: number, y: number) => ({ id: shape.id, handle, cursor: 'x', anchor: { x, y } });

  it('moves the handle by what the pointer moves, wherever it was taken hold of', () => {
    const bench = workbench('select', shape);
    bench.selection = [shape.id];
    bench.handle = hold('e', 70, 60);
    bench.drag({ x: 73, y: 61 }, { x: 83, y: 90 });
    expect(bench.of('commit')[0]).toMatchObject({
      label: 'resize',
      shapes: [{ geometry: { x: 50, y: 50, w: 30, h: 20 } }],
    });
  });

  it('moves both sides with Alt, and keeps the edge inside the picture', () => {
    const bench = workbench('select', shape);
    bench.handle = hold('se', 70, 70);
    bench.drag({ x: 70, y: 70 }, { x: 75, y: 80 }, { alt: true });
    bench.drag({ x: 70, y: 70 }, { x: 500, y: 500 });
    expect(bench.of('commit').map(({ shapes }) => shapes[0]?.geometry)).toEqual([
      { type: 'box', x: 45, y: 40, w: 30, h: 40 },
      { type: 'box', x: 45, y: 40, w: 155, h: 60 },
    ]);
  });

  it('changes nothing when the handle comes back to where it was', () => {
    const bench = workbench('select', shape);
    bench.handle = hold('se', 70, 70);
    bench.send('down', { x: 70, y: 70 });
    bench.send('move', { x: 90, y: 90 });
    bench.send('move', { x: 70, y: 70 });
    bench.send('up', { x: 70, y: 70 });
    // The very same object: the editor makes no change of it.
    expect(bench.of('commit')[0]?.shapes[0]).toBe(shape);
  });
});

describe('the rubber band', () => {
  it('selects what lies wholly inside, and adds with Shift', () => {
    const [a, b, c] = [box(10, 10, 10, 10), box(40, 10, 10, 10), box(90, 10, 80, 10)];
    const bench = workbench('select', a, b, c);
    bench.drag({ x: 5, y: 5 }, { x: 100, y: 30 });
    expect(bench.selection).toEqual([a.id, b.id]);
    expect(bench.of('marquee').at(-1)?.area).toBeNull();
    bench.selection = [c.id];
    bench.send('down', { x: 5, y: 5 }, { shift: true });
    bench.send('move', { x: 25, y: 30 }, { shift: true });
    bench.send('up', { x: 25, y: 30 }, { shift: true });
    expect(bench.selection).toEqual([c.id, a.id]);
  });
});

describe('the cursor', () => {
  it('tells what a press would do', () => {
    const shape = box(10, 10, 20, 20);
    const bench = workbench('select', shape);
    bench.send('move', { x: 100, y: 90 });
    bench.send('move', { x: 15, y: 15 });
    bench.selection = [shape.id];
    bench.send('move', { x: 15, y: 15 });
    bench.handle = { id: shape.id, handle: 'n', cursor: 'ns-resize', anchor: { x: 20, y: 10 } };
    bench.send('move', { x: 20, y: 10 });
    expect(bench.of('cursor').map(({ cursor }) => cursor)).toEqual(['default', 'pointer', 'move', 'ns-resize']);
  });
});
