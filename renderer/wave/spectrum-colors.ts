import { decibelsPerStep } from './spectrum.ts';

type Triple = readonly [number, number, number];

/**
 * From silence to loud, `#rrggbb`. Lightness changes all one way in steps that look equal (interpolated in Oklab), so that what is louder
 * looks louder to everybody and in print; by day the paper darkens, by night it lights up.
 */
const ramps = {
  day: ['#fdfcfa', '#cfdcd8', '#79aaa7', '#2b6f72', '#123a44', '#0b1620'],
  night: ['#201f1c', '#173b3f', '#1e6669', '#5b9f8c', '#c2cf9b', '#fdf3cf'],
} as const;

/** The level that has the last colour at a gain of 0, in dB below a full-scale sine. */
const loudest = -30;

/** A colour for each of the 256 values of a column, as `ImageData` wants them: bytes of red, green, blue and opacity. */
export function spectrumColors({
  dark,
  gainDb,
  rangeDb,
}: {
  dark: boolean;
  gainDb: number;
  rangeDb: number;
}): Uint32Array<ArrayBuffer> {
  const stops = (dark ? ramps.night : ramps.day).map((color) => toOklab(color));
  const bytes = new Uint8ClampedArray(256 * 4);
  for (let value = 0; value < 256; value += 1) {
    const level = (value - 255) * decibelsPerStep;
    const share = Math.min(Math.max((level - (loudest - gainDb - rangeDb)) / rangeDb, 0), 1);
    const at = share * (stops.length - 1);
    const below = Math.min(Math.floor(at), stops.length - 2);
    const [from, to] = [stops[below]!, stops[below + 1]!];
    const mix = (axis: 0 | 1 | 2): number => from[axis] + (to[axis] - from[axis]) * (at - below);
    bytes.set([...toSrgb([mix(0), mix(1), mix(2)]), 255], value * 4);
  }
  return new Uint32Array(bytes.buffer);
}

/** Oklab as Björn Ottosson defined it (2020): lightness 0 to 1, and two axes of colour. */
export function toOklab(color: string): Triple {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** 0 to 255 each. */
function toSrgb([lightness, a, b]: Triple): Triple {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return linear.map((value) => {
    const channel = value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;
    return Math.round(Math.min(Math.max(channel, 0), 1) * 255);
  }) as unknown as Triple;
}
