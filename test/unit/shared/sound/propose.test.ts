import { describe, expect, it } from 'vitest';
import type { SpanGeometry } from '#shared/domain/annotation.ts';
import { proposeSegments, type SegmentRules } from '#shared/sound/propose.ts';
import { quietFor, quietOfChannels, stretchesWithin } from '#shared/sound/silences.ts';
import { cpuMs } from '#test/support/cpu-time.ts';
import { madeLevels } from '#test/support/made-levels.ts';
import { seeded } from '#test/support/seeded.ts';

const spans = (levels: Float32Array[], rate: number, rules: SegmentRules = {}, channel: number | null = null) =>
  proposeSegments(levels, rate, Math.round((levels[0]!.length * rate) / 100), { rules, channel, tier: 'A' }).map(
    ({ geometry }) => geometry as SpanGeometry,
  );
const seconds = (found: SpanGeometry[], rate: number) => found.map(({ start, end }) => [start / rate, end / rate]);

describe('proposed segments', () => {
  const rate = 16_000;

  it('are stretches of speech with a little silence around, one for what is said without a long pause', () => {
    const levels = madeLevels(seeded(1), [
      [2, -60],
      [2, -25, 8],
      [0.4, -60],
      [1, -25, 8],
      [1.5, -60],
      [3, -25, 8],
      [2, -60],
    ]);
    expect(seconds(spans([levels], rate), rate)).toEqual([
      [1.8, 5.6],
      [6.7, 10.1],
    ]);
    const [first] = proposeSegments([levels], rate, levels.length * 160, {
      rules: {},
      channel: null,
      tier: 'A',
      paddingS: 0,
    });
    expect(first).toMatchObject({
      label: null,
      model: 'energy 1',
      geometry: { start: 32_000, end: 86_400, tier: 'A' },
    });
    expect(first!.score).toBeGreaterThan(0.5);
  });

  it('are cut in the longest pause where one person speaks for too long', () => {
    const levels = madeLevels(seeded(2), [
      [1, -60],
      [4, -25, 8],
      [0.2, -60],
      [4, -25, 8],
      [0.45, -60],
      [5, -25, 8],
      [1, -60],
    ]);
    const found = seconds(spans([levels], rate), rate);
    expect(found).toHaveLength(2);
    expect(found[0]![1]).toBeCloseTo(9.43, 1);
    expect(found[1]![0]).toBe(found[0]![1]);
  });

  it('leave out what is too short to be speech, and give short words the silence they need', () => {
    const levels = madeLevels(seeded(3), [
      [2, -60],
      [0.05, -25],
      [2, -60],
      [0.2, -25, 5],
      [2, -60],
      [4, -25, 8],
      [1, -60],
    ]);
    expect(seconds(spans([levels], rate, { shortestSegmentS: 1 }), rate)).toEqual([
      [3.65, 4.65],
      [6.05, 10.45],
    ]);
    expect(seconds(spans([levels], rate, { shortestSegmentS: 1.5 }), rate)).toEqual([[6.05, 10.45]]);
  });

  it('are those of the channel that is asked for', () => {
    const [one, two] = [
      madeLevels(seeded(4), [
        [1, -60],
        [2, -25, 8],
        [7, -60],
      ]),
      madeLevels(seeded(5), [
        [6, -60],
        [2, -25, 8],
        [2, -60],
      ]),
    ];
    expect(seconds(spans([one, two], rate, {}, 1), rate)).toEqual([[5.8, 8.2]]);
    expect(spans([one, two], rate, {}, 1)[0]).toMatchObject({ channel: 1 });
    expect(seconds(spans([one, two], rate), rate)).toEqual([
      [0.8, 3.2],
      [5.8, 8.2],
    ]);
  });

  it('are none where nothing is heard, and none of nothing', () => {
    expect(spans([new Float32Array(1000).fill(-120)], rate)).toEqual([]);
    expect(spans([madeLevels(seeded(6), [[20, -60]])], rate)).toEqual([]);
    expect(spans([new Float32Array()], rate)).toEqual([]);
  });

  it('never break the rules they are made by, whatever is heard', () => {
    let proposed = 0;
    for (let seed = 1; seed <= 400; seed += 1) {
      const random = seeded(seed);
      const any = (...values: number[]) => values[Math.floor(random() * values.length)]!;
      const sound = any(8000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000);
      const rules = {
        longestSegmentS: any(0.5, 3, 9.999, 10, 30),
        longestInnerSilenceS: any(0.1, 0.333, 0.5, 1),
        shortestSegmentS: any(0.1, 0.5, 2),
        ...(random() < 0.5 && { silenceDb: any(3, 8, 20) }),
      };
      const noise = -70 + 30 * random();
      const made = () =>
        madeLevels(
          random,
          Array.from({ length: 60 }, () => {
            const what = random();
            if (what < 0.15) return [random(), -120, 0] as const;
            if (what < 0.5) return [1.5 * random() ** 2, noise, 3 * random()] as const;
            return [0.05 + 8 * random() ** 3, noise + 5 + 35 * random(), 10 * random()] as const;
          }),
        );
      const first = made();
      const levels = random() < 0.7 ? [first] : [first, made().slice(0, first.length)];
      const frames = Math.round((first.length * sound) / 100);
      const found = proposeSegments(levels, sound, frames, {
        rules,
        channel: null,
        tier: '',
        paddingS: any(0, 0.2, 2),
      });
      const quiet = quietFor(quietOfChannels(levels, sound, { silenceDb: rules.silenceDb }), null);
      let last = 0;
      for (const { geometry, score } of found) {
        const { start, end } = geometry as SpanGeometry;
        expect([start, end].every(Number.isInteger)).toBe(true);
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeLessThanOrEqual(frames);
        expect(end - start).toBeGreaterThan(0);
        expect(end - start).toBeLessThanOrEqual(rules.longestSegmentS * sound);
        for (const silence of stretchesWithin(quiet, start, end)) {
          expect(silence.end - silence.start).toBeLessThanOrEqual(rules.longestInnerSilenceS * sound);
        }
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        last = end;
      }
      proposed += found.length;
    }
    expect(proposed).toBeGreaterThan(2000);
  });

  it('are told of four hours in a moment', () => {
    const random = seeded(9);
    const parts = Array.from(
      { length: 3600 },
      () =>
        [
          [3 * random(), -25, 10],
          [random(), -60, 3],
        ] as const,
    ).flat();
    const some = madeLevels(random, parts);
    const levels = Float32Array.from({ length: 1_440_000 }, (_, i) => some[i % some.length]!);
    spans([levels.slice(0, 100_000)], rate);
    // Budget 300 ms; other tests share the machine.
    expect(cpuMs(() => expect(spans([levels], rate).length).toBeGreaterThan(1000))).toBeLessThan(900);
  });
});
