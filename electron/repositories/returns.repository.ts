import type { ReadDb, SqlValue, WriteDb } from '#electron/db/database.ts';
import type { BlobRef } from '#shared/domain/blob.ts';
import type { GuidelineId, ReturnId, SubmissionId, TaskId } from '#shared/domain/ids.ts';
import type { Money } from '#shared/domain/money.ts';

import type { Returned } from '#shared/domain/work.ts';

export interface ReturnedRow {
  id: string;
  entry_id: string;
  seq: number;
  subject_type: string | null;
  subject_id: string;
  project_id: string | null;
  stage: string | null;
  round: number | null;
  reason: string | null;
  rule_cited: string | null;
  guideline_id: string | null;
  itemised: number | null;
  check_kind: string | null;
  reviewer: string | null;
  deadline: string | null;
  deduction: string | null;
  view: string | null;
  attachments: string;
  received_at: string;
  erased: string;
}

/** A return beside what is known of its work and of the rule it cites; null where that is unknown. */
export interface ReturnedWithWork extends ReturnedRow {
  work_type: 'submission' | 'elsewhere' | null;
  work_name: string | null;
  work_done_at: string | null;
  /** IANA zone in which the work was written down. */
  work_zone: string | null;
  project_name: string | null;
  rule_effective_from: string | null;
  rule_received_at: string | null;
}

/** The work that a return is of. */
export interface ReturnedWork {
  projectId: string | null;
  /** The task of a submission; null for work done elsewhere. */
  taskId: string | null;
}

export function returnedFromRow(row: ReturnedRow, workType: 'submission' | 'elsewhere' | null = null): Returned {
  const type = row.subject_type ?? workType ?? 'submission';
  return {
    id: row.id as ReturnId,
    subject:
      type === 'submission'
        ? { type: 'submission', id: row.subject_id as SubmissionId }
        : { type: 'elsewhere', id: row.subject_id as TaskId },
    stage: (row.stage ?? 'reviewer') as Returned['stage'],
    round: row.round ?? 1,
    reason: row.reason ?? '',
    ruleCited: row.rule_cited,
    guidelineId: row.guideline_id as GuidelineId | null,
    itemised: row.itemised === null ? null : row.itemised === 1,
    check: row.check_kind as Returned['check'],
    reviewer: row.reviewer,
    deadline: row.deadline,
    deduction: row.deduction === null ? null : (JSON.parse(row.deduction) as Money),
    view: row.view as Returned['view'],
    attachments: JSON.parse(row.attachments) as BlobRef[],
    receivedAt: row.received_at,
  };
}

export function insertReturned(db: WriteDb, row: ReturnedRow): void {
  db.run(
    `INSERT INTO returned (id, entry_id, seq, subject_type, subject_id, project_id, stage, round, reason, rule_cited,
       guideline_id, itemised, check_kind, reviewer, deadline, deduction, view, attachments, received_at, erased)
     VALUES (:id, :entry_id, :seq, :subject_type, :subject_id, :project_id, :stage, :round, :reason, :rule_cited,
       :guideline_id, :itemised, :check_kind, :reviewer, :deadline, :deduction, :view, :attachments, :received_at, :erased)`,
    { ...row },
  );
}

export function clearReturned(db: WriteDb, id: string): void {
  db.run('DELETE FROM returned WHERE id = ?', [id]);
}

/** The work that stands under an id; undefined when there is none of that type. */
export function findReturnedWork(db: ReadDb, type: 'submission' | 'elsewhere', id: string): ReturnedWork | undefined {
  return db.get<ReturnedWork>(
    type === 'submission'
      ? 'SELECT project_id AS projectId, task_id AS taskId FROM submission WHERE id = ?'
      : 'SELECT project_id AS projectId, NULL AS taskId FROM elsewhere WHERE id = ?',
    [id],
  );
}

export function attachmentExists(db: ReadDb, blob: string): boolean {
  return db.get('SELECT 1 FROM attachment WHERE blob = ?', [blob]) !== undefined;
}

const withWork = `
  SELECT returned.*,
         CASE WHEN submission.id IS NOT NULL THEN 'submission' WHEN elsewhere.id IS NOT NULL THEN 'elsewhere' END AS work_type,
         coalesce(submission.media_name, elsewhere.name) AS work_name,
         coalesce(submission.sealed_at, elsewhere.done_at) AS work_done_at,
         json_extract(entry.header, '$.zone') AS work_zone,
         project.name AS project_name,
         guideline.effective_from AS rule_effective_from,
         guideline.received_at AS rule_received_at
    FROM returned
    LEFT JOIN submission ON submission.id = returned.subject_id
    LEFT JOIN elsewhere ON elsewhere.id = returned.subject_id
    LEFT JOIN entry ON entry.id = coalesce(submission.entry_id, elsewhere.entry_id)
    LEFT JOIN project ON project.id = returned.project_id
    LEFT JOIN guideline ON guideline.id = returned.guideline_id`;

export function countReturned(db: ReadDb, projectId: string | undefined): number {
  const { sql, params } = ofProject(projectId);
  return db.get<{ n: number }>(`SELECT count(*) AS n FROM returned${sql}`, params)!.n;
}

/** A page of returns, newest first, of one project or of all. */
export function listReturned(
  db: ReadDb,
  projectId: string | undefined,
  offset: number,
  limit: number,
): ReturnedWithWork[] {
  const { sql, params } = ofProject(projectId);
  return db.all<ReturnedWithWork>(
    `${withWork}${sql} ORDER BY returned.received_at DESC, returned.seq DESC LIMIT ? OFFSET ?`,
    [...params, limit, offset],
  );
}

export function findReturned(db: ReadDb, id: string): ReturnedWithWork | undefined {
  return db.get<ReturnedWithWork>(`${withWork} WHERE returned.id = ?`, [id]);
}

function ofProject(projectId: string | undefined): { sql: string; params: SqlValue[] } {
  return projectId === undefined
    ? { sql: '', params: [] }
    : { sql: ' WHERE returned.project_id = ?', params: [projectId] };
}
