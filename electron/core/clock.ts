import { uptime } from 'node:os';
import type { Clock } from './ports.ts';

/** How long (milliseconds) an answer about the zone is good for: asking costs as much as writing an entry. */
const ZONE_GOOD_FOR = 1000;

let zone = '';
let askedAt = -Infinity;

/** The machine's own clocks. The zone is asked anew every second, because a laptop travels while the program runs. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sinceBoot: () => uptime() * 1000,
  zone() {
    if (performance.now() - askedAt > ZONE_GOOD_FOR) {
      zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
      askedAt = performance.now();
    }
    return zone;
  },
};
