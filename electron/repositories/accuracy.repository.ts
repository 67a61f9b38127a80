import type { Day } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '#electron/db/database.ts';

export interface AccuracyReportRow {
  id: string;
  entry_id: string;
  seq: number;
  project_id: string | null;
  stage: string | null;
  for_day: string | null;
  released_on: string | null;
  percent: string | null;
  correct: number | null;
  total: number | null;
  note: string | null;
  heard_at: string;
  erased: string;
}

/** A report of which the day is known; what is left of an erased one belongs to no day. */
export type DatedReportRow = AccuracyReportRow & { for_day: Day };

export function insertAccuracyReport(db: WriteDb, row: AccuracyReportRow): void {
  db.run(
    `INSERT INTO accuracy_report (id, entry_id, seq, project_id, stage, for_day, released_on, percent, correct, total, note,
       heard_at, erased)
     VALUES (:id, :entry_id, :seq, :project_id, :stage, :for_day, :released_on, :percent, :correct, :total, :note,
       :heard_at, :erased)`,
    { ...row },
  );
}

export function clearAccuracyReport(db: WriteDb, id: string): void {
  db.run('DELETE FROM accuracy_report WHERE id = ?', [id]);
}

/** Reports for the days of every project from a day to a day, both included. */
export function accuracyReportsIn(db: ReadDb, from: Day, to: Day): DatedReportRow[] {
  return db.all<DatedReportRow>(
    `SELECT * FROM accuracy_report WHERE project_id IN (SELECT id FROM project) AND for_day >= ? AND for_day <= ? ORDER BY seq DESC`,
    [from, to],
  );
}

/** Reports for the days of a project from a day to a day, both included, in order of day and of writing. */
export function accuracyReports(db: ReadDb, projectId: string, from: Day, to: Day): DatedReportRow[] {
  return db.all<DatedReportRow>(
    `SELECT * FROM accuracy_report WHERE project_id = ? AND for_day >= ? AND for_day <= ? ORDER BY for_day, seq`,
    [projectId, from, to],
  );
}
