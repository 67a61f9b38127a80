/** Days of a period, both included. */
export interface Period {
  from: string;
  to: string;
}

const two = (value: number) => String(value).padStart(2, '0');

/** A month from its first to its last day; `months` away from that of `day`, which is `2026-11-22`. */
export function monthOf(day: string, months = 0): Period {
  const [year = 0, month = 1] = day.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(year, month + months, 0));
  const text = (date: Date) => `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
  return { from: text(first), to: text(last) };
}

/** Whether a period is one whole month. */
export function isMonth({ from, to }: Period): boolean {
  const month = monthOf(from);
  return month.from === from && month.to === to;
}

/** Today as this computer's calendar has it. */
export function localToday(): string {
  const now = new Date();
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** A day as an instant: the present one today, else noon of this computer's clock. */
export function momentOf(day: string): string {
  return day === localToday() ? new Date().toISOString() : new Date(`${day}T12:00:00`).toISOString();
}
