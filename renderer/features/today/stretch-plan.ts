import { ownLane } from '#shared/rules/time-overlap.rules.ts';
import type { Lane, Source } from '#shared/domain/time.ts';

/** A stretch of the day as it can be moved; milliseconds since 1970. */
export interface Stretch {
  id: string;
  /** null while it runs. */
  entryId: string | null;
  lane: Lane;
  what: string;
  source: Source;
  start: number;
  end: number;
}

/** What becomes of a stretch: other times, or nothing when another covers it whole. */
export interface StretchChange {
  stretch: Stretch;
  start: number;
  end: number;
  voided: boolean;
}

export type Refusal = 'runs' | 'inside' | 'nothing';

/** Where a stretch was grabbed. */
export type Grip = 'start' | 'end' | 'whole';

/**
 * What has to be corrected together so that a stretch lies at new times: itself first, then its neighbours in the same lane. A neighbour that lies
 * under it gives way; one that it touched before keeps touching it when an edge is moved, because that edge was the moment of the switch. One that
 * it would cut in two, or that still runs, refuses the move.
 */
export function planMove(
  stretches: readonly Stretch[],
  moved: Stretch,
  to: { start: number; end: number },
  grip: Grip,
): StretchChange[] | Refusal {
  if (to.end <= to.start || (to.start === moved.start && to.end === moved.end)) return 'nothing';
  const changes: StretchChange[] = [{ stretch: moved, ...to, voided: false }];
  const lane = laneOf(moved);
  for (const other of stretches) {
    if (other.id === moved.id || lane === null || laneOf(other) !== lane) continue;
    let { start, end } = other;
    const touches = { before: grip === 'start' && end === moved.start, after: grip === 'end' && start === moved.end };
    if (touches.before) end = to.start;
    if (touches.after) start = to.end;
    if (start < to.start && end > to.end) return 'inside';
    if (start < to.end && end > to.start) {
      if (start < to.start) end = to.start;
      else start = Math.min(to.end, end);
    }
    if (start === other.start && end === other.end) continue;
    if (other.entryId === null) return 'runs';
    changes.push({ stretch: other, start, end, voided: end <= start });
  }
  return changes;
}

/** One at a time in presence, in activity, and for each reason for waiting, whatever said so; imported time lies beside anything. */
function laneOf({ lane, what, source }: Stretch): string | null {
  return source === 'imported' ? null : ownLane({ lane, what, source: 'stated' });
}

const minute = 60_000;

/** The times a stretch gets when it is dragged by so much, to the whole minute where an edge was moved; never into what is to come. */
export function draggedTimes(
  { start, end }: Stretch,
  grip: Grip,
  by: number,
  limits: { from: number; to: number },
): { start: number; end: number } {
  const clamp = (time: number) => Math.min(Math.max(time, limits.from), limits.to);
  const toMinute = (time: number) => clamp(Math.round(time / minute) * minute);
  if (Math.abs(by) < minute / 2) return { start, end };
  if (grip === 'start') return { start: Math.min(toMinute(start + by), end - minute), end };
  if (grip === 'end') return { start, end: Math.max(toMinute(end + by), start + minute) };
  const length = end - start;
  const moved = Math.min(Math.max(toMinute(start + by), limits.from), limits.to - length);
  return { start: moved, end: moved + length };
}
