import type { Lane, Paid, Source } from '../domain/time.ts';
import { isWork, shortestGapMs } from '../rules/time.rules.ts';
import { clip, type Interval, subtract, union, unionLength } from './intervals.metric.ts';

/** A stretch as the account of a day needs it; milliseconds since the epoch. */
export interface AccountSpan extends Interval {
  lane: Lane;
  what: string;
  paid: Paid;
  source: Source;
  /** Why it ended; null while it runs or when that was erased. */
  endedBy: string | null;
}

/** All in milliseconds; each figure is the length of a union, so that nothing counts twice. */
export interface DayTotals {
  presence: number;
  /** Every activity but breaks, and every waiting but for payment. */
  worked: number;
  /**
   * `worked` falls into these four without rest: each moment is paid by time if any stretch of it is, else by piece; else nobody said how, if
   * that is so of any stretch of it; and unpaid only if every stretch of it is.
   */
  paidByTime: number;
  paidByPiece: number;
  unstated: number;
  unpaid: number;
  byActivity: Record<string, number>;
  byWaiting: Record<string, number>;
  /** Of `unpaid`, by what was done or waited for; a moment of two kinds counts in both. */
  unpaidByKind: Record<string, number>;
}

export interface AccountGap extends Interval {
  why: 'idle' | 'suspend' | 'unaccounted';
}

/** What the clock did that explains a hole. */
export interface ClockHole extends Interval {
  what: 'jump' | 'suspend' | 'zone';
}

/**
 * The totals of a day.
 *
 * Imported stretches (a client's table, say) fill only what the owner's own record leaves open: where both speak of the same time, it counts
 * once, and the owner's word on how it was paid stands.
 *
 * @param spans stretches that reach into `window`; what lies outside is cut off
 */
export function dayTotals(spans: readonly AccountSpan[], window: Interval): DayTotals {
  const inside = clip(spans, window);
  const work = inside.filter(({ lane, what }) => isWork(lane, what));
  const own = work.filter(({ source }) => source !== 'imported');
  const foreign = work.filter(({ source }) => source === 'imported');
  const ownWorked = union(own);

  const pay = (paid: Paid): Interval[] =>
    union([...own.filter(paidAs(paid)), ...subtract(foreign.filter(paidAs(paid)), ownWorked)]);
  const byTime = pay('by-time');
  const byPiece = subtract(pay('by-piece'), byTime);
  const unstated = subtract(pay('unstated'), [...byTime, ...byPiece]);
  const unpaid = subtract(pay('unpaid'), [...byTime, ...byPiece, ...unstated]);

  const isUnpaid = (span: AccountSpan) => span.paid === 'unpaid';
  return {
    presence: unionLength(inside.filter(({ lane }) => lane === 'presence')),
    worked: unionLength(work),
    paidByTime: unionLength(byTime),
    paidByPiece: unionLength(byPiece),
    unstated: unionLength(unstated),
    unpaid: unionLength(unpaid),
    byActivity: lengthsByKind(inside.filter(({ lane }) => lane === 'activity')),
    byWaiting: lengthsByKind(inside.filter(({ lane }) => lane === 'waiting')),
    unpaidByKind: lengthsByKind(work.filter(isUnpaid), (intervals) => overlap(intervals, unpaid)),
  };
}

/**
 * Holes in a day's record that are worth asking about, in order: inside presence, or between the first and the last stretch when nobody
 * clocked in. Holes of less than a minute, what its owner said was nothing, and time that a clock set forward skipped are left
 * out. A gap takes nothing from anybody: it is a question, and until it is answered no total counts it.
 *
 * @param dismissed answered with "nothing"
 */
export function dayGaps(
  spans: readonly AccountSpan[],
  window: Interval,
  clock: readonly ClockHole[],
  dismissed: readonly Interval[],
): AccountGap[] {
  const inside = clip(spans, window);
  const busy = inside.filter(({ lane }) => lane !== 'presence');
  const presence = inside.filter(({ lane }) => lane === 'presence');
  const frame = presence.length > 0 ? union(presence) : hull(busy);
  const jumps = clock.filter(({ what }) => what === 'jump');
  const suspends = union(clock.filter(({ what }) => what === 'suspend'));
  return subtract(frame, [...busy, ...jumps, ...dismissed])
    .filter(({ start, end }) => end - start >= shortestGapMs)
    .map((gap) => ({ ...gap, why: whyOf(gap, spans, suspends) }));
}

const paidAs = (paid: Paid) => (span: AccountSpan) => span.paid === paid;

/** What of `intervals` lies in `within`. */
const overlap = (intervals: readonly Interval[], within: readonly Interval[]): Interval[] =>
  subtract(intervals, subtract(intervals, within));

function lengthsByKind(
  spans: readonly AccountSpan[],
  narrow: (intervals: readonly Interval[]) => Interval[] = union,
): Record<string, number> {
  const kinds = [...new Set(spans.map(({ what }) => what))].sort();
  const lengths = kinds.map((kind) => [kind, unionLength(narrow(spans.filter(({ what }) => what === kind)))] as const);
  return Object.fromEntries(lengths.filter(([, length]) => length > 0));
}

/** From the first beginning to the last end. */
function hull(intervals: readonly Interval[]): Interval[] {
  const parts = union(intervals);
  const first = parts[0];
  const last = parts.at(-1);
  return first === undefined || last === undefined ? [] : [{ start: first.start, end: last.end }];
}

/** Slept through for the greater part, or begun by a stretch that ended because nobody touched anything. */
function whyOf(gap: Interval, spans: readonly AccountSpan[], suspends: readonly Interval[]): AccountGap['why'] {
  const slept = unionLength(clip(suspends, gap));
  if (2 * slept >= gap.end - gap.start) return 'suspend';
  const before = spans.filter(({ end }) => end === gap.start);
  return before.some(({ endedBy }) => endedBy === 'idle') ? 'idle' : 'unaccounted';
}
