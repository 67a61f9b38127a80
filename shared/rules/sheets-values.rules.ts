import { Temporal } from 'temporal-polyfill';
import type { Cell, DateFormat, DurationUnit, NumberFormat } from '../domain/sheet-mapping.ts';
import type { Day } from '../domain/time.ts';

/** A date or time as a cell gives it: an instant, or what a calendar and a clock on the wall said. */
export type Moment =
  | { type: 'instant'; ms: number }
  /** `time`: milliseconds since midnight; null when only the day was said. */
  | { type: 'local'; day: Day; time: number | null }
  | { type: 'clock'; time: number };

/** Text of a cell in its usual width, without space around it; '' for an empty one. */
export const cellText = (cell: Cell | undefined): string =>
  cell === null || cell === undefined ? '' : String(cell).normalize('NFKC').trim();

const noon = 12 * 3_600_000;
const timePart =
  '(?:(?:[T,]|\\s)\\s*(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?\\s*(AM|PM)?\\s*(Z|UTC|[+-]\\d{2}:?\\d{2})?)?$';
const yearFirst = new RegExp(`^(\\d{4})(?:-|/|\\.|年)\\s?(\\d{1,2})(?:-|/|\\.|月)\\s?(\\d{1,2})日?${timePart}`, 'i');
const eightDigits = new RegExp(`^(\\d{4})(\\d{2})(\\d{2})${timePart}`, 'i');
const yearLast = new RegExp(`^(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4})${timePart}`, 'i');
const yearLastShort = new RegExp(`^(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{2})${timePart}`, 'i');
const yearFirstShort = new RegExp(
  `^(\\d{2})(?:-|/|\\.|年)\\s?(\\d{1,2})(?:-|/|\\.|月)\\s?(\\d{1,2})日?${timePart}`,
  'i',
);
const monthNames =
  'Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?';
const weekDay = '(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?\\s+)?';
const monthFirst = new RegExp(
  `^${weekDay}(${monthNames})\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})${timePart}`,
  'i',
);
const dayFirst = new RegExp(
  `^${weekDay}(\\d{1,2})(?:st|nd|rd|th)?[\\s-]+(${monthNames})\\.?,?[\\s-]+(\\d{4})${timePart}`,
  'i',
);
const clockOnly = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*(AM|PM)?$/i;
const amtDate = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d{2}):(\d{2}):(\d{2}) ([A-Z]{3,4}) (\d{4})$/;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** Hours from UTC. Names that mean several zones (CST, IST) are not in here. */
const zoneHours = new Map([
  ['UTC', 0],
  ['GMT', 0],
  ['PST', -8],
  ['PDT', -7],
  ['MST', -7],
  ['MDT', -6],
  ['EST', -5],
  ['EDT', -4],
]);

function dayOf(year: string, month: string, date: string): Day | null {
  const [y, m, d] = [Number(year), Number(month), Number(date)];
  const found = new Date(Date.UTC(y, m - 1, d));
  if (y < 1970 || found.getUTCMonth() !== m - 1 || found.getUTCDate() !== d) return null;
  return found.toISOString().slice(0, 10);
}

function timeOf(hour: string, minute: string, second = '0', fraction = '', half = ''): number | null {
  let h = Number(hour);
  if (half !== '' && (h < 1 || h > 12)) return null;
  if (half !== '') h = (h % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
  const [m, s] = [Number(minute), Number(second)];
  if (h > 23 || m > 59 || s > 59) return null;
  return ((h * 60 + m) * 60 + s) * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3));
}

function offsetMs(written: string): number {
  if (/^(z|utc)$/i.test(written)) return 0;
  const sign = written.startsWith('-') ? -1 : 1;
  return sign * (Number(written.slice(1, 3)) * 60 + Number(written.slice(-2))) * 60_000;
}

/** A year of two digits is one of this century. */
const fullYear = (year: string) => (year.length === 2 ? `20${year}` : year);
const monthNumber = (name: string) => {
  const at = months.findIndex((month) => name.toLowerCase().startsWith(month.toLowerCase()));
  return at < 0 ? name : String(at + 1);
};

/** The groups of a pattern: year, month and day by `order`, then what `timePart` caught. */
function moment(match: RegExpExecArray | null, order: readonly [number, number, number]): Moment | null {
  if (!match) return null;
  const day = dayOf(fullYear(match[order[0]]!), monthNumber(match[order[1]]!), match[order[2]]!);
  if (day === null) return null;
  const [hour, minute, second, fraction, half, zone] = match.slice(4);
  if (hour === undefined) return { type: 'local', day, time: null };
  const time = timeOf(hour, minute!, second, fraction, half);
  if (time === null) return null;
  return zone === undefined
    ? { type: 'local', day, time }
    : { type: 'instant', ms: Date.parse(day) + time - offsetMs(zone) };
}

function amtMoment(text: string): Moment | null {
  const match = amtDate.exec(text);
  const hours = zoneHours.get(match?.[6] ?? '');
  if (!match || hours === undefined) return null;
  const day = dayOf(match[7]!, String(months.indexOf(match[1]!) + 1), match[2]!);
  const time = timeOf(match[3]!, match[4]!, match[5]);
  if (day === null || time === null) return null;
  return { type: 'instant', ms: Date.parse(day) + time - hours * 3_600_000 };
}

/** Seconds or milliseconds since 1970, up to the year 9999. */
function epochMoment(text: string, factor: number): Moment | null {
  if (!/^\d{1,14}(\.\d+)?$/.test(text)) return null;
  const ms = Math.round(Number(text) * factor);
  return ms > 253_402_300_799_999 ? null : { type: 'instant', ms };
}

/** Reads a date in a known format; null when the cell is written otherwise. */
export function readMoment(cell: Cell, format: DateFormat): Moment | null {
  const text = cellText(cell);
  switch (format) {
    case 'ymd':
      return moment(yearFirst.exec(text) ?? eightDigits.exec(text), [1, 2, 3]);
    case 'dmy':
      return moment(yearLast.exec(text), [3, 2, 1]);
    case 'mdy':
      return moment(yearLast.exec(text), [3, 1, 2]);
    case 'ymd-2':
      return moment(yearFirstShort.exec(text), [1, 2, 3]);
    case 'dmy-2':
      return moment(yearLastShort.exec(text), [3, 2, 1]);
    case 'mdy-2':
      return moment(yearLastShort.exec(text), [3, 1, 2]);
    case 'named':
      return moment(monthFirst.exec(text), [3, 1, 2]) ?? moment(dayFirst.exec(text), [3, 2, 1]);
    case 'amt':
      return amtMoment(text);
    case 'unix-s':
      return epochMoment(text, 1000);
    case 'unix-ms':
      return epochMoment(text, 1);
    case 'clock': {
      const match = clockOnly.exec(text);
      const time = match && timeOf(match[1]!, match[2]!, match[3], match[4], match[5]);
      return time === null ? null : { type: 'clock', time };
    }
  }
}

/** Beginnings of days in a zone, in milliseconds; null for a day on which clocks are changed. A table has few days and many rows. */
const dayStarts = new Map<string, number | null>();
const dayStartsKept = 5000;

function dayStart(day: Day, zone: string): number | null {
  const key = `${day} ${zone}`;
  const known = dayStarts.get(key);
  if (known !== undefined) return known;
  const start = Temporal.PlainDate.from(day).toZonedDateTime(zone);
  const whole = start.hoursInDay === 24 && start.hour === 0 && start.minute === 0;
  const found = whole ? start.epochMilliseconds : null;
  if (dayStarts.size >= dayStartsKept) dayStarts.clear();
  dayStarts.set(key, found);
  return found;
}

/** The instant of a day and a time on the wall in a zone, in milliseconds; a clock set back counts as its first hour. */
export function wallTime(day: Day, time: number, zone: string): number {
  const start = dayStart(day, zone);
  if (start !== null) return start + time;
  return Temporal.PlainDate.from(day)
    .toPlainDateTime(Temporal.PlainTime.from({ hour: 0 }).add({ milliseconds: time }))
    .toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;
}

/**
 * A moment on the time line, in milliseconds. A day without a time stands at noon, so that it belongs to that working day
 * whatever the hour days begin at.
 */
export function instantOfMoment(read: Moment, zone: string): number | null {
  if (read.type === 'instant') return read.ms;
  return read.type === 'clock' ? null : wallTime(read.day, read.time ?? noon, zone);
}

/** The calendar day of a moment in a zone; null for a bare time of day. */
export function dayOfMoment(read: Moment, zone: string): Day | null {
  if (read.type === 'local') return read.day;
  if (read.type === 'clock') return null;
  return Temporal.Instant.fromEpochMilliseconds(read.ms).toZonedDateTimeISO(zone).toPlainDate().toString();
}

const grouped = {
  point: /^-?(?:\d{1,3}(?:,\d{3})+|\d*)(?:\.\d+)?$/,
  comma: /^-?(?:\d{1,3}(?:\.\d{3})+|\d*)(?:,\d+)?$/,
} as const;
/** A currency before or after an amount. Which one is a matter of the mapping: `$` and `¥` are the signs of several. */
const currencySigns = /^(?:[A-Z]{3}|[$¥€£₹₱元])\s*|\s*(?:[A-Z]{3}|[$¥€£₹₱元块])$/g;

/** A number as an exact decimal such as `-1234.5`; null when the cell is no number in that format. */
export function readDecimal(cell: Cell, format: NumberFormat): string | null {
  if (typeof cell === 'number') return Number.isFinite(cell) && !/e/.test(String(cell)) ? String(cell) : null;
  const text = cellText(cell).replaceAll(/\s/g, '');
  if (!/\d/.test(text) || !grouped[format].test(text)) return null;
  const plain = format === 'point' ? text.replaceAll(',', '') : text.replaceAll('.', '').replace(',', '.');
  const [, sign, whole, decimals] = /^(-?)(\d*)(?:\.(\d+))?$/.exec(plain)!;
  return `${sign}${whole!.replace(/^0+(?=\d)/, '') || '0'}${decimals === undefined ? '' : `.${decimals}`}`;
}

/** An amount as an exact decimal, with or without a sign of its currency. */
export function readAmount(cell: Cell, format: NumberFormat): string | null {
  if (typeof cell !== 'string') return readDecimal(cell, format);
  const negative = cellText(cell).startsWith('-');
  const bare = cellText(cell).replace(/^-/, '').replaceAll(currencySigns, '');
  return readDecimal(negative ? `-${bare}` : bare, format);
}

/** Minor units of a decimal amount; null when it has more decimals than the currency. */
export function minorOfDecimal(decimal: string, currency: string): number | null {
  const { maximumFractionDigits: digits = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  const [whole = '', all = ''] = decimal.split('.');
  const decimals = all.replace(/0+$/, '');
  if (decimals.length > digits) return null;
  const minor = Number(whole + decimals.padEnd(digits, '0'));
  return Number.isSafeInteger(minor) ? minor + 0 : null;
}

/** A decimal moved by some places: 0.945 by 2 is 94.5. Exact. */
export function shiftDecimal(decimal: string, places: number): string {
  const [, sign, whole, decimals = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal)!;
  const digits = decimals.padEnd(places, '0');
  const left = `${whole}${digits.slice(0, places)}`.replace(/^0+(?=\d)/, '');
  const right = digits.slice(places).replace(/0+$/, '');
  return `${sign}${left}${right === '' ? '' : `.${right}`}`;
}

const worded =
  /^(?:(\d+(?:\.\d+)?)\s*(?:小时|时|hours?|hrs?|h))?\s*(?:(\d+(?:\.\d+)?)\s*(?:分钟|分|minutes?|mins?|m))?\s*(?:(\d+(?:\.\d+)?)\s*(?:秒|seconds?|secs?|s))?$/i;
const perUnit = { h: 3_600_000, min: 60_000, s: 1000, ms: 1 } as const;

/** A length of time in milliseconds; null when the cell is none. A cell that names its unit (7小时30分) goes by that. */
export function readDuration(cell: Cell, unit: DurationUnit, format: NumberFormat): number | null {
  const text = cellText(cell);
  const words = text === '' ? null : worded.exec(text);
  if (words) {
    const [h, m, s] = words.slice(1).map((part) => Number(part ?? 0));
    return Math.round(h! * 3_600_000 + m! * 60_000 + s! * 1000);
  }
  const colons = /^(\d{1,5}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?$/.exec(text);
  if (colons) {
    const [a, b] = [Number(colons[1]), Number(colons[2])];
    if (b > 59 || Number(colons[3] ?? 0) > 59) return null;
    if (colons[3] !== undefined) {
      return (a * 3600 + b * 60 + Number(colons[3])) * 1000 + Number((colons[4] ?? '').padEnd(3, '0').slice(0, 3));
    }
    if (unit === 'm:ss') return (a * 60 + b) * 1000;
    return unit === 'h:mm' ? (a * 60 + b) * 60_000 : null;
  }
  if (unit === 'h:mm' || unit === 'm:ss') return null;
  const decimal = readDecimal(cell, format);
  const ms = decimal === null ? Number.NaN : Math.round(Number(decimal) * perUnit[unit]);
  return ms >= 0 ? ms : null;
}
