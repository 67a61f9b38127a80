import { describe, expect, it } from 'vitest';
import { differenceHash, greyCells } from '#renderer/features/work/likeness.ts';

describe('the difference hash', () => {
  it('sets a bit for each cell brighter than its right neighbour, the first one highest', () => {
    const falling = Array.from({ length: 72 }, (_, at) => 100 - (at % 9));
    const rising = falling.map((value) => 200 - value);
    expect(differenceHash(falling)).toBe('ffffffffffffffff');
    expect(differenceHash(rising)).toBe('0000000000000000');
    const first = Array.from({ length: 72 }, () => 0);
    first[0] = 1;
    expect(differenceHash(first)).toBe('8000000000000000');
    const last = Array.from({ length: 72 }, () => 0);
    last[70] = 1;
    expect(differenceHash(last)).toBe('0000000000000001');
  });

  it('is blind to equal neighbours and to overall brightness', () => {
    expect(differenceHash(Array.from({ length: 72 }, () => 7))).toBe('0000000000000000');
    const some = Array.from({ length: 72 }, (_, at) => (at * 37) % 101);
    expect(differenceHash(some.map((value) => value + 20))).toBe(differenceHash(some));
  });
});

describe('the grey cells', () => {
  it('are the mean luma of their part of the picture', () => {
    const [width, height] = [18, 16];
    const rgba = new Uint8ClampedArray(width * height * 4);
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        // Left column of cells pure red, the rest half black, half white.
        const value = x < 2 ? [255, 0, 0] : x % 2 === 0 ? [0, 0, 0] : [255, 255, 255];
        rgba.set([...value, 255], (y * width + x) * 4);
      }
    }
    const cells = greyCells(rgba, width, height);
    expect(cells).toHaveLength(72);
    expect(cells[0]).toBeCloseTo(0.299 * 255, 6);
    expect(cells[1]).toBeCloseTo(127.5, 6);
    expect(cells[71]).toBeCloseTo(127.5, 6);
  });
});
