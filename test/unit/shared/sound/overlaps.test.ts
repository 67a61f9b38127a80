import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Proposal } from '#shared/domain/annotation.ts';
import { withoutOverlaps } from '#shared/sound/overlaps.ts';

type Given = Omit<Proposal, 'id'>;

const segment = (channel: number, start: number, end: number, score: number): Given => ({
  label: null,
  geometry: { type: 'span', start, end, tier: `Channel ${channel}`, channel },
  attributes: {},
  score,
  model: 'energy 1',
});

const spans = (found: readonly Given[]) =>
  found.map(({ geometry }) => {
    if (geometry.type !== 'span') throw new Error('no segment');
    return [geometry.channel, geometry.start, geometry.end];
  });

it('leaves what does not overlap, and what only touches, as it is', () => {
  const given = [segment(0, 0, 10, 0.2), segment(0, 20, 30, 0.9), segment(1, 10, 20, 0.5)];
  expect(spans(withoutOverlaps(given, 5))).toEqual([
    [0, 0, 10],
    [1, 10, 20],
    [0, 20, 30],
  ]);
});

it('gives a stretch to the surer of two, and the other what is left on both sides if it is long enough', () => {
  const given = [segment(0, 0, 100, 0.4), segment(1, 20, 97, 0.8), segment(1, 98, 120, 0.3)];
  expect(spans(withoutOverlaps(given, 10))).toEqual([
    [0, 0, 20],
    [1, 20, 97],
    [1, 98, 120],
  ]);
});

it('drops what a surer one covers', () => {
  expect(spans(withoutOverlaps([segment(0, 5, 15, 0.1), segment(1, 0, 20, 0.2)], 1))).toEqual([[1, 0, 20]]);
});

it('never overlaps, keeps within what was proposed, and covers all of it but what is too short', () => {
  const channel = (number: number) =>
    fc.array(fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 40 }), fc.nat(10)), { maxLength: 12 }).map((gaps) => {
      let at = 0;
      return gaps.map(([gap, length, score]) => {
        const start = at + gap;
        at = start + length;
        return segment(number, start, at, score / 10);
      });
    });
  fc.assert(
    fc.property(channel(0), channel(1), channel(2), (...channels) => {
      const given = channels.flat();
      const found = spans(withoutOverlaps(given, 1)) as [number, number, number][];
      for (const [at, [, start, end]] of found.entries()) {
        expect(end).toBeGreaterThan(start);
        if (at > 0) expect(start).toBeGreaterThanOrEqual(found[at - 1]![2]);
      }
      const covered = (of: readonly (readonly (number | null)[])[]) => {
        const frames = new Set<number>();
        for (const [, start, end] of of) for (let at = start!; at < end!; at += 1) frames.add(at);
        return frames;
      };
      expect([...covered(found)].toSorted((a, b) => a - b)).toEqual(
        [...covered(spans(given))].toSorted((a, b) => a - b),
      );
      for (const [number, start, end] of found) {
        const inside = spans(given).some(([of, from, to]) => of === number && from! <= start && to! >= end);
        expect(inside).toBe(true);
      }
    }),
  );
});
