import { clockJumpMs, missedTickMs } from '#shared/rules/time.rules.ts';
import type { Clock } from './ports.ts';

/** The clocks at one moment. */
export interface ClockLook {
  /** Wall clock, milliseconds since the epoch. */
  wall: number;
  monotonic: number;
  /** null where the system does not tell. */
  sinceBoot: number | null;
  zone: string;
}

/** What the clocks did between two looks beyond going on. */
export interface ClockNews {
  /** Milliseconds the machine slept or the program stood still; 0 for none. */
  slept: number;
  /** Of `slept`, what the monotonic clock did not count. */
  uncounted: number;
  /** Milliseconds the wall clock was set forward (positive) or back (negative); 0 for none. */
  jumped: number;
  zoneChanged: boolean;
}

export function lookAt(clock: Clock): ClockLook {
  return {
    wall: clock.now(),
    monotonic: clock.monotonic(),
    sinceBoot: clock.sinceBoot?.() ?? null,
    zone: clock.zone(),
  };
}

/**
 * Compares two looks. A monotonic clock may stand still in a sleep (Linux) or run on (Windows); what the system says of the time since its start
 * includes sleep, so with it a sleep and a clock set forward are told apart. Without it a wall clock that ran ahead is taken
 * for a sleep: a gap is then asked about that may never have been, and nothing is lost. Small differences are the slewing
 * of a clock that is being set right.
 */
export function newsBetween(before: ClockLook, after: ClockLook): ClockNews {
  const measured = after.monotonic - before.monotonic;
  const drift = after.wall - before.wall - measured;
  const known = before.sinceBoot !== null && after.sinceBoot !== null;
  const uncounted = Math.max(0, notable(known ? after.sinceBoot! - before.sinceBoot! - measured : drift));
  const jumped = known ? notable(drift - uncounted) : Math.min(0, notable(drift));
  // The monotonic clock ran on, and yet nobody looked: the machine slept on a system where it does, or the program stood still.
  const slept = uncounted + (measured > missedTickMs ? measured : 0);
  return { slept, uncounted, jumped, zoneChanged: after.zone !== before.zone };
}

const notable = (ms: number): number => (Math.abs(ms) >= clockJumpMs ? ms : 0);

/** Whether anything happened that must be written down. */
export const isNews = ({ slept, jumped, zoneChanged }: ClockNews): boolean => slept > 0 || jumped !== 0 || zoneChanged;
