import type { Lane, Paid, Source } from '#shared/domain/time.ts';
import type { Interval } from '#shared/metrics/intervals.metric.ts';
import { cutIntoMixes, type MixLengths, type MixSpan } from '#shared/metrics/time-mix.metric.ts';
import type { DayWindow } from '#shared/rules/working-day.rules.ts';
import type { ReadDb, WriteDb } from '#electron/db/database.ts';
import {
  changeSlots,
  holdingSlots,
  readSlots,
  type SlotChange,
  slotMs,
  slotsReach,
  slotTable,
} from './slot-days.repository.ts';
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

/** Stretches whose changes are held back, by id: as each was counted before, and as it is to be counted now. */
type HeldStretches = Map<string, { was: MixSpan | null; is: MixSpan | null }>;

const held = new WeakMap<WriteDb, HeldStretches>();

/**
 * Carries out `work` and then writes the roll-ups of all that it changed at once, instead of at each change. What `work` reads of them is as it was
 * before.
 */
export function holdingRollUps(db: WriteDb, work: () => void): void {
  const stretches: HeldStretches = new Map();
  holdingSlots(db, () => {
    held.set(db, stretches);
    try {
      work();
    } finally {
      held.delete(db);
    }
    countHeld(db, stretches);
  });
}

/** Keeps `time_day` equal to what the stretches say, when one of them is there now (1) or was taken out (-1). */
export function countStretch(db: WriteDb, stretch: Stretch | undefined, by: 1 | -1): void {
  const span = stretch === undefined ? null : mixSpanOf(stretch);
  if (stretch === undefined || span === null || span.end <= span.start) return;
  const holding = held.get(db);
  if (holding === undefined) {
    const [was, is] = by === 1 ? [[], [span]] : [[span], []];
    recount(db, span, { of: (id) => id === stretch.id, was, is });
    return;
  }
  const known = holding.get(stretch.id) ?? { was: by === 1 ? null : span, is: null };
  holding.set(stretch.id, { ...known, is: by === 1 ? span : null });
}

/** Counts stretches that were held back. Those that overlap or touch are counted together, so that what else went on there is looked for once. */
function countHeld(db: WriteDb, stretches: HeldStretches): void {
  const changed = [...stretches.values()].flatMap(({ was, is }) => [
    ...(was === null ? [] : [{ span: was, there: 'was' as const }]),
    ...(is === null ? [] : [{ span: is, there: 'is' as const }]),
  ]);
  changed.sort((a, b) => a.span.start - b.span.start);
  const of = (id: string) => stretches.has(id);
  for (let at = 0; at < changed.length;) {
    const together = { was: [] as MixSpan[], is: [] as MixSpan[] };
    const reach: Interval = { start: changed[at]!.span.start, end: changed[at]!.span.end };
    for (let next = changed[at]; next !== undefined && next.span.start <= reach.end; next = changed[(at += 1)]) {
      together[next.there].push(next.span);
      reach.end = Math.max(reach.end, next.span.end);
    }
    recount(db, reach, { of, ...together });
  }
}

/**
 * Puts right what went on in some stretch of time.
 *
 * @param changed whose stretches changed there (the table has them as they are now), as they were and as they are
 */
function recount(
  db: WriteDb,
  reach: Interval,
  changed: { of: (id: string) => boolean; was: readonly MixSpan[]; is: readonly MixSpan[] },
): void {
  const others = reaching(db, reach)
    .filter(({ id }) => !changed.of(id))
    .map(mixSpanOf)
    .filter((other) => other !== null);
  const changes: SlotChange[] = [];
  cutIntoMixes([...others, ...changed.was], reach, slotMs, (slot, key, ms) => changes.push({ slot, key, by: [-ms] }));
  cutIntoMixes([...others, ...changed.is], reach, slotMs, (slot, key, ms) => changes.push({ slot, key, by: [ms] }));
  changeSlots(db, timeDays, changes);
}

/** Has a task's time that is paid by time counted as of another kind. */
export function spansFollowKind(db: WriteDb, taskId: string, kind: string | null): void {
  for (const row of spansPaidByTime(db, taskId)) {
    countStretch(db, row, -1);
    setKindOfSpan(db, row.seq, kind);
    countStretch(db, { ...row, task_kind: kind }, 1);
  }
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
