import type { Money } from '#shared/domain/money.ts';
import type { Interval } from '#shared/metrics/intervals.metric.ts';
import type { ReadDb } from '#electron/db/database.ts';
import { statedLossOf, type RecallRow } from './recalls.repository.ts';

/** Work that may be paid by the piece: a task by its first submission, or work done elsewhere. */
export interface PayPieceRow {
  /** The task's id, also of work done elsewhere. */
  id: string;
  entry_id: string;
  /** Of the entity the entry is about. */
  entity_id: string;
  project_id: string | null;
  at: string;
  count: number;
  name: string | null;
}

/** Pieces of a window, each once: a task that was sealed again is the piece it was. */
export function payPiecesIn(db: ReadDb, window: Interval): PayPieceRow[] {
  const between = [new Date(window.start).toISOString(), new Date(window.end).toISOString()];
  return db.all<PayPieceRow>(
    `SELECT task_id AS id, entry_id, id AS entity_id, project_id, sealed_at AS at, 1 AS count, media_name AS name
       FROM submission AS sealed
      WHERE sealed_at >= ? AND sealed_at < ?
        AND NOT EXISTS (SELECT 1 FROM submission AS earlier
                         WHERE earlier.task_id = sealed.task_id AND earlier.seq < sealed.seq)
      UNION ALL
     SELECT id, entry_id, id AS entity_id, project_id, done_at AS at, count, name
       FROM elsewhere WHERE done_at >= ? AND done_at < ?`,
    [...between, ...between],
  );
}

/** A return with the piece of work it is of. */
export interface PayReturnRow {
  entry_id: string;
  piece_id: string;
}

/** Returns since an instant, of whatever work still stands. */
export function payReturnsSince(db: ReadDb, since: number): PayReturnRow[] {
  return db.all<PayReturnRow>(
    `SELECT returned.entry_id, coalesce(submission.task_id, returned.subject_id) AS piece_id
       FROM returned LEFT JOIN submission ON submission.id = returned.subject_id
      WHERE returned.received_at >= ?`,
    [new Date(since).toISOString()],
  );
}

/** Stretches of work paid by time that reach into a window. */
export interface PayTimeRow extends Interval {
  entry_id: string;
  project_id: string | null;
  lane: string;
  what: string;
}

export function payTimeIn(db: ReadDb, window: Interval): PayTimeRow[] {
  const longest = db.get<{ ms: number | null }>('SELECT max(length_ms) AS ms FROM time_span')?.ms ?? 0;
  return db.all<PayTimeRow>(
    `SELECT entry_id, project_id, lane, what, start_ms AS start, end_ms AS end FROM time_span
      WHERE start_ms >= ? AND start_ms < ? AND end_ms > ? AND paid = 'by-time' AND lane IS NOT NULL AND what IS NOT NULL`,
    [window.start - longest, window.end, window.start],
  );
}

/** A recall with the pieces of work it names that still stand, in the order they were named. */
export interface PayRecall {
  id: string;
  entry_id: string;
  project_id: string | null;
  pieces: number;
  statedLoss: Money | null;
  received_at: string;
  works: { pieceId: string; count: number }[];
}

/** Recalls since an instant, in the order of writing. A loss or a number that was erased is counted by the work named. */
export function payRecallsSince(db: ReadDb, since: number): PayRecall[] {
  const from = new Date(since).toISOString();
  const rows = db.all<RecallRow>('SELECT * FROM recall WHERE received_at >= ? ORDER BY seq', [from]);
  if (rows.length === 0) return [];
  const works = db.all<{ recall_id: string; piece_id: string; count: number }>(
    `SELECT work.recall_id, coalesce(submission.task_id, elsewhere.id) AS piece_id, coalesce(elsewhere.count, 1) AS count
       FROM recall JOIN recalled_work AS work ON work.recall_id = recall.id
       LEFT JOIN submission ON submission.id = work.work_id
       LEFT JOIN elsewhere ON elsewhere.id = work.work_id
      WHERE recall.received_at >= ? AND coalesce(submission.task_id, elsewhere.id) IS NOT NULL
      ORDER BY work.recall_id, work.position`,
    [from],
  );
  const named = new Map<string, PayRecall['works']>();
  for (const { recall_id, piece_id, count } of works) {
    const list = named.get(recall_id) ?? [];
    list.push({ pieceId: piece_id, count });
    named.set(recall_id, list);
  }
  return rows.map((row) => ({
    id: row.id,
    entry_id: row.entry_id,
    project_id: row.project_id,
    pieces: row.pieces ?? 0,
    statedLoss: statedLossOf(row),
    received_at: row.received_at,
    works: named.get(row.id) ?? [],
  }));
}

/** Whether the work a deduction names is there. */
export function payWorkStands(db: ReadDb, type: 'submission' | 'elsewhere', id: string): boolean {
  const sql = type === 'submission' ? 'SELECT 1 FROM submission WHERE id = ?' : 'SELECT 1 FROM elsewhere WHERE id = ?';
  return db.get(sql, [id]) !== undefined;
}

/** Whether the return a deduction names is there. */
export function payReturnStands(db: ReadDb, id: string): boolean {
  return db.get('SELECT 1 FROM returned WHERE id = ?', [id]) !== undefined;
}
