import type { ClaimId, EntryId, ProjectId } from '#shared/domain/ids.ts';
import type { EntryBody } from '#shared/domain/entry-kinds.ts';
import type { Day } from '#shared/domain/time.ts';
import { erasedMark } from '#shared/rules/projects.rules.ts';
import { daysBetween } from '#shared/rules/working-day.rules.ts';
import type { ReadDb, WriteDb } from '#electron/db/database.ts';
import { moneyOf } from './pay.repository.ts';

/** A row of `claim`: the entry that opened it and, once it is over, the one that closed it. */
export interface ClaimRow {
  id: string;
  entry_id: string;
  seq: number;
  project_id: string | null;
  minor: number | null;
  currency: string | null;
  what_for: string | null;
  made_to: string | null;
  opened_at: string;
  opened_day: string;
  closed_entry_id: string | null;
  outcome: string | null;
  closed_minor: number | null;
  closed_currency: string | null;
  closed_note: string | null;
  closed_at: string | null;
  closed_day: string | null;
  erased: string;
}

/** A claim as the contract has it, its age counted to today or to the day it was closed. */
export function claimFromRow(row: ClaimRow & { project_name: string | null }, today: Day) {
  return {
    id: row.id as ClaimId,
    entryId: row.entry_id as EntryId,
    projectId: row.project_id as ProjectId | null,
    projectName: row.project_name,
    amount: moneyOf(row.minor, row.currency),
    whatFor: row.what_for ?? erasedMark,
    madeTo: row.made_to,
    openedAt: row.opened_at,
    ageDays: Math.max(0, daysBetween(row.opened_day, row.closed_day ?? today)),
    closed:
      row.closed_entry_id === null || row.closed_at === null
        ? null
        : {
            entryId: row.closed_entry_id as EntryId,
            outcome: row.outcome as EntryBody<'claim.closed'>['outcome'] | null,
            amount: moneyOf(row.closed_minor, row.closed_currency),
            note: row.closed_note,
            closedAt: row.closed_at,
          },
  };
}

export function insertClaim(db: WriteDb, row: ClaimRow): void {
  db.run(
    `INSERT INTO claim (id, entry_id, seq, project_id, minor, currency, what_for, made_to, opened_at, opened_day,
       closed_entry_id, outcome, closed_minor, closed_currency, closed_note, closed_at, closed_day, erased)
     VALUES (:id, :entry_id, :seq, :project_id, :minor, :currency, :what_for, :made_to, :opened_at, :opened_day,
       :closed_entry_id, :outcome, :closed_minor, :closed_currency, :closed_note, :closed_at, :closed_day, :erased)`,
    { ...row },
  );
}

export function clearClaim(db: WriteDb, id: string): void {
  db.run('DELETE FROM claim WHERE id = ?', [id]);
}

export function findClaim(db: ReadDb, id: string): ClaimRow | undefined {
  return db.get<ClaimRow>('SELECT * FROM claim WHERE id = ?', [id]);
}

export function countClaims(db: ReadDb, onlyOpen: boolean): number {
  return db.get<{ n: number }>('SELECT count(*) AS n FROM claim WHERE (closed_at IS NOT NULL) <= ?', [
    onlyOpen ? 0 : 1,
  ])!.n;
}

/** Claims, open ones first, the oldest of them on top; then closed ones. */
export function listClaims(db: ReadDb, onlyOpen: boolean, offset: number, limit: number) {
  return db.all<ClaimRow & { project_name: string | null }>(
    `SELECT claim.*, project.name AS project_name FROM claim LEFT JOIN project ON project.id = claim.project_id
      WHERE (closed_at IS NOT NULL) <= ?
      ORDER BY (closed_at IS NOT NULL), opened_at, claim.seq LIMIT ? OFFSET ?`,
    [onlyOpen ? 0 : 1, limit, offset],
  );
}
