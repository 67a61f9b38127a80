import type { PayRate, PayTerms } from '../domain/project.ts';
import type { Day } from '../domain/time.ts';
import { termsForTime } from '../rules/projects.rules.ts';
import { type Interval, unionLength } from './intervals.metric.ts';

/** Time of one project on one day that is paid by time, of one kind of task. */
export interface TimeOfKind {
  /** What the task the time was spent on was sealed as; null where that is not known. */
  taskKind: string | null;
  /** Milliseconds, as a union in which each moment is of one kind. */
  paidMs: number;
}

export interface RatedTime<T> extends TimeOfKind {
  /** The terms it is paid by; null when none were in force. */
  terms: T | null;
  /** What it pays: `none` where a day's pay is counted with another kind of the same day. */
  rate: PayRate | null;
}

/** Kinds in order of name, none last: of several at one moment the first is what the moment is paid as. */
export const orderOfKinds = (a: string | null, b: string | null): number =>
  a === b ? 0 : a === null ? 1 : b === null ? -1 : a < b ? -1 : 1;

/** As which kind a moment is paid in which several stretches of one project went on: a named kind before none, of several the first by name. */
export const kindOfMoment = (spans: readonly { taskKind: string | null }[]): string | null =>
  spans.map(({ taskKind }) => taskKind).sort(orderOfKinds)[0] ?? null;

/** How much of some stretches is of which kind, each moment once and of one kind: that of `kindOfMoment`. */
export function timeByKind(spans: readonly (Interval & { taskKind: string | null })[]): TimeOfKind[] {
  const kinds = [...new Set(spans.map(({ taskKind }) => taskKind))].sort(orderOfKinds);
  let before = 0;
  return kinds.map((taskKind, place) => {
    const known = new Set(kinds.slice(0, place + 1));
    const upTo = unionLength(spans.filter((span) => known.has(span.taskKind)));
    const paidMs = upTo - before;
    before = upTo;
    return { taskKind, paidMs };
  });
}

/**
 * By which terms the time of one project on one day is paid: those of the kind of task it was spent on, where they pay by the hour or the day or
 * say that it is unpaid; else those for all, as is time of which no kind is known (of no task, or of one not sealed yet).
 *
 * By the hour each kind pays its own hours. A day is paid once: by the day terms that most of its time falls to (of equal ones the first by
 * kind), and there with the kind that had most of it; other time that is paid by the day is paid with it.
 *
 * @param times one for each kind; @param terms of the project, in the order of writing
 */
export function ratedTime<T extends PayTerms>(
  times: readonly TimeOfKind[],
  terms: readonly T[],
  day: Day,
): RatedTime<T>[] {
  const rated = times
    .filter(({ paidMs }) => paidMs > 0)
    .sort((a, b) => orderOfKinds(a.taskKind, b.taskKind))
    .map((time) => ({ ...time, terms: termsForTime(terms, time.taskKind, day) }));
  const byTerms = Map.groupBy(
    rated.filter((time) => time.terms?.rate.per === 'day'),
    (time) => time.terms,
  );
  const most = (all: readonly TimeOfKind[][]): TimeOfKind[] =>
    all.reduce((best, each) => (lengthOf(each) > lengthOf(best) ? each : best), []);
  const paysDay = most(most([...byTerms.values()]).map((time) => [time]))[0];
  return rated.map((time) => {
    const rate = time.terms?.rate ?? null;
    return { ...time, rate: rate?.per === 'day' && time !== paysDay ? { per: 'none' } : rate };
  });
}

const lengthOf = (times: readonly TimeOfKind[]): number => times.reduce((sum, { paidMs }) => sum + paidMs, 0);
