/**
 * A rectangle of a picture as grey values. `x` and `y` are where its first pixel lies in the picture; values run from 0 to 1,
 * row by row.
 */
export interface LuminanceCrop {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** `gamma`: luma of the values as they are stored (close to how the eye tells steps apart); `linear`: amount of light. */
export type LuminanceSpace = 'gamma' | 'linear';

/** ITU-R BT.709 weights of red, green and blue. */
const weights = [0.2126, 0.7152, 0.0722] as const;

/** Linear light of an 8-bit sRGB value (IEC 61966-2-1). */
const toLinear = Float32Array.from({ length: 256 }, (_, value) => {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
});

const asStored = Float32Array.from({ length: 256 }, (_, value) => value / 255);

/**
 * Grey values of sRGB pixels, four bytes each; alpha is ignored.
 * @throws RangeError when the number of bytes does not fit the size
 */
export function luminanceOf(
  rgba: Uint8ClampedArray | Uint8Array,
  area: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  space: LuminanceSpace = 'gamma',
): LuminanceCrop {
  const { x, y, width, height } = area;
  if (rgba.length !== width * height * 4) throw new RangeError(`${rgba.length} bytes for ${width} x ${height} pixels`);
  const table = space === 'linear' ? toLinear : asStored;
  const values = new Float32Array(width * height);
  for (let at = 0, byte = 0; at < values.length; at += 1, byte += 4) {
    values[at] =
      weights[0] * table[rgba[byte]!]! + weights[1] * table[rgba[byte + 1]!]! + weights[2] * table[rgba[byte + 2]!]!;
  }
  return { x, y, width, height, values };
}
