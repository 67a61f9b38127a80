import type { Money } from '#shared/domain/money.ts';
import type { Interval } from '#shared/metrics/intervals.metric.ts';
import type { ReadDb, WriteDb } from '#electron/db/database.ts';

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

export interface PayRecallRow {
  id: string;
  entry_id: string;
  seq: number;
  project_id: string | null;
  pieces: number;
  stated_loss: string | null;
  received_at: string;
}

export interface PayRecall extends PayRecallRow {
  works: { pieceId: string; count: number }[];
}

/** Recalls since an instant, in the order of writing, each with the pieces of work it names that still stand. */
export function payRecallsSince(db: ReadDb, since: number): PayRecall[] {
  const from = new Date(since).toISOString();
  const rows = db.all<PayRecallRow>('SELECT * FROM pay_recall WHERE received_at >= ? ORDER BY seq', [from]);
  if (rows.length === 0) return [];
  const works = db.all<{ recall_id: string; piece_id: string; count: number }>(
    `SELECT work.recall_id, coalesce(submission.task_id, elsewhere.id) AS piece_id, coalesce(elsewhere.count, 1) AS count
       FROM pay_recall JOIN pay_recall_work AS work ON work.recall_id = pay_recall.id
       LEFT JOIN submission ON submission.id = work.work_id
       LEFT JOIN elsewhere ON elsewhere.id = work.work_id
      WHERE pay_recall.received_at >= ? AND coalesce(submission.task_id, elsewhere.id) IS NOT NULL
      ORDER BY work.recall_id, work.position`,
    [from],
  );
  const named = new Map<string, PayRecall['works']>();
  for (const { recall_id, piece_id, count } of works) {
    const list = named.get(recall_id) ?? [];
    list.push({ pieceId: piece_id, count });
    named.set(recall_id, list);
  }
  return rows.map((row) => ({ ...row, works: named.get(row.id) ?? [] }));
}

/** What a recall is said to have cost; null where nothing was said. */
export function statedLossOf(row: PayRecallRow): Money | null {
  return row.stated_loss === null ? null : (JSON.parse(row.stated_loss) as Money);
}

export function insertPayRecall(db: WriteDb, row: PayRecallRow, works: readonly string[]): void {
  db.run(
    `INSERT INTO pay_recall (id, entry_id, seq, project_id, pieces, stated_loss, received_at)
     VALUES (:id, :entry_id, :seq, :project_id, :pieces, :stated_loss, :received_at)`,
    { ...row },
  );
  works.forEach((work, position) =>
    db.run('INSERT INTO pay_recall_work (recall_id, position, work_id) VALUES (?, ?, ?)', [row.id, position, work]),
  );
}

export function clearPayRecall(db: WriteDb, id: string): void {
  db.run('DELETE FROM pay_recall_work WHERE recall_id = ?', [id]);
  db.run('DELETE FROM pay_recall WHERE id = ?', [id]);
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
