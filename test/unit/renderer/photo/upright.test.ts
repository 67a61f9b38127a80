import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { uprightTransform, webpOrientation } from '#renderer/photo/upright.ts';
import { testData } from '#test/support/test-data.ts';

/** A WebP of nothing but chunks: `EXIF` with an orientation, in either byte order, with or without the `Exif` mark. */
function webpWith(orientation: number, little: boolean, marked: boolean): DataView {
  const tiff = new DataView(new ArrayBuffer(26));
  tiff.setUint16(0, little ? 0x4949 : 0x4d4d);
  tiff.setUint16(2, 42, little);
  tiff.setUint32(4, 8, little);
  tiff.setUint16(8, 1, little);
  tiff.setUint16(10, 0x0112, little);
  tiff.setUint16(12, 3, little);
  tiff.setUint32(14, 1, little);
  tiff.setUint16(18, orientation, little);
  const exif = Buffer.concat([...(marked ? [Buffer.from('Exif\0\0', 'latin1')] : []), Buffer.from(tiff.buffer)]);
  const chunk = (name: string, body: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(body.length);
    return Buffer.concat([Buffer.from(name), length, body, Buffer.alloc(body.length % 2)]);
  };
  const chunks = Buffer.concat([chunk('VP8X', Buffer.alloc(10)), chunk('VP8 ', Buffer.alloc(7)), chunk('EXIF', exif)]);
  const file = Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBP', 'latin1'), chunks]);
  return new DataView(Uint8Array.from(file).buffer);
}

describe('the orientation of a WebP', () => {
  it('is read in both byte orders, with and without the mark', () => {
    for (const orientation of [1, 3, 6, 8]) {
      for (const little of [true, false]) {
        for (const marked of [true, false])
          expect(webpOrientation(webpWith(orientation, little, marked))).toBe(orientation);
      }
    }
  });

  it('is 1 where nothing sensible stands', () => {
    expect(webpOrientation(webpWith(9, true, false))).toBe(1);
    expect(webpOrientation(new DataView(new ArrayBuffer(0)))).toBe(1);
    const whole = webpWith(6, true, true);
    for (let length = 0; length < whole.byteLength; length += 1) {
      expect([1, 6]).toContain(webpOrientation(new DataView(whole.buffer, 0, length)));
    }
  });

  it.skipIf(testData('images') === null)('is found in a real file', () => {
    const file = readFileSync(testData('images/special/hopper_orientation_6.webp')!);
    expect(webpOrientation(new DataView(file.buffer, file.byteOffset, file.byteLength))).toBe(6);
  });
});

describe('turning upright', () => {
  it('brings the stored corner to where EXIF says it belongs', () => {
    // Where the first stored pixel's corner lies upright, of a picture 4 wide and 2 high.
    const corners = { 1: [0, 0], 2: [4, 0], 3: [4, 2], 4: [0, 2], 5: [0, 0], 6: [2, 0], 7: [2, 4], 8: [0, 4] };
    for (const [orientation, corner] of Object.entries(corners)) {
      const { matrix, width, height } = uprightTransform(Number(orientation), 4, 2);
      expect([matrix[4], matrix[5]]).toEqual(corner);
      expect([width, height]).toEqual(Number(orientation) >= 5 ? [2, 4] : [4, 2]);
      // All four stored corners stay inside the upright picture.
      for (const [x, y] of [
        [0, 0],
        [4, 0],
        [0, 2],
        [4, 2],
      ] as const) {
        const [a, b, c, d, e, f] = matrix;
        expect([0, width]).toContain(a * x + c * y + e);
        expect([0, height]).toContain(b * x + d * y + f);
      }
    }
  });
});
