import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holisticPay, monthsBetween } from '#shared/metrics/holistic-pay.metric.ts';

const hour = 3_600_000;
const yuan = (amount: number) => ({ minor: Math.round(amount * 100), currency: 'CNY' });
const weights = {
  ...{ ratePerHour: yuan(20), unpaidPercent: 100, yearPercent: 5, certificatePercent: 3 },
  perPieceMinor: 50,
};
const facts = { paidMs: 7 * hour, unpaidMs: 2 * hour, months: 24, certificates: 1, pieces: 14 };

describe('holistic pay', () => {
  it('counts all work time, expertise and productivity', () => {
    // 9 h at 20; two years at 5 % and a certificate at 3 % of it; 14 pieces at 0.50.
    expect(holisticPay(facts, weights)).toEqual({
      time: yuan(180),
      expertise: yuan(23.4),
      productivity: yuan(7),
      total: yuan(210.4),
    });
  });

  it('counts an unpaid hour for what its owner says', () => {
    expect(holisticPay(facts, { ...weights, unpaidPercent: 50 }).time).toEqual(yuan(160));
    expect(holisticPay(facts, { ...weights, unpaidPercent: 0 }).time).toEqual(yuan(140));
  });

  it('is the sum of its parts, and never less for more work, months, certificates or pieces', () => {
    const number = fc.nat(200);
    const given = fc.record({
      paidMs: fc.nat(hour * 300),
      unpaidMs: fc.nat(hour * 300),
      months: number,
      certificates: fc.nat(9),
      pieces: fc.nat(9000),
    });
    const said = fc.record({
      ratePerHour: fc.nat(9000).map((minor) => ({ minor, currency: 'CNY' })),
      ...{ unpaidPercent: number, yearPercent: number, certificatePercent: number, perPieceMinor: number },
    });
    fc.assert(
      fc.property(given, said, given, (one, by, more) => {
        const pay = holisticPay(one, by);
        expect(pay.total.minor).toBe(pay.time.minor + pay.expertise.minor + pay.productivity.minor);
        const sum = Object.fromEntries(
          Object.entries(one).map(([name, value]) => [name, value + more[name as keyof typeof more]]),
        );
        expect(holisticPay(sum as typeof one, by).total.minor).toBeGreaterThanOrEqual(pay.total.minor);
      }),
      { seed: 20261122, numRuns: 100 },
    );
  });
});

describe('months of work', () => {
  it('are whole ones', () => {
    expect(monthsBetween('2024-11-22', '2026-11-22')).toBe(24);
    expect(monthsBetween('2024-11-23', '2026-11-22')).toBe(23);
    expect(monthsBetween('2026-11-30', '2026-11-22')).toBe(0);
  });
});
