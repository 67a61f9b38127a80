import type { Money } from '../domain/money.ts';
import { amountOfTime, nearestMinor } from '../rules/pay.rules.ts';

/** What of a training its figures are made of. */
export interface TrainingFacts {
  timeMs: number;
  /** null when nothing was said; it then counts neither as paid nor as unpaid. */
  paid: boolean | null;
}

/** A training that was not paid. One of which nothing was said is none, as its time is not in the day's account either. */
export const isUnpaid = ({ paid }: TrainingFacts) => paid === false;

/** Milliseconds of trainings, and of those that were not paid. */
export function trainingTime(trainings: readonly TrainingFacts[]): { timeMs: number; unpaidMs: number } {
  const sum = (some: readonly TrainingFacts[]) => some.reduce((total, { timeMs }) => total + timeMs, 0);
  return { timeMs: sum(trainings), unpaidMs: sum(trainings.filter(isUnpaid)) };
}

/**
 * What unpaid hours are worth = unpaid time x the rate an hour, rounded once (27 h at 20 yuan/h are 540 yuan).
 *
 * @param unpaidMs milliseconds
 */
export function worthOfTime(unpaidMs: number, ratePerHour: Money): Money {
  return amountOfTime(ratePerHour, unpaidMs);
}

/**
 * The effective rate an hour = received / all hours of work, to the nearest minor unit. Null without work, or unless what was received is of
 * exactly one currency and more than nothing.
 *
 * @param workedMs milliseconds of work as a union
 */
export function effectiveRate(received: readonly Money[], workedMs: number): Money | null {
  const [only, another] = received.filter(({ minor }) => minor !== 0);
  const ms = Math.round(workedMs);
  if (only === undefined || another !== undefined || only.minor < 0 || ms <= 0) return null;
  return { minor: nearestMinor(BigInt(only.minor) * 3_600_000n, BigInt(ms)), currency: only.currency };
}
