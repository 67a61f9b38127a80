import { clip, type Interval, unionLength } from './intervals.metric.ts';

/** One sealing of a task. */
export interface Sealing {
  /** Milliseconds since the epoch. */
  at: number;
  entryId: string;
}

/** A stretch of activity with the entry that says so. */
export interface RecordedInterval extends Interval {
  entryId: string;
}

/** What one round of a task took. */
export interface RoundTime {
  /** Milliseconds of activity between the sealing before and this one, as a union: what overlaps counts once. */
  ms: number;
  /** The sealing, when there is one yet, and the stretches. */
  entries: string[];
}

/**
 * Time by round: for each sealing the activity on its task since the one before (the first: since ever), and last the activity since the
 * last sealing when there is any. A stretch that a sealing cuts belongs to both rounds, each with its part. In milliseconds.
 * The rounds together are all activity on the task: nothing counts twice, nothing is lost.
 */
export function timeByRound(sealings: readonly Sealing[], spans: readonly RecordedInterval[]): RoundTime[] {
  const ends = [...sealings.map(({ at }) => at), Number.POSITIVE_INFINITY];
  const rounds = ends.map((end, i): RoundTime => {
    const within = clip(spans, { start: ends[i - 1] ?? Number.NEGATIVE_INFINITY, end });
    const sealing = sealings[i];
    return {
      ms: unionLength(within),
      entries: [...(sealing === undefined ? [] : [sealing.entryId]), ...new Set(within.map(({ entryId }) => entryId))],
    };
  });
  return rounds.at(-1)?.ms === 0 ? rounds.slice(0, -1) : rounds;
}
