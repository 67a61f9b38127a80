import type { Money } from '#shared/domain/money.ts';
import type { Interval } from '#shared/metrics/intervals.metric.ts';
import type { Day } from '#shared/domain/time.ts';
import type { Deduction } from '#shared/metrics/pay-period.metric.ts';
import type { ReadDb } from '#electron/db/database.ts';
import { reachingSpans } from './time.repository.ts';
import { kindOfPiece } from './works.repository.ts';
import { statedLossOf, type RecallRow } from './recalls.repository.ts';

/** Work that may be paid by the piece: a task by its first submission, or work done elsewhere. */
export interface PayPieceRow {
  /** The task's id, also of work done elsewhere. */
  id: string;
  entry_id: string;
  /** Of the entity the entry is about. */
  entity_id: string;
  project_id: string | null;
  task_kind: string | null;
  at: string;
  count: number;
  name: string | null;
}

const sealedPiece = `SELECT task_id AS id, entry_id, id AS entity_id, project_id, ${kindOfPiece} AS task_kind, sealed_at AS at,
         1 AS count, media_name AS name
    FROM submission AS sealed
   WHERE NOT EXISTS (SELECT 1 FROM submission AS earlier
                      WHERE earlier.task_id = sealed.task_id AND earlier.seq < sealed.seq)`;
const elsewherePiece = `SELECT id, entry_id, id AS entity_id, project_id, task_kind, done_at AS at, count, name FROM elsewhere`;

const instants = ({ start, end }: Interval): [string, string] => [
  new Date(start).toISOString(),
  new Date(end).toISOString(),
];

/** Pieces of a window, each once: a task that was sealed again is the piece it was. */
export function payPiecesIn(db: ReadDb, window: Interval): PayPieceRow[] {
  const between = instants(window);
  return db.all<PayPieceRow>(
    `${sealedPiece} AND sealed_at >= ? AND sealed_at < ?
      UNION ALL ${elsewherePiece} WHERE done_at >= ? AND done_at < ?`,
    [...between, ...between],
  );
}

/** Work done elsewhere in a window, summed by project and kind. */
export function elsewherePiecesIn(
  db: ReadDb,
  window: Interval,
): { project_id: string | null; task_kind: string | null; pieces: number }[] {
  return db.all(
    `SELECT project_id, task_kind, sum(count) AS pieces FROM elsewhere
      WHERE done_at >= ? AND done_at < ? GROUP BY project_id, task_kind`,
    instants(window),
  );
}

/** Those of some pieces that were done in a window. */
export function somePayPieces(db: ReadDb, ids: readonly string[], window: Interval): PayPieceRow[] {
  if (ids.length === 0) return [];
  const some = JSON.stringify(ids);
  const between = instants(window);
  return db.all<PayPieceRow>(
    `${sealedPiece} AND task_id IN (SELECT value FROM json_each(?)) AND sealed_at >= ? AND sealed_at < ?
      UNION ALL ${elsewherePiece} WHERE id IN (SELECT value FROM json_each(?)) AND done_at >= ? AND done_at < ?`,
    [some, ...between, some, ...between],
  );
}

/** A return with the piece of work it is of. */
export interface PayReturnRow {
  entry_id: string;
  piece_id: string;
  /** Of a batch: how many of its pieces it is about; null where nobody said. */
  pieces: number | null;
}

/** Returns since an instant, of whatever work still stands. */
export function payReturnsSince(db: ReadDb, since: number): PayReturnRow[] {
  return db.all<PayReturnRow>(
    `SELECT returned.entry_id, coalesce(submission.task_id, returned.subject_id) AS piece_id, returned.pieces
       FROM returned LEFT JOIN submission ON submission.id = returned.subject_id
      WHERE returned.received_at >= ?`,
    [new Date(since).toISOString()],
  );
}

/**
 * Deductions of a period: those recorded, by their day, and those announced with a return that no recorded one names, by when it came. What was
 * erased of an amount counts no more.
 */
export function payDeductionsIn(db: ReadDb, { from, to }: { from: Day; to: Day }, window: Interval): Deduction[] {
  const rows = db.all<{ entry_id: string; project_id: string | null; deduction: string; piece_id: string | null }>(
    `SELECT record.entry_id, record.project_id, json_object('minor', record.minor, 'currency', record.currency) AS deduction,
            coalesce(of_return.task_id, returned.subject_id, of_work.task_id, record.work_id) AS piece_id
       FROM pay_record AS record
       LEFT JOIN returned ON returned.id = record.returned_id
       LEFT JOIN submission AS of_return ON of_return.id = returned.subject_id
       LEFT JOIN submission AS of_work ON of_work.id = record.work_id
      WHERE record.day >= ? AND record.day <= ? AND record.kind = 'deducted'
        AND record.minor IS NOT NULL AND record.currency IS NOT NULL
      UNION ALL
     SELECT returned.entry_id, returned.project_id, returned.deduction, coalesce(submission.task_id, returned.subject_id)
       FROM returned LEFT JOIN submission ON submission.id = returned.subject_id
      WHERE received_at >= ? AND received_at < ? AND deduction IS NOT NULL AND ${notDeductedSince}`,
    [from, to, ...instants(window)],
  );
  return rows.map((row) => ({
    entryId: row.entry_id,
    projectId: row.project_id,
    amount: JSON.parse(row.deduction) as Money,
    pieceId: row.piece_id,
  }));
}

/** Of `returned`: no recorded deduction is for it. */
export const notDeductedSince = 'NOT EXISTS (SELECT 1 FROM pay_record AS named WHERE named.returned_id = returned.id)';

/** Stretches of work paid by time that reach into a window. */
export interface PayTimeRow extends Interval {
  entry_id: string;
  project_id: string | null;
  task_kind: string | null;
  lane: string;
  what: string;
}

const payTime = reachingSpans<PayTimeRow & { paid: string }>(
  'entry_id, project_id, task_kind, lane, what, paid, start_ms AS start, end_ms AS end',
);

export function payTimeIn(db: ReadDb, window: Interval): PayTimeRow[] {
  return payTime(db, window)
    .filter(({ paid }) => paid === 'by-time')
    .map(({ paid: _, ...row }) => row);
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
