import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packPeaks, unpackPeaks } from '#renderer/sound/peak-file.ts';
import { PeakPyramid } from '#renderer/sound/peak-pyramid.ts';
import { columnFramesOf, packPeak, SoundScan, unpackedPeaks } from '#renderer/sound/sound-scan.ts';

const rate = 11_025;
const columnFrames = columnFramesOf(rate);

/** Sound that is loud and quiet in turn. */
const sound = (length: number) =>
  Float32Array.from({ length }, (_, at) => Math.sin(at * 0.37) * Math.abs(Math.sin(at / 4000)) * 0.9);

/** Scans samples that come in pieces of the given lengths, over and over. */
function scan(samples: Float32Array<ArrayBuffer>, sizes: readonly number[]) {
  const state = new SoundScan(rate, 1);
  const columns: number[] = [];
  const levels: number[] = [];
  const keep = (part: ReturnType<SoundScan['finish']>) => {
    columns.push(...part.columns[0]!);
    levels.push(...part.levels[0]!);
  };
  for (let at = 0, piece = 0; at < samples.length; piece += 1) {
    const size = sizes[piece % sizes.length]!;
    keep(state.add([samples.slice(at, at + size)]));
    at += size;
  }
  keep(state.finish());
  return { columns, levels };
}

describe('going through a recording', () => {
  const samples = sound(20_011);

  it('gives the lowest and highest sample of each column and the level of each hundredth of a second', () => {
    const { columns, levels } = scan(samples, [20_011]);
    expect(columns).toHaveLength(2 * Math.ceil(samples.length / columnFrames));
    for (const column of [0, 7, 100, columns.length / 2 - 1]) {
      const part = samples.subarray(column * columnFrames, (column + 1) * columnFrames);
      expect(columns[2 * column]).toBe(packPeak(Math.min(...part)));
      expect(columns[2 * column + 1]).toBe(packPeak(Math.max(...part)));
    }
    expect(levels).toHaveLength(Math.ceil((samples.length * 100) / rate));
    for (const level of [0, 1, 50, 180]) {
      const part = samples.subarray(Math.floor((level * rate) / 100), Math.floor(((level + 1) * rate) / 100));
      const meanSquare = part.reduce((sum, sample) => sum + sample * sample, 0) / part.length;
      expect(levels[level]! / 100).toBeCloseTo(Math.max(10 * Math.log10(meanSquare), -120), 1);
    }
  });

  it('gives the same whatever pieces it comes in', () => {
    const whole = scan(samples, [20_011]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 8 }), (sizes) => {
        expect(scan(samples, sizes)).toEqual(whole);
      }),
      { numRuns: 40 },
    );
  });

  it('calls silence -120 dB and full scale 0', () => {
    expect(scan(new Float32Array(rate), [rate]).levels).toEqual(Array.from({ length: 100 }, () => -12_000));
    expect(new Set(scan(new Float32Array(rate).fill(-1), [rate]).levels)).toEqual(new Set([0]));
  });

  it('keeps samples in a byte, the quiet ones as finely as the loud', () => {
    for (const sample of [0, 1, -1, 0.5, -0.01, 0.001, -0.0003]) {
      expect(Math.abs(unpackedPeaks[packPeak(sample) & 255]! - sample)).toBeLessThan(
        0.008 * Math.sqrt(Math.abs(sample)) + 2e-5,
      );
    }
    expect(packPeak(-3)).toBe(-127);
  });
});

describe('peaks at several resolutions', () => {
  const count = 5000;
  const columns = Int8Array.from({ length: 2 * count }, (_, at) => (at % 2 ? 1 : -1) * (((at >> 1) * 37) % 101));

  function pyramid(sizes: readonly number[], expected: number): PeakPyramid {
    const made = new PeakPyramid(64, expected);
    for (let at = 0, piece = 0; at < columns.length; piece += 1) {
      const size = 2 * sizes[piece % sizes.length]!;
      made.append(columns.slice(at, at + size));
      at += size;
    }
    return made;
  }

  /** What the columns are by definition: every finest column that the stretch touches, or those of the coarser one that is used. */
  function plain(from: number, to: number, width: number): number[] {
    let frames = 64;
    while (frames * 4 <= (to - from) / width) frames *= 4;
    return Array.from({ length: width }, (_, column) => {
      const first = Math.floor((from + (column * (to - from)) / width) / frames) * (frames / 64);
      const end = Math.ceil((from + ((column + 1) * (to - from)) / width) / frames) * (frames / 64);
      const part = columns.subarray(2 * first, Math.min(2 * Math.max(end, first + 1), columns.length));
      return [
        Math.min(...part.filter((_each, at) => at % 2 === 0)),
        Math.max(...part.filter((_each, at) => at % 2 === 1)),
      ];
    }).flat();
  }

  it.each([
    [[5000], 5000],
    [[1], 5000],
    [[13, 700, 1], 5000],
    [[13, 700, 1], 10],
  ])('are those of all columns below them (pieces of %j)', (sizes, expected) => {
    const made = pyramid(sizes, expected);
    expect(made.columns).toBe(count);
    expect(made.finest()).toEqual(columns);
    for (const [from, to, width] of [
      [0, 320_000, 1400],
      [0, 320_000, 10],
      [0, 320_000, 1],
      [100_000, 150_000, 300],
      [64_000, 70_400, 100],
    ] as const) {
      const out = new Float32Array(2 * width);
      made.write(out, from, to);
      expect([...out]).toEqual(plain(from, to, width).map((byte) => unpackedPeaks[byte & 255]));
    }
  });

  it('leave open what was not gone through yet', () => {
    const made = new PeakPyramid(64, count);
    made.append(columns.slice(0, 200));
    const out = new Float32Array(20).fill(Number.NaN);
    made.write(out, 0, 12_800);
    // The column in which it ends may be that of a coarser one, which ends a little later.
    expect([...out.subarray(0, 10)].some(Number.isNaN)).toBe(false);
    expect([...out.subarray(12)].every(Number.isNaN)).toBe(true);
  });
});

describe('what is kept of a recording', () => {
  const frames = 10_000;
  const columns = [0, 1].map((channel) =>
    Int8Array.from({ length: 2 * Math.ceil(frames / columnFrames) }, (_, at) => at - channel),
  );
  const levels = [0, 1].map((channel) => Int16Array.from({ length: 91 }, (_, at) => -at * 100 - channel));
  const known = { facts: { rate, channels: 2, frames, exact: true }, columns, levels, index: Uint8Array.of(1, 2, 3) };

  it('comes back as it was', () => {
    expect(unpackPeaks(packPeaks(known))).toEqual(known);
  });

  it('knows what was wrong with the recording', () => {
    for (const damage of [
      { lost: 0, firstLost: null, cut: true },
      { lost: 1024, firstLost: 0, cut: false },
      { lost: 960, firstLost: 7000, cut: true },
    ]) {
      const damaged = { ...known, facts: { ...known.facts, damage } };
      expect(unpackPeaks(packPeaks(damaged))).toEqual(damaged);
    }
  });

  it('is nothing when it is cut off, of another version or of something else', () => {
    const bytes = packPeaks(known);
    expect(unpackPeaks(bytes.slice(0, -1))).toBeNull();
    expect(unpackPeaks(bytes.slice(0, 20))).toBeNull();
    expect(unpackPeaks(new Uint8Array(bytes.length))).toBeNull();
    const other = bytes.slice();
    new Float64Array(other.buffer, 8, 1)[0] = 0;
    expect(unpackPeaks(other)).toBeNull();
  });
});
