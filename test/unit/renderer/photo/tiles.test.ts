import { describe, expect, it } from 'vitest';
import { createByteCache, tileArea, tileKey, tileLevel, tilesIn } from '#renderer/photo/tiles.ts';

const size = { width: 1300, height: 700 };

describe('tiles', () => {
  it('are of the level that has a pixel for every device pixel', () => {
    expect([64, 1, 0.99, 0.6, 0.5, 0.26, 0.25].map(tileLevel)).toEqual([0, 0, 0, 0, 1, 1, 2]);
  });

  it('cover an area, each once, and no more than touch it', () => {
    const keys = (left: number, top: number, right: number, bottom: number) =>
      tilesIn({ left, top, right, bottom }, 0, size).map(tileKey).sort();
    expect(keys(0, 0, 512, 512)).toEqual(['0/0/0']);
    expect(keys(0, 0, 513, 512)).toEqual(['0/0/0', '0/1/0']);
    expect(keys(-900, -900, 9000, 9000)).toHaveLength(6);
    expect(keys(2000, 0, 3000, 100)).toEqual([]);
  });

  it('begin in the middle and reach beyond by the margin', () => {
    const tiles = tilesIn({ left: 520, top: 100, right: 1000, bottom: 400 }, 0, size, 0.5);
    expect(tileKey(tiles[0]!)).toBe('0/1/0');
    expect(tiles).toHaveLength(6);
  });

  it('end where the photo does', () => {
    expect(tileArea({ level: 0, column: 2, row: 1 }, size)).toEqual({ left: 1024, top: 512, right: 1300, bottom: 700 });
    expect(tileArea({ level: 1, column: 0, row: 0 }, size)).toEqual({ left: 0, top: 0, right: 1024, bottom: 700 });
  });
});

describe('the cache', () => {
  const cache = (budget: number, kept: string[] = []) => {
    const dropped: string[] = [];
    const made = createByteCache<string>(
      budget,
      (value) => value.length,
      (value) => dropped.push(value),
      (key) => kept.includes(key),
    );
    return { made, dropped };
  };

  it('lets go of what was used longest ago', () => {
    const { made, dropped } = cache(9);
    for (const name of ['aaa', 'bbb', 'ccc']) made.set(name, name);
    made.get('aaa');
    made.set('ddd', 'ddd');
    expect(dropped).toEqual(['bbb']);
    expect(made.get('bbb')).toBeUndefined();
    expect(made.bytes).toBe(9);
  });

  it('keeps what is in use even beyond its budget', () => {
    const { made, dropped } = cache(3, ['a', 'b']);
    for (const name of ['a', 'b', 'c']) made.set(name, name.repeat(3));
    expect(dropped).toEqual([]);
    made.set('d', 'ddd');
    expect(dropped).toEqual(['ccc']);
  });

  it('gives everything back, and what is replaced', () => {
    const { made, dropped } = cache(99);
    made.set('a', 'one');
    made.set('a', 'two');
    made.clear();
    expect(dropped).toEqual(['one', 'two']);
    expect(made.bytes).toBe(0);
  });
});
