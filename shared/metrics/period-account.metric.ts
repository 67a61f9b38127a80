import { activity } from '../domain/time.ts';
import { isWork } from '../rules/time.rules.ts';
import { dayAt, type DatedWindow } from '../rules/working-day.rules.ts';
import { type AccountSpan, dayTotals, type DayTotals } from './day-account.metric.ts';
import { clip, type Interval, subtract, union, unionLength } from './intervals.metric.ts';

/** Totals of a day or of several, in milliseconds; each figure is the length of a union, so that nothing counts twice. */
export interface PeriodTotals extends DayTotals {
  /** Every activity but breaks, whatever was waited for beside it. */
  active: number;
  /** `paidByTime` and `paidByPiece` together. */
  paid: number;
  annotating: number;
  revising: number;
  /**
   * `worked` cut into kinds without rest or overlap: each moment goes to the first activity of the vocabulary that it was, and what is left to
   * `waiting`.
   */
  shares: Record<string, number>;
}

/**
 * The totals of each day of a list of adjoining working days.
 *
 * A stretch over the end of a day counts in each for its part of it, so that the days add up to the whole period: a moment lies in one day
 * alone. The order of the stretches does not matter.
 */
export function totalsByDay(spans: readonly AccountSpan[], days: readonly DatedWindow[]): PeriodTotals[] {
  const perDay: AccountSpan[][] = days.map(() => []);
  const first = days[0];
  if (first === undefined) return [];
  const places = new Map(days.map(({ day }, place) => [day, place]));
  for (const span of spans) {
    const begins = dayAt(days, Math.max(span.start, first.start));
    if (begins === undefined) continue;
    for (let place = places.get(begins.day)!; place < days.length && days[place]!.start < span.end; place += 1) {
      perDay[place]!.push(span);
    }
  }
  return days.map((window, place) => periodTotals(perDay[place]!, window));
}

function periodTotals(spans: readonly AccountSpan[], window: DatedWindow): PeriodTotals {
  const totals = dayTotals(spans, window);
  const activities = spans.filter(({ lane, what }) => lane === 'activity' && what !== 'break');
  return {
    ...totals,
    active: unionLength(clip(activities, window)),
    paid: totals.paidByTime + totals.paidByPiece,
    annotating: totals.byActivity['annotating'] ?? 0,
    revising: totals.byActivity['revising'] ?? 0,
    shares: sharesOf(spans, window),
  };
}

function sharesOf(spans: readonly AccountSpan[], window: DatedWindow): Record<string, number> {
  const work = clip(spans, window).filter(({ lane, what }) => isWork(lane, what));
  const kinds: readonly string[] = [...activity.options, 'waiting'];
  const kindOf = (span: AccountSpan) => (span.lane === 'activity' ? span.what : 'waiting');
  const shares: Record<string, number> = {};
  let taken: Interval[] = [];
  for (const kind of kinds) {
    const own = work.filter((span) => kindOf(span) === kind);
    if (own.length === 0) continue;
    const length = unionLength(subtract(own, taken));
    if (length > 0) shares[kind] = length;
    taken = union([...taken, ...own]);
  }
  return shares;
}

/** The totals of days that do not overlap, added up. */
export function sumTotals(days: readonly PeriodTotals[]): PeriodTotals {
  const sum = (pick: (day: PeriodTotals) => number) => days.reduce((so, day) => so + pick(day), 0);
  return {
    presence: sum((day) => day.presence),
    active: sum((day) => day.active),
    worked: sum((day) => day.worked),
    paid: sum((day) => day.paid),
    paidByTime: sum((day) => day.paidByTime),
    paidByPiece: sum((day) => day.paidByPiece),
    unstated: sum((day) => day.unstated),
    unpaid: sum((day) => day.unpaid),
    annotating: sum((day) => day.annotating),
    revising: sum((day) => day.revising),
    byActivity: sumByKind(days.map(({ byActivity }) => byActivity)),
    byWaiting: sumByKind(days.map(({ byWaiting }) => byWaiting)),
    unpaidByKind: sumByKind(days.map(({ unpaidByKind }) => unpaidByKind)),
    shares: sumByKind(days.map(({ shares }) => shares)),
  };
}

function sumByKind(days: readonly Record<string, number>[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const day of days) for (const [kind, ms] of Object.entries(day)) sums.set(kind, (sums.get(kind) ?? 0) + ms);
  return Object.fromEntries([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
}
