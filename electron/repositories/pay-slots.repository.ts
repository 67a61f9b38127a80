import { clip, type Interval, unionLength } from '#shared/metrics/intervals.metric.ts';
import { isWork } from '#shared/rules/time.rules.ts';
import type { Lane } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '#electron/db/database.ts';
import { kindOfPiece } from './works.repository.ts';

/** A slot is a quarter of an hour of UTC: every zone's days are made of whole ones. */
const slotMs = 15 * 60_000;
const slotOf = (at: number): number => Math.floor(at / slotMs);

/** The piece a task counts as: where and when it was first sealed, as what kind it counts now. */
interface CountedPiece {
  at: string;
  project_id: string;
  task_kind: string | null;
}

function pieceOfTask(db: ReadDb, taskId: string): CountedPiece | undefined {
  return db.get<CountedPiece>(
    `SELECT sealed_at AS at, project_id, ${kindOfPiece} AS task_kind FROM submission AS sealed
      WHERE task_id = ? ORDER BY seq LIMIT 1`,
    [taskId],
  );
}

function addPiece(db: WriteDb, piece: CountedPiece | undefined, by: 1 | -1): void {
  if (piece === undefined) return;
  const key = [slotOf(Date.parse(piece.at)), piece.project_id, piece.task_kind ?? ''];
  db.run(
    `INSERT INTO piece_slot (slot, project_id, task_kind, pieces) VALUES (?, ?, ?, ?)
     ON CONFLICT (slot, project_id, task_kind) DO UPDATE SET pieces = pieces + excluded.pieces`,
    [...key, by],
  );
  if (by < 0) {
    db.run('DELETE FROM piece_slot WHERE slot = ? AND project_id = ? AND task_kind = ? AND pieces = 0', key);
  }
}

/** Changes the submissions of a task, keeping `piece_slot` equal to what they say. */
export function countingPieceOf(db: WriteDb, taskId: string, change: () => void): void {
  const before = pieceOfTask(db, taskId);
  change();
  const after = pieceOfTask(db, taskId);
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  addPiece(db, before, -1);
  addPiece(db, after, 1);
}

/** A stretch as far as `paid_slot` goes. */
export interface PaidStretch {
  lane: string | null;
  what: string | null;
  paid: string | null;
  start_ms: number;
  end_ms: number;
  project_id: string | null;
}

/** Computes the slots of a stretch anew after it was written or taken out, if it is work that is paid by time. */
export function recountPaidTime(db: WriteDb, stretch: PaidStretch | undefined): void {
  if (stretch?.paid !== 'by-time' || stretch.lane === null || stretch.what === null) return;
  if (!isWork(stretch.lane as Lane, stretch.what) || stretch.end_ms <= stretch.start_ms) return;
  const [first, last] = [slotOf(stretch.start_ms), slotOf(stretch.end_ms - 1)];
  const spans = paidStretches(db, stretch.project_id, { start: first * slotMs, end: (last + 1) * slotMs });
  const project = stretch.project_id ?? '';
  db.run('DELETE FROM paid_slot WHERE slot >= ? AND slot <= ? AND project_id = ?', [first, last, project]);
  let from = 0;
  for (let slot = first; slot <= last; slot += 1) {
    const window = { start: slot * slotMs, end: (slot + 1) * slotMs };
    // Those that begin after the slot are left to the slots after it.
    const inside: Interval[] = [];
    for (let at = from; at < spans.length && spans[at]!.start < window.end; at += 1) inside.push(spans[at]!);
    while (from < spans.length && spans[from]!.end <= window.end) from += 1;
    const ms = unionLength(clip(inside, window));
    if (ms > 0) db.run('INSERT INTO paid_slot (slot, project_id, ms) VALUES (?, ?, ?)', [slot, project, ms]);
  }
}

function paidStretches(db: ReadDb, projectId: string | null, window: Interval): Interval[] {
  const longest =
    db.get<{ ms: number | null }>("SELECT max(length_ms) AS ms FROM time_span WHERE paid = 'by-time'")?.ms ?? 0;
  return db
    .all<Interval & { lane: Lane; what: string }>(
      `SELECT start_ms AS start, end_ms AS end, lane, what FROM time_span
        WHERE paid = 'by-time' AND project_id IS ? AND start_ms >= ? AND start_ms < ? AND end_ms > ?
          AND lane IS NOT NULL AND what IS NOT NULL
        ORDER BY start_ms`,
      [projectId, window.start - longest, window.end, window.start],
    )
    .filter(({ lane, what }) => isWork(lane, what));
}

/** Tasks first sealed in a window of whole slots, by project and kind. */
export function sealedPiecesIn(
  db: ReadDb,
  window: Interval,
): { project_id: string; task_kind: string | null; pieces: number }[] {
  return db.all(
    `SELECT project_id, nullif(task_kind, '') AS task_kind, sum(pieces) AS pieces FROM piece_slot
      WHERE slot >= ? AND slot < ? GROUP BY project_id, task_kind`,
    [slotOf(window.start), slotOf(window.end)],
  );
}

/** Work paid by time in a window of whole slots, each slot with the instant it begins. */
export function paidTimeIn(db: ReadDb, window: Interval): { at: number; project_id: string | null; ms: number }[] {
  return db.all(
    `SELECT slot * ${slotMs} AS at, nullif(project_id, '') AS project_id, ms FROM paid_slot
      WHERE slot >= ? AND slot < ? ORDER BY slot`,
    [slotOf(window.start), slotOf(window.end)],
  );
}
