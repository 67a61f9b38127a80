import { describe, expect, test } from 'vitest';
import { decibelsPerStep, marginOf, specFor, spectrumColumns } from '#renderer/wave/spectrum.ts';
import { spectrumColors, toOklab } from '#renderer/wave/spectrum-colors.ts';

const rate = 16_000;
const sine = (hertz: number, amplitude: number, length: number): Float32Array =>
  Float32Array.from({ length }, (_, at) => amplitude * Math.sin((2 * Math.PI * hertz * at) / rate));

describe('a spectrum', () => {
  const spec = specFor(64, rate, 8000);
  const columns = 20;
  const length = columns * spec.hop + 2 * marginOf(spec);
  const loudestBin = (values: Uint8Array, column: number): { hertz: number; value: number } => {
    const of = [...values.subarray(column * spec.bins, (column + 1) * spec.bins)];
    const value = Math.max(...of);
    return { hertz: ((spec.bins - 1 - of.indexOf(value)) * rate) / spec.size, value };
  };

  test.each([500, 1000, 3000, 7000])('has its peak at the %d Hz of a sine, in every column', (hertz) => {
    const values = spectrumColumns(sine(hertz, 0.1, length), spec, rate, columns);
    for (let column = 0; column < columns; column += 1) {
      expect(Math.abs(loudestBin(values, column).hertz - hertz)).toBeLessThanOrEqual(rate / spec.size);
    }
  });

  test('says how loud it is: a sine of 1 kHz at -40 dB, to a step or two', () => {
    const { value } = loudestBin(spectrumColumns(sine(1000, 0.01, length), spec, rate, columns), 5);
    expect(Math.abs((value - 255) * decibelsPerStep + 40)).toBeLessThanOrEqual(2);
  });

  test('tells when: a click is in the columns around it and in no other', () => {
    const samples = new Float32Array(length);
    samples[marginOf(spec) + 10 * spec.hop + spec.hop / 2] = 1;
    const values = spectrumColumns(samples, spec, rate, columns);
    const loud = Array.from({ length: columns }, (_, column) => loudestBin(values, column).value > 0);
    const first = loud.indexOf(true);
    const last = loud.lastIndexOf(true);
    expect((first + last) / 2).toBe(10);
    expect(last - first).toBeLessThanOrEqual(Math.ceil(spec.window / spec.hop));
  });

  test('is empty for silence', () => {
    expect(spectrumColumns(new Float32Array(length), spec, rate, columns).every((value) => value === 0)).toBe(true);
  });
});

describe('its columns', () => {
  test('lie a power of two of frames apart, at most as far as a pixel reaches', () => {
    for (const framesPerPixel of [8, 9, 100, 1000, 5000]) {
      const { hop } = specFor(framesPerPixel, rate, null);
      expect(Math.log2(hop) % 1).toBe(0);
      expect(hop).toBeLessThanOrEqual(framesPerPixel);
      expect(hop * 2).toBeGreaterThan(framesPerPixel);
    }
  });

  test('end at the frequency that is asked for, or at half the rate', () => {
    const { bins, size } = specFor(100, 48_000, 8000);
    expect(Math.abs((bins / size) * 48_000 - 8000)).toBeLessThan(48_000 / size);
    expect(specFor(100, 8000, 20_000)).toMatchObject({ bins: specFor(100, 8000, null).size / 2 });
  });
});

describe('its colours', () => {
  test.each([true, false])('change in lightness one way only, dark %s', (dark) => {
    const colors = spectrumColors({ dark, gainDb: 0, rangeDb: 120 });
    const hex = (color: number): string =>
      `#${[color & 255, (color >> 8) & 255, (color >> 16) & 255].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
    const lightness = [...colors].map((color) => toOklab(hex(color))[0]);
    const direction = dark ? 1 : -1;
    for (let at = 1; at < lightness.length; at += 1) {
      // A byte of a colour is less than this.
      expect((lightness[at]! - lightness[at - 1]!) * direction).toBeGreaterThan(-0.004);
    }
    expect((lightness.at(-1)! - lightness[0]!) * direction).toBeGreaterThan(0.6);
  });
});
