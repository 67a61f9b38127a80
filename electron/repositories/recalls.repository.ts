import type { BlobRef } from '#shared/domain/blob.ts';
import type { Money } from '#shared/domain/money.ts';
import type { ReadDb, SqlValue, WriteDb } from '#electron/db/database.ts';
import { kindOfPiece } from './works.repository.ts';

export interface RecallRow {
  id: string;
  entry_id: string;
  seq: number;
  project_id: string | null;
  level: string | null;
  segment_id: string | null;
  pieces: number | null;
  stage: string | null;
  reason: string | null;
  rule_cited: string | null;
  stated_loss: string | null;
  attachments: string;
  received_at: string;
  erased: string;
}

/** A recall beside the names of what it is about. */
export interface RecallWithNames extends RecallRow {
  project_name: string | null;
  segment_name: string | null;
  works_named: number;
}

export interface RecalledWorkRow {
  recall_id: string;
  entry_id: string;
  /** Its place among the work named. */
  position: number;
  work_type: string;
  work_id: string;
}

/** Work that a recall names, as known now. */
export interface RecalledWork {
  work_type: 'submission' | 'elsewhere';
  work_id: string;
  entry_id: string | null;
  name: string | null;
  done_at: string | null;
  task_kind: string | null;
  pieces: number;
}

export const statedLossOf = (row: RecallRow): Money | null =>
  row.stated_loss === null ? null : (JSON.parse(row.stated_loss) as Money);

export const attachmentsOf = (row: { attachments: string }): BlobRef[] => JSON.parse(row.attachments) as BlobRef[];

export function insertRecall(db: WriteDb, row: RecallRow): void {
  db.run(
    `INSERT INTO recall (id, entry_id, seq, project_id, level, segment_id, pieces, stage, reason, rule_cited, stated_loss,
       attachments, received_at, erased)
     VALUES (:id, :entry_id, :seq, :project_id, :level, :segment_id, :pieces, :stage, :reason, :rule_cited, :stated_loss,
       :attachments, :received_at, :erased)`,
    { ...row },
  );
}

export function insertRecalledWork(db: WriteDb, row: RecalledWorkRow): void {
  db.run(
    `INSERT INTO recalled_work (recall_id, entry_id, position, work_type, work_id)
     VALUES (:recall_id, :entry_id, :position, :work_type, :work_id) ON CONFLICT DO NOTHING`,
    { ...row },
  );
}

export function clearRecall(db: WriteDb, id: string): void {
  db.run('DELETE FROM recall WHERE id = ?', [id]);
  db.run('DELETE FROM recalled_work WHERE recall_id = ?', [id]);
}

const withNames = `SELECT recall.*, project.name AS project_name, segment.name AS segment_name,
    (SELECT count(*) FROM recalled_work WHERE recall_id = recall.id) AS works_named
  FROM recall LEFT JOIN project ON project.id = recall.project_id LEFT JOIN segment ON segment.id = recall.segment_id`;

export interface RecallFilter {
  projectId?: string | undefined;
  level?: string | undefined;
}

function conditions({ projectId, level }: RecallFilter): { sql: string; params: SqlValue[] } {
  const parts: [string, SqlValue][] = [];
  if (projectId !== undefined) parts.push(['recall.project_id = ?', projectId]);
  if (level !== undefined) parts.push(['recall.level = ?', level]);
  return {
    sql: parts.length === 0 ? '' : `WHERE ${parts.map(([sql]) => sql).join(' AND ')}`,
    params: parts.map(([, value]) => value),
  };
}

export function countRecalls(db: ReadDb, filter: RecallFilter): number {
  const { sql, params } = conditions(filter);
  return db.get<{ n: number }>(`SELECT count(*) AS n FROM recall ${sql}`, params)!.n;
}

/** Recalls, newest first. */
export function listRecalls(db: ReadDb, filter: RecallFilter, offset: number, limit: number): RecallWithNames[] {
  const { sql, params } = conditions(filter);
  return db.all<RecallWithNames>(
    `${withNames} ${sql} ORDER BY recall.received_at DESC, recall.seq DESC LIMIT ? OFFSET ?`,
    [...params, limit, offset],
  );
}

/** The projects that anything was recalled of. */
export function projectsWithRecalls(db: ReadDb): string[] {
  return db
    .all<{ id: string }>('SELECT DISTINCT project_id AS id FROM recall WHERE project_id IS NOT NULL ORDER BY 1')
    .map(({ id }) => id);
}

/** Every recall of a project, oldest first. */
export function recallsOfProject(db: ReadDb, projectId: string): RecallWithNames[] {
  return db.all<RecallWithNames>(`${withNames} WHERE recall.project_id = ? ORDER BY recall.received_at, recall.seq`, [
    projectId,
  ]);
}

export function findRecall(db: ReadDb, id: string): RecallWithNames | undefined {
  return db.get<RecallWithNames>(`${withNames} WHERE recall.id = ?`, [id]);
}

/** The work a recall names. */
export function worksOfRecall(db: ReadDb, recallId: string): RecalledWork[] {
  return db.all<RecalledWork>(
    `SELECT work_type, work_id, coalesce(sealed.entry_id, elsewhere.entry_id) AS entry_id,
            coalesce(sealed.media_name, elsewhere.name) AS name,
            coalesce(sealed.sealed_at, elsewhere.done_at) AS done_at, coalesce(elsewhere.count, 1) AS pieces,
            CASE WHEN sealed.id IS NULL THEN elsewhere.task_kind ELSE ${kindOfPiece} END AS task_kind
       FROM recalled_work
       LEFT JOIN submission AS sealed ON sealed.id = work_id
       LEFT JOIN elsewhere ON elsewhere.id = work_id
      WHERE recall_id = ? ORDER BY 5, work_id`,
    [recallId],
  );
}

/** Two tasks over the same media: what was sealed first under either. */
export interface CameBackRow {
  media_hash: string;
  media_name: string | null;
  earlier_id: string;
  earlier_task: string;
  earlier_entry: string;
  earlier_project: string;
  earlier_project_name: string | null;
  earlier_at: string;
  earlier_kind: string | null;
  earlier_recalled: number;
  later_id: string;
  later_task: string;
  later_entry: string;
  later_project: string;
  later_project_name: string | null;
  later_at: string;
  later_kind: string | null;
}

// Media of more than one task; the index holds all that is asked.
const mediaAgain = `SELECT media_hash FROM submission WHERE media_hash IS NOT NULL
    GROUP BY media_hash HAVING min(task_id) <> max(task_id)`;

const firstOfTask = (name: string) => `NOT EXISTS (SELECT 1 FROM submission AS before_it
    WHERE before_it.task_id = ${name}.task_id AND before_it.seq < ${name}.seq)`;

// Each later task stands beside the one before it. Walked once in order, for a photo may come back any number of times.
const pairs = `again AS (${mediaAgain}),
  beside AS (
    SELECT sealed.id AS later_id, sealed.seq AS later_seq,
           lag(sealed.id) OVER (PARTITION BY sealed.media_hash ORDER BY sealed.seq) AS earlier_id
      FROM again JOIN submission AS sealed ON sealed.media_hash = again.media_hash
     WHERE ${firstOfTask('sealed')})`;

export function countCameBack(db: ReadDb): number {
  return db.get<{ n: number }>(`WITH ${pairs} SELECT count(earlier_id) AS n FROM beside`)!.n;
}

/** Media that came back under another task, newest first. */
export function listCameBack(db: ReadDb, offset: number, limit: number): CameBackRow[] {
  return db.all<CameBackRow>(
    `WITH ${pairs},
       page AS (SELECT * FROM beside WHERE earlier_id IS NOT NULL ORDER BY later_seq DESC LIMIT ? OFFSET ?)
     SELECT later.media_hash, coalesce(later.media_name, earlier.media_name) AS media_name,
            earlier.id AS earlier_id, earlier.task_id AS earlier_task, earlier.entry_id AS earlier_entry,
            earlier.project_id AS earlier_project, earlier.sealed_at AS earlier_at, earlier.task_kind AS earlier_kind,
            (SELECT name FROM project WHERE id = earlier.project_id) AS earlier_project_name,
            EXISTS (SELECT 1 FROM submission AS any_round JOIN recalled_work ON recalled_work.work_id = any_round.id
                     WHERE any_round.task_id = earlier.task_id) AS earlier_recalled,
            later.id AS later_id, later.task_id AS later_task, later.entry_id AS later_entry,
            later.project_id AS later_project, later.sealed_at AS later_at, later.task_kind AS later_kind,
            (SELECT name FROM project WHERE id = later.project_id) AS later_project_name
       FROM page JOIN submission AS later ON later.id = page.later_id
       JOIN submission AS earlier ON earlier.id = page.earlier_id
      ORDER BY page.later_seq DESC`,
    [limit, offset],
  );
}
