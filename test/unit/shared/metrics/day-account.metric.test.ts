import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AccountSpan, dayGaps, dayTotals } from '#shared/metrics/day-account.metric.ts';
import { isWork } from '#shared/rules/time.rules.ts';

const minute = 60_000;
const minutes = 90;
const window = { start: 20 * minute, end: 80 * minute };

const kind = fc.constantFrom(
  ['presence', 'present'] as const,
  ['activity', 'annotating'] as const,
  ['activity', 'training'] as const,
  ['activity', 'break'] as const,
  ['waiting', 'rules'] as const,
  ['waiting', 'payment'] as const,
);
const span = fc
  .record({
    kind,
    at: fc.tuple(fc.nat(minutes), fc.nat(minutes)),
    paid: fc.constantFrom('by-time', 'by-piece', 'unpaid', 'unstated'),
    source: fc.constantFrom('measured', 'stated', 'imported'),
  })
  .map(({ kind: [lane, what], at: [a, b], paid, source }): AccountSpan => ({
    lane,
    what,
    start: Math.min(a, b) * minute,
    end: Math.max(a, b) * minute,
    paid,
    source,
    endedBy: null,
  }));
const spans = fc.array(span, { maxLength: 10 });

/** The naive model: looks at every minute of the window by itself. */
function naive(list: readonly AccountSpan[]) {
  const count = (test: (now: AccountSpan[]) => boolean): number => {
    let found = 0;
    for (let at = window.start; at < window.end; at += minute) {
      if (test(list.filter(({ start, end }) => start <= at && at < end))) found += minute;
    }
    return found;
  };
  const deciding = (now: AccountSpan[]): AccountSpan[] => {
    const work = now.filter(({ lane, what }) => isWork(lane, what));
    const own = work.filter(({ source }) => source !== 'imported');
    return own.length > 0 ? own : work;
  };
  const paidAs = (now: AccountSpan[]) => {
    const paid = deciding(now).map((one) => one.paid);
    return (['by-time', 'by-piece', 'unstated', 'unpaid'] as const).find((way) => paid.includes(way));
  };
  return {
    presence: count((now) => now.some(({ lane }) => lane === 'presence')),
    worked: count((now) => deciding(now).length > 0),
    paidByTime: count((now) => paidAs(now) === 'by-time'),
    paidByPiece: count((now) => paidAs(now) === 'by-piece'),
    unstated: count((now) => paidAs(now) === 'unstated'),
    unpaid: count((now) => paidAs(now) === 'unpaid'),
    training: count((now) => now.some(({ what }) => what === 'training')),
    rules: count((now) => now.some(({ what }) => what === 'rules')),
  };
}

describe("a day's totals", () => {
  it('are unions, minute by minute, cut at the beginning and end of the day', () => {
    fc.assert(
      fc.property(spans, (list) => {
        const { byActivity, byWaiting, unpaidByKind: _, ...totals } = dayTotals(list, window);
        const { training, rules, ...expected } = naive(list);
        expect(totals).toEqual(expected);
        expect(byActivity['training'] ?? 0).toBe(training);
        expect(byWaiting['rules'] ?? 0).toBe(rules);
      }),
    );
  });

  it('have no part that is more than its whole, and what is worked is paid, unpaid or not stated', () => {
    fc.assert(
      fc.property(spans, (list) => {
        const totals = dayTotals(list, window);
        expect(totals.paidByTime + totals.paidByPiece + totals.unstated + totals.unpaid).toBe(totals.worked);
        const length = window.end - window.start;
        for (const part of [...Object.values(totals.byActivity), ...Object.values(totals.byWaiting), totals.presence]) {
          expect(part).toBeLessThanOrEqual(length);
        }
        for (const [what, part] of Object.entries(totals.unpaidByKind)) {
          expect(part).toBeLessThanOrEqual(totals.unpaid);
          expect(part).toBeLessThanOrEqual(totals.byActivity[what] ?? totals.byWaiting[what] ?? 0);
        }
        // Every unpaid moment is unpaid for something.
        const named = Object.values(totals.unpaidByKind).reduce((sum, part) => sum + part, 0);
        expect(named).toBeGreaterThanOrEqual(totals.unpaid);
      }),
    );
  });

  it('do not depend on the order of entry', () => {
    fc.assert(
      fc.property(spans, fc.nat(), (list, seed) => {
        const turned = [...list.slice(seed % (list.length + 1)), ...list.slice(0, seed % (list.length + 1))].reverse();
        expect(dayTotals(turned, window)).toEqual(dayTotals(list, window));
        expect(dayGaps(turned, window, [], [])).toEqual(dayGaps(list, window, [], []));
      }),
    );
  });

  it('count imported time beside measured time once, and the owner decides how it was paid', () => {
    fc.assert(
      fc.property(spans, fc.constantFrom('by-time', 'by-piece', 'unpaid', 'unstated'), (list, paid) => {
        const own = list.filter(({ source }) => source !== 'imported');
        const repeated = own.map((one): AccountSpan => ({ ...one, source: 'imported', paid }));
        expect(dayTotals([...own, ...repeated], window)).toEqual(dayTotals(own, window));
      }),
    );
  });
});

describe("a day's gaps", () => {
  it('lie inside presence, or between the first and last stretch, and in no stretch', () => {
    fc.assert(
      fc.property(spans, (list) => {
        const inside = list.filter(({ start, end }) => Math.min(end, window.end) > Math.max(start, window.start));
        const present = inside.filter(({ lane }) => lane === 'presence');
        const busy = inside.filter(({ lane }) => lane !== 'presence');
        const first = Math.min(...busy.map(({ start }) => Math.max(start, window.start)));
        const last = Math.max(...busy.map(({ end }) => Math.min(end, window.end)));
        const gaps = dayGaps(list, window, [], []);
        for (let at = window.start; at < window.end; at += minute) {
          const covers = ({ start, end }: { start: number; end: number }) => start <= at && at < end;
          const asked = present.length > 0 ? present.some(covers) : first <= at && at < last;
          expect(gaps.some(covers)).toBe(asked && !busy.some(covers));
        }
      }),
    );
  });

  it('say why, and leave out moments, what was nothing, and what a clock set forward skipped', () => {
    const work = (start: number, end: number, endedBy: string): AccountSpan => ({
      lane: 'activity',
      what: 'annotating',
      start: start * minute,
      end: end * minute,
      paid: 'by-piece',
      source: 'measured',
      endedBy,
    });
    const list = [
      work(20, 30, 'idle'),
      work(35, 40, 'suspend'),
      work(50, 55, 'clock'),
      work(60, 65, 'stop'),
      work(65.5, 70, 'switch'),
      work(75, 80, 'stop'),
    ];
    const between = (start: number, end: number) => ({ start: start * minute, end: end * minute });
    const clock = [
      { what: 'suspend' as const, ...between(40, 49) },
      { what: 'jump' as const, ...between(55, 60) },
    ];
    expect(dayGaps(list, window, clock, [between(72, 75)])).toEqual([
      { ...between(30, 35), why: 'idle' },
      { ...between(40, 50), why: 'suspend' },
      { ...between(70, 72), why: 'unaccounted' },
    ]);
  });
});
