import { describe, expect, it } from 'vitest';
import { createViewControl } from '#renderer/canvas/view-control.ts';
import { maxScale, minScale, nextScale, toImage, toScreen, type Viewport } from '#renderer/canvas/viewport.ts';

function control() {
  const seen: Viewport[] = [];
  const view = createViewControl((viewport) => seen.push(viewport));
  view.resized({ width: 1000, height: 600 });
  view.setImage({ width: 2000, height: 1000 });
  return { view, seen };
}

describe('the viewport', () => {
  it('fits the picture into the middle of the view', () => {
    const { view } = control();
    expect(toScreen(view.viewport, { x: 1000, y: 500 })).toEqual({ x: 500, y: 300 });
    expect(toScreen(view.viewport, { x: 0, y: 0 }).x).toBeCloseTo(12);
  });

  it('fits the picture beneath what floats over the corner, and nowhere else than without it where it lies beside', () => {
    const { view } = control();
    const before = view.viewport;
    view.covered({ width: 600, height: 44 });
    // 490 pixels high in 600: it begins at 55 anyway.
    expect(view.viewport).toEqual(before);
    view.setImage({ width: 1000, height: 4000 });
    const top = () => toScreen(view.viewport, { x: 0, y: 0 });
    expect(top().y).toBeCloseTo(56);
    expect(toScreen(view.viewport, { x: 0, y: 4000 }).y).toBeCloseTo(588);
    view.covered({ width: 640, height: 80 });
    expect(top().y).toBeCloseTo(92);
    view.covered({ width: 300, height: 80 });
    view.fit();
    expect(top().y).toBeCloseTo(12);
    expect(top().x).toBeGreaterThan(300);
    // Moved by hand it stays where it is.
    view.pan(0, -200);
    const moved = view.viewport;
    view.covered({ width: 640, height: 44 });
    expect(view.viewport).toEqual(moved);
  });

  it('keeps the point under the cursor in place through a hundred steps to 64x and back', () => {
    const { view } = control();
    const at = { x: 731, y: 217 };
    const before = toImage(view.viewport, at);
    for (let step = 0; step < 100; step += 1) view.zoomTo(view.viewport.scale * 1.2, at);
    expect(view.viewport.scale).toBe(maxScale);
    const zoomedIn = toImage(view.viewport, at);
    expect(zoomedIn.x).toBeCloseTo(before.x, 6);
    expect(zoomedIn.y).toBeCloseTo(before.y, 6);
    for (let step = 0; step < 10; step += 1) view.zoomTo(view.viewport.scale / 1.2, at);
    expect(toImage(view.viewport, at).x).toBeCloseTo(before.x, 6);
  });

  it('never zooms beyond its bounds', () => {
    const { view } = control();
    view.zoomTo(1e9);
    expect(view.viewport.scale).toBe(maxScale);
    view.zoomTo(0);
    expect(view.viewport.scale).toBe(minScale);
  });

  it('keeps a strip of the picture in sight however far it is panned', () => {
    const { view } = control();
    view.pan(1e6, -1e6);
    const { x } = toScreen(view.viewport, { x: 0, y: 0 });
    const { y } = toScreen(view.viewport, { x: 0, y: 1000 });
    expect(x).toBeLessThan(1000);
    expect(y).toBeGreaterThan(0);
  });

  it('stays fitted when the view is resized until it is moved by hand, then keeps the middle', () => {
    const { view } = control();
    view.resized({ width: 500, height: 600 });
    expect(toScreen(view.viewport, { x: 1000, y: 500 })).toEqual({ x: 250, y: 300 });
    view.zoomTo(4);
    const middle = toImage(view.viewport, { x: 250, y: 300 });
    view.resized({ width: 900, height: 300 });
    expect(toImage(view.viewport, { x: 450, y: 150 })).toEqual(middle);
    expect(view.viewport.scale).toBe(4);
  });

  it('brings what is out of sight into view and leaves alone what is in it', () => {
    const { view, seen } = control();
    view.zoomTo(8);
    const area = { left: 10, top: 10, right: 40, bottom: 30 };
    view.reveal(area);
    const corner = toScreen(view.viewport, { x: 10, y: 10 });
    expect(corner.x).toBeGreaterThanOrEqual(0);
    expect(corner.y).toBeGreaterThanOrEqual(0);
    const count = seen.length;
    view.reveal(area);
    expect(seen).toHaveLength(count);
  });

  it('climbs a ladder of scales that has an end', () => {
    expect(nextScale(1, 1)).toBe(1.5);
    expect(nextScale(1, -1)).toBe(0.75);
    expect(nextScale(0.9, 1)).toBe(1);
    expect(nextScale(64, 1)).toBe(64);
    expect(nextScale(0.01, -1)).toBe(0.01);
  });
});
