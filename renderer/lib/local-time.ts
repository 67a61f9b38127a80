const two = (value: number) => String(value).padStart(2, '0');

/** An instant as an `<input type="datetime-local">` and MomentField show it, in this computer's zone, to the second. */
export function toLocal(instant: string): string {
  const at = new Date(instant);
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** The instant of a form's moment; now where none was given. */
export function instantOrNow(local: string): string {
  return (local === '' ? new Date() : new Date(local)).toISOString();
}

/** The calendar day of a moment (milliseconds since the epoch) in this computer's zone. */
export function dayText(at: number): string {
  return toLocal(new Date(at).toISOString()).slice(0, 10);
}

/**
 * The instant of such a text. When the text still reads as `before` did, `before` itself: its milliseconds are not lost by
 * opening a form.
 */
export function fromLocal(local: string, before: string): string {
  return local === toLocal(before) ? before : new Date(local).toISOString();
}

/** A time of day: `9:00`, `09:30`, `9：30`, `0930`, `930`; null for what is none. */
export function readTime(typed: string): string | null {
  const found = /^(\d{1,2}):?(\d{2})$/.exec(typed.normalize('NFKC').trim());
  if (!found) return null;
  const [, hours = '', minutes = ''] = found;
  return Number(hours) < 24 && Number(minutes) < 60 ? `${hours.padStart(2, '0')}:${minutes}` : null;
}

/**
 * The first moment at or after a beginning (milliseconds since the epoch) when the clock of this computer shows a time of day: in a working day that
 * begins at five, 02:00 is of the night after.
 */
export function momentAfter(beginning: number, time: string): number {
  const at = new Date(`${dayText(beginning)}T${time}:00`);
  if (at.getTime() < beginning) at.setDate(at.getDate() + 1);
  return at.getTime();
}
