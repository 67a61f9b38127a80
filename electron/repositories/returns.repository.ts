import type { ReadDb, SqlValue, WriteDb } from '#electron/db/database.ts';
import type { BlobRef } from '#shared/domain/blob.ts';
import type { GuidelineId, ReturnId, SubmissionId, TaskId } from '#shared/domain/ids.ts';
import type { Money } from '#shared/domain/money.ts';
import type { Shape } from '#shared/domain/annotation.ts';
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
  pieces: number | null;
  itemised: number | null;
  check_kind: string | null;
  reviewer: string | null;
  deadline: string | null;
  deduction: string | null;
  view: string | null;
  attachments: string;
  received_at: string;
  erased: string;
  objects: string;
}

/** A return beside what is known of its work and of the rule it cites; null where that is unknown. */
export interface ReturnedWithWork extends ReturnedRow {
  work_type: 'submission' | 'elsewhere' | null;
  work_name: string | null;
  work_done_at: string | null;
  /** Calendar day of the work where it was done. */
  work_day: string | null;
  project_name: string | null;
  rule_effective_from: string | null;
  rule_received_at: string | null;
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
    objects: JSON.parse(row.objects) as Shape['id'][],
    pieces: row.pieces,
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
       guideline_id, pieces, itemised, check_kind, reviewer, deadline, deduction, view, attachments, received_at, erased,
       objects)
     VALUES (:id, :entry_id, :seq, :subject_type, :subject_id, :project_id, :stage, :round, :reason, :rule_cited,
       :guideline_id, :pieces, :itemised, :check_kind, :reviewer, :deadline, :deduction, :view, :attachments, :received_at, :erased,
       :objects)`,
    { ...row },
  );
}

/** The work a return is of; undefined when there is no such return. */
export function returnedSubject(db: ReadDb, id: string): string | undefined {
  return db.get<{ subject: string }>('SELECT subject_id AS subject FROM returned WHERE id = ?', [id])?.subject;
}

export function clearReturned(db: WriteDb, id: string): void {
  db.run('DELETE FROM returned WHERE id = ?', [id]);
}

// The offset is the one of the zone when it was done, so that the day is that of the worker's calendar.
const workDay = `date(coalesce(submission.sealed_at, elsewhere.done_at),
           printf('%+d minutes', json_extract(entry.header, '$.offset')))`;

const joined = `FROM returned
    LEFT JOIN submission ON submission.id = returned.subject_id
    LEFT JOIN elsewhere ON elsewhere.id = returned.subject_id
    LEFT JOIN entry ON entry.id = coalesce(submission.entry_id, elsewhere.entry_id)
    LEFT JOIN project ON project.id = returned.project_id
    LEFT JOIN guideline ON guideline.id = returned.guideline_id`;

const withWork = `
  SELECT returned.*,
         CASE WHEN submission.id IS NOT NULL THEN 'submission' WHEN elsewhere.id IS NOT NULL THEN 'elsewhere' END AS work_type,
         coalesce(submission.media_name, elsewhere.name) AS work_name,
         coalesce(submission.sealed_at, elsewhere.done_at) AS work_done_at,
         ${workDay} AS work_day,
         project.name AS project_name,
         guideline.effective_from AS rule_effective_from,
         guideline.received_at AS rule_received_at
    ${joined}`;

/** Which returns; what is undefined lets all through. */
export interface ReturnedFilter {
  projectId?: string | undefined;
  stage?: string | undefined;
  round?: number | undefined;
  ruleCited?: string | undefined;
  /** Those citing a guideline that came into force after the day of the work, or was received after the work was sealed. */
  youngerRule?: boolean | undefined;
}

export function countReturned(db: ReadDb, filter: ReturnedFilter): number {
  const { sql, params, from } = conditions(filter);
  return db.get<{ n: number }>(`SELECT count(*) AS n ${from} ${sql}`, params)!.n;
}

/** A page of returns, newest first. */
export function listReturned(db: ReadDb, filter: ReturnedFilter, offset: number, limit: number): ReturnedWithWork[] {
  const { sql, params } = conditions(filter);
  return db.all<ReturnedWithWork>(
    `${withWork} ${sql} ORDER BY returned.received_at DESC, returned.seq DESC LIMIT ? OFFSET ?`,
    [...params, limit, offset],
  );
}

/** Entries of returns, newest first. */
export function returnedEntries(db: ReadDb, filter: ReturnedFilter, limit: number): string[] {
  const { sql, params, from } = conditions(filter);
  return db
    .all<{ id: string }>(
      `SELECT returned.entry_id AS id ${from} ${sql} ORDER BY returned.received_at DESC, returned.seq DESC LIMIT ?`,
      [...params, limit],
    )
    .map(({ id }) => id);
}

export function findReturned(db: ReadDb, id: string): ReturnedWithWork | undefined {
  return db.get<ReturnedWithWork>(`${withWork} WHERE returned.id = ?`, [id]);
}

// Its reason is in shared/rules/projects.rules.ts; here it chooses among many, so it is SQL.
const younger = `returned.guideline_id IS NOT NULL
    AND (guideline.effective_from > ${workDay}
      OR guideline.received_at > coalesce(submission.sealed_at, elsewhere.done_at))`;

/** The conditions of a filter, and the tables that counting by them needs. */
function conditions(filter: ReturnedFilter): { sql: string; params: SqlValue[]; from: string } {
  const parts: [string, SqlValue][] = [];
  if (filter.projectId !== undefined) parts.push(['returned.project_id = ?', filter.projectId]);
  if (filter.stage !== undefined) parts.push(['returned.stage = ?', filter.stage]);
  if (filter.round !== undefined) parts.push(['returned.round = ?', filter.round]);
  if (filter.ruleCited !== undefined) parts.push(['returned.rule_cited = ?', filter.ruleCited]);
  const all = [...parts.map(([sql]) => sql), ...(filter.youngerRule === true ? [younger] : [])];
  return {
    sql: all.length === 0 ? '' : `WHERE ${all.join(' AND ')}`,
    params: parts.map(([, value]) => value),
    from: filter.youngerRule === true ? joined : 'FROM returned',
  };
}
