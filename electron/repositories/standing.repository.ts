import type { ReadDb, WriteDb } from '#electron/db/database.ts';

export interface StandingRow {
  id: string;
  entry_id: string;
  seq: number;
  project_id: string | null;
  what: string | null;
  work_type: string | null;
  work_id: string | null;
  until: string | null;
  reason: string | null;
  paid: number | null;
  attachments: string;
  happened_at: string;
  erased: string;
}

export interface StandingWithNames extends StandingRow {
  project_name: string | null;
  work_name: string | null;
}

export function insertStanding(db: WriteDb, row: StandingRow): void {
  db.run(
    `INSERT INTO standing (id, entry_id, seq, project_id, what, work_type, work_id, until, reason, paid, attachments,
       happened_at, erased)
     VALUES (:id, :entry_id, :seq, :project_id, :what, :work_type, :work_id, :until, :reason, :paid, :attachments,
       :happened_at, :erased)`,
    { ...row },
  );
}

export function clearStanding(db: WriteDb, id: string): void {
  db.run('DELETE FROM standing WHERE id = ?', [id]);
}

// What a change was is erased with the entry's field; without it there is nothing to show in the list.
const told = (projectId: string | undefined) =>
  projectId === undefined
    ? { sql: 'WHERE what IS NOT NULL', params: [] }
    : { sql: 'WHERE what IS NOT NULL AND standing.project_id = ?', params: [projectId] };

export function countStanding(db: ReadDb, projectId: string | undefined): number {
  const { sql, params } = told(projectId);
  return db.get<{ n: number }>(`SELECT count(*) AS n FROM standing ${sql}`, params)!.n;
}

/** Changes of standing, newest first. */
export function listStanding(
  db: ReadDb,
  projectId: string | undefined,
  offset: number,
  limit: number,
): StandingWithNames[] {
  const { sql, params } = told(projectId);
  return db.all<StandingWithNames>(
    `SELECT standing.*, project.name AS project_name, coalesce(submission.media_name, elsewhere.name) AS work_name
       FROM standing
       LEFT JOIN project ON project.id = standing.project_id
       LEFT JOIN submission ON submission.id = standing.work_id
       LEFT JOIN elsewhere ON elsewhere.id = standing.work_id
     ${sql} ORDER BY standing.happened_at DESC, standing.seq DESC LIMIT ? OFFSET ?`,
    [...params, limit, offset],
  );
}
