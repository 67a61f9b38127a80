import { expect, test } from 'vitest';
import { openPicture } from '#renderer/canvas/picture.ts';

const size = { width: 1000, height: 800 };
const area = { left: 0, top: 0, right: 500, bottom: 400 };
const hides = (opaque: boolean, k: number, x: number, y: number): boolean =>
  openPicture({} as ImageBitmap, size, opaque, () => undefined).hides(area, { k, x, y, ratio: 1 });

test('what lies under all of an opaque picture need not be painted', () => {
  expect(hides(true, 1, -10, -10)).toBe(true);
  expect(hides(false, 1, -10, -10)).toBe(false);
});

test('at its edges, antialiased as they are, the surround is painted', () => {
  for (const [k, x, y] of [
    [1, 0, -10],
    [1, -10, -1],
    [1, -499, -10],
    [1, -10, -400],
    [0.5, -2, -2],
  ] as const) {
    expect(hides(true, k, x, y), `${k} ${x} ${y}`).toBe(false);
  }
});
