import { readTime } from '#renderer/lib/local-time.ts';

/** A stretch as typed: a day of this computer's calendar and two times of its clock. */
export interface TypedSession {
  key: number;
  day: string;
  start: string;
  end: string;
}

const two = (value: number) => String(value).padStart(2, '0');

/** What a new form begins with: today, the last hour. */
export function usualSession(now = new Date()): TypedSession {
  const before = new Date(now.getTime() - 3_600_000);
  const from = before.getDate() === now.getDate() ? `${two(before.getHours())}:${two(before.getMinutes())}` : '00:00';
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  return { key: 0, day, start: from, end: `${two(now.getHours())}:${two(now.getMinutes())}` };
}

/** The day after, with the same times. */
export function nextSession(last: TypedSession): TypedSession {
  const date = new Date(`${last.day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return { ...last, key: last.key + 1, day: date.toISOString().slice(0, 10) };
}

/** The stretches as instants; one that ends at or before its beginning ends on the next day. Null when a time is none. */
export function readSessions(sessions: readonly TypedSession[]): { start: string; end: string }[] | null {
  const read: { start: string; end: string }[] = [];
  for (const { day, start, end } of sessions) {
    const [from, to] = [readTime(start), readTime(end)];
    if (day === '' || from === null || to === null) return null;
    const [begins, ends] = [new Date(`${day}T${from}:00`), new Date(`${day}T${to}:00`)];
    if (ends <= begins) ends.setDate(ends.getDate() + 1);
    read.push({ start: begins.toISOString(), end: ends.toISOString() });
  }
  return read;
}
