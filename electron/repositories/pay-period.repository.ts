import type { EntryId } from '#shared/domain/ids.ts';
import { clip, unionLength, type Interval } from '#shared/metrics/intervals.metric.ts';
import type { PaidPiece, PaidTime, PayPeriod, RecallOfWork } from '#shared/metrics/pay-period.metric.ts';
import { isWork } from '#shared/rules/time.rules.ts';
import { dayAt, type DatedWindow } from '#shared/rules/working-day.rules.ts';
import type { ReadDb } from '#electron/db/database.ts';
import {
  payPiecesIn,
  payRecallsSince,
  payReturnsSince,
  payTimeIn,
  type PayPieceRow,
  type PayRecall,
  type PayTimeRow,
} from './pay-work.repository.ts';
import { listPayTerms, type RecordedTerms } from './projects.repository.ts';

/** A period as the ledger has it, and the rows it was made of, for the entries behind its figures. */
export interface RecordedPayPeriod extends PayPeriod<RecordedTerms> {
  pieceRows: readonly PayPieceRow[];
  timeRows: readonly PayTimeRow[];
  recallRows: readonly PayRecall[];
  returnEntries: ReadonlyMap<string, readonly EntryId[]>;
}

/** What pay of some adjoining working days is computed from. */
export function payPeriodOf(db: ReadDb, days: readonly DatedWindow[]): RecordedPayPeriod {
  const window = { start: days[0]?.start ?? 0, end: days.at(-1)?.end ?? 0 };
  const pieceRows = payPiecesIn(db, window);
  const timeRows = payTimeIn(db, window).filter(({ lane, what }) => isWork(lane as 'activity', what));
  const recallRows = payRecallsSince(db, window.start);
  const returnEntries = new Map<string, EntryId[]>();
  for (const { piece_id, entry_id } of payReturnsSince(db, window.start)) {
    const list = returnEntries.get(piece_id);
    if (list === undefined) returnEntries.set(piece_id, [entry_id as EntryId]);
    else list.push(entry_id as EntryId);
  }
  const known = new Map<string, RecordedTerms[]>();
  return {
    pieces: pieceRows.map((row): PaidPiece => ({
      id: row.id,
      projectId: row.project_id,
      day: dayAt(days, Date.parse(row.at))!.day,
      count: row.count,
      returns: returnEntries.get(row.id)?.length ?? 0,
    })),
    recalls: recallRows.map((row): RecallOfWork => ({
      id: row.id,
      projectId: row.project_id,
      day: dayAt(days, Date.parse(row.received_at))?.day ?? null,
      pieces: row.pieces,
      statedLoss: row.statedLoss,
      works: row.works,
    })),
    time: paidTimeOf(timeRows, days),
    termsOf(projectId) {
      const before = known.get(projectId);
      if (before !== undefined) return before;
      // Work carries no kind of task yet, so that only the terms for all of it can be those in force.
      const found = listPayTerms(db, projectId).filter(({ taskKind }) => taskKind === null);
      known.set(projectId, found);
      return found;
    },
    pieceRows,
    timeRows,
    recallRows,
    returnEntries,
  };
}

/** Time paid by time, by project and day, each as a union. */
function paidTimeOf(rows: readonly PayTimeRow[], days: readonly DatedWindow[]): PaidTime[] {
  const parts = new Map<string, { projectId: string | null; window: DatedWindow; intervals: Interval[] }>();
  for (const { project_id: projectId, start, end } of rows) {
    for (let at = Math.max(start, days[0]!.start); at < end;) {
      const window = dayAt(days, at);
      if (window === undefined) break;
      const key = `${projectId} ${window.day}`;
      const part = parts.get(key) ?? { projectId, window, intervals: [] };
      part.intervals.push({ start, end });
      parts.set(key, part);
      at = window.end;
    }
  }
  return [...parts.values()].map(({ projectId, window, intervals }) => ({
    projectId,
    day: window.day,
    paidMs: unionLength(clip(intervals, window)),
  }));
}
