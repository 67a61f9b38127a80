import { workingDayOf, workingDayWindow } from '#shared/rules/working-day.rules.ts';
import type { OpenDatabase } from '#electron/db/open.ts';
import type { BackupsService } from '#electron/services/backups.service.ts';
import type { ChangeFeed } from './change-feed.ts';
import type { OpenLedger } from './ledger/ledger.ts';
import type { Clock, Log } from './ports.ts';

/** When (milliseconds after the start) it is first looked after the house: once the window is up. */
const FIRST_MS = 20_000;
const EVERY_MS = 10 * 60_000;

export interface HousekeepingDeps {
  db: OpenDatabase;
  ledger: OpenLedger;
  backups: Pick<BackupsService, 'daily'>;
  clock: Clock;
  feed: ChangeFeed;
  log: Log;
  dayStartHour(): number;
}

/** What is done by itself: a checkpoint for each working day that has ended, and a backup a day. */
export interface Housekeeping {
  /** Does what is due now; what fails is logged and due again next time. */
  run(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

export function createHousekeeping(deps: HousekeepingDeps): Housekeeping {
  const { db, ledger, backups, clock, feed, log } = deps;
  const stopping = new AbortController();
  const timers: NodeJS.Timeout[] = [];
  let underWay: Promise<void> = Promise.resolve();

  const closeDay = () => {
    const today = workingDayOf(clock.now(), clock.zone(), deps.dayStartHour());
    const { start } = workingDayWindow(today, clock.zone(), deps.dayStartHour());
    const made = db.transaction((tx) => ledger.closeWorkingDay(tx, new Date(start).toISOString()));
    if (made) feed.announce(['ledger']);
  };

  const run = async () => {
    if (db.problem !== null || stopping.signal.aborted) return;
    try {
      closeDay();
      const made = await backups.daily({ signal: stopping.signal, progress: () => undefined });
      if (made) feed.announce(['backups']);
    } catch (error) {
      if (!stopping.signal.aborted) log.error('housekeeping failed', { error: String(error) });
    }
  };

  const next = () => (underWay = underWay.then(run));

  return {
    run: next,
    start() {
      timers.push(setTimeout(() => void next(), FIRST_MS).unref());
      timers.push(setInterval(() => void next(), EVERY_MS).unref());
    },
    async stop() {
      for (const timer of timers) clearTimeout(timer);
      stopping.abort();
      await underWay;
    },
  };
}
