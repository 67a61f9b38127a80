import type { ReadDb } from '#electron/db/database.ts';
import type { Lane, Paid, Source } from '#shared/domain/time.ts';
import type { Interval } from '#shared/metrics/intervals.metric.ts';
import type { Money } from '#shared/domain/money.ts';
import { reachingSpans } from './time.repository.ts';
import { cameBackOfBatch, kindOfPiece } from './works.repository.ts';

/** A stretch as figures need it; what was erased of lane, activity or pay leaves nothing to count. */
export interface FigureSpanRow extends Interval {
  entry_id: string;
  lane: Lane;
  what: string;
  paid: Paid;
  source: Source;
  project_id: string | null;
}

const figureSpans = reachingSpans<FigureSpanRow>(
  'entry_id, lane, what, paid, source, project_id, start_ms AS start, end_ms AS end',
);

/** Stretches that reach into a window, in order of their beginning. */
export function figureSpansIn(db: ReadDb, window: Interval): FigureSpanRow[] {
  return figureSpans(db, window).sort((a, b) => a.start - b.start);
}

/** Work that counts as pieces, on the moment it was first handed in, and how often it came back so far. */
export interface FigurePieceRow {
  entry_id: string;
  project_id: string | null;
  task_kind: string | null;
  at: string;
  count: number;
  returns: number;
}

/** Work done elsewhere, with how many pieces of it came back at least once. */
interface FigureElsewhereRow extends FigurePieceRow {
  came_back: number;
}

const elsewherePieces = (also = '') => `SELECT entry_id, project_id, task_kind, done_at AS at, count,
            (SELECT count(*) FROM returned WHERE returned.subject_id = elsewhere.id) AS returns ${also}
       FROM elsewhere WHERE done_at >= ? AND done_at < ?`;

/** Work done elsewhere in a window. */
export function figureElsewhereIn(db: ReadDb, window: Interval): FigureElsewhereRow[] {
  return db.all<FigureElsewhereRow>(elsewherePieces(`, ${cameBackOfBatch} AS came_back`), instants(window));
}

/** Pieces of a window: tasks sealed for the first time in it, and work done elsewhere. */
export function figurePiecesIn(db: ReadDb, window: Interval): FigurePieceRow[] {
  const between = instants(window);
  return db.all<FigurePieceRow>(
    `SELECT entry_id, project_id, ${kindOfPiece} AS task_kind, sealed_at AS at, 1 AS count,
            (SELECT count(*) FROM submission AS round JOIN returned ON returned.subject_id = round.id
              WHERE round.task_id = sealed.task_id) AS returns
       FROM submission AS sealed
      WHERE sealed_at >= ? AND sealed_at < ?
        AND NOT EXISTS (SELECT 1 FROM submission AS earlier
                         WHERE earlier.task_id = sealed.task_id AND earlier.seq < sealed.seq)
      UNION ALL ${elsewherePieces()}`,
    [...between, ...between],
  );
}

/** Entries of returns that came in a window. */
export function figureReturnsIn(db: ReadDb, window: Interval): string[] {
  return db
    .all<{ entry_id: string }>(
      'SELECT entry_id FROM returned WHERE received_at >= ? AND received_at < ? ORDER BY received_at',
      instants(window),
    )
    .map((row) => row.entry_id);
}

/** Pay that was received for some days, or on them. */
export function figureReceived(
  db: ReadDb,
  from: string,
  to: string,
): { entryId: string; projectId: string | null; amount: Money }[] {
  const rows = db.all<{ entry_id: string; project_id: string | null; minor: number; currency: string }>(
    `SELECT entry_id, project_id, minor, currency FROM pay_record
      WHERE day >= ? AND day <= ? AND kind = 'received' AND minor IS NOT NULL AND currency IS NOT NULL ORDER BY day, seq`,
    [from, to],
  );
  return rows.map((row) => ({
    entryId: row.entry_id,
    projectId: row.project_id,
    amount: { minor: row.minor, currency: row.currency },
  }));
}

/** Entries of the certificates in force on a day, each name once, by its newest training. */
export function certificatesInForce(db: ReadDb, day: string): string[] {
  return db
    .all<{ entry_id: string }>(
      `SELECT entry_id, max(seq) FROM training
        WHERE certificate_name IS NOT NULL AND day <= ? AND (certificate_expires IS NULL OR certificate_expires >= ?)
        GROUP BY certificate_name ORDER BY certificate_name`,
      [day, day],
    )
    .map(({ entry_id: id }) => id);
}

/** The first work there is: an activity, a submission, or work done elsewhere. */
export function firstWork(db: ReadDb): { entryId: string; at: number } | null {
  const firsts = [
    db.get<{ id: string; at: number }>(
      "SELECT entry_id AS id, start_ms AS at FROM time_span WHERE lane = 'activity' ORDER BY start_ms LIMIT 1",
    ),
    ...[
      'SELECT entry_id AS id, sealed_at AS at FROM submission ORDER BY sealed_at LIMIT 1',
      'SELECT entry_id AS id, done_at AS at FROM elsewhere ORDER BY done_at LIMIT 1',
    ].map((sql) => {
      const row = db.get<{ id: string; at: string }>(sql);
      return row && { id: row.id, at: Date.parse(row.at) };
    }),
  ].filter((row) => row !== undefined);
  const first = firsts.sort((a, b) => a.at - b.at)[0];
  return first === undefined ? null : { entryId: first.id, at: first.at };
}

const instants = ({ start, end }: Interval): [string, string] => [
  new Date(start).toISOString(),
  new Date(end).toISOString(),
];
