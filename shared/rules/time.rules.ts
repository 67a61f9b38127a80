import type { PayRate } from '../domain/project.ts';
import { activity, type Lane, type Paid, waitingFor } from '../domain/time.ts';

/** A visit to a task shorter than this is on the way to the next one: its time is counted there. */
export const shortestVisitMs = 1000;
/** A hole shorter than this is not asked about. */
export const shortestGapMs = 60_000;
/** What runs is written to the disk this often: all that a kill can cost. */
export const tickMs = 5000;
/** No look at the clock for this long (by the monotonic clock) means that the machine slept or the program stood still. */
export const missedTickMs = 30_000;
/** A difference of the clocks between two looks that is not the ordinary slewing of a clock that is being set right. */
export const clockJumpMs = 2000;

/** What `what` may be in a lane. */
export function fitsLane(lane: Lane, what: string): boolean {
  switch (lane) {
    case 'presence':
      return what === 'present';
    case 'activity':
      return activity.safeParse(what).success;
    case 'waiting':
      return waitingFor.safeParse(what).success;
  }
}

/**
 * Whether a stretch is work. A break is not, being there is not by itself, and payment is waited for without sitting there; every
 * other waiting keeps somebody at the desk and is.
 */
export function isWork(lane: Lane, what: string): boolean {
  return (lane === 'activity' && what !== 'break') || (lane === 'waiting' && what !== 'payment');
}

/**
 * How a stretch is paid when its owner says nothing, by the rate of its project's terms (null: none known).
 *
 * By the piece only annotating is paid: revising, training, meetings, appeals and waiting bring no piece. By the hour or the day all work is
 * paid. Being there, breaks and waiting for payment never are. Terms that say otherwise are told by amending the stretch.
 *
 * Work of a project whose pay was never told is `unstated`: that nobody pays for it would be a guess. So is annotating and revising without a
 * project; other work without one, such as waiting for tasks, has nobody who could have promised anything for it and is unpaid.
 */
export function paidByTerms(lane: Lane, what: string, rate: PayRate | null, ofProject: boolean): Paid {
  if (!isWork(lane, what) || rate?.per === 'none') return 'unpaid';
  if (rate === null) return ofProject || what === 'annotating' || what === 'revising' ? 'unstated' : 'unpaid';
  if (rate.per === 'piece') return lane === 'activity' && what === 'annotating' ? 'by-piece' : 'unpaid';
  return 'by-time';
}

/**
 * Whether an activity is kept alive by touches: annotating or revising a task that is open here. Anything else (a meeting, work in another tool)
 * leaves no touches, so their absence says nothing and it is never ended as idle.
 */
export function isKeptByTouches(what: string, taskId: string | null): boolean {
  return taskId !== null && (what === 'annotating' || what === 'revising');
}

/**
 * Whether a touch of a task ends a running activity that its owner chose. Drawing again ends a break and work without a task; training, meetings,
 * appeals and the like stay, because a photo may be looked at in the course of them.
 */
export function yieldsToTouch(what: string): boolean {
  return what === 'annotating' || what === 'revising' || what === 'break';
}
