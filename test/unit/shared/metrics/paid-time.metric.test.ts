import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PayRate, PayTerms } from '#shared/domain/project.ts';
import { ratedTime, timeByKind } from '#shared/metrics/paid-time.metric.ts';
import { payAccount, type PaidPiece, type PaidTime } from '#shared/metrics/pay-period.metric.ts';
import { sumMoney } from '#shared/rules/pay.rules.ts';

const yuan = (minor: number) => ({ minor, currency: 'CNY' });
const terms = (rate: PayRate, taskKind: string | null = null): PayTerms => ({
  ...{ effectiveFrom: '2026-01-01', rate, taskKind, bonuses: [] },
  ...{ returnPenalty: null, promisedPayment: null, note: null },
});
const hour = 3_600_000;
const day = '2026-11-10';

describe('time paid by time', () => {
  it('is paid by the terms of its kind, and by those for all where no kind is known', () => {
    const all = [terms({ per: 'hour', amount: yuan(2000) }), terms({ per: 'hour', amount: yuan(3000) }, 'video')];
    const times = [
      { taskKind: null, paidMs: hour },
      { taskKind: 'video', paidMs: 2 * hour },
      { taskKind: 'photo', paidMs: 3 * hour },
    ];
    expect(ratedTime(times, all, day).map(({ taskKind, rate }) => [taskKind, rate])).toEqual([
      ['photo', { per: 'hour', amount: yuan(2000) }],
      ['video', { per: 'hour', amount: yuan(3000) }],
      [null, { per: 'hour', amount: yuan(2000) }],
    ]);
  });

  it('is paid by the terms for all where its kind is paid by the piece, and not at all where its kind is unpaid', () => {
    const all = [
      terms({ per: 'hour', amount: yuan(2000) }),
      terms({ per: 'piece', amount: yuan(50) }, 'photo'),
      terms({ per: 'none' }, 'trial'),
    ];
    const times = ['photo', 'trial'].map((taskKind) => ({ taskKind, paidMs: hour }));
    expect(ratedTime(times, all, day).map(({ rate }) => rate)).toEqual([
      { per: 'hour', amount: yuan(2000) },
      { per: 'none' },
    ]);
  });

  it('pays a day once, by the day terms most of its time falls to', () => {
    const all = [
      terms({ per: 'day', amount: yuan(20_000) }),
      terms({ per: 'day', amount: yuan(30_000) }, 'video'),
      terms({ per: 'hour', amount: yuan(1000) }, 'extra'),
    ];
    const times = [
      { taskKind: 'video', paidMs: 3 * hour },
      { taskKind: 'photo', paidMs: 2 * hour },
      { taskKind: null, paidMs: 2 * hour },
      { taskKind: 'extra', paidMs: hour },
    ];
    expect(ratedTime(times, all, day).map(({ taskKind, rate }) => [taskKind, rate])).toEqual([
      ['extra', { per: 'hour', amount: yuan(1000) }],
      ['photo', { per: 'day', amount: yuan(20_000) }],
      ['video', { per: 'none' }],
      [null, { per: 'none' }],
    ]);
    const mostly = [...times.filter(({ taskKind }) => taskKind !== 'video'), { taskKind: 'video', paidMs: 5 * hour }];
    expect(ratedTime(mostly, all, day).map(({ rate }) => rate)).toEqual([
      { per: 'hour', amount: yuan(1000) },
      { per: 'none' },
      { per: 'day', amount: yuan(30_000) },
      { per: 'none' },
    ]);
  });

  it('has each moment once, of the named kind that comes first by name', () => {
    const spans = [
      { start: 0, end: 10, taskKind: null },
      { start: 5, end: 15, taskKind: 'b' },
      { start: 8, end: 12, taskKind: 'a' },
    ];
    expect(timeByKind(spans)).toEqual([
      { taskKind: 'a', paidMs: 4 },
      { taskKind: 'b', paidMs: 6 },
      { taskKind: null, paidMs: 5 },
    ]);
  });
});

const kind = fc.constantFrom('a', 'b', null);
const rate = fc.oneof(
  fc.record({ per: fc.constantFrom('piece', 'hour', 'day'), amount: fc.nat(9999).map(yuan) }),
  fc.constant({ per: 'none' } as const),
) as fc.Arbitrary<PayRate>;
const someTerms = fc.array(fc.tuple(rate, kind), { maxLength: 4 }).map((all) => all.map((each) => terms(...each)));
const dayOf = fc.constantFrom('2026-11-10', '2026-11-11');
const someTime = fc.uniqueArray(
  fc.record({ taskKind: kind, day: dayOf, paidMs: fc.integer({ min: 1, max: 9 * hour }) }),
  {
    selector: (time) => `${time.taskKind} ${time.day}`,
  },
);
const somePieces = fc.array(fc.record({ taskKind: kind, day: dayOf, count: fc.integer({ min: 1, max: 5 }) }), {
  maxLength: 5,
});

it('kinds sum to the whole of a project: pieces, hours and what they are promised', () => {
  fc.assert(
    fc.property(someTerms, someTime, somePieces, (all, time, pieces) => {
      const account = payAccount({
        pieces: pieces.map((piece, n): PaidPiece => ({ ...piece, id: String(n), projectId: 'p', returns: [] })),
        recalls: [],
        time: time.map((each): PaidTime => ({ ...each, projectId: 'p' })),
        termsOf: () => all,
      });
      const named = [...time, ...pieces].some(({ taskKind }) => taskKind !== null);
      for (const { kinds, pieces: count, promised } of account.projects) {
        expect(kinds.length > 0).toBe(named);
        if (!named) continue;
        expect(kinds.reduce((sum, each) => sum + each.pieces, 0)).toBe(count);
        expect(kinds.reduce((sum, each) => sum + each.paidMs, 0)).toBe(
          time.reduce((sum, each) => sum + each.paidMs, 0),
        );
        expect(sumMoney(kinds.flatMap((each) => each.promised))).toEqual(promised);
      }
    }),
  );
});
