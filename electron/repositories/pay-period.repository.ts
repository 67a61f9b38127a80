import type { EntryId } from '#shared/domain/ids.ts';
import type { Day } from '#shared/domain/time.ts';
import type { Interval } from '#shared/metrics/intervals.metric.ts';
import { mixReader } from '#shared/metrics/time-mix.metric.ts';
import type { PaidPiece, PaidTime, PayPeriod, RecallOfWork } from '#shared/metrics/pay-period.metric.ts';
import { isWork } from '#shared/rules/time.rules.ts';
import { dayAt, type DatedWindow } from '#shared/rules/working-day.rules.ts';
import type { ReadDb } from '#electron/db/database.ts';
import {
  elsewherePiecesIn,
  payPiecesIn,
  payRecallsSince,
  payReturnsSince,
  payTimeIn,
  somePayPieces,
  type PayPieceRow,
  type PayRecall,
  type PayReturnRow,
  type PayTimeRow,
} from './pay-work.repository.ts';
import { sealedPiecesIn } from './piece-days.repository.ts';
import { listPayTerms, termsDays, type RecordedTerms } from './projects.repository.ts';
import { mixesOf } from './time-days.repository.ts';

/** What happened to work, and by which terms it is paid. */
type Happened = Pick<PayPeriod<RecordedTerms>, 'recalls' | 'termsOf'> & {
  recallRows: readonly PayRecall[];
  returnEntries: ReadonlyMap<string, readonly EntryId[]>;
  /** Of each return of a piece of work how much of it that was about; null where nobody said. */
  returnedOf: ReadonlyMap<string, readonly (number | null)[]>;
};

/** A period as the ledger has it, and the rows it was made of, for the entries behind its figures. */
export interface RecordedPayPeriod extends PayPeriod<RecordedTerms>, Happened {
  pieceRows: readonly PayPieceRow[];
  timeRows: readonly PayTimeRow[];
}

const windowOf = (days: readonly DatedWindow[]): Interval => ({
  start: days[0]?.start ?? 0,
  end: days.at(-1)?.end ?? 0,
});

/** What pay of some adjoining working days is computed from, each piece of work by itself. */
export function payPeriodOf(db: ReadDb, days: readonly DatedWindow[]): RecordedPayPeriod {
  const window = windowOf(days);
  const pieceRows = payPiecesIn(db, window);
  const timeRows = payTimeIn(db, window).filter(({ lane, what }) => isWork(lane as 'activity', what));
  const happened = happenedSince(db, days, window);
  return {
    ...happened,
    pieces: pieceRows.map((row) => pieceOf(row, days, happened)),
    time: paidTimeOf(db, days),
    pieceRows,
    timeRows,
  };
}

/**
 * The same for its sums alone: work that nothing befell is told by its number, from the roll-ups, since a thousand pieces at one rate pay a
 * thousand times it. Only work that came back or was recalled stands by itself.
 */
export function payPeriodSums(db: ReadDb, days: readonly DatedWindow[]): PayPeriod<RecordedTerms> {
  const window = windowOf(days);
  const happened = happenedSince(db, days, window);
  const touched = new Set(happened.returnEntries.keys());
  for (const { works } of happened.recallRows) for (const { pieceId } of works) touched.add(pieceId);
  const apart = somePayPieces(db, [...touched], window).map((row) => pieceOf(row, days, happened));
  const parts = daysOfSameTerms(days, termsDays(db));
  const sealed = sealedPiecesIn(db, parts);
  const plain = parts.flatMap(({ day, ...part }, place) => {
    const counts = new Map<string, PaidPiece>();
    const add = (projectId: string | null, taskKind: string | null, count: number) => {
      const id = `${day} ${projectId ?? ''} ${taskKind ?? ''}`;
      const piece = counts.get(id) ?? { id, projectId, taskKind, day, count: 0, returns: [] };
      counts.set(id, { ...piece, count: piece.count + count });
    };
    for (const row of [...sealed[place]!, ...elsewherePiecesIn(db, part)]) {
      add(row.project_id, row.task_kind, row.pieces);
    }
    const last = daysIn(days, part).at(-1)!.day;
    for (const piece of apart) {
      if (piece.day >= day && piece.day <= last) add(piece.projectId, piece.taskKind, -piece.count);
    }
    return [...counts.values()].filter(({ count }) => count > 0);
  });
  return { ...happened, pieces: [...plain, ...apart], time: paidTimeOf(db, days) };
}

const daysIn = (days: readonly DatedWindow[], { start, end }: Interval) =>
  days.filter((each) => each.start >= start && each.end <= end);

/** Adjoining days on which the same terms hold, of whatever project, as windows that begin with `day`. */
function daysOfSameTerms(days: readonly DatedWindow[], changes: readonly Day[]): DatedWindow[] {
  const changed = new Set(changes);
  const parts: DatedWindow[] = [];
  for (const each of days) {
    const last = parts.at(-1);
    if (last === undefined || changed.has(each.day)) parts.push({ ...each });
    else last.end = each.end;
  }
  return parts;
}

const pieceOf = (row: PayPieceRow, days: readonly DatedWindow[], { returnedOf }: Happened): PaidPiece => ({
  id: row.id,
  projectId: row.project_id,
  taskKind: row.task_kind,
  day: dayAt(days, Date.parse(row.at))!.day,
  count: row.count,
  returns: (returnedOf.get(row.id) ?? []).map((pieces) => pieces ?? row.count),
});

function happenedSince(db: ReadDb, days: readonly DatedWindow[], window: Interval): Happened {
  const recallRows = payRecallsSince(db, window.start);
  const returns = Map.groupBy(payReturnsSince(db, window.start), ({ piece_id: id }) => id);
  const ofPieces = <T>(pick: (row: PayReturnRow) => T) =>
    new Map([...returns].map(([id, rows]) => [id, rows.map(pick)]));
  const known = new Map<string, RecordedTerms[]>();
  return {
    recalls: recallRows.map((row): RecallOfWork => ({
      id: row.id,
      projectId: row.project_id,
      day: dayAt(days, Date.parse(row.received_at))?.day ?? null,
      pieces: row.pieces,
      statedLoss: row.statedLoss,
      works: row.works,
    })),
    termsOf(projectId) {
      const terms = known.get(projectId) ?? listPayTerms(db, projectId);
      known.set(projectId, terms);
      return terms;
    },
    recallRows,
    returnEntries: ofPieces(({ entry_id: id }) => id as EntryId),
    returnedOf: ofPieces(({ pieces }) => pieces),
  };
}

/** Time paid by time, by project, kind and day, each as a union. */
function paidTimeOf(db: ReadDb, days: readonly DatedWindow[]): PaidTime[] {
  const read = mixReader();
  return mixesOf(db, days).flatMap((lengths, place) => {
    const paid = new Map<string, PaidTime>();
    for (const [mix, ms] of lengths) {
      for (const { projectId, taskKind, paidByTime } of read.projects(mix)) {
        if (!paidByTime) continue;
        const key = `${projectId ?? ''} ${taskKind ?? ''}`;
        const before = paid.get(key) ?? { projectId, taskKind, day: days[place]!.day, paidMs: 0 };
        paid.set(key, { ...before, paidMs: before.paidMs + ms });
      }
    }
    return [...paid.values()];
  });
}
