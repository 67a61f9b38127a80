import type { ReadDb, WriteDb } from '#electron/db/database.ts';
import type { Day, Lane, Paid, TimeSpan } from '#shared/domain/time.ts';
import type { Interval } from '#shared/metrics/intervals.metric.ts';
import { reachingSpans } from './time.repository.ts';

/** A row of `running_span`: a stretch under way. */
export interface RunningSpanRow {
  id: string;
  lane: Lane;
  what: TimeSpan['what'];
  paid: Paid;
  project_id: string | null;
  task_id: string | null;
  tag: string | null;
  /** 1: ended at its last touch when touches stay away. */
  automatic: number;
  start_ms: number;
  /** Measured since the start, to the last touch and to the last look at the clock. */
  touched_ms: number;
  alive_ms: number;
}

/** The working day under way and its zone, as last known. */
export interface TrackerState {
  day: Day;
  zone: string;
}

export function listRunning(db: ReadDb): RunningSpanRow[] {
  return db.all<RunningSpanRow>('SELECT * FROM running_span ORDER BY start_ms, id');
}

export function insertRunning(db: WriteDb, row: RunningSpanRow): void {
  db.run(
    `INSERT INTO running_span (id, lane, what, paid, project_id, task_id, tag, automatic, start_ms, touched_ms, alive_ms)
     VALUES (:id, :lane, :what, :paid, :project_id, :task_id, :tag, :automatic, :start_ms, :touched_ms, :alive_ms)`,
    { ...row },
  );
}

export function keepRunning(db: WriteDb, id: string, touchedMs: number, aliveMs: number): void {
  db.run('UPDATE running_span SET touched_ms = ?, alive_ms = ? WHERE id = ?', [touchedMs, aliveMs, id]);
}

export function deleteRunning(db: WriteDb, id: string): void {
  db.run('DELETE FROM running_span WHERE id = ?', [id]);
}

const measured = reachingSpans<Interval & { lane: string; what: string | null }>(
  'lane, what, start_ms AS start, end_ms AS end',
  "source = 'measured' AND lane IS NOT NULL",
);

/** What the ledger has measured in a lane within a window: of waiting, only that for the same thing. */
export function measuredIn(db: ReadDb, lane: Lane, what: string, window: Interval): Interval[] {
  return measured(db, window).filter((span) => span.lane === lane && (lane !== 'waiting' || span.what === what));
}

export function readTrackerState(db: ReadDb): TrackerState | undefined {
  return db.get<TrackerState>('SELECT day, zone FROM tracker_state');
}

export function writeTrackerState(db: WriteDb, state: TrackerState): void {
  db.run(
    `INSERT INTO tracker_state (one, day, zone) VALUES (1, ?, ?)
     ON CONFLICT (one) DO UPDATE SET day = excluded.day, zone = excluded.zone`,
    [state.day, state.zone],
  );
}
