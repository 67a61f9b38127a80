import type { ReadDb, SqlValue, WriteDb } from '#electron/db/database.ts';

export interface NotedErrorRow {
  id: string;
  entry_id: string;
  seq: number;
  project_id: string | null;
  work_type: string | null;
  work_id: string | null;
  return_id: string | null;
  judged_wrong: string | null;
  they_wanted: string | null;
  my_view: string | null;
  rules: string;
  labels: string;
  attachments: string;
  noted_at: string;
  words: string;
  erased: string;
}

export interface NotedErrorWithNames extends NotedErrorRow {
  project_name: string | null;
  work_name: string | null;
}

export interface NotedErrorTagRow {
  error_id: string;
  entry_id: string;
  sort: 'rule' | 'label';
  tag: string;
}

export interface NotebookFilter {
  /** Words as `searchWords` makes them; all must occur. */
  words: readonly string[];
  projectId?: string | undefined;
  rule?: string | undefined;
  label?: string | undefined;
  returnId?: string | undefined;
}

export function insertNotedError(db: WriteDb, row: NotedErrorRow): void {
  db.run(
    `INSERT INTO noted_error (id, entry_id, seq, project_id, work_type, work_id, return_id, judged_wrong, they_wanted,
       my_view, rules, labels, attachments, noted_at, words, erased)
     VALUES (:id, :entry_id, :seq, :project_id, :work_type, :work_id, :return_id, :judged_wrong, :they_wanted,
       :my_view, :rules, :labels, :attachments, :noted_at, :words, :erased)`,
    { ...row },
  );
}

export function insertNotedErrorTag(db: WriteDb, row: NotedErrorTagRow): void {
  db.run(
    `INSERT INTO noted_error_tag (error_id, entry_id, sort, tag) VALUES (:error_id, :entry_id, :sort, :tag)
     ON CONFLICT DO NOTHING`,
    { ...row },
  );
}

export function clearNotedError(db: WriteDb, id: string): void {
  db.run('DELETE FROM noted_error WHERE id = ?', [id]);
  db.run('DELETE FROM noted_error_tag WHERE error_id = ?', [id]);
}

function conditions(filter: NotebookFilter): { sql: string; params: SqlValue[] } {
  const parts: [string, ...SqlValue[]][] = filter.words.map((word) => ['instr(noted_error.words, ?) > 0', word]);
  if (filter.projectId !== undefined) parts.push(['noted_error.project_id = ?', filter.projectId]);
  if (filter.returnId !== undefined) parts.push(['noted_error.return_id = ?', filter.returnId]);
  for (const [sort, tag] of [
    ['rule', filter.rule],
    ['label', filter.label],
  ] as const) {
    if (tag === undefined) continue;
    parts.push(['noted_error.id IN (SELECT error_id FROM noted_error_tag WHERE sort = ? AND tag = ?)', sort, tag]);
  }
  return {
    sql: parts.length === 0 ? '' : `WHERE ${parts.map(([sql]) => sql).join(' AND ')}`,
    params: parts.flatMap(([, ...values]) => values),
  };
}

export function countNotedErrors(db: ReadDb, filter: NotebookFilter): number {
  const { sql, params } = conditions(filter);
  return db.get<{ n: number }>(`SELECT count(*) AS n FROM noted_error ${sql}`, params)!.n;
}

/** What the notebook holds, newest first. */
export function listNotedErrors(
  db: ReadDb,
  filter: NotebookFilter,
  offset: number,
  limit: number,
): NotedErrorWithNames[] {
  const { sql, params } = conditions(filter);
  return db.all<NotedErrorWithNames>(
    `SELECT noted_error.*, project.name AS project_name, coalesce(submission.media_name, elsewhere.name) AS work_name
       FROM noted_error
       LEFT JOIN project ON project.id = noted_error.project_id
       LEFT JOIN submission ON submission.id = noted_error.work_id
       LEFT JOIN elsewhere ON elsewhere.id = noted_error.work_id
     ${sql} ORDER BY noted_error.noted_at DESC, noted_error.seq DESC LIMIT ? OFFSET ?`,
    [...params, limit, offset],
  );
}

/** Tags of one sort with how many speak of each, the most frequent first. */
export function countTags(
  db: ReadDb,
  sort: 'rule' | 'label',
  projectId: string | undefined,
): { tag: string; count: number }[] {
  const ofProject = projectId === undefined ? '' : 'JOIN noted_error ON noted_error.id = error_id AND project_id = ?';
  return db.all(
    `SELECT tag, count(*) AS count FROM noted_error_tag ${ofProject} WHERE sort = ? GROUP BY tag ORDER BY count DESC, tag LIMIT 500`,
    [...(projectId === undefined ? [] : [projectId]), sort],
  );
}
