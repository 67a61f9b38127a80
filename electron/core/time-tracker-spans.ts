import type { EntryBody } from '#shared/domain/entry-kinds.ts';
import type { ProjectId, TaskId } from '#shared/domain/ids.ts';
import type { Lane, Paid, TimeSpan } from '#shared/domain/time.ts';
import { type Interval, subtract } from '#shared/metrics/intervals.metric.ts';
import { paidByTerms } from '#shared/rules/time.rules.ts';
import { workingDayBeginnings, workingDayOf } from '#shared/rules/working-day.rules.ts';
import type { ReadDb, WriteDb } from '#electron/db/database.ts';
import { rateOfTimeOn } from '#electron/repositories/projects.repository.ts';
import {
  deleteRunning,
  insertRunning,
  keepRunning,
  listRunning,
  measuredIn,
  type RunningSpanRow,
} from '#electron/repositories/running-time.repository.ts';
import { findTask } from '#electron/repositories/tasks.repository.ts';
import type { AnyEntryDraft, Ledger } from './ledger/ledger-types.ts';
import type { Ids } from './ports.ts';
import type { ClockLook } from './time-clock-watch.ts';

/** Why a measured stretch ended. */
export type EndedBy = Exclude<EntryBody<'time.spent'>['ended_by'], 'stated'>;

/** A stretch under way: its row, and where it stands on the monotonic clock of this process. */
export interface RunningSpan extends RunningSpanRow {
  /** Monotonic milliseconds at which it began, and of the last touch. */
  startMonotonic: number;
  touchMonotonic: number;
}

/** What a stretch is about, before it begins. */
export interface SpanSubject {
  lane: Lane;
  what: TimeSpan['what'];
  projectId: string | null;
  taskId: string | null;
  tag: string | null;
  automatic: boolean;
}

export interface RunningSpansDeps {
  ledger: Ledger;
  ids: Ids;
  dayStartHour(db: ReadDb): number;
}

/**
 * The stretches under way. Their rows are the truth; what a row cannot hold, its place on the monotonic clock, is kept here by its id and
 * never taken away before `forgetEnded`. So a transaction that is rolled back leaves nothing behind that would have to be undone.
 */
export interface RunningSpans {
  /** Those that this process measures. */
  list(db: ReadDb): RunningSpan[];
  /** Rows that an earlier process left, or that a restored backup brought. */
  strays(db: ReadDb): RunningSpanRow[];
  /** Begins a stretch at `startMs` (wall clock), which `look` is `headStartMs` after. */
  begin(db: WriteDb, subject: SpanSubject, look: ClockLook, headStartMs?: number): void;
  /** Goes on measuring a stray whose beginning the wall clock tells. */
  adopt(row: RunningSpanRow, look: ClockLook): void;
  touch(span: RunningSpan, look: ClockLook): void;
  /** Counts to a stretch what the monotonic clock did not. */
  lengthen(span: RunningSpan, ms: number): void;
  /**
   * Ends a stretch `lengthMs` after its beginning and writes it down: split where a working day begins, nothing beyond `look`, and without what its
   * lane has already been measured for (a wall clock set back shows the same hours twice).
   */
  end(db: WriteDb, row: RunningSpanRow, lengthMs: number, endedBy: EndedBy, look: ClockLook): void;
  /** Ends a stretch without writing it down. */
  drop(db: WriteDb, row: RunningSpanRow): void;
  /** Begins the same anew at `startMs`, for what goes on, paid by the terms of then. */
  renew(db: WriteDb, span: RunningSpan, startMs: number, startMonotonic: number, look: ClockLook): void;
  /** Writes how far each stretch was measured, so that a kill costs no more than what comes after. */
  persist(db: WriteDb, look: ClockLook): void;
  forgetEnded(db: ReadDb): void;
  /** From now on every row is one that an earlier process left. */
  forgetAll(): void;
}

/** Milliseconds measured up to a look. */
export const measuredMs = (span: RunningSpan, look: ClockLook): number =>
  Math.max(0, look.monotonic - span.startMonotonic);
/** Milliseconds measured up to the last touch. */
export const touchedMs = (span: RunningSpan): number => Math.max(0, span.touchMonotonic - span.startMonotonic);

export function createRunningSpans(deps: RunningSpansDeps): RunningSpans {
  const { ledger, ids } = deps;
  const anchors = new Map<string, { startMonotonic: number; touchMonotonic: number }>();

  const paidNow = (
    db: ReadDb,
    { lane, what }: Pick<SpanSubject, 'lane' | 'what'>,
    projectId: string | null,
    taskId: string | null,
    at: number,
    zone: string,
  ): Paid => {
    const day = workingDayOf(at, zone, deps.dayStartHour(db));
    const kind = taskId === null ? null : (findTask(db, taskId)?.kind ?? null);
    const rate = projectId === null ? null : rateOfTimeOn(db, projectId, day, kind);
    return paidByTerms(lane, what, rate, projectId !== null);
  };

  const insert = (db: WriteDb, row: RunningSpanRow, startMonotonic: number, touchMonotonic: number): void => {
    insertRunning(db, row);
    anchors.set(row.id, { startMonotonic, touchMonotonic });
  };

  return {
    list: (db) =>
      listRunning(db).flatMap((row) => {
        const anchor = anchors.get(row.id);
        return anchor === undefined ? [] : [{ ...row, ...anchor }];
      }),

    strays: (db) => listRunning(db).filter(({ id }) => !anchors.has(id)),

    begin(db, subject, look, headStartMs = 0) {
      const start = Math.round(look.wall - headStartMs);
      const row: RunningSpanRow = {
        id: ids.uuid(),
        lane: subject.lane,
        what: subject.what,
        paid: paidNow(db, subject, subject.projectId, subject.taskId, start, look.zone),
        project_id: subject.projectId,
        task_id: subject.taskId,
        tag: subject.tag,
        automatic: subject.automatic ? 1 : 0,
        start_ms: start,
        touched_ms: Math.round(headStartMs),
        alive_ms: Math.round(headStartMs),
      };
      insert(db, row, look.monotonic - headStartMs, look.monotonic);
    },

    adopt(row, look) {
      const startMonotonic = look.monotonic - Math.max(0, look.wall - row.start_ms);
      anchors.set(row.id, { startMonotonic, touchMonotonic: look.monotonic });
    },

    touch(span, look) {
      anchors.set(span.id, { startMonotonic: span.startMonotonic, touchMonotonic: look.monotonic });
    },

    lengthen(span, ms) {
      anchors.set(span.id, { startMonotonic: span.startMonotonic - ms, touchMonotonic: span.touchMonotonic });
    },

    end(db, row, lengthMs, endedBy, look) {
      deleteRunning(db, row.id);
      const whole = { start: row.start_ms, end: Math.min(row.start_ms + Math.round(lengthMs), Math.floor(look.wall)) };
      const free = subtract([whole], measuredIn(db, row.lane, row.what, whole));
      const pieces = free.flatMap((piece) => splitByDay(piece, look.zone, deps.dayStartHour(db)));
      if (pieces.length === 0) return;
      const drafts = pieces.map((piece, i): AnyEntryDraft => ({
        kind: 'time.spent',
        body: {
          lane: row.lane,
          what: row.what,
          paid: row.paid,
          project: row.project_id as ProjectId | null,
          task: row.task_id as TaskId | null,
          tag: row.tag,
          ended_by: i < pieces.length - 1 ? 'day-close' : endedBy,
        },
        occurredStart: new Date(piece.start).toISOString(),
        occurredEnd: new Date(piece.end).toISOString(),
        source: 'measured',
        subjects: [
          i === 0 ? row.id : ids.uuid(),
          ...[row.project_id, row.task_id].filter((id): id is string => id !== null),
        ],
      }));
      ledger.append(db, drafts, { group: false });
    },

    drop: (db, row) => deleteRunning(db, row.id),

    renew(db, span, startMs, startMonotonic, look) {
      const { startMonotonic: _, touchMonotonic, ...row } = span;
      const start = Math.round(startMs);
      const paid = paidNow(db, span, span.project_id, span.task_id, start, look.zone);
      const fresh = { ...row, id: ids.uuid(), paid, start_ms: start, touched_ms: 0, alive_ms: 0 };
      insert(db, fresh, startMonotonic, touchMonotonic);
    },

    persist(db, look) {
      for (const span of this.list(db)) {
        const touched = Math.round(touchedMs(span));
        const alive = Math.round(measuredMs(span, look));
        // Of a stretch that touches keep alive nothing but the last touch matters: an idle hour writes nothing.
        if (span.automatic === 1 ? touched !== span.touched_ms : alive !== span.alive_ms) {
          keepRunning(db, span.id, touched, alive);
        }
      }
    },

    forgetEnded(db) {
      const running = new Set(listRunning(db).map(({ id }) => id));
      for (const id of anchors.keys()) if (!running.has(id)) anchors.delete(id);
    },

    forgetAll: () => anchors.clear(),
  };
}

/** Cuts a stretch where working days begin. */
function splitByDay({ start, end }: Interval, zone: string, dayStartHour: number): Interval[] {
  const cuts = [start, ...workingDayBeginnings(start, end, zone, dayStartHour), end];
  return cuts.slice(1).map((to, i) => ({ start: cuts[i]!, end: to }));
}
