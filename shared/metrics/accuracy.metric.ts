import type { Day } from '../domain/time.ts';
import { type Accuracy, accuracyOfPercent, accuracyOfTasks } from '../rules/accuracy.rules.ts';

/** Pieces of a day, and those of them that were neither sent back nor recalled since. */
export interface OwnCount {
  correct: number;
  total: number;
}

/** A piece of work, or a batch, with what came of it. */
export interface PieceFate {
  /** The working day it was first submitted on. */
  day: Day;
  pieces: number;
  returned: number;
  recalled: number;
}

/**
 * The owner's own count by working day: pieces first submitted that day, less those sent back at least once or named by a recall, whichever
 * are more of a batch. It can only shrink: work of yesterday that comes back next week is taken from yesterday.
 */
export function ownCounts(fates: Iterable<PieceFate>): Map<Day, OwnCount> {
  const counts = new Map<Day, OwnCount>();
  for (const { day, pieces, returned, recalled } of fates) {
    const { correct, total } = counts.get(day) ?? { correct: 0, total: 0 };
    counts.set(day, { correct: correct + pieces - Math.max(returned, recalled), total: total + pieces });
  }
  return counts;
}

/** A figure as announced: counts, a percentage, or both. */
export interface AnnouncedFigure {
  percent: string | null;
  correct: number | null;
  total: number | null;
}

/**
 * The fraction behind an announced figure: the counts where they are known, for a percentage may be rounded already; else the percentage, to
 * its last digit. Null when there is neither.
 */
export function announcedAccuracy({ percent, correct, total }: AnnouncedFigure): Accuracy | null {
  if (correct !== null && total !== null) return accuracyOfTasks(correct, total);
  return percent === null ? null : accuracyOfPercent(percent);
}

/**
 * How far one accuracy is above another, in percentage points with two decimals, cut towards nothing and not rounded; `-1.50` when
 * it is below.
 */
export function pointsBetween(one: Accuracy, other: Accuracy): string {
  const scaled = ((one.correct * other.total - other.correct * one.total) * 10_000n) / (one.total * other.total);
  const size = (scaled < 0n ? -scaled : scaled).toString().padStart(3, '0');
  return `${scaled < 0n ? '-' : ''}${size.slice(0, -2)}.${size.slice(-2)}`;
}
