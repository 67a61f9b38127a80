import type { ReadDb, WriteDb } from '#electron/db/database.ts';

/** A row of `submitted_label`: a sealed submission has objects of this label. */
export interface SubmittedLabelRow {
  submission_id: string;
  entry_id: string;
  project_id: string;
  label: string;
}

export function insertSubmittedLabel(db: WriteDb, row: SubmittedLabelRow): void {
  db.run(
    `INSERT INTO submitted_label (submission_id, entry_id, project_id, label)
     VALUES (:submission_id, :entry_id, :project_id, :label)`,
    { ...row },
  );
}

export function clearSubmittedLabels(db: WriteDb, submissionId: string): void {
  db.run('DELETE FROM submitted_label WHERE submission_id = ?', [submissionId]);
}

/** Keys of the labels that a project's work was submitted with. */
export function submittedLabels(db: ReadDb, projectId: string): string[] {
  const rows = db.all<{ label: string }>(
    'SELECT DISTINCT label FROM submitted_label WHERE project_id = ? ORDER BY label',
    [projectId],
  );
  return rows.map((row) => row.label);
}
