import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unionLength } from '#shared/metrics/intervals.metric.ts';
import { costOfRounds, returnsByClass, timeByRound } from '#shared/metrics/returns.metric.ts';

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

describe('the cost of further rounds', () => {
  it('is what came after the first submission, by round', () => {
    const rounds = [[{ ms: 100 }, { ms: 30 }, { ms: 10 }], [{ ms: 90 }, { ms: 21 }], [{ ms: 80 }]];
    expect(costOfRounds(rounds)).toEqual([
      { round: 2, works: 2, ms: 51, perWorkMs: 26 },
      { round: 3, works: 1, ms: 10, perWorkMs: 10 },
    ]);
  });

  it('sums to all time after the first submissions, in any order', () => {
    const works = fc.array(fc.array(fc.record({ ms: fc.nat(9000) }), { maxLength: 6 }), { maxLength: 20 });
    fc.assert(
      fc.property(works, (all) => {
        const costs = costOfRounds(all);
        expect(costOfRounds(all.toReversed())).toEqual(costs);
        const whole = all.flatMap((rounds) => rounds.slice(1)).reduce((sum, { ms }) => sum + ms, 0);
        expect(costs.reduce((sum, { ms }) => sum + ms, 0)).toBe(whole);
      }),
      { seed: 20261122, numRuns: 60 },
    );
  });
});

describe('returns by class', () => {
  it('count in every class they name, with each object, the most returns first', () => {
    const returns = [
      { entryId: 'a', labels: ['bus'] },
      { entryId: 'b', labels: ['car', 'car', null] },
      { entryId: 'c', labels: ['car'] },
    ];
    expect(returnsByClass(returns)).toEqual([
      { label: 'car', returns: 2, objects: 3, entries: ['b', 'c'] },
      { label: 'bus', returns: 1, objects: 1, entries: ['a'] },
      { label: null, returns: 1, objects: 1, entries: ['b'] },
    ]);
  });

  it('name as many objects in all classes as in all returns', () => {
    const returns = fc.array(fc.array(fc.constantFrom('car', 'bus', null), { maxLength: 5 }), { maxLength: 20 });
    fc.assert(
      fc.property(returns, (all) => {
        const named = all.map((labels, nth) => ({ entryId: String(nth), labels }));
        const classes = returnsByClass(named);
        expect(classes.reduce((sum, { objects }) => sum + objects, 0)).toBe(all.flat().length);
        const other = returnsByClass(named.toReversed());
        expect(other.map(({ entries: _, ...rest }) => rest)).toEqual(classes.map(({ entries: _, ...rest }) => rest));
      }),
      { seed: 20261122, numRuns: 60 },
    );
  });
});
