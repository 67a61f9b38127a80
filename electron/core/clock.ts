import type { Clock } from './ports.ts';

/** The machine's own clocks. The zone is asked anew each time, because a laptop travels while the program runs. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  zone: () => new Intl.DateTimeFormat().resolvedOptions().timeZone,
};
