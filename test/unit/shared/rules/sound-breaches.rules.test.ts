import { describe, expect, it } from 'vitest';
import type { Shape, SpanGeometry } from '#shared/domain/annotation.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import type { CheckableRules } from '#shared/domain/project.ts';
import {
  breachCounts,
  type CheckedSound,
  type SoundBreach,
  soundBreaches,
} from '#shared/rules/sound-breaches.rules.ts';
import { shapeOf } from '#test/support/canvas-shapes.ts';
import { cpuMs } from '#test/support/cpu-time.ts';

const rate = 1000;
const labels: LabelSet = [
  { key: 'valid', color: '#00aa00' },
  {
    key: 'invalid',
    color: '#aa0000',
    noTranscript: true,
    attributes: [
      { name: 'reason', input: 'select', values: ['noise', 'music'], initial: null, required: true, mutable: true },
    ],
  },
];
const span = (start: number, end: number, more: Partial<Shape> & { tier?: string; channel?: number } = {}): Shape => {
  const { tier = 'A', channel = null, ...rest } = more;
  return { ...shapeOf<SpanGeometry>({ type: 'span', start, end, tier, channel }, 'valid'), ...rest };
};
const checked = (rules: CheckableRules, shapes: Shape[], more: Partial<CheckedSound> = {}) =>
  soundBreaches({ doc: { version: 1, shapes }, labels, rules, rate, frames: 60_000, quiet: null, ...more });

describe('breaches of a recording’s rules', () => {
  it('are none where no rule asks for anything but an answer that its class asks for', () => {
    const shapes = [span(0, 50_000), span(10, 10, { label: null }), span(0, 5, { label: 'invalid' })];
    expect(checked({}, shapes)).toMatchObject([
      { rule: 'requiredAttributes', shapes: [shapes[2]!.id], name: 'reason' },
    ]);
  });

  it('name what is too long and too short; exactly as long as allowed is allowed', () => {
    const shapes = [span(0, 10_001), span(20_000, 30_000), span(40_000, 40_499), span(45_000, 45_500)];
    expect(checked({ longestSegmentS: 10, shortestSegmentS: 0.5 }, shapes)).toEqual([
      { rule: 'tooLong', shapes: [shapes[0]!.id], name: null, found: 10.001, limit: 10, at: { start: 0, end: 10_001 } },
      {
        rule: 'tooShort',
        shapes: [shapes[2]!.id],
        name: null,
        found: 0.499,
        limit: 0.5,
        at: { start: 40_000, end: 40_499 },
      },
    ]);
  });

  it('lay an inner silence where it is, with its length, as far as it lies in the segment and is one in its channel', () => {
    const quiet = {
      channels: [
        [
          { start: 1000, end: 1600 },
          { start: 5000, end: 5500 },
        ],
        [{ start: 1200, end: 9000 }],
      ],
      all: [
        { start: 1200, end: 1600 },
        { start: 5000, end: 5500 },
      ],
    };
    const rules = { longestInnerSilenceS: 0.5 };
    const at = (shape: Shape) =>
      checked(rules, [shape], { quiet }).map((breach) => [breach.at.start, breach.at.end, breach.found]);
    expect(at(span(0, 9000))).toEqual([]);
    expect(at(span(0, 9000, { channel: 0 }))).toEqual([[1000, 1600, 0.6]]);
    expect(at(span(1100, 9000, { channel: 0 }))).toEqual([]);
    expect(at(span(0, 2000, { channel: 1 }))).toEqual([[1200, 2000, 0.8]]);
    expect(checked(rules, [span(0, 9000, { channel: 0 })])).toEqual([]);
  });

  it('name overlaps on a tier or on any, the later segment first', () => {
    const [long, within, after, other] = [
      span(0, 5000),
      span(1000, 2000),
      span(4000, 6000),
      span(4500, 5500, { tier: 'B' }),
    ];
    const shapes = [after, long, other, within];
    const pairs = (noOverlap: 'tier' | 'all') =>
      checked({ noOverlap }, shapes).map(({ shapes: [one, two], at }) => [
        ...[one, two].map((id) => shapes.findIndex((shape) => shape.id === id)),
        at.start,
        at.end,
      ]);
    expect(pairs('tier')).toEqual([
      [3, 1, 1000, 2000],
      [0, 1, 4000, 5000],
    ]);
    expect(pairs('all')).toHaveLength(4);
    expect(checked({ noOverlap: 'all' }, [span(0, 10), span(10, 20)])).toEqual([]);
    // All with all is told of a few each.
    expect(
      checked(
        { noOverlap: 'tier' },
        Array.from({ length: 1000 }, () => span(0, 10)),
      ).length,
    ).toBeLessThan(8001);
  });

  it('name gaps between segments of any tier, before the first and after the last', () => {
    const shapes = [span(5000, 9000), span(1500, 4000, { tier: 'B' }), span(6000, 7000)];
    const gaps = checked({ longestGapS: 1 }, shapes, { frames: 12_000 });
    expect(gaps.map(({ at, found }) => [at.start, at.end, found])).toEqual([
      [0, 1500, 1.5],
      [9000, 12_000, 3],
    ]);
    expect(gaps.map((breach) => breach.shapes)).toEqual([[shapes[1]!.id], [shapes[0]!.id]]);
    expect(checked({ longestGapS: 1 }, [], { frames: 3000 })).toMatchObject([{ rule: 'gap', shapes: [], found: 3 }]);
    expect(checked({ longestGapS: 1 }, [], { frames: null })).toEqual([]);
  });

  it('name what lies beyond the end once the length is known', () => {
    expect(checked({}, [span(59_000, 60_500)])).toMatchObject([
      { rule: 'outside', found: 0.5, at: { start: 60_000, end: 60_500 } },
    ]);
    expect(checked({}, [span(59_000, 60_500)], { frames: null })).toEqual([]);
  });

  it('want words, unless the class has none', () => {
    const shapes = [
      span(0, 10),
      span(10, 20, { text: ' ' }),
      span(20, 30, { text: '好' }),
      span(30, 40, { label: 'invalid', attributes: { reason: 'noise' } }),
    ];
    expect(checked({ requireTranscript: true }, shapes).map(({ shapes: [id] }) => id)).toEqual([
      shapes[0]!.id,
      shapes[1]!.id,
    ]);
  });

  it('name tokens that are not in the palette, each once; other punctuation is none', () => {
    const text = '<noise> 你好 <laugh> [laugh] <laugh> (aside) a < b 「引」 □';
    const rules = { tokens: [{ text: '<noise>' }, { text: '□' }] };
    expect(checked(rules, [span(0, 10, { text })]).map(({ name }) => name)).toEqual(['<laugh>', '[laugh]']);
    expect(checked({}, [span(0, 10, { text })])).toEqual([]);
  });

  it('name a missing class and answers that are missing or not allowed', () => {
    const shapes = [
      span(0, 10, { label: null }),
      span(10, 20, { label: 'gone' }),
      span(20, 30, { label: 'invalid', attributes: { reason: 'why' } }),
    ];
    const breaches = checked({ requireLabel: true, requiredAttributes: ['gender'] }, shapes);
    expect(breachCounts(breaches)).toEqual([
      { rule: 'requireLabel', count: 2 },
      { rule: 'requiredAttributes', count: 3 },
      { rule: 'attributeValue', count: 1 },
    ]);
  });

  it('are found in 5,000 segments between two strokes of a key', () => {
    const shapes = Array.from({ length: 5000 }, (_, i) =>
      span(i * 4000, i * 4000 + 3900, { text: '今天天气很好 <noise> 我们去公园', attributes: { gender: 'f' } }),
    );
    const quiet = {
      channels: [],
      all: Array.from({ length: 15_000 }, (_, i) => ({ start: i * 1300, end: i * 1300 + 300 })),
    };
    const rules: CheckableRules = {
      longestSegmentS: 3.8,
      longestInnerSilenceS: 0.25,
      shortestSegmentS: 0.5,
      longestGapS: 0.05,
      noOverlap: 'all',
      requireTranscript: true,
      requireLabel: true,
      requiredAttributes: ['gender'],
      tokens: [{ text: '<noise>' }],
    };
    const sound = { quiet, frames: 20_000_000 };
    expect(checked(rules, shapes, sound).length).toBeGreaterThan(15_000);
    const kept = { ...rules, longestSegmentS: 10, longestInnerSilenceS: 0.5, longestGapS: 1 };
    expect(checked(kept, shapes, sound)).toEqual([]);
    const times = Array.from({ length: 15 }, (_, turn) => {
      const written = shapes.with(turn, { ...shapes[turn]!, text: '<cough>' });
      let breaches: SoundBreach[] = [];
      const took = cpuMs(() => (breaches = checked(kept, written, sound)));
      expect(breaches).toMatchObject([{ rule: 'unknownToken', shapes: [written[turn]!.id], name: '<cough>' }]);
      return took;
    });
    // Budget 5 ms; other tests share the machine.
    expect(times.toSorted((a, b) => a - b)[7]).toBeLessThan(15);
  });
});
