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
