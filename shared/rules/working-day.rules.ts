import { Temporal } from 'temporal-polyfill';
import type { Day } from '../domain/time.ts';

/** A stretch of the time line, in milliseconds since the epoch, half open. */
export interface DayWindow {
  start: number;
  end: number;
}

/** The calendar day of an instant in a zone. */
export function calendarDay(at: number, zone: string): Day {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/**
 * When a working day begins and ends: from the given hour (local time, 0..23) to the same hour of the next day. It lasts 23 or
 * 25 hours where the zone changes its clock; an hour that is skipped begins when the clock has jumped, one that comes twice
 * begins the first time.
 */
export function workingDayWindow(day: Day, zone: string, startHour: number): DayWindow {
  const date = Temporal.PlainDate.from(day);
  return { start: beginning(date, zone, startHour), end: beginning(date.add({ days: 1 }), zone, startHour) };
}

/** The working day an instant belongs to: the one that began last. */
export function workingDayOf(at: number, zone: string, startHour: number): Day {
  const date = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
  return (beginning(date, zone, startHour) <= at ? date : date.subtract({ days: 1 })).toString();
}

/** Beginnings of working days after `from` and before `to`, in order. */
export function workingDayBeginnings(from: number, to: number, zone: string, startHour: number): number[] {
  const found: number[] = [];
  let day = Temporal.PlainDate.from(workingDayOf(from, zone, startHour));
  for (;;) {
    day = day.add({ days: 1 });
    const begins = beginning(day, zone, startHour);
    if (begins >= to) return found;
    if (begins > from) found.push(begins);
  }
}

function beginning(date: Temporal.PlainDate, zone: string, startHour: number): number {
  return date.toZonedDateTime({ timeZone: zone, plainTime: { hour: startHour } }).epochMilliseconds;
}

/** A working day with its window. */
export interface DatedWindow extends DayWindow {
  day: Day;
}

/** The working days from one to another, both included, in order; none when the last is before the first. */
export function workingDays(from: Day, to: Day, zone: string, startHour: number): DatedWindow[] {
  const days: DatedWindow[] = [];
  const last = Temporal.PlainDate.from(to);
  let date = Temporal.PlainDate.from(from);
  let start = beginning(date, zone, startHour);
  while (Temporal.PlainDate.compare(date, last) <= 0) {
    const next = date.add({ days: 1 });
    const end = beginning(next, zone, startHour);
    days.push({ day: date.toString(), start, end });
    date = next;
    start = end;
  }
  return days;
}

/** The day of a list of adjoining windows an instant lies in; undefined when it lies in none. */
export function dayAt(days: readonly DatedWindow[], at: number): DatedWindow | undefined {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle]!.end <= at) low = middle + 1;
    else high = middle;
  }
  const found = days[low];
  return found !== undefined && found.start <= at ? found : undefined;
}

/** Whole days from one day to another; below nothing when the second is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days;
}

/** The day so many days after the end of the month a day lies in. */
export function daysAfterMonth(day: Day, days: number): Day {
  const date = Temporal.PlainDate.from(day);
  return date.with({ day: date.daysInMonth }).add({ days }).toString();
}

/** The day so many days before or after another. */
export function dayPlus(day: Day, days: number): Day {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}
