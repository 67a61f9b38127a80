import { describe, expect, it } from 'vitest';
import {
  applyLook,
  histogramOf,
  isPlain,
  lookTables,
  lookText,
  nightLook,
  plainLook,
  readLook,
  stretchRange,
} from '#renderer/photo/look.ts';

const changed = (rgba: number[], look: Partial<typeof plainLook>): number[] => {
  const pixels = Uint8ClampedArray.from(rgba);
  applyLook(pixels, lookTables({ ...plainLook, ...look }, histogramOf(pixels)));
  return [...pixels];
};

describe('a look', () => {
  it('that is plain changes no value', () => {
    const { red, green, blue } = lookTables(plainLook, null);
    const same = Uint8Array.from({ length: 256 }, (_, value) => value);
    expect([red, green, blue]).toEqual([same, same, same]);
  });

  it('brings up the dark by gamma and leaves black and white', () => {
    const { red } = lookTables({ ...plainLook, gamma: 2 }, null);
    expect([red[0], red[64], red[255]]).toEqual([0, Math.round(255 * Math.sqrt(64 / 255)), 255]);
  });

  it('adds brightness, turns contrast around the middle, multiplies channels', () => {
    expect(lookTables({ ...plainLook, brightness: 0.2 }, null).red[100]).toBe(151);
    const steep = lookTables({ ...plainLook, contrast: 0.5 }, null).red;
    expect(steep[100]).toBeLessThan(80);
    expect(steep[160]).toBeGreaterThan(185);
    expect(lookTables({ ...plainLook, contrast: -1 }, null).red[3]).toBe(128);
    const { red, green } = lookTables({ ...plainLook, red: 0.5 }, null);
    expect([red[200], green[200]]).toEqual([100, 200]);
  });

  it('takes the colour away, and leaves alpha', () => {
    const [r, g, b, a] = changed([200, 100, 50, 77], { saturation: 0 });
    expect(r).toBe(g);
    expect(g).toBe(b);
    expect(a).toBe(77);
  });

  it('sets colours apart without leaving the range', () => {
    const [r, g, b] = changed([200, 100, 50, 255], { saturation: 2 });
    expect(r).toBe(255);
    expect(g).toBeLessThan(100);
    expect(b).toBe(0);
  });

  it('spreads the brightnesses that occur', () => {
    const pixels = Array.from({ length: 1000 }, (_, at) => [
      60 + (at % 41),
      60 + (at % 41),
      60 + (at % 41),
      255,
    ]).flat();
    const spread = changed(pixels, { stretch: true });
    expect(Math.min(...spread)).toBe(0);
    expect(spread[40 * 4]).toBe(255);
  });

  it('is kept as text and read again, and nonsense is the plain one', () => {
    expect(readLook(lookText(nightLook))).toEqual(nightLook);
    expect(lookText(plainLook)).toBe('');
    for (const text of ['', '{', '[]', '"x"', '{"gamma":"much"}', 'null']) expect(isPlain(readLook(text))).toBe(true);
    expect(readLook('{"gamma":99}').gamma).toBe(5);
  });
});

describe('the range of a stretch', () => {
  it('leaves a few pixels at the ends aside', () => {
    const counts = new Uint32Array(256);
    counts.fill(1000, 40, 91);
    counts[0] = 2;
    counts[255] = 3;
    expect(stretchRange(counts)).toEqual({ low: 40, high: 90 });
  });

  it('of one value, or of none, is left as wide as it is', () => {
    const counts = new Uint32Array(256);
    expect(stretchRange(counts)).toEqual({ low: 0, high: 255 });
    counts[9] = 100;
    expect(stretchRange(counts)).toEqual({ low: 0, high: 255 });
  });
});
