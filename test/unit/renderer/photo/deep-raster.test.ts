import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { deepPng, deepTiff, greyWindow, isDeepGreyPng } from '#renderer/photo/deep-raster.ts';
import { sampleTiff } from '#test/support/sample-tiff.ts';

const bytes = (buffer: Buffer): Uint8Array<ArrayBuffer> => Uint8Array.from(buffer);
const pixel = (rgba: Uint8ClampedArray, at: number): number[] => [...rgba.subarray(at * 4, at * 4 + 4)];

describe('a TIFF', () => {
  it('of 8 bits and three channels is shown as it is', async () => {
    const file = sampleTiff({
      width: 2,
      height: 1,
      channels: 3,
      bits: 8,
      photometric: 2,
      values: [10, 20, 30, 200, 0, 255],
    });
    const { width, height, rgba, deep } = await deepTiff(bytes(file));
    expect({ width, height, deep }).toEqual({ width: 2, height: 1, deep: null });
    expect([pixel(rgba, 0), pixel(rgba, 1)]).toEqual([
      [10, 20, 30, 255],
      [200, 0, 255, 255],
    ]);
  });

  it('of 16 bits in grey gets a window, and keeps its values', async () => {
    const values = Array.from({ length: 1000 }, (_, at) => 1000 + at);
    const file = sampleTiff({ width: 100, height: 10, channels: 1, bits: 16, photometric: 1, values, compression: 8 });
    const { rgba, deep } = await deepTiff(bytes(file));
    expect(pixel(rgba, 0)).toEqual([0, 0, 0, 255]);
    expect(pixel(rgba, 999)).toEqual([255, 255, 255, 255]);
    expect(pixel(rgba, 500)[0]).toBeGreaterThan(120);
    expect(pixel(rgba, 500)[0]).toBeLessThan(136);
    expect([...deep!]).toEqual(values);
  });

  it('of 16 bits in colour keeps the high bytes', async () => {
    const file = sampleTiff({ width: 1, height: 1, channels: 3, bits: 16, photometric: 2, values: [65535, 32768, 0] });
    expect(pixel((await deepTiff(bytes(file))).rgba, 0)).toEqual([255, 128, 0, 255]);
  });

  it('of CMYK is light where there is no ink', async () => {
    const values = [0, 0, 0, 0, 255, 0, 0, 0, 0, 0, 0, 255];
    const file = sampleTiff({ width: 3, height: 1, channels: 4, bits: 8, photometric: 5, values });
    const { rgba } = await deepTiff(bytes(file));
    expect([0, 1, 2].map((at) => pixel(rgba, at))).toEqual([
      [255, 255, 255, 255],
      [0, 255, 255, 255],
      [0, 0, 0, 255],
    ]);
  });

  it('that lies on its side is read, and says so', async () => {
    const file = sampleTiff({
      width: 2,
      height: 1,
      channels: 1,
      bits: 8,
      photometric: 1,
      values: [0, 255],
      orientation: 6,
    });
    expect((await deepTiff(bytes(file))).orientation).toBe(6);
  });

  it('that claims a size beyond reason is refused before anything is made for it', async () => {
    const claimed = { width: 60_000, height: 60_000 };
    const file = sampleTiff({ width: 1, height: 1, channels: 1, bits: 8, photometric: 1, values: [0], claimed });
    await expect(deepTiff(bytes(file))).rejects.toThrow(RangeError);
  });

  it('that unfolds to more than its size is refused', async () => {
    const values = Array.from({ length: 100_000 }, () => 0);
    const claimed = { width: 10, height: 10 };
    const file = sampleTiff({
      width: 1000,
      height: 100,
      channels: 1,
      bits: 8,
      photometric: 1,
      values,
      compression: 8,
      claimed,
    });
    await expect(deepTiff(bytes(file))).rejects.toThrow('unpacked size');
  });

  it('of a kind that is not read is refused', async () => {
    const file = sampleTiff({ width: 1, height: 1, channels: 1, bits: 8, photometric: 1, values: [0], compression: 7 });
    await expect(deepTiff(bytes(file))).rejects.toThrow('Compression');
  });
});

describe('a PNG of 16 bits', () => {
  const data = Uint16Array.from({ length: 400 }, (_, at) => 5000 + at);

  it('in grey is told from others, and gets a window', () => {
    const file = encode({ width: 20, height: 20, data, depth: 16, channels: 1 });
    expect(isDeepGreyPng(file)).toBe(true);
    const { rgba, deep } = deepPng(file);
    expect(pixel(rgba, 0)).toEqual([0, 0, 0, 255]);
    expect(pixel(rgba, 399)).toEqual([255, 255, 255, 255]);
    expect(deep![7]).toBe(5007);
  });

  it('in colour is left to the browser', () => {
    const file = encode({ width: 1, height: 1, data: new Uint16Array(3), depth: 16, channels: 3 });
    expect(isDeepGreyPng(file)).toBe(false);
  });
});

describe('the window of grey values', () => {
  it('leaves a few hot pixels aside', () => {
    const data = Uint16Array.from({ length: 10_000 }, (_, at) => (at < 10 ? 65_535 : 100 + (at % 1000)));
    const { low, high } = greyWindow(data, data.length, 1);
    expect(low).toBeLessThan(120);
    expect(high).toBeLessThan(1200);
  });

  it('of a picture of one value has a width', () => {
    const { low, high } = greyWindow(new Uint16Array(10).fill(7), 10, 1);
    expect(high).toBeGreaterThan(low);
  });
});
