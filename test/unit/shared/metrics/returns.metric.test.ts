import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unionLength } from '#shared/metrics/intervals.metric.ts';
import { timeByRound } from '#shared/metrics/returns.metric.ts';

const span = (start: number, end: number, entryId = `${start}`) => ({ start, end, entryId });

describe('time by round', () => {
  it('cuts what reaches over a sealing, and leaves out a last round in which nothing was done', () => {
    const sealings = [
      { at: 100, entryId: 's1' },
      { at: 200, entryId: 's2' },
    ];
    expect(timeByRound(sealings, [span(0, 40), span(90, 130)])).toEqual([
      { ms: 50, entries: ['s1', '0', '90'] },
      { ms: 30, entries: ['s2', '90'] },
    ]);
    expect(timeByRound(sealings, [span(210, 230)]).map(({ ms }) => ms)).toEqual([0, 0, 20]);
  });

  it('is all of the time, once', () => {
    const spans = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 30 })).map(([at, ms]) => span(at, at + ms)),
    );
    const sealings = fc
      .uniqueArray(fc.integer({ min: 0, max: 120 }), { maxLength: 5 })
      .map((all) => all.sort((a, b) => a - b).map((at) => ({ at, entryId: `s${at}` })));
    fc.assert(
      fc.property(sealings, spans, (ends, all) => {
        const sum = timeByRound(ends, all).reduce((ms, round) => ms + round.ms, 0);
        expect(sum).toBe(unionLength(all));
      }),
    );
  });
});
