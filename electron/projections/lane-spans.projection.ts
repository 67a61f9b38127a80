import type { EntityId } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';
import { ownLane } from '#shared/rules/time-overlap.rules.ts';
import type { EffectiveEntry, Projection } from '#electron/core/ledger/ledger-types.ts';
import type { ReadDb, WriteDb } from '#electron/db/database.ts';

/** A stretch of time in the lane it must stand alone in. */
export interface LaneSpan {
  entryId: string;
  lane: string;
  start: Instant;
  end: Instant;
}

interface LaneSpanRow {
  entry_id: string;
  lane: string;
  span_start: string;
  span_end: string;
}

const fromRow = (row: LaneSpanRow): LaneSpan => ({
  entryId: row.entry_id,
  lane: row.lane,
  start: row.span_start,
  end: row.span_end,
});

function insert(db: WriteDb, entity: EntityId, entry: EffectiveEntry): void {
  const { lane, what } = entry.body as { lane?: string; what?: string };
  const own = ownLane({
    source: entry.source,
    ...(lane !== undefined && { lane }),
    ...(what !== undefined && { what }),
  });
  if (own === null || entry.occurredEnd === null || entry.occurredEnd <= entry.occurredStart) return;
  db.run('INSERT INTO lane_span (entry_id, lane, span_start, span_end, entity_id) VALUES (?, ?, ?, ?, ?)', [
    entry.id,
    own,
    entry.occurredStart,
    entry.occurredEnd,
    entity,
  ]);
}

/** Keeps `lane_span`, by which the ledger refuses time that overlaps its own lane. */
export const laneSpansProjection: Projection = {
  kinds: ['time.spent'],
  tables: ['lane_span'],
  clear: (db, entity) => void db.run('DELETE FROM lane_span WHERE entity_id = ?', [entity]),
  project(db, entity, entries) {
    for (const entry of entries) insert(db, entity, entry);
  },
};

/** The stretches of some entities. */
export function laneSpansOf(db: ReadDb, entity: EntityId): LaneSpan[] {
  const sql = 'SELECT entry_id, lane, span_start, span_end FROM lane_span WHERE entity_id = ?';
  return db.all<LaneSpanRow>(sql, [entity]).map(fromRow);
}

const others = 'SELECT entry_id, lane, span_start, span_end FROM lane_span WHERE lane = ? AND entry_id <> ?';
const lastBefore = `${others} AND span_start <= ? ORDER BY span_start DESC LIMIT 1`;
const firstAfter = `${others} AND span_start > ? ORDER BY span_start LIMIT 1`;

/** The stretches of the same lane that begin last before (or with) a stretch, and first after it. */
export function laneNeighbours(
  db: ReadDb,
  span: LaneSpan,
): [before: LaneSpan | undefined, after: LaneSpan | undefined] {
  const params = [span.lane, span.entryId, span.start];
  const before = db.get<LaneSpanRow>(lastBefore, params);
  const after = db.get<LaneSpanRow>(firstAfter, params);
  return [before && fromRow(before), after && fromRow(after)];
}
