import type { AccuracyBar } from '../domain/project.ts';
import type { Day } from '../domain/time.ts';

/** An accuracy as a fraction, never as a rounded number: correct tasks of all tasks. Both whole, `total` positive. */
export interface Accuracy {
  correct: bigint;
  total: bigint;
}

/**
 * The fraction behind a percentage written as a decimal (`95`, `99.5`), as a client's table gives it: 99.5 % is 995 of 1000.
 *
 * @throws RangeError for anything but digits with at most one point
 */
export function accuracyOfPercent(percent: string): Accuracy {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(percent);
  if (match === null) throw new RangeError(`not a decimal: ${percent}`);
  const decimals = match[2] ?? '';
  return { correct: BigInt(match[1]! + decimals), total: 100n * 10n ** BigInt(decimals.length) };
}

/** The unifying accuracy of whole tasks; see `shared/metrics/unifying-accuracy.metric.ts`. */
export function accuracyOfTasks(correct: number, total: number): Accuracy {
  if (!Number.isSafeInteger(correct) || !Number.isSafeInteger(total) || correct < 0 || total <= 0 || correct > total) {
    throw new RangeError(`not an accuracy: ${correct} of ${total}`);
  }
  return { correct: BigInt(correct), total: BigInt(total) };
}

/**
 * Whether an accuracy meets a bar, decided in whole numbers: `correct / total` against `percent / 100` by multiplying out. "At
 * least 95 %" is met by exactly 95 %, "over 95 %" is not.
 */
export function meetsBar(accuracy: Accuracy, bar: Pick<AccuracyBar, 'operator' | 'percent'>): boolean {
  const required = accuracyOfPercent(bar.percent);
  const left = accuracy.correct * required.total;
  const right = required.correct * accuracy.total;
  return bar.operator === 'at-least' ? left >= right : left > right;
}

/** One working day with the accuracy that was announced for it and the bar in force; null where none was. */
export interface AccuracyOfDay {
  day: Day;
  accuracy: Accuracy;
  bar: Pick<AccuracyBar, 'operator' | 'percent'> | null;
}

/**
 * The days that raise "suspension risk": working days below the bar whose working day before was below it as well. Days without work
 * are not in the list, so a day off neither breaks a run nor counts in it; nor does a day whose figure nobody was told.
 *
 * @param days one for each working day, in any order; days are working days (they begin at the hour their owner set)
 */
export function suspensionRiskDays(days: readonly AccuracyOfDay[]): Day[] {
  const sorted = [...days].sort((a, b) => (a.day < b.day ? -1 : 1));
  const below = sorted.map(({ accuracy, bar }) => bar !== null && !meetsBar(accuracy, bar));
  return sorted.filter((_, i) => i > 0 && below[i]! && below[i - 1]!).map(({ day }) => day);
}
