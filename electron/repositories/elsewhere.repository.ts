import type { BlobRef } from '#shared/domain/blob.ts';
import type { ProjectId, TaskId } from '#shared/domain/ids.ts';
import type { ElsewhereTask } from '#shared/domain/work.ts';
import { erasedMark } from '#shared/rules/projects.rules.ts';
import type { ReadDb, WriteDb } from '#electron/db/database.ts';

/** A row of `elsewhere`, computed from its ledger entry. What was erased there is null here; of the attachments none are left. */
export interface ElsewhereRow {
  id: string;
  entry_id: string;
  seq: number;
  project_id: string | null;
  name: string | null;
  count: number;
  task_kind: string | null;
  time_ms: number | null;
  /** JSON array of blobRef in shared/domain/blob.ts. */
  attachments: string;
  note: string | null;
  done_at: string;
}

export function elsewhereFromRow(row: ElsewhereRow): ElsewhereTask {
  return {
    id: row.id as TaskId,
    projectId: row.project_id as ProjectId | null,
    name: row.name ?? erasedMark,
    count: row.count,
    taskKind: row.task_kind,
    timeMs: row.time_ms,
    attachments: JSON.parse(row.attachments) as BlobRef[],
    note: row.note,
    doneAt: row.done_at,
  };
}

export function countElsewhere(db: ReadDb, projectId: string | undefined): number {
  return projectId === undefined
    ? db.get<{ n: number }>('SELECT count(*) AS n FROM elsewhere')!.n
    : db.get<{ n: number }>('SELECT count(*) AS n FROM elsewhere WHERE project_id = ?', [projectId])!.n;
}

/** Work done elsewhere, newest first, of one project or of all. */
export function listElsewhere(
  db: ReadDb,
  projectId: string | undefined,
  offset: number,
  limit: number,
): ElsewhereRow[] {
  const order = 'ORDER BY done_at DESC, seq DESC LIMIT ? OFFSET ?';
  return projectId === undefined
    ? db.all<ElsewhereRow>(`SELECT * FROM elsewhere ${order}`, [limit, offset])
    : db.all<ElsewhereRow>(`SELECT * FROM elsewhere WHERE project_id = ? ${order}`, [projectId, limit, offset]);
}

export function insertElsewhere(db: WriteDb, row: ElsewhereRow): void {
  db.run(
    `INSERT INTO elsewhere (id, entry_id, seq, project_id, name, count, task_kind, time_ms, attachments, note, done_at)
     VALUES (:id, :entry_id, :seq, :project_id, :name, :count, :task_kind, :time_ms, :attachments, :note, :done_at)`,
    { ...row },
  );
}

export function deleteElsewhere(db: WriteDb, id: string): void {
  db.run('DELETE FROM elsewhere WHERE id = ?', [id]);
}
