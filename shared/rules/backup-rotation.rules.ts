import type { Day, Instant } from '../domain/time.ts';

export type BackupReason = 'manual' | 'daily' | 'before-restore' | 'before-migration';

/** What of a backup matters for how long it is kept. */
export interface KeptBackup {
  name: string;
  madeAt: Instant;
  /** The day it was made on, where its owner lives. */
  day: Day;
  why: BackupReason;
}

const DAY_MS = 86_400_000;
/** How many of today, and of how many days, weeks and months with a backup the newest one each. */
const keep = { today: 3, days: 7, weeks: 8, months: 12 };
/** A backup the owner asked for, or by which a restore or a new version can be undone, stays at least this long ... */
const UNTOUCHED_DAYS = 30;
/** ... unless there are more than this many of its sort; then the oldest ones are kept by the common rule only. */
const UNTOUCHED_AT_MOST = 10;

const dayNumber = (day: Day): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS;
/** Weeks begin on Monday; day 0 of the epoch was a Thursday. */
const week = (day: Day): number => Math.floor((dayNumber(day) + 3) / 7);

/** The newest backup of each of the newest `count` groups. */
function newestOfEach(
  backups: readonly KeptBackup[],
  count: number,
  group: (day: Day) => string | number,
): KeptBackup[] {
  const newest = new Map<string | number, KeptBackup>();
  for (const backup of backups) {
    if (!newest.has(group(backup.day))) newest.set(group(backup.day), backup);
  }
  return [...newest.values()].slice(0, count);
}

/**
 * Names of the backups that are no longer kept. Kept are: the 3 newest of today, the newest of each of the 7 newest days, 8 weeks and
 * 12 months that have one. Those made by hand, before a restore and before a migration are kept for 30 days besides, the 10 newest of
 * each sort. The newest backup of all is never named, so there is always one.
 *
 * @param today the day now, where the owner lives
 */
export function backupsToRemove(backups: readonly KeptBackup[], today: Day): string[] {
  const sorted = [...backups].sort((a, b) => (a.madeAt < b.madeAt ? 1 : a.madeAt > b.madeAt ? -1 : 0));
  const untouched = (['manual', 'before-restore', 'before-migration'] as const).flatMap((why) =>
    sorted
      .filter((backup) => backup.why === why && dayNumber(today) - dayNumber(backup.day) < UNTOUCHED_DAYS)
      .slice(0, UNTOUCHED_AT_MOST),
  );
  const kept = new Set([
    ...sorted.slice(0, 1),
    ...sorted.filter(({ day }) => day === today).slice(0, keep.today),
    ...newestOfEach(sorted, keep.days, (day) => day),
    ...newestOfEach(sorted, keep.weeks, week),
    ...newestOfEach(sorted, keep.months, (day) => day.slice(0, 7)),
    ...untouched,
  ]);
  return sorted.filter((backup) => !kept.has(backup)).map(({ name }) => name);
}
