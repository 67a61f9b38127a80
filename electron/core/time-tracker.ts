import type { Topic } from '#shared/contract/topics.ts';
import type { Activity, Day, WaitingFor } from '#shared/domain/time.ts';
import { type Interval, unionLength } from '#shared/metrics/intervals.metric.ts';
import { isKeptByTouches, shortestVisitMs, tickMs, yieldsToTouch } from '#shared/rules/time.rules.ts';
import { workingDayOf, workingDayWindow } from '#shared/rules/working-day.rules.ts';
import type { Database, ReadDb, WriteDb } from '#electron/db/database.ts';
import {
  readTrackerState,
  type RunningSpanRow,
  writeTrackerState,
} from '#electron/repositories/running-time.repository.ts';
import { timeSpansOfTask } from '#electron/repositories/time.repository.ts';
import type { Ledger } from './ledger/ledger-types.ts';
import type { Clock, Ids, Log } from './ports.ts';
import { type ClockLook, type ClockNews, isNews, lookAt, newsBetween } from './time-clock-watch.ts';
import {
  createRunningSpans,
  type EndedBy,
  measuredMs,
  type RunningSpan,
  type RunningSpans,
  touchedMs,
} from './time-tracker-spans.ts';

/** Calls back again and again; tests give one that is driven by hand. */
export interface Ticker {
  /** Calls `run` every `ms` milliseconds until the returned function is called. */
  every(ms: number, run: () => void): () => void;
}

/** Timers that keep no process alive. */
export const systemTicker: Ticker = {
  every(ms, run) {
    const timer = setInterval(run, ms);
    timer.unref();
    return () => clearInterval(timer);
  },
};

export interface TimeTrackerDeps {
  db: Database;
  ledger: Ledger;
  clock: Clock;
  ids: Ids;
  log: Log;
  ticker: Ticker;
  /** Says what a tick changed; what an operation changed is said by its caller. */
  announce(topics: Topic[]): void;
  settings(db: ReadDb): { dayStartHour: number; idleAfterMinutes: number };
}

/**
 * Measures time in three lanes: presence (clocked in), activity (one at a time) and waiting (several at once).
 *
 * - A touch of a task starts or keeps an automatic activity. Without touches for `idleAfterMinutes` it is ended *at the last touch*; what came after is
 *   not recorded as anything, so it is nobody's loss: `time.day` shows it as a gap that its owner may say something about
 *   once. Activities chosen by hand are not ended by the absence of touches.
 * - A visit to a task that lasts less than a second is not written down: its time is counted to the visit after it. When none comes, it is dropped.
 * - The monotonic clock measures, the wall clock dates. A sleep ends activity and waiting at the last look before it; presence goes on
 *   within the same working day, because it is the person that is there. A clock set forward or back ends every
 *   stretch, and what was under way goes on by the new clock.
 * - What runs is on the disk every five seconds. After a kill it is ended where it was last written (`recovered`).
 */
export interface TimeTracker {
  /** Recovers what an earlier process left and begins to tick; answers how to stop. */
  start(): void;
  /** Ends activity and waiting, leaves presence to the next start of the same working day, stops ticking. */
  stop(): void;
  tick(): void;
  /** Answers whether anything was written. */
  touch(on: { taskId: string | null; projectId: string | null; activity: Activity }): boolean;
  switchTo(next: ActivityChoice | null): void;
  /** False when it was not waited for. */
  wait(what: WaitingFor, on: boolean, projectId: string | null): boolean;
  /** False when nobody was clocked in. */
  clock(on: boolean): boolean;
  /** Stretches under way as they stand now. */
  running(db: ReadDb): { spans: RunningNow[]; look: ClockLook };
  /** Ends the stretch being measured on a task, however short, inside the transaction that seals its work. */
  onSubmit(db: WriteDb, taskId: string): void;
  /** Milliseconds spent on a task, all its stretches and the one under way together; what overlaps counts once. */
  taskTimeMs(db: ReadDb, taskId: string): number;
  /** The working day under way. */
  today(db: ReadDb): Day;
}

/** Undefined keeps the project of the activity before. */
export interface ActivityChoice {
  activity: Activity;
  projectId: string | null | undefined;
  taskId: string | null;
  tag: string | null;
}

/** A stretch under way with what was measured of it, idle tail included. */
export interface RunningNow extends RunningSpanRow {
  elapsedMs: number;
}

export function createTimeTracker(deps: TimeTrackerDeps): TimeTracker {
  const { db, clock } = deps;
  const spans = createRunningSpans({
    ledger: deps.ledger,
    ids: deps.ids,
    dayStartHour: (read) => deps.settings(read).dayStartHour,
  });
  let last = lookAt(clock);
  let stopTicking = (): void => {};

  /** Brings everything up to now, then does `work`; all or nothing. Answers what `work` answers and whether anything was written. */
  const step = <T>(work: (tx: WriteDb, look: ClockLook) => T): { value: T; wrote: boolean } => {
    const look = lookAt(clock);
    const result = db.transaction((tx) => {
      const wrote = catchUp(deps, spans, tx, last, look);
      return { value: work(tx, look), wrote };
    });
    last = look;
    return result;
  };

  return {
    start() {
      // A restored backup may hold stretches that were under way when it was made.
      spans.forgetAll();
      last = lookAt(clock);
      step(() => undefined);
      stopTicking = deps.ticker.every(tickMs, () => this.tick());
    },

    stop() {
      stopTicking();
      step((tx, look) => {
        for (const span of spans.list(tx)) {
          if (span.lane !== 'presence') endOrDrop(spans, tx, span, measuredMs(span, look), 'stop', look);
        }
        spans.persist(tx, look);
      });
    },

    tick() {
      try {
        const { wrote } = step((tx, look) => spans.persist(tx, look));
        spans.forgetEnded(db.read);
        if (wrote) deps.announce(['time', 'ledger']);
      } catch (error) {
        deps.log.error('time could not be written', { error: String(error) });
      }
    },

    touch(on) {
      const look = lookAt(clock);
      const current = activityOf(spans.list(db.read));
      if (current !== undefined && !isNews(newsBetween(last, look)) && !isIdle(deps, db.read, current, look)) {
        if (keeps(current, on)) {
          spans.touch(current, look);
          last = look;
          return false;
        }
      }
      return step((tx, now) => beginTouched(spans, tx, on, now)).value;
    },

    switchTo: (next) => void step((tx, look) => switchActivity(spans, tx, next, look)),

    wait: (what, on, projectId) =>
      step((tx, look) => {
        const span = spans.list(tx).find((other) => other.lane === 'waiting' && other.what === what);
        if (on && span === undefined) {
          spans.begin(tx, { lane: 'waiting', what, projectId, taskId: null, tag: null, automatic: false }, look);
        }
        if (!on && span !== undefined) spans.end(tx, span, measuredMs(span, look), 'stop', look);
        return on || span !== undefined;
      }).value,

    clock: (on) =>
      step((tx, look) => {
        const span = spans.list(tx).find(({ lane }) => lane === 'presence');
        if (on && span === undefined) {
          const subject = { projectId: null, taskId: null, tag: null, automatic: false };
          spans.begin(tx, { lane: 'presence', what: 'present', ...subject }, look);
        }
        if (!on && span !== undefined) spans.end(tx, span, measuredMs(span, look), 'stop', look);
        return on || span !== undefined;
      }).value,

    running(read) {
      const look = lookAt(clock);
      return { spans: spans.list(read).map((span) => ({ ...span, elapsedMs: measuredMs(span, look) })), look };
    },

    onSubmit(tx, taskId) {
      const look = lookAt(clock);
      const span = activityOf(spans.list(tx));
      if (span?.task_id !== taskId) return;
      // A sleep not yet written down is left to the next tick; what is sealed ends before it.
      const seen = newsBetween(last, look).slept > 0 ? last : look;
      spans.end(tx, span, measuredMs(span, seen), 'stop', look);
    },

    taskTimeMs(read, taskId) {
      const look = lookAt(clock);
      const under = spans
        .list(read)
        .filter((span) => span.task_id === taskId && span.lane === 'activity')
        .map((span): Interval => ({ start: span.start_ms, end: span.start_ms + Math.round(measuredMs(span, look)) }));
      return unionLength([...timeSpansOfTask(read, taskId), ...under]);
    },

    today: (read) => workingDayOf(clock.now(), clock.zone(), deps.settings(read).dayStartHour),
  };
}

const activityOf = (list: readonly RunningSpan[]): RunningSpan | undefined =>
  list.find(({ lane }) => lane === 'activity');

/** Whether a touch belongs to what runs: the same work, or an activity that does not give way to touches. */
function keeps(
  current: RunningSpan,
  on: { taskId: string | null; projectId: string | null; activity: Activity },
): boolean {
  if (!yieldsToTouch(current.what)) return true;
  return current.what === on.activity && current.task_id === on.taskId && current.project_id === on.projectId;
}

function isIdle(deps: TimeTrackerDeps, db: ReadDb, span: RunningSpan, look: ClockLook): boolean {
  return span.automatic === 1 && look.monotonic - span.touchMonotonic >= deps.settings(db).idleAfterMinutes * 60_000;
}

/** Answers whether anything was written. */
function beginTouched(
  spans: RunningSpans,
  tx: WriteDb,
  on: { taskId: string | null; projectId: string | null; activity: Activity },
  look: ClockLook,
): boolean {
  const current = activityOf(spans.list(tx));
  if (current !== undefined && keeps(current, on)) {
    spans.touch(current, look);
    return false;
  }
  const headStart = current === undefined ? 0 : giveWay(spans, tx, current, look);
  const { taskId, projectId, activity } = on;
  spans.begin(tx, { lane: 'activity', what: activity, projectId, taskId, tag: null, automatic: true }, look, headStart);
  return true;
}

/** Ends an activity in favour of the next one; answers the milliseconds that the next one takes over because this was but a glance. */
function giveWay(spans: RunningSpans, tx: WriteDb, current: RunningSpan, look: ClockLook): number {
  const length = measuredMs(current, look);
  if (length >= shortestVisitMs) {
    spans.end(tx, current, length, 'switch', look);
    return 0;
  }
  spans.drop(tx, current);
  return length;
}

function switchActivity(spans: RunningSpans, tx: WriteDb, next: ActivityChoice | null, look: ClockLook): void {
  const current = activityOf(spans.list(tx));
  if (next === null) {
    if (current !== undefined) endOrDrop(spans, tx, current, measuredMs(current, look), 'stop', look);
    return;
  }
  const { activity, taskId, tag } = next;
  const projectId = next.projectId === undefined ? (current?.project_id ?? null) : next.projectId;
  if (
    current?.what === activity &&
    current.project_id === projectId &&
    current.task_id === taskId &&
    current.tag === tag
  ) {
    spans.touch(current, look);
    return;
  }
  const headStart = current === undefined ? 0 : giveWay(spans, tx, current, look);
  const automatic = isKeptByTouches(activity, taskId);
  spans.begin(tx, { lane: 'activity', what: activity, projectId, taskId, tag, automatic }, look, headStart);
}

/** Ends a stretch; a glance at a task is not worth an entry. */
function endOrDrop(
  spans: RunningSpans,
  tx: WriteDb,
  span: RunningSpanRow,
  lengthMs: number,
  endedBy: EndedBy,
  look: ClockLook,
): void {
  if (span.automatic === 1 && lengthMs < shortestVisitMs) spans.drop(tx, span);
  else spans.end(tx, span, lengthMs, endedBy, look);
}

/** Writes down what happened between two looks. Answers whether anything was written. */
function catchUp(deps: TimeTrackerDeps, spans: RunningSpans, tx: WriteDb, before: ClockLook, look: ClockLook): boolean {
  const recovered = recover(deps, spans, tx, look);
  const news = newsBetween(before, look);
  if (news.slept > 0) afterSleep(deps, spans, tx, before, look, news);
  if (news.jumped !== 0) afterJump(deps, spans, tx, look, news.jumped);
  const idle = endIdle(deps, spans, tx, look);
  const closed = closeDays(deps, spans, tx, look);
  return recovered || isNews(news) || idle || closed;
}

/** Ends what another process left behind; presence of the same working day goes on. */
function recover(deps: TimeTrackerDeps, spans: RunningSpans, tx: WriteDb, look: ClockLook): boolean {
  const { dayStartHour } = deps.settings(tx);
  const strays = spans.strays(tx);
  for (const row of strays) {
    const sameDay =
      row.start_ms <= look.wall &&
      workingDayOf(row.start_ms, look.zone, dayStartHour) === workingDayOf(look.wall, look.zone, dayStartHour);
    if (row.lane === 'presence' && sameDay) spans.adopt(row, look);
    else endOrDrop(spans, tx, row, row.automatic === 1 ? row.touched_ms : row.alive_ms, 'recovered', look);
  }
  return strays.length > 0;
}

function afterSleep(
  deps: TimeTrackerDeps,
  spans: RunningSpans,
  tx: WriteDb,
  before: ClockLook,
  look: ClockLook,
  news: ClockNews,
): void {
  const { dayStartHour } = deps.settings(tx);
  const sameDay =
    workingDayOf(before.wall, look.zone, dayStartHour) === workingDayOf(look.wall, look.zone, dayStartHour);
  for (const span of spans.list(tx)) {
    if (span.lane === 'presence' && sameDay) {
      // The person was there, whatever the machine did: the sleep belongs to the stretch.
      spans.lengthen(span, news.uncounted);
    } else {
      endOrDrop(spans, tx, span, measuredMs(span, before), 'suspend', look);
    }
  }
  const awake = before.wall + (look.monotonic - before.monotonic) + news.uncounted;
  const until = Math.max(before.wall, Math.min(awake, look.wall));
  recordClock(deps, tx, 'suspend', news.slept, [before.wall, until], [look.zone, look.zone]);
}

function afterJump(deps: TimeTrackerDeps, spans: RunningSpans, tx: WriteDb, look: ClockLook, jumped: number): void {
  const wallBefore = look.wall - jumped;
  for (const span of spans.list(tx)) {
    const length = measuredMs(span, look);
    // Set back, the clock says that all of it was earlier; set forward, that what came before it stands.
    const start_ms = jumped < 0 ? Math.round(look.wall - length) : span.start_ms;
    spans.end(tx, { ...span, start_ms }, length, 'clock', look);
    spans.renew(tx, span, look.wall, look.monotonic, look);
  }
  const hole: [number, number | null] = jumped > 0 ? [wallBefore, look.wall] : [look.wall, null];
  recordClock(deps, tx, 'jump', jumped, hole, [look.zone, look.zone]);
}

function recordClock(
  deps: TimeTrackerDeps,
  tx: WriteDb,
  what: 'jump' | 'suspend' | 'zone',
  movedMs: number,
  [start, end]: [number, number | null],
  [zoneBefore, zoneAfter]: [string, string],
): void {
  deps.ledger.append(tx, [
    {
      kind: 'clock.changed',
      body: { what, moved_ms: Math.round(movedMs), zone_before: zoneBefore, zone_after: zoneAfter },
      occurredStart: new Date(start).toISOString(),
      occurredEnd: end === null ? null : new Date(end).toISOString(),
      source: 'measured',
      // Each is a happening of its own; that it concerns the ledger's clock is the second subject.
      subjects: [deps.ids.uuid(), deps.ledger.self(tx)],
    },
  ]);
}

function endIdle(deps: TimeTrackerDeps, spans: RunningSpans, tx: WriteDb, look: ClockLook): boolean {
  const idle = spans.list(tx).filter((span) => isIdle(deps, tx, span, look));
  for (const span of idle) endOrDrop(spans, tx, span, touchedMs(span), 'idle', look);
  return idle.length > 0;
}

/**
 * Cuts what runs at the beginning of a working day, closes the day before with a checkpoint, and writes down a zone that is not
 * the one last known, also when it changed while the program was not running.
 */
function closeDays(deps: TimeTrackerDeps, spans: RunningSpans, tx: WriteDb, look: ClockLook): boolean {
  const { dayStartHour } = deps.settings(tx);
  const today = workingDayOf(look.wall, look.zone, dayStartHour);
  const { start } = workingDayWindow(today, look.zone, dayStartHour);
  let wrote = false;
  for (const span of spans.list(tx)) {
    const yesterdayMs = start - span.start_ms;
    // What touches keep alive is cut when it is touched on the new day; else it may still turn out to have been idle.
    const knownMs = span.automatic === 1 ? touchedMs(span) : measuredMs(span, look);
    if (yesterdayMs <= 0 || knownMs <= yesterdayMs) continue;
    spans.end(tx, span, yesterdayMs, 'day-close', look);
    spans.renew(tx, span, start, span.startMonotonic + yesterdayMs, look);
    wrote = true;
  }
  const state = readTrackerState(tx);
  if (state?.day === today && state.zone === look.zone) return wrote;
  if (state !== undefined && state.zone !== look.zone) {
    recordClock(deps, tx, 'zone', 0, [look.wall, null], [state.zone, look.zone]);
    wrote = true;
  }
  if (state !== undefined && state.day < today) {
    wrote = deps.ledger.closeWorkingDay(tx, new Date(start).toISOString()) !== null || wrote;
  }
  writeTrackerState(tx, { day: today, zone: look.zone });
  return wrote;
}
