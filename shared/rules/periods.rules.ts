import type { Day } from '../domain/time.ts';

/** What a page of figures shows at once. A week begins on Monday. */
export type PeriodSpan = 'week' | 'month';

/** Days of a period, both included. */
export interface Period {
  from: Day;
  to: Day;
}

const dayMs = 86_400_000;
const at = (day: Day): Date => new Date(`${day}T00:00:00.000Z`);
const dayOf = (ms: number): Day => new Date(ms).toISOString().slice(0, 10);

/** The week or month a day lies in. */
export function periodOf(span: PeriodSpan, day: Day): Period {
  const date = at(day);
  if (span === 'week') {
    const monday = date.getTime() - ((date.getUTCDay() + 6) % 7) * dayMs;
    return { from: dayOf(monday), to: dayOf(monday + 6 * dayMs) };
  }
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return { from: dayOf(Date.UTC(year, month, 1)), to: dayOf(Date.UTC(year, month + 1, 0)) };
}

/** The period before (-1) or after (1) the one a day lies in. */
export function periodBeside(span: PeriodSpan, day: Day, step: -1 | 1): Period {
  const { from, to } = periodOf(span, day);
  return periodOf(span, step < 0 ? nextDay(from, -1) : nextDay(to, 1));
}

/** The day so many days on, or back. */
export function nextDay(day: Day, step: number): Day {
  return dayOf(at(day).getTime() + step * dayMs);
}
