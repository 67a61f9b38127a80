/** The marks of a time line. */
export interface Ticks {
  /** Seconds from one named mark to the next. */
  readonly step: number;
  /** How many small marks there are from one named mark to the next, itself included. */
  readonly parts: number;
  /** Digits after the second that tell the named marks apart. */
  readonly digits: number;
}

/** From the second on, steps of the clock, each with the small marks that go into it; above, hours. */
const clockSteps: readonly (readonly [step: number, parts: number])[] = [
  [1, 10],
  [2, 4],
  [5, 5],
  [10, 10],
  [15, 3],
  [30, 6],
  [60, 6],
  [120, 4],
  [300, 5],
  [600, 10],
  [900, 3],
  [1800, 6],
  [3600, 6],
  [7200, 4],
];

/** The finest step: a microsecond. */
const finestDigits = 6;

/** The closest marks whose names, `room` apart at least, do not run into each other. Both in one unit: pixels, and pixels a second. */
export function ticksFor(pixelsPerSecond: number, room: number): Ticks {
  const least = room / pixelsPerSecond;
  for (let digits = finestDigits; digits > 0; digits -= 1) {
    const unit = 10 ** -digits;
    for (const [times, parts] of [
      [1, 10],
      [2, 4],
      [5, 5],
    ] as const) {
      if (times * unit >= least) return { step: (times * 10) / 10 ** (digits + 1), parts, digits };
    }
  }
  const found = clockSteps.find(([step]) => step >= least);
  if (found) return { step: found[0], parts: found[1], digits: 0 };
  const hours = Math.ceil(least / 3600);
  return { step: hours * 3600, parts: 1, digits: 0 };
}

/**
 * A time as `h:mm:ss.mmm`; `m:ss.mmm` below an hour unless `hours` asks for them. Rounded to `digits` after the second.
 * @param seconds not negative
 */
export function timeText(seconds: number, digits = 3, hours = false): string {
  const unit = 10 ** digits;
  const all = Math.round(seconds * unit);
  const whole = Math.floor(all / unit);
  const rest = digits > 0 ? `.${String(all - whole * unit).padStart(digits, '0')}` : '';
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  return hours || h > 0 ? `${h}:${two(m)}:${two(s)}${rest}` : `${m}:${two(s)}${rest}`;
}
