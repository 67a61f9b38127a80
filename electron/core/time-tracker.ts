import { AppError } from '#shared/contract/errors.ts';
import type { Topic } from '#shared/contract/topics.ts';
import type { Activity, Day, WaitingFor } from '#shared/domain/time.ts';
import { type Interval, unionLength } from '#shared/metrics/intervals.metric.ts';
import { isKeptByTouches, shortestVisitMs, tickMs, yieldsToTouch } from '#shared/rules/time.rules.ts';
import { workingDayOf } from '#shared/rules/working-day.rules.ts';
import type { Database, ReadDb, WriteDb } from '#electron/db/database.ts';
import type { RunningSpanRow } from '#electron/repositories/running-time.repository.ts';
import { timeSpansOfTask } from '#electron/repositories/time.repository.ts';
import type { Clock, Log } from './ports.ts';
import { type ClockLook, isNews, lookAt, newsBetween } from './time-clock-watch.ts';
import { catchUp, type CatchUpDeps, endOrDrop, isIdle } from './time-tracker-catch-up.ts';
import { createRunningSpans, measuredMs, type RunningSpan, type RunningSpans } from './time-tracker-spans.ts';

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

export interface TimeTrackerDeps extends CatchUpDeps {
  db: Database;
  clock: Clock;
  log: Log;
  ticker: Ticker;
  /** Says what a tick changed; what an operation changed is said by its caller. */
  announce(topics: Topic[]): void;
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
  /** Ends an activity that touches began, at this moment; one chosen by hand goes on. */
  leave(): void;
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
        // While much is written at once it waits for the next tick, which measures from the same moment.
        if (error instanceof AppError && error.code === 'host/busy') return;
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

    leave() {
      step((tx, look) => {
        const current = activityOf(spans.list(tx));
        // One that lies idle ended at its last touch already.
        if (current?.automatic === 1) endOrDrop(spans, tx, current, measuredMs(current, look), 'stop', look);
      });
    },

    switchTo(next) {
      step((tx, look) => switchActivity(spans, tx, next, look));
    },

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
