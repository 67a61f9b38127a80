import type { Money } from '#shared/domain/money.ts';
import type { Language } from './language.ts';

/** Dates, numbers, durations and money in one language. Times are shown in the zone of this computer unless one is given. */
export interface Format {
  readonly language: Language;
  /** `1,234.5`; at most `digits` decimals (default 2). */
  number(value: number, digits?: number): string;
  /** A ratio as `95.0%`, one decimal. */
  percent(ratio: number, digits?: number): string;
  /** From minor units, with as many decimals as the currency has: `¥60.00`, `JP¥300`. */
  money(amount: Money): string;
  /** `22 Nov 2026` / `2026年11月22日`; takes an instant or a day. */
  date(value: string, zone?: string): string;
  /** Day and month with the weekday: `Sun, 22 Nov`. */
  dayOfWeek(value: string, zone?: string): string;
  /** `14:05`, with `seconds` `14:05:09`. */
  time(instant: string, options?: { seconds?: boolean; zone?: string }): string;
  /** Date and time. */
  dateTime(instant: string, options?: { seconds?: boolean; zone?: string }): string;
  /** Rounded for reading: `1 h 04 min`, `14 min`, `32 s`. Below half a second `0 s`. */
  duration(ms: number): string;
  /** For a clock that runs: `00:14:32`. Never rounded up. */
  clock(ms: number): string;
  /** `1.4 MB`. */
  bytes(count: number): string;
}

/** ICU's own defaults for Chinese are right as they are; English is written with day before month and a 24-hour clock. */
const intlLocale: Record<Language, string> = { 'zh-CN': 'zh-CN', en: 'en-GB' };

/** The units of a duration, from the locales. */
export interface DurationWords {
  h: string;
  min: string;
  s: string;
}

const isDay = (value: string) => /^\d{4}-\d{2}-\d{2}$/.test(value);
const two = (value: number) => String(value).padStart(2, '0');

/** Digits after the point in a currency, as CLDR has them (2 for CNY and USD, none for JPY). */
export function currencyDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** Makes the formatters of a language. Intl objects are made once each. */
export function createFormat(language: Language, words: DurationWords): Format {
  const locale = intlLocale[language];
  const made = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();
  const numbers = (options: Intl.NumberFormatOptions) => {
    const key = `n${JSON.stringify(options)}`;
    const format = made.get(key) ?? new Intl.NumberFormat(locale, options);
    made.set(key, format);
    return format as Intl.NumberFormat;
  };
  const dates = (options: Intl.DateTimeFormatOptions, value: string) => {
    const key = `d${JSON.stringify(options)}`;
    const format = made.get(key) ?? new Intl.DateTimeFormat(locale, options);
    made.set(key, format);
    return (format as Intl.DateTimeFormat).format(new Date(value));
  };
  // A day has no zone: read and shown as UTC, it stays the same day everywhere.
  const zoneOf = (value: string, zone?: string) => {
    if (isDay(value)) return { timeZone: 'UTC' };
    return zone ? { timeZone: zone } : {};
  };
  const clockParts = (seconds?: boolean): Intl.DateTimeFormatOptions => ({
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(seconds ? { second: '2-digit' } : {}),
  });

  return {
    language,
    number: (value, digits = 2) => numbers({ maximumFractionDigits: digits }).format(value),
    percent: (ratio, digits = 1) =>
      numbers({ style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(ratio),
    money({ minor, currency }) {
      const digits = currencyDigits(currency);
      return numbers({ style: 'currency', currency, minimumFractionDigits: digits }).format(minor / 10 ** digits);
    },
    date: (value, zone) => dates({ dateStyle: 'medium', ...zoneOf(value, zone) }, value),
    dayOfWeek: (value, zone) =>
      dates({ weekday: 'short', day: 'numeric', month: 'short', ...zoneOf(value, zone) }, value),
    time: (value, options = {}) => dates({ ...clockParts(options.seconds), ...zoneOf(value, options.zone) }, value),
    dateTime: (value, options = {}) =>
      dates(
        {
          year: 'numeric',
          month: 'short',
          day: 'numeric',
          ...clockParts(options.seconds),
          ...zoneOf(value, options.zone),
        },
        value,
      ),
    duration: (ms) => durationText(ms, words),
    clock(ms) {
      const seconds = Math.floor(ms / 1000);
      return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
    },
    bytes: (count) => bytesText(count, (value, digits) => numbers({ maximumFractionDigits: digits }).format(value)),
  };
}

function durationText(ms: number, words: DurationWords): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} ${words.s}`;
  const minutes = Math.round(ms / 60_000);
  if (minutes < 60) return `${minutes} ${words.min}`;
  return `${Math.floor(minutes / 60)} ${words.h} ${two(minutes % 60)} ${words.min}`;
}

function bytesText(count: number, number: (value: number, digits: number) => string): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${number(value, value < 10 && unit > 0 ? 1 : 0)} ${units[unit]}`;
}
