import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { perHour } from '#shared/metrics/effective-pay.metric.ts';
import type { AccountSpan } from '#shared/metrics/day-account.metric.ts';
import { sumTotals, totalsByDay } from '#shared/metrics/period-account.metric.ts';
import { precisionLabour } from '#shared/metrics/precision-labour.metric.ts';
import { unpaidWorth } from '#shared/metrics/unpaid-worth.metric.ts';
import { underBar } from '#shared/metrics/what-if-bar.metric.ts';
import { accuracyOfTasks } from '#shared/rules/accuracy.rules.ts';
import { sumMoney } from '#shared/rules/pay.rules.ts';
import { type DatedWindow, workingDays } from '#shared/rules/working-day.rules.ts';

const hour = 3_600_000;
const yuan = (amount: number) => ({ minor: Math.round(amount * 100), currency: 'CNY' });

const days: DatedWindow[] = workingDays('2026-11-20', '2026-11-24', 'Asia/Shanghai', 4);
const first = days[0]!.start;

const whats = {
  activity: ['annotating', 'revising', 'training', 'meeting', 'break'],
  waiting: ['tasks', 'rules', 'payment'],
  presence: ['present'],
} as const;
const span = fc
  .record({
    lane: fc.constantFrom('activity' as const, 'waiting' as const, 'presence' as const),
    nth: fc.nat(4),
    from: fc.integer({ min: -600, max: 7200 }),
    minutes: fc.integer({ min: 1, max: 900 }),
    paid: fc.constantFrom('by-time' as const, 'by-piece' as const, 'unpaid' as const, 'unstated' as const),
    source: fc.constantFrom('measured' as const, 'stated' as const, 'imported' as const),
  })
  .map(({ lane, nth, from, minutes, paid, source }): AccountSpan => {
    const what = whats[lane][nth % whats[lane].length]!;
    const start = first + from * 60_000;
    return { lane, what, paid, source, start, end: start + minutes * 60_000, endedBy: null };
  });
const spans = fc.array(span, { maxLength: 30 });

describe('totals by day', () => {
  it('add up to what the period is as one, and do not depend on the order', () => {
    fc.assert(
      fc.property(spans, fc.array(fc.nat(100), { minLength: 30, maxLength: 30 }), (all, keys) => {
        const totals = sumTotals(totalsByDay(all, days));
        const whole = { day: days[0]!.day, start: first, end: days.at(-1)!.end };
        const { shares, ...rest } = sumTotals(totalsByDay(all, [whole]));
        const { shares: dayShares, ...dayRest } = totals;
        expect(dayRest).toEqual(rest);
        expect(dayShares).toEqual(shares);
        const order = all.map((each, at) => ({ each, key: keys[at]! })).sort((a, b) => a.key - b.key);
        expect(
          sumTotals(
            totalsByDay(
              order.map(({ each }) => each),
              days,
            ),
          ),
        ).toEqual(totals);
      }),
      { numRuns: 60 },
    );
  });

  it('fall into paid and unpaid, and into shares, without rest', () => {
    fc.assert(
      fc.property(spans, (all) => {
        for (const day of totalsByDay(all, days)) {
          expect(day.paid + day.unpaid + day.unstated).toBe(day.worked);
          expect(Object.values(day.shares).reduce((sum, ms) => sum + ms, 0)).toBe(day.worked);
          expect(day.active).toBeLessThanOrEqual(day.worked);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are none without days, and nothing without stretches', () => {
    expect(totalsByDay([], [])).toEqual([]);
    expect(sumTotals(totalsByDay([], days)).worked).toBe(0);
  });
});

describe('pay by the hour', () => {
  it('reads 20.63 or 9.04 by the hours it is divided by', () => {
    // 82.52 yuan in four hours annotating, which were 9 h 07 min 42 s of work.
    expect(perHour([yuan(82.52)], 4 * hour)).toEqual([yuan(20.63)]);
    expect(perHour([yuan(82.52)], 9 * hour + 7 * 60_000 + 42_000)).toEqual([yuan(9.04)]);
  });

  it('is nothing when no hour was worked', () => expect(perHour([yuan(10)], 0)).toEqual([]));
});

describe('the worth of unpaid time', () => {
  it('of three nine-hour days at an effective 20 yuan an hour is 540 yuan', () => {
    expect(unpaidWorth(27 * hour, [yuan(160)], 8 * hour)).toEqual([yuan(540)]);
  });

  it('is not known when nothing was paid', () => expect(unpaidWorth(hour, [yuan(1)], 0)).toEqual([]));
});

describe('a period under a bar', () => {
  const day = fc
    .record({
      pieces: fc.nat(40),
      returned: fc.nat(40),
      minor: fc.nat(9000),
      correct: fc.array(fc.nat(100), { maxLength: 2 }),
    })
    .map(({ pieces, returned, minor, correct }) => ({
      ...{ pieces, returned, promised: [{ minor, currency: 'CNY' }] },
      announced: correct.map((of) => accuracyOfTasks(of, 100)),
    }));

  it('keeps and loses the promised pay between them, and a higher bar never keeps more', () => {
    fc.assert(
      fc.property(fc.array(day, { maxLength: 20 }), (all) => {
        const whole = sumMoney(all.flatMap(({ promised }) => promised));
        const bars = ['95', '98', '99'].map((percent) => underBar(all, percent));
        for (const { kept, lost } of bars) expect(sumMoney([...kept, ...lost])).toEqual(whole);
        const kept = bars.map((bar) => bar.kept[0]?.minor ?? 0);
        expect(kept).toEqual([...kept].sort((a, b) => b - a));
      }),
    );
  });

  it('never rounds before comparing: 190 of 200 meets at least 95 %, 189 does not', () => {
    const of = (returned: number) =>
      underBar([{ pieces: 200, returned, promised: [yuan(1)], announced: [] }], '95').daysBelow;
    expect([of(10), of(11)]).toEqual([0, 1]);
  });

  it('goes by what the client announced where it did, of several stages by the lowest', () => {
    const said = (...correct: number[]) => {
      const announced = correct.map((of) => accuracyOfTasks(of, 200));
      const under = underBar([{ pieces: 200, returned: 0, promised: [yuan(1)], announced }], '95');
      return [under.days, under.daysBelow];
    };
    expect([said(), said(190), said(189), said(200, 189)]).toEqual([
      [1, 0],
      [1, 0],
      [1, 1],
      [1, 1],
    ]);
    const byTheHour = { pieces: 0, returned: 0, promised: [yuan(1)] };
    expect(underBar([{ ...byTheHour, announced: [accuracyOfTasks(1, 2)] }], '95')).toMatchObject({ days: 1, kept: [] });
    expect(underBar([{ ...byTheHour, announced: [] }], '95')).toMatchObject({ days: 0, kept: [yuan(1)] });
  });
});

describe('precision labour', () => {
  it('shares the time of revising among the returns', () => {
    expect(precisionLabour(3 * hour, 4)).toEqual({ revisingMs: 3 * hour, returns: 4, perReturnMs: 0.75 * hour });
    expect(precisionLabour(0, 0).perReturnMs).toBeNull();
  });
});
