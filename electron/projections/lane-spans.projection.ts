import type { Instant } from '#shared/domain/time.ts';
import { ownLane } from '#shared/rules/time-overlap.rules.ts';
import type { EffectiveEntry, Projection } from '#electron/core/ledger/ledger-types.ts';
import type { ReadDb } from '#electron/db/database.ts';

/** A stretch of time in the lane it must stand alone in. */
export interface LaneSpan {
  /** Of the first of its chain of corrections. */
  seq: number;
  lane: string;
  start: Instant;
  end: Instant;
}

interface LaneSpanRow {
  seq: number;
  lane: string;
  span_start: string;
  span_end: string;
}

const fromRow = (row: LaneSpanRow): LaneSpan => ({
  seq: row.seq,
  lane: row.lane,
  start: row.span_start,
  end: row.span_end,
});

/** The stretches that some entries are. */
export function laneSpansOf(entries: readonly EffectiveEntry[]): LaneSpan[] {
  return entries.flatMap((entry) => {
    if (entry.kind !== 'time.spent') return [];
    const { lane, what } = entry.body as { lane?: string; what?: string };
    const own = ownLane({
      source: entry.source,
      ...(lane !== undefined && { lane }),
      ...(what !== undefined && { what }),
    });
    if (own === null || entry.occurredEnd === null || entry.occurredEnd <= entry.occurredStart) return [];
    return [{ seq: entry.seq, lane: own, start: entry.occurredStart, end: entry.occurredEnd }];
  });
}

/**
 * Takes out the stretches of an entity. Each began when one of the entries about the entity did; which lane it stood in may have been erased
 * since, so all there are (some ten) are looked through, each found by a look at the next.
 */
const clearSpans = `WITH RECURSIVE
  lanes (lane) AS (
    SELECT min(lane) FROM lane_span
    UNION ALL
    SELECT (SELECT min(lane) FROM lane_span AS next WHERE next.lane > lanes.lane) FROM lanes WHERE lane IS NOT NULL
  ),
  own AS (
    SELECT seq, occurred_start FROM entry WHERE seq IN (SELECT seq FROM subject WHERE entity_id = ? AND place = 0)
  )
  DELETE FROM lane_span WHERE (lane, span_start, seq) IN
    (SELECT lanes.lane, begun.occurred_start, first.seq FROM own AS begun, own AS first, lanes)`;

/** Keeps `lane_span`, by which the ledger refuses time that overlaps its own lane. */
export const laneSpansProjection: Projection = {
  kinds: ['time.spent'],
  tables: ['lane_span'],
  clear: (db, entity) => void db.run(clearSpans, [entity]),
  project(db, _entity, entries) {
    for (const { seq, lane, start, end } of laneSpansOf(entries)) {
      db.run('INSERT INTO lane_span (lane, span_start, seq, span_end) VALUES (?, ?, ?, ?)', [lane, start, seq, end]);
    }
  },
};

const others = 'SELECT seq, lane, span_start, span_end FROM lane_span WHERE lane = ? AND seq <> ?';
const lastBefore = `${others} AND span_start <= ? ORDER BY span_start DESC LIMIT 1`;
const firstAfter = `${others} AND span_start > ? ORDER BY span_start LIMIT 1`;

/** The stretches of the same lane that begin last before (or with) a stretch, and first after it. */
export function laneNeighbours(
  db: ReadDb,
  span: LaneSpan,
): [before: LaneSpan | undefined, after: LaneSpan | undefined] {
  const params = [span.lane, span.seq, span.start];
  const before = db.get<LaneSpanRow>(lastBefore, params);
  const after = db.get<LaneSpanRow>(firstAfter, params);
  return [before && fromRow(before), after && fromRow(after)];
}
