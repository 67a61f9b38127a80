import type { Money } from '../domain/money.ts';
import type { Day } from '../domain/time.ts';
import { daysBetween } from './working-day.rules.ts';

const hourMs = 3_600_000n;

/** A whole number of minor units nearest to `numerator / denominator`; a half goes up. Both not negative. */
export function nearestMinor(numerator: bigint, denominator: bigint): number {
  const minor = Number((2n * numerator + denominator) / (2n * denominator));
  if (!Number.isSafeInteger(minor)) throw new RangeError('an amount beyond exact integers');
  return minor;
}

/** `count` pieces at a rate each. */
export function amountOfPieces(rate: Money, count: number): Money {
  return { minor: nearestMinor(BigInt(rate.minor) * BigInt(count), 1n), currency: rate.currency };
}

/** A time at a rate an hour, to the nearest minor unit. `ms` is milliseconds. */
export function amountOfTime(ratePerHour: Money, ms: number): Money {
  return {
    minor: nearestMinor(BigInt(ratePerHour.minor) * BigInt(Math.round(ms)), hourMs),
    currency: ratePerHour.currency,
  };
}

/** What came of pieces of which some were recalled (rejected without pay). */
export interface RecallOutcome {
  expected: Money;
  received: Money;
  lost: Money;
  /** The share that was lost, as a fraction of pieces: `recalled` of `pieces`. */
  lostShare: { correct: bigint; total: bigint };
}

/** Pay of `pieces` at a rate each, `recalled` of them recalled at task level. */
export function outcomeOfRecall(rate: Money, pieces: number, recalled: number): RecallOutcome {
  return {
    expected: amountOfPieces(rate, pieces),
    received: amountOfPieces(rate, pieces - recalled),
    lost: amountOfPieces(rate, recalled),
    lostShare: { correct: BigInt(recalled), total: BigInt(pieces) },
  };
}

/**
 * What returns cost of a commission: `free` returns cost nothing, the first beyond them `first` per cent, every later one `later` per
 * cent more. `additive` takes each from the whole commission, `compounding` from what the one before left.
 */
export interface ReturnSchedule {
  free: number;
  firstPercent: number;
  laterPercent: number;
  how: 'additive' | 'compounding';
}

/** What is left of a commission after `returns` returns; never below nothing. Exact, rounded once at the end. */
export function commissionAfterReturns(commission: Money, returns: number, schedule: ReturnSchedule): Money {
  const costly = Math.max(0, returns - schedule.free);
  let kept = 1n;
  let whole = 1n;
  for (let i = 0; i < costly; i += 1) {
    const percent = BigInt(i === 0 ? schedule.firstPercent : schedule.laterPercent);
    if (schedule.how === 'compounding') {
      kept *= 100n - percent;
      whole *= 100n;
    } else {
      kept = kept * 100n - percent * whole;
      whole *= 100n;
    }
  }
  // Each additive step is a share of the whole, so that `kept / whole` stays the share that is left.
  const left = kept < 0n ? 0n : kept;
  return { minor: nearestMinor(BigInt(commission.minor) * left, whole), currency: commission.currency };
}

/** Amounts added up: one a currency, in order of currency code. */
export function sumMoney(amounts: Iterable<Money>): Money[] {
  const sums = new Map<string, number>();
  for (const { currency, minor } of amounts) sums.set(currency, (sums.get(currency) ?? 0) + minor);
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, minor]) => {
      if (!Number.isSafeInteger(minor)) throw new RangeError('an amount beyond exact integers');
      return { minor, currency };
    });
}

/** `amounts` less `taken`, currency by currency; below nothing where more was taken than was there. */
export function lessMoney(amounts: readonly Money[], taken: readonly Money[]): Money[] {
  return sumMoney([...amounts, ...taken.map(({ minor, currency }) => ({ minor: 0 - minor, currency }))]);
}

/** How late a promised payment is, or was. */
export interface Lateness {
  /** Days after the day it was promised for. */
  days: number;
  /** Whether some of it is still to come. */
  open: boolean;
}

/**
 * How late pay is against the day it was promised for: up to the day by which all that is expected had come, in every currency, else up to today. Null
 * while nothing is expected, and when it was or still is in time.
 *
 * @param received with the calendar day each came on
 */
export function latenessOf(
  promisedOn: Day,
  expected: readonly Money[],
  received: readonly { amount: Money; on: Day }[],
  today: Day,
): Lateness | null {
  const owed = expected.filter(({ minor }) => minor > 0);
  if (owed.length === 0) return null;
  const days = [...new Set(received.map(({ on }) => on))].sort();
  const cameBy = (day: Day) => sumMoney(received.filter(({ on }) => on <= day).map(({ amount }) => amount));
  const paidOn = days.find((day) => lessMoney(cameBy(day), owed).every(({ minor }) => minor >= 0));
  const late = daysBetween(promisedOn, paidOn ?? today);
  return late > 0 ? { days: late, open: paidOn === undefined } : null;
}
