import { describe, expect, it } from 'vitest';
import { finerEdges } from '#shared/sound/edges.ts';
import { backgroundOf } from '#shared/sound/noise-floor.ts';
import {
  commonStretches,
  quietFor,
  quietOfChannels,
  quietStretches,
  silenceAbove,
  stretchesWithin,
} from '#shared/sound/silences.ts';
import { madeLevels } from '#test/support/made-levels.ts';
import { seeded } from '#test/support/seeded.ts';
import { levelsOf } from '#test/support/wav-file.ts';

const rate = 16_000;
const seconds = (stretches: readonly { start: number; end: number }[]) =>
  stretches.map(({ start, end }) => [start / rate, end / rate]);

describe('the noise floor', () => {
  it('is what is heard in the pauses, however loud the speech', () => {
    const levels = madeLevels(seeded(1), [
      [2, -60],
      [8, -25, 12],
      [2, -60],
      [8, -25, 12],
      [3, -60],
    ]);
    const { floor, loud } = backgroundOf(levels);
    expect(Math.max(...floor)).toBeLessThan(-57);
    expect(Math.min(...floor)).toBeGreaterThan(-63);
    expect(Math.min(...loud)).toBeGreaterThan(-20);
  });

  it('follows a jump of the noise at once on its louder side, and within seconds on the other', () => {
    const talk = (noise: number) =>
      Array.from(
        { length: 20 },
        () =>
          [
            [2, noise],
            [1, noise + 35, 8],
          ] as const,
      ).flat();
    const { floor } = backgroundOf(madeLevels(seeded(2), [...talk(-70), ...talk(-45)]));
    const jump = 6000;
    expect(Math.min(...floor.subarray(jump, jump + 500))).toBeGreaterThan(-48);
    expect(Math.max(...floor.subarray(0, jump - 500))).toBeLessThan(-68);
  });

  it('is not drawn down by digital silence, nor lost where there is nothing else', () => {
    const parts = Array.from(
      { length: 10 },
      () =>
        [
          [3, -120, 0],
          [2, -50],
          [3, -20, 8],
        ] as const,
    ).flat();
    const { floor } = backgroundOf(madeLevels(seeded(3), parts));
    expect(Math.min(...floor)).toBeGreaterThan(-53);
    expect(backgroundOf(new Float32Array(5000).fill(-120)).floor.every(Number.isFinite)).toBe(true);
    expect(backgroundOf(new Float32Array()).floor).toHaveLength(0);
  });

  it('leaves less room for silence in a noisy recording, unless the project says how much', () => {
    const background = { floor: Float32Array.of(-60, -60, -60), loud: Float32Array.of(-20, -40, -58) };
    expect([...silenceAbove(background, undefined)]).toEqual([12, 7, 4]);
    expect([...silenceAbove(background, 15)]).toEqual([15, 15, 15]);
  });
});

describe('quiet stretches', () => {
  it('lie where it is known to be silent, to ten milliseconds', () => {
    const levels = madeLevels(seeded(4), [
      [2, -25, 8],
      [0.7, -60],
      [3, -25, 8],
      [0.3, -60],
      [1, -25, 8],
      [0.05, -60],
      [2, -25, 8],
    ]);
    expect(seconds(quietStretches(levels, rate))).toEqual([
      [2, 2.7],
      [5.7, 6],
    ]);
    expect(seconds(quietStretches(levels, rate, { minSeconds: 0.5 }))).toEqual([[2, 2.7]]);
  });

  it('are not ended by a click', () => {
    const levels = madeLevels(seeded(5), [
      [2, -25, 8],
      [0.4, -60],
      [0.03, -20],
      [0.4, -60],
      [2, -25, 8],
      [0.4, -60],
      [0.05, -20],
      [0.4, -60],
      [2, -25, 8],
    ]);
    expect(seconds(quietStretches(levels, rate)).map(([from, to]) => Math.round((to! - from!) * 100))).toEqual([
      83, 40, 40,
    ]);
  });

  it('do not appear in speech that never pauses', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const random = seeded(seed);
      // Syllables, with closures of up to a tenth of a second as in "t" and "k".
      const parts = Array.from(
        { length: 200 },
        () =>
          [
            [0.12 + 0.1 * random(), -25, 6],
            [0.02 + 0.08 * random(), -50, 6],
          ] as const,
      ).flat();
      expect(quietStretches(madeLevels(random, parts), rate, { minSeconds: 0.2 })).toEqual([]);
    }
  });

  it('are all of a recording of digital silence, and none of what is not known yet', () => {
    expect(quietStretches(new Float32Array(300).fill(-120), rate)).toEqual([{ start: 0, end: 48_000 }]);
    expect(quietStretches(new Float32Array(300).fill(NaN), rate)).toEqual([]);
    expect(quietStretches(new Float32Array(), rate)).toEqual([]);
  });

  it('are told of each channel and of all at once; what a project says of silence counts', () => {
    const [one, two] = [
      madeLevels(seeded(6), [
        [2, -25, 8],
        [2, -60],
        [2, -25, 8],
      ]),
      madeLevels(seeded(7), [
        [3, -30, 8],
        [2, -60],
        [1, -30, 8],
      ]),
    ];
    const quiet = quietOfChannels([one, two], rate);
    expect(seconds(quiet.all)).toEqual([[3, 4]]);
    expect(seconds(quietFor(quiet, 1))).toEqual([[3, 5]]);
    expect(quietFor(quiet, null)).toBe(quiet.all);
    expect(quietOfChannels([one], rate, { silenceDb: 60 }).all).toEqual([{ start: 0, end: one.length * 160 }]);
  });

  it('are cut to what they share and to what is asked for', () => {
    const [a, b] = [
      [
        { start: 0, end: 10 },
        { start: 20, end: 30 },
      ],
      [
        { start: 5, end: 25 },
        { start: 29, end: 40 },
      ],
    ];
    expect(commonStretches(a, b)).toEqual([
      { start: 5, end: 10 },
      { start: 20, end: 25 },
      { start: 29, end: 30 },
    ]);
    expect(stretchesWithin(a, 8, 21)).toEqual([
      { start: 8, end: 10 },
      { start: 20, end: 21 },
    ]);
    expect(stretchesWithin(a, 10, 20)).toEqual([]);
  });
});

describe('edges to the frame', () => {
  it('are where the sound begins and ends, not where levels do', () => {
    const random = seeded(8);
    for (let turn = 0; turn < 20; turn += 1) {
      const [start, end] = [Math.floor(16_000 + 4000 * random()), Math.floor(30_000 + 4000 * random())];
      const samples = Float32Array.from({ length: 48_000 }, (_, i) =>
        i < start || i >= end ? 0.3 * Math.sign(random() - 0.5) : 0.001 * (random() - 0.5),
      );
      const [coarse] = quietStretches(levelsOf(samples, rate), rate);
      expect(finerEdges(samples, 0, rate, coarse!)).toEqual({ start, end });
      // The same with a part of the samples, and from zero noise.
      const from = 10_000;
      expect(finerEdges(samples.slice(from), from, rate, coarse!)).toEqual({ start, end });
    }
  });

  it('stay where there is nothing to go by', () => {
    const stretch = { start: 8000, end: 16_000 };
    expect(finerEdges(new Float32Array(), 0, rate, stretch)).toEqual(stretch);
    expect(finerEdges(new Float32Array(24_000), 0, rate, stretch)).toEqual(stretch);
  });
});
