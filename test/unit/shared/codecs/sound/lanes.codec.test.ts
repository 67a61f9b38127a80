import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lanesOf, nameOfLane, tierOfLane } from '#shared/codecs/sound/lanes.codec.ts';

interface Lying {
  start: number;
  end: number;
}

const lying = fc
  .record({ start: fc.nat(60), length: fc.nat(20) })
  .map(({ start, length }) => ({ start, end: start + length }));

/** The most that lie over one moment. */
function depthOf(all: readonly Lying[]): number {
  const long = all.filter(({ start, end }) => end > start);
  return long.reduce(
    (most, { start }) => Math.max(most, long.filter((one) => one.start <= start && one.end > start).length),
    0,
  );
}

describe('lanes', () => {
  it('hold all, none over another, in no more lanes than lie over one moment', () => {
    fc.assert(
      fc.property(fc.array(lying, { maxLength: 60 }), (all) => {
        const { intervals, points, moved } = lanesOf(all, (one) => one);
        expect([...intervals, ...points].flat()).toHaveLength(all.length);
        for (const lane of intervals)
          lane.forEach(({ start }, i) => expect(i === 0 || lane[i - 1]!.end <= start).toBe(true));
        for (const lane of points)
          lane.forEach(({ start }, i) => expect(i === 0 || lane[i - 1]!.start < start).toBe(true));
        expect(intervals).toHaveLength(depthOf(all));
        expect(moved).toBe([...intervals.slice(1), ...points.slice(1)].flat().length);
      }),
      { numRuns: 500, seed: 3 },
    );
  });

  it('bear names that lead back to their tier, whatever it is called', () => {
    const tiers = ['A', '', 'A ⟨2⟩', 'A ⟨1⟩', 'A ⟨2⟩ ⟨3⟩', 'x\ny', ' ⟨2⟩'];
    const written = tiers.flatMap((tier) => [0, 1, 2].map((lane) => ({ tier, name: nameOfLane(tier, lane) })));
    const names = new Set(written.map(({ name }) => name));
    expect(names.size).toBe(written.length);
    for (const { tier, name } of written) expect([name, tierOfLane(name, names)]).toEqual([name, tier]);
  });

  it('are not seen in names of others', () => {
    expect(tierOfLane('B ⟨2⟩', new Set(['A', 'B ⟨2⟩']))).toBe('B ⟨2⟩');
  });
});
