import type { Lane, Paid, Source } from '#shared/domain/time.ts';
import type { Interval } from '#shared/metrics/intervals.metric.ts';
import { cutIntoMixes, type MixLengths, type MixSpan } from '#shared/metrics/time-mix.metric.ts';
import type { DayWindow } from '#shared/rules/working-day.rules.ts';
import type { ReadDb, WriteDb } from '#electron/db/database.ts';
import { changeSlots, readSlots, slotMs, slotsReach, slotTable } from './slot-days.repository.ts';
import { reachingSpans, setKindOfSpan, spansPaidByTime, type TimeSpanRow } from './time.repository.ts';

const timeDays = slotTable('time_day', 'mixes', 1);

/** What a stretch has to say for `time_day`. */
type Stretch = Pick<
  TimeSpanRow,
  'id' | 'lane' | 'what' | 'paid' | 'start_ms' | 'end_ms' | 'source' | 'project_id' | 'task_kind'
>;

const reaching = reachingSpans<Stretch>('id, lane, what, paid, start_ms, end_ms, source, project_id, task_kind');

function mixSpanOf(row: Stretch): MixSpan | null {
  const { lane, what, paid } = row;
  if (lane === null || what === null || paid === null) return null;
  return {
    ...{ start: row.start_ms, end: row.end_ms, lane: lane as Lane, what, paid: paid as Paid },
    ...{ source: row.source as Source, projectId: row.project_id, taskKind: row.task_kind },
  };
}

/** Keeps `time_day` equal to what the stretches say, when one of them is there now (1) or was taken out (-1). */
export function countStretch(db: WriteDb, stretch: Stretch | undefined, by: 1 | -1): void {
  const span = stretch === undefined ? null : mixSpanOf(stretch);
  if (stretch === undefined || span === null || span.end <= span.start) return;
  const others = reaching(db, span)
    .filter(({ id }) => id !== stretch.id)
    .map(mixSpanOf)
    .filter((other) => other !== null);
  changeSlots(db, timeDays, changesOf(others, span, by));
}

/** Has a task's time that is paid by time counted as of another kind. */
export function spansFollowKind(db: WriteDb, taskId: string, kind: string | null): void {
  for (const row of spansPaidByTime(db, taskId)) {
    countStretch(db, row, -1);
    setKindOfSpan(db, row.id, kind);
    countStretch(db, { ...row, task_kind: kind }, 1);
  }
}

/** What a stretch changes where it lies: what went on there without it is gone, what went on with it is there, or the other way round. */
function changesOf(others: readonly MixSpan[], span: MixSpan, by: 1 | -1) {
  const changes: { slot: number; key: string; by: number[] }[] = [];
  cutIntoMixes(others, span, slotMs, (slot, key, ms) => changes.push({ slot, key, by: [-by * ms] }));
  cutIntoMixes([...others, span], span, slotMs, (slot, key, ms) => changes.push({ slot, key, by: [by * ms] }));
  return changes;
}

/**
 * How long which mix lasted in each of some adjoining windows of whole slots.
 *
 * @param running stretches under way, which are counted as if they ended now
 */
export function mixesOf(db: ReadDb, windows: readonly DayWindow[], running: readonly MixSpan[] = []): MixLengths[] {
  const lengths: MixLengths[] = windows.map(() => new Map());
  const add = (place: number, mix: string, ms: number) => {
    const own = lengths[place]!;
    const sum = (own.get(mix) ?? 0) + ms;
    if (sum === 0) own.delete(mix);
    else own.set(mix, sum);
  };
  readSlots(db, timeDays, windows, add);
  if (running.length > 0) addRunning(db, windows, running, add);
  return lengths;
}

function addRunning(
  db: ReadDb,
  windows: readonly DayWindow[],
  running: readonly MixSpan[],
  add: (place: number, mix: string, ms: number) => void,
): void {
  const reach: Interval = {
    start: Math.min(...running.map(({ start }) => start)),
    end: Math.max(...running.map(({ end }) => end)),
  };
  const recorded = reaching(db, reach)
    .map(mixSpanOf)
    .filter((span) => span !== null);
  windows.forEach((window, place) => {
    const within = { start: Math.max(window.start, reach.start), end: Math.min(window.end, reach.end) };
    if (within.end <= within.start) return;
    cutIntoMixes(recorded, within, slotMs, (_, mix, ms) => add(place, mix, -ms));
    cutIntoMixes([...recorded, ...running], within, slotMs, (_, mix, ms) => add(place, mix, ms));
  });
}

/** How long which mix lasted in all. */
export function mixesOfAllTime(db: ReadDb): MixLengths {
  const reach = slotsReach(db, timeDays);
  return reach === null ? new Map() : mixesOf(db, [reach])[0]!;
}
