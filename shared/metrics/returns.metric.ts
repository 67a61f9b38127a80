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

/** What one round took beyond the first submission, over all works that reached it. */
export interface RoundCost {
  /** 2 is the first revision. */
  round: number;
  works: number;
  ms: number;
  /** On average; `ms / works`, rounded once. */
  perWorkMs: number;
}

/**
 * Precision labour by round: the time between the first submission and the last one known, by the round it went into. Acceptance is told to
 * nobody, so the last round known stands for it. The rounds together are all activity on these works after their first submission.
 *
 * @param works for each work its rounds in order, as `timeByRound` has them
 */
export function costOfRounds(works: Iterable<readonly Pick<RoundTime, 'ms'>[]>): RoundCost[] {
  const sums: { works: number; ms: number }[] = [];
  for (const rounds of works) {
    rounds.slice(1).forEach(({ ms }, at) => {
      const sum = (sums[at] ??= { works: 0, ms: 0 });
      sum.works += 1;
      sum.ms += ms;
    });
  }
  return sums.map(({ works: reached, ms }, at) => ({
    round: at + 2,
    works: reached,
    ms,
    perWorkMs: Math.round(ms / reached),
  }));
}

/** A return with the classes of the objects it names. */
export interface ReturnOfClasses {
  entryId: string;
  /** Labels of the objects named, one for each; null for an object without a class. */
  labels: readonly (string | null)[];
}

export interface ClassReturns {
  label: string | null;
  /** Returns that name an object of this class; a return of two classes counts in both. */
  returns: number;
  /** Objects named. */
  objects: number;
  entries: string[];
}

/** Returns by the class of the objects they name, the most returns first. Returns that name no object are in none. */
export function returnsByClass(returns: Iterable<ReturnOfClasses>): ClassReturns[] {
  const classes = new Map<string | null, ClassReturns>();
  for (const { entryId, labels } of returns) {
    for (const label of new Set(labels)) {
      const of = classes.get(label) ?? { label, returns: 0, objects: 0, entries: [] };
      of.returns += 1;
      of.objects += labels.filter((each) => each === label).length;
      of.entries.push(entryId);
      classes.set(label, of);
    }
  }
  return [...classes.values()].sort(
    (a, b) => b.returns - a.returns || b.objects - a.objects || byLabel(a.label, b.label),
  );
}

/** In order of label; objects without a class come last. */
function byLabel(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a < b ? -1 : 1;
}
