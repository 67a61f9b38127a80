import { describe, expect, it } from 'vitest';
import { wireFrom, wireTo, type WirePoint } from '#renderer/fit/live-wire.ts';
import type { LuminanceCrop } from '#renderer/fit/luminance.ts';

/** Repeatable noise between -1 and 1. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

/** A picture of grey values from a function of the pixel's middle. */
function picture(size: number, valueAt: (x: number, y: number) => number, at = { x: 0, y: 0 }): LuminanceCrop {
  const values = new Float32Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) values[row * size + column] = valueAt(column + 0.5, row + 0.5);
  }
  return { ...at, width: size, height: size, values };
}

const radius = 60;
/** A disc of radius 60 in the middle of 160 x 160, its edge blurred over two pixels, under noise. */
function disc(amount: number, seed = 1): LuminanceCrop {
  const next = noise(seed);
  return picture(160, (x, y) => {
    const outside = (Math.hypot(x - 80, y - 80) - radius) / 2;
    return 0.5 - 0.2 * Math.tanh(outside) + amount * next();
  });
}

const offEdge = (points: readonly WirePoint[]) =>
  Math.max(...between(points).map(({ x, y }) => Math.abs(Math.hypot(x - 80, y - 80) - radius)));

/** Points along a line through corners, one every half pixel. */
function between(points: readonly WirePoint[]): WirePoint[] {
  return points.slice(1).flatMap((b, i) => {
    const a = points[i]!;
    const count = Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) * 2);
    return Array.from({ length: count + 1 }, (_, step) => ({
      x: a.x + ((b.x - a.x) * step) / count,
      y: a.y + ((b.y - a.y) * step) / count,
    }));
  });
}

describe('the live wire', () => {
  it('goes round a disc along its edge, within two pixels', () => {
    const map = wireFrom(disc(0), { x: 20, y: 80 });
    const points = wireTo(map, { x: 80, y: 20 });
    expect(points[0]).toEqual({ x: 20.5, y: 80.5 });
    expect(points.at(-1)).toEqual({ x: 80.5, y: 20.5 });
    expect(offEdge(points)).toBeLessThan(2);
    // A quarter of the circle takes corners, not every pixel.
    expect(points.length).toBeGreaterThan(4);
    expect(points.length).toBeLessThan(40);
  });

  it('stays on the edge under the noise of a night photo', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const map = wireFrom(disc(0.1, seed), { x: 20, y: 80 });
      expect(offEdge(wireTo(map, { x: 80, y: 20 }))).toBeLessThan(3);
    }
  });

  it('goes straight where there is nothing to follow', () => {
    const map = wireFrom(
      picture(40, () => 0.5),
      { x: 3.2, y: 7.9 },
    );
    expect(wireTo(map, { x: 33, y: 7 })).toEqual([
      { x: 3.5, y: 7.5 },
      { x: 33.5, y: 7.5 },
    ]);
    expect(wireTo(map, { x: 3, y: 7 })).toEqual([{ x: 3.5, y: 7.5 }]);
  });

  it('speaks in pixels of the picture, wherever the crop lies in it', () => {
    const at = { x: 1000, y: 500 };
    const here = wireTo(wireFrom(disc(0), { x: 20, y: 80 }), { x: 80, y: 20 });
    const there = wireTo(wireFrom({ ...disc(0), ...at }, { x: 1020, y: 580 }), { x: 1080, y: 520 });
    expect(there).toEqual(here.map(({ x, y }) => ({ x: x + 1000, y: y + 500 })));
  });

  it('gives back the point alone when it lies beyond what was looked at', () => {
    const map = wireFrom(disc(0), { x: 20, y: 80 });
    expect(wireTo(map, { x: 200, y: 20 })).toEqual([{ x: 200, y: 20 }]);
  });
});
