import type { Lane, Paid } from '../domain/time.ts';
import { isWork } from '../rules/time.rules.ts';
import type { AccountSpan } from './day-account.metric.ts';
import type { Interval } from './intervals.metric.ts';
import { kindOfMoment } from './paid-time.metric.ts';
import { type PeriodTotals, sumTotals, totalsByDay } from './period-account.metric.ts';

/** A stretch as the figures of a period need it. */
export type MixSpan = Omit<AccountSpan, 'endedBy'> & {
  projectId: string | null;
  /** The kind of task by whose terms it is paid, of time that is paid by time; null where it is not known. */
  taskKind: string | null;
};

/**
 * What went on at one moment: the stretches that cover it, by lane, activity, pay, whether imported, project, and kind of task where that decides what it pays, as a text that is the same for
 * the same stretches. Every figure of time is a length of unions, so whether a moment counts in it depends on its mix alone: lengths of mixes add up
 * to every figure exactly, wherever the time line is cut.
 */
export type TimeMix = string;

/** Milliseconds of each mix. */
export type MixLengths = Map<TimeMix, number>;

function partOf({ lane, what, paid, source, projectId, taskKind }: MixSpan): string {
  const parts = [lane, what, paid, source === 'imported' ? 'imported' : 'own', projectId ?? ''];
  // A kind has a name of its owner's, with whatever is in it: spaces and bars are what parts are told apart by.
  if (taskKind !== null) parts.push(encodeURIComponent(taskKind));
  return parts.join(' ');
}

/** The stretches of a mix, each from 0 to 1. */
function spansOf(mix: TimeMix): MixSpan[] {
  return mix.split('|').map((part) => {
    const [lane, what, paid, source, project, kind] = part.split(' ') as [Lane, string, Paid, string, string, string?];
    const own = source === 'imported' ? 'imported' : 'stated';
    const of = {
      projectId: project === '' ? null : project,
      taskKind: kind === undefined ? null : decodeURIComponent(kind),
    };
    return { start: 0, end: 1, lane, what, paid, source: own, ...of };
  });
}

/**
 * Cuts a window into what went on in it: each piece lies in one slot and has one mix. What nobody said anything of is left out.
 *
 * @param slotMs length of a slot; slots are counted since the epoch
 */
export function cutIntoMixes(
  spans: readonly MixSpan[],
  window: Interval,
  slotMs: number,
  tell: (slot: number, mix: TimeMix, ms: number) => void,
): void {
  const edges: { at: number; part: string; by: 1 | -1 }[] = [];
  for (const span of spans) {
    const [start, end] = [Math.max(span.start, window.start), Math.min(span.end, window.end)];
    if (end <= start) continue;
    const part = partOf(span);
    edges.push({ at: start, part, by: 1 }, { at: end, part, by: -1 });
  }
  edges.sort((a, b) => a.at - b.at);
  const going = new Map<string, number>();
  let from = window.start;
  for (const { at, part, by } of edges) {
    if (at > from && going.size > 0) {
      const mix = [...going.keys()].sort().join('|');
      while (from < at) {
        const slot = Math.floor(from / slotMs);
        const to = Math.min(at, (slot + 1) * slotMs);
        tell(slot, mix, to - from);
        from = to;
      }
    }
    from = at;
    const count = (going.get(part) ?? 0) + by;
    if (count === 0) going.delete(part);
    else going.set(part, count);
  }
}

/** What a project has of one moment of a mix. */
export interface ProjectShare {
  projectId: string | null;
  annotating: boolean;
  paidByTime: boolean;
  /** The kind by whose terms that is: of several that went on at once the one `kindOfMoment` says. */
  taskKind: string | null;
  /** Every stretch of work of that moment, of whatever project, is unpaid: waiting for one while another pays is not. */
  unpaid: boolean;
  /** Nobody said how this project's part is paid, and nothing else of that moment is. */
  unstated: boolean;
}

/** What each project that was worked for has of a moment of a mix. */
function sharesOfProjects(mix: TimeMix): ProjectShare[] {
  const work = spansOf(mix).filter(({ lane, what }) => isWork(lane, what));
  const isPaid = work.some(({ paid }) => paid === 'by-time' || paid === 'by-piece');
  const isUnstated = work.some(({ paid }) => paid === 'unstated');
  return [...Map.groupBy(work, ({ projectId }) => projectId)].map(([projectId, own]) => ({
    projectId,
    taskKind: kindOfMoment(own.filter(({ paid }) => paid === 'by-time')),
    annotating: own.some(({ what }) => what === 'annotating'),
    paidByTime: own.some(({ paid }) => paid === 'by-time'),
    unpaid: !isPaid && !isUnstated,
    unstated: !isPaid && own.some(({ paid }) => paid === 'unstated'),
  }));
}

const moment = [{ day: '1970-01-01', start: 0, end: 1 }] as const;
const totalsOf = (spans: readonly MixSpan[]): PeriodTotals =>
  totalsByDay(
    spans.map((span) => ({ ...span, endedBy: null })),
    moment,
  )[0]!;

const timesKinds = (kinds: Record<string, number>, ms: number): Record<string, number> =>
  Object.fromEntries(Object.entries(kinds).map(([kind, one]) => [kind, one * ms]));

function times(one: PeriodTotals, ms: number): PeriodTotals {
  return {
    presence: one.presence * ms,
    active: one.active * ms,
    worked: one.worked * ms,
    paid: one.paid * ms,
    paidByTime: one.paidByTime * ms,
    paidByPiece: one.paidByPiece * ms,
    unstated: one.unstated * ms,
    unpaid: one.unpaid * ms,
    annotating: one.annotating * ms,
    revising: one.revising * ms,
    byActivity: timesKinds(one.byActivity, ms),
    byWaiting: timesKinds(one.byWaiting, ms),
    unpaidByKind: timesKinds(one.unpaidByKind, ms),
    shares: timesKinds(one.shares, ms),
  };
}

/** Reads what mixes say, each mix once: a year has a few dozen of them. */
export function mixReader() {
  const whole = new Map<TimeMix, PeriodTotals>();
  const shares = new Map<TimeMix, ProjectShare[]>();
  return {
    /** The totals of so much of each mix: what `totalsByDay` says of the stretches they were cut from. */
    totals(lengths: MixLengths): PeriodTotals {
      return sumTotals(
        [...lengths].map(([mix, ms]) => {
          const one = whole.get(mix) ?? totalsOf(spansOf(mix));
          whole.set(mix, one);
          return times(one, ms);
        }),
      );
    },
    /** What each project that was worked for has of a mix. */
    projects(mix: TimeMix): ProjectShare[] {
      const known = shares.get(mix) ?? sharesOfProjects(mix);
      shares.set(mix, known);
      return known;
    },
  };
}

/** The totals of one project's stretches alone, whatever went on beside them. */
export function totalsOfProject(lengths: MixLengths, projectId: string): PeriodTotals {
  return sumTotals(
    [...lengths].flatMap(([mix, ms]) => {
      const own = spansOf(mix).filter((span) => span.projectId === projectId);
      return own.length === 0 ? [] : [times(totalsOf(own), ms)];
    }),
  );
}
