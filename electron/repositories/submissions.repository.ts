import type { GuidelineId, ProjectId, SubmissionId, TaskId } from '#shared/domain/ids.ts';
import type { Source } from '#shared/domain/time.ts';
import type { Submission } from '#shared/domain/work.ts';
import { erasedMark } from '#shared/rules/projects.rules.ts';
import type { ReadDb, SqlValue, WriteDb } from '#electron/db/database.ts';

/** A row of `submission`, computed from its ledger entry. What was erased there is null here. */
export interface SubmissionRow {
  id: string;
  entry_id: string;
  seq: number;
  task_id: string;
  project_id: string;
  segment_id: string | null;
  round: number;
  media_name: string | null;
  media_hash: string | null;
  media_likeness: string | null;
  annotation_hash: string | null;
  object_count: number | null;
  guideline_id: string | null;
  guideline_version: string | null;
  task_kind: string | null;
  time_spent_ms: number | null;
  sealed_at: string;
  source: Source;
  superseded: number;
}

/** A submission without its annotation, which stays in the ledger and is read from there. */
export type SubmissionSummary = Omit<Submission, 'annotation'>;

export function submissionFromRow(row: SubmissionRow): SubmissionSummary {
  return {
    id: row.id as SubmissionId,
    taskId: row.task_id as TaskId,
    projectId: row.project_id as ProjectId,
    round: row.round,
    taskKind: row.task_kind,
    mediaName: row.media_name ?? erasedMark,
    mediaHash: row.media_hash,
    guidelineId: row.guideline_id as GuidelineId | null,
    timeSpentMs: row.time_spent_ms ?? 0,
    sealedAt: row.sealed_at,
    source: row.source,
    superseded: row.superseded === 1,
  };
}

export function findSubmission(db: ReadDb, id: string): SubmissionRow | undefined {
  return db.get<SubmissionRow>('SELECT * FROM submission WHERE id = ?', [id]);
}

/** The submission of a task that counts now: the last one neither superseded nor voided. */
export function currentSubmission(db: ReadDb, taskId: string): SubmissionRow | undefined {
  return db.get<SubmissionRow>(
    'SELECT * FROM submission WHERE task_id = ? AND superseded = 0 ORDER BY seq DESC LIMIT 1',
    [taskId],
  );
}

export interface SubmissionFilter {
  taskId?: string | undefined;
  projectId?: string | undefined;
}

function where(filter: SubmissionFilter): { sql: string; params: SqlValue[] } {
  const parts: string[] = ['1 = 1'];
  const params: SqlValue[] = [];
  if (filter.taskId !== undefined) {
    parts.push('task_id = ?');
    params.push(filter.taskId);
  }
  if (filter.projectId !== undefined) {
    parts.push('project_id = ?');
    params.push(filter.projectId);
  }
  return { sql: parts.join(' AND '), params };
}

export function countSubmissions(db: ReadDb, filter: SubmissionFilter): number {
  const { sql, params } = where(filter);
  return db.get<{ n: number }>(`SELECT count(*) AS n FROM submission WHERE ${sql}`, params)!.n;
}

/** Submissions, newest first. */
export function listSubmissions(db: ReadDb, filter: SubmissionFilter, offset: number, limit: number): SubmissionRow[] {
  const { sql, params } = where(filter);
  return db.all<SubmissionRow>(`SELECT * FROM submission WHERE ${sql} ORDER BY seq DESC LIMIT ? OFFSET ?`, [
    ...params,
    limit,
    offset,
  ]);
}

export function insertSubmission(db: WriteDb, row: SubmissionRow): void {
  db.run(
    `INSERT INTO submission (id, entry_id, seq, task_id, project_id, segment_id, round, media_name, media_hash,
       media_likeness, annotation_hash, object_count, guideline_id, guideline_version, task_kind, time_spent_ms, sealed_at,
       source, superseded)
     VALUES (:id, :entry_id, :seq, :task_id, :project_id, :segment_id, :round, :media_name, :media_hash,
       :media_likeness, :annotation_hash, :object_count, :guideline_id, :guideline_version, :task_kind, :time_spent_ms,
       :sealed_at, :source, :superseded)`,
    { ...row },
  );
}

export function deleteSubmission(db: WriteDb, id: string): void {
  db.run('DELETE FROM submission WHERE id = ?', [id]);
}

/** A submission of the same photo under another task. */
export interface SameMediaRow {
  id: string;
  entry_id: string;
  task_id: string;
  project_id: string;
  project_name: string | null;
  task_kind: string | null;
  sealed_at: string;
  /** 1: any round of that task was recalled. */
  recalled: number;
}

/** The latest submission of a photo, by the hash of its bytes, under another task than `taskId`. */
export function sameMediaElsewhere(db: ReadDb, mediaHash: string, taskId: string): SameMediaRow | undefined {
  return db.get<SameMediaRow>(
    `SELECT id, entry_id, task_id, project_id, task_kind, sealed_at,
            (SELECT name FROM project WHERE project.id = submission.project_id) AS project_name,
            EXISTS (SELECT 1 FROM submission AS any_round JOIN recalled_work ON recalled_work.work_id = any_round.id
                     WHERE any_round.task_id = submission.task_id) AS recalled
       FROM submission WHERE media_hash = ? AND task_id <> ? ORDER BY seq DESC LIMIT 1`,
    [mediaHash, taskId],
  );
}
