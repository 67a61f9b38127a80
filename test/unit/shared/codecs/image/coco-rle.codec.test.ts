import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskFromPixels, maskPixels } from '#shared/geometry/mask-runs.ts';
import { countsOfText, maskOfRle, rleOfMask, textOfCounts } from '#shared/codecs/image/coco-rle.codec.ts';

/** A picture of 0 and 1, row by row. */
const picture = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
  .chain(([width, height]) =>
    fc
      .array(fc.integer({ min: 0, max: 1 }), { minLength: width * height, maxLength: width * height })
      .map((pixels) => ({ width, height, pixels: Uint8Array.from(pixels) })),
  );

/** Runs of columns, told pixel by pixel. */
function naiveCounts({ width, height, pixels }: { width: number; height: number; pixels: Uint8Array }): number[] {
  const columns = Array.from(
    { length: width * height },
    (_, at) => pixels[(at % height) * width + Math.floor(at / height)]!,
  );
  const counts = [0];
  let value = 0;
  for (const pixel of columns) {
    if (pixel !== value) counts.push(0);
    value = pixel;
    counts[counts.length - 1]! += 1;
  }
  return counts;
}

describe('run lengths of COCO', () => {
  it('say the same pixels as a naive reading, in both directions', () => {
    fc.assert(
      fc.property(picture, (image) => {
        const counts = naiveCounts(image);
        const expected = maskFromPixels({ x: 0, y: 0, w: image.width, h: image.height, pixels: image.pixels });
        const read = maskOfRle({ size: [image.height, image.width], counts });
        if (expected === null) {
          expect(read).toBe('mask-empty');
          return;
        }
        expect(read).toEqual(expected);
        expect(rleOfMask(expected, image)).toEqual({ size: [image.height, image.width], counts, cut: false });
      }),
      { numRuns: 500 },
    );
  });

  it('pack into a string and back', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 90_000_000 }), { maxLength: 40 });
    fc.assert(
      fc.property(counts, (given) => {
        const text = textOfCounts(given);
        expect(countsOfText(text)).toEqual(given);
        expect(text).toMatch(/^[0-o]*$/);
      }),
      { numRuns: 500 },
    );
  });

  it('have the strings that other programs write', () => {
    // Worked out by hand from the format: 5 bits a character from 48 on, 32 for more, differences from the fourth number on.
    expect(textOfCounts([0, 1])).toBe('01');
    expect(textOfCounts([6, 1, 40, 4, 5, 4, 5, 4, 21])).toBe('61X13mN000`0');
    expect(countsOfText('61X13mN000`0')).toEqual([6, 1, 40, 4, 5, 4, 5, 4, 21]);
  });

  it('are refused where they make no sense', () => {
    expect(countsOfText('P')).toBeNull();
    expect(countsOfText('水')).toBeNull();
    expect(countsOfText('\u007f'.repeat(20))).toBeNull();
    expect(countsOfText('o'.repeat(20))).toBeNull();
    const refused = (size: [number, number], counts: number[]) => maskOfRle({ size, counts });
    expect(refused([3, 4], [4, -2])).toBe('mask-unreadable');
    expect(refused([3, 4], [4, 1.5])).toBe('mask-unreadable');
    expect(refused([3, 4], [4, Infinity])).toBe('mask-unreadable');
    expect(refused([3, 4], [4, NaN])).toBe('mask-unreadable');
    expect(refused([3, 4], [4, 9])).toBe('mask-unreadable');
    expect(refused([3.5, 4], [4, 2])).toBe('mask-unreadable');
    expect(refused([1e9, 1e9], [4, 2])).toBe('mask-too-large');
    expect(refused([100_000, 100_000], [0, 1e10])).toBe('mask-too-large');
  });

  it('leave out what lies outside of the photo, and say so', () => {
    const mask = maskFromPixels({ x: -1, y: 0, w: 3, h: 1, pixels: Uint8Array.from([1, 1, 1]) })!;
    expect(rleOfMask(mask, { width: 4, height: 2 })).toEqual({ size: [2, 4], counts: [0, 1, 1, 1, 5], cut: true });
    expect(rleOfMask({ ...mask, x: 9 }, { width: 4, height: 2 })).toBeNull();
    expect(maskPixels(mask)).toEqual(Uint8Array.from([1, 1, 1]));
  });
});
