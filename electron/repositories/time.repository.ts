import type { ReadDb, WriteDb } from '#electron/db/database.ts';
import type { ProjectId, TaskId, TimeSpanId } from '#shared/domain/ids.ts';
import type { Paid, Source, TimeSpan } from '#shared/domain/time.ts';
import type { Interval } from '#shared/metrics/intervals.metric.ts';
import type { ClockHole } from '#shared/metrics/day-account.metric.ts';
import { kindOfPiece, kindOfTask } from './works.repository.ts';

/** A row of `time_span`: a stretch as the ledger has it now; what was erased is null. */
export interface TimeSpanRow {
  id: string;
  entry_id: string;
  seq: number;
  lane: string | null;
  what: string | null;
  paid: string | null;
  start_ms: number;
  end_ms: number;
  length_ms: number;
  source: string;
  project_id: string | null;
  task_id: string | null;
  /** As which kind its task counts, where it is paid by time: `kindOfTime`. */
  task_kind: string | null;
  tag: string | null;
  ended_by: string | null;
  erased: string;
}

/** A row of which lane, activity and pay are known: what is left of an erased one can't be shown as a stretch. */
export type KnownTimeSpanRow = TimeSpanRow & { lane: TimeSpan['lane']; what: TimeSpan['what']; paid: Paid };

export interface ClockChangeRow {
  id: string;
  entry_id: string;
  what: string | null;
  start_ms: number;
  end_ms: number;
}

/** Work of a day that may be paid by the piece. */
export interface PieceRow {
  project_id: string | null;
  task_kind: string | null;
  count: number;
  entry_id: string;
}

export function timeSpanFromRow(row: KnownTimeSpanRow): TimeSpan {
  return {
    id: row.id as TimeSpanId,
    lane: row.lane,
    what: row.what,
    start: new Date(row.start_ms).toISOString(),
    end: new Date(row.end_ms).toISOString(),
    paid: row.paid,
    source: row.source as Source,
    projectId: row.project_id as ProjectId | null,
    taskId: row.task_id as TaskId | null,
    tag: row.tag,
  };
}

const spanColumns = [
  ...['id', 'entry_id', 'seq', 'lane', 'what', 'paid', 'start_ms', 'end_ms', 'length_ms', 'source', 'project_id'],
  ...['task_id', 'task_kind', 'tag', 'ended_by', 'erased'],
] as readonly (keyof TimeSpanRow)[];
const insertSpan = `INSERT INTO time_span (${spanColumns.join()}) VALUES (${spanColumns.map(() => '?').join()})`;

export function insertTimeSpan(db: WriteDb, row: TimeSpanRow): void {
  // By place: the most frequent row of all, and naming sixteen values takes longer than writing them.
  db.run(
    insertSpan,
    spanColumns.map((column) => row[column]),
  );
}

/**
 * The kind of task by whose terms a stretch is paid: what its task was sealed as; of time without a task, as in a client's own tool, the kind that was
 * stated. Null for time that is not paid by time, and where it is not known: of a task that was never sealed as any, or where none was stated.
 */
export function kindOfTime(
  db: ReadDb,
  { task_id: taskId, paid }: Pick<TimeSpanRow, 'task_id' | 'paid'>,
  stated: string | null = null,
): string | null {
  if (paid !== 'by-time') return null;
  return taskId === null ? stated : kindOfTask(db, taskId);
}

/** Stretches of a task that are paid by time. */
export function spansPaidByTime(db: ReadDb, taskId: string): TimeSpanRow[] {
  return db.all<TimeSpanRow>(`SELECT * FROM time_span WHERE task_id = ? AND paid = 'by-time'`, [taskId]);
}

export function setKindOfSpan(db: WriteDb, seq: number, kind: string | null): void {
  db.run('UPDATE time_span SET task_kind = ? WHERE seq = ?', [kind, seq]);
}

const own = 'seq IN (SELECT seq FROM subject WHERE entity_id = ? AND place = 0)';

export function findTimeSpan(db: ReadDb, id: string): TimeSpanRow | undefined {
  return db.get<TimeSpanRow>(`SELECT * FROM time_span WHERE ${own}`, [id]);
}

export function clearTimeSpan(db: WriteDb, id: string): void {
  db.run(`DELETE FROM time_span WHERE ${own}`, [id]);
}

/** Longer ones, such as presence, are fewer, and looked for apart: they would have all others looked for from as far before a window. */
const longMs = 30 * 60_000;

const wholly = 'lane IS NOT NULL AND what IS NOT NULL AND paid IS NOT NULL';

/**
 * Reads stretches that reach into a window, in no order; made once for some columns.
 *
 * @param which which stretches: unless it says otherwise, those of known lane, activity and pay
 */
export function reachingSpans<T>(columns: string, which = wholly): (db: ReadDb, window: Interval) => T[] {
  const sql = `SELECT ${columns} FROM time_span
      WHERE start_ms >= :start - ${longMs} AND start_ms < :end AND end_ms > :start AND length_ms <= ${longMs}
        AND ${which}
      UNION ALL
     SELECT ${columns} FROM time_span INDEXED BY time_span_long
      WHERE length_ms > ${longMs}
        AND start_ms >= :start - (SELECT coalesce(max(length_ms), 0) FROM time_span WHERE length_ms > ${longMs})
        AND start_ms < :end AND end_ms > :start
        AND ${which}`;
  return (db, { start, end }) => db.all<T>(sql, { start, end });
}

const wholeSpans = reachingSpans<KnownTimeSpanRow>('*');

/** Stretches that reach into a window, in order of their beginning. */
export function timeSpansIn(db: ReadDb, window: Interval): KnownTimeSpanRow[] {
  return wholeSpans(db, window).sort((a, b) => a.start_ms - b.start_ms || a.seq - b.seq);
}

/** When the last stretch that its owner recorded before a moment began; null when there is none. */
export function lastStartBefore(db: ReadDb, before: number): number | null {
  const sql =
    "SELECT start_ms FROM time_span WHERE start_ms < ? AND source <> 'imported' ORDER BY start_ms DESC LIMIT 1";
  return db.get<{ start_ms: number }>(sql, [before])?.start_ms ?? null;
}

/** All stretches of activity on a task. */
export function timeSpansOfTask(db: ReadDb, taskId: string): Interval[] {
  return db.all<Interval>(
    `SELECT start_ms AS start, end_ms AS end FROM time_span WHERE task_id = ? AND lane = 'activity'`,
    [taskId],
  );
}

export function insertClockChange(db: WriteDb, row: ClockChangeRow): void {
  db.run(
    'INSERT INTO clock_change (id, entry_id, what, start_ms, end_ms) VALUES (:id, :entry_id, :what, :start_ms, :end_ms)',
    { ...row },
  );
}

export function clearClockChange(db: WriteDb, id: string): void {
  db.run('DELETE FROM clock_change WHERE id = ?', [id]);
}

/** Time that was slept through or skipped by a clock set forward, where it reaches into a window. */
export function clockHolesIn(db: ReadDb, window: Interval): ClockHole[] {
  return db.all<ClockHole>(
    `SELECT what, start_ms AS start, end_ms AS end FROM clock_change
      WHERE end_ms > ? AND start_ms < ? AND end_ms > start_ms AND what IS NOT NULL`,
    [window.start, window.end],
  );
}

export function dismissGap(db: WriteDb, gap: Interval): void {
  db.run('INSERT INTO dismissed_gap (start_ms, end_ms) VALUES (?, ?) ON CONFLICT DO NOTHING', [gap.start, gap.end]);
}

/** Gaps of a window whose owner said they were nothing. */
export function dismissedGapsIn(db: ReadDb, window: Interval): Interval[] {
  return db.all<Interval>(
    'SELECT start_ms AS start, end_ms AS end FROM dismissed_gap WHERE end_ms > ? AND start_ms < ?',
    [window.start, window.end],
  );
}

/**
 * Pieces of a window: tasks sealed for the first time in it, and units of work done elsewhere. A task that came back and was sealed again is the
 * piece it was.
 */
export function piecesIn(db: ReadDb, window: Interval): PieceRow[] {
  const between = [new Date(window.start).toISOString(), new Date(window.end).toISOString()];
  return db.all<PieceRow>(
    `SELECT project_id, ${kindOfPiece} AS task_kind, 1 AS count, entry_id FROM submission AS sealed
      WHERE sealed_at >= ? AND sealed_at < ?
        AND NOT EXISTS (SELECT 1 FROM submission AS earlier
                         WHERE earlier.task_id = sealed.task_id AND earlier.seq < sealed.seq)
      UNION ALL
     SELECT project_id, task_kind, count, entry_id FROM elsewhere WHERE done_at >= ? AND done_at < ?`,
    [...between, ...between],
  );
}
