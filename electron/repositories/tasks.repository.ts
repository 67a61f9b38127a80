import { erasedMark } from '#shared/rules/projects.rules.ts';
import type { Ids } from '#electron/core/ports.ts';
import type { ReadDb, SqlValue, WriteDb } from '#electron/db/database.ts';
import type { ProjectId, SubmissionId, TaskId } from '#shared/domain/ids.ts';
import type { Task, TaskState } from '#shared/domain/work.ts';
import type { Certainty, QueueOrder, UncertaintyOrder } from '#shared/rules/queue-order.rules.ts';

/** A row of `task`: what the queue shows, and what the core keeps beside it. */
export interface TaskRow {
  id: string;
  project_id: string;
  position: number;
  root_id: number;
  name: string;
  title: string | null;
  kind: string | null;
  state: TaskState;
  shape_count: number;
  journal_length: number;
  submitted_length: number | null;
  released: number;
  log_length: number;
  base_submission_id: string | null;
  submission_id: string | null;
  /** How sure a machine is of what it proposes, 0 to 1; 2 where it says nothing. */
  sure_least_confident: number;
  sure_margin: number;
  sure_entropy: number;
}

const sureColumns = {
  'least-confident': 'sure_least_confident',
  margin: 'sure_margin',
  entropy: 'sure_entropy',
} as const satisfies Record<UncertaintyOrder, keyof TaskRow>;

/** Where a machine says nothing. */
const nothingSaid = 2;

/** A task with the folder its photo lies below. */
export interface TaskWithRoot extends TaskRow {
  root_path: string;
}

/** Which tasks of a project: any of some states, with some text in the name. */
export interface TaskFilter {
  states?: readonly TaskState[] | undefined;
  text?: string | undefined;
}

export function taskFromRow(row: TaskRow): Task {
  return {
    id: row.id as TaskId,
    projectId: row.project_id as ProjectId,
    name: row.name,
    title: row.title,
    kind: row.kind,
    position: row.position,
    state: row.state,
    shapeCount: row.shape_count,
    submissionId: row.submission_id as SubmissionId | null,
  };
}

/** One task with its folder; undefined when there is none, or when the import that brings it has not finished. */
export function findTask(db: ReadDb, id: string): TaskWithRoot | undefined {
  return db.get<TaskWithRoot>(
    `SELECT task.*, media_root.path AS root_path
       FROM task JOIN media_root ON media_root.id = task.root_id JOIN task_queue USING (project_id)
      WHERE task.id = ? AND task.position < task_queue.length`,
    [id],
  );
}

/** How many places of the queue are in use; rows beyond belong to an import under way or given up. */
export function queueLength(db: ReadDb, projectId: string): number {
  return db.get<{ length: number }>('SELECT length FROM task_queue WHERE project_id = ?', [projectId])?.length ?? 0;
}

export function setQueueLength(db: WriteDb, projectId: string, length: number): void {
  db.run(
    `INSERT INTO task_queue (project_id, length) VALUES (?, ?)
     ON CONFLICT (project_id) DO UPDATE SET length = excluded.length`,
    [projectId, length],
  );
}

/** The WHERE clause of a filter. Names and beginnings of texts are matched by part, letter case of A-Z aside; `%` and `_` mean themselves. */
function where(db: ReadDb, projectId: string, filter: TaskFilter): { sql: string; params: SqlValue[] } {
  const parts = ['project_id = ?', 'position < ?'];
  const params: SqlValue[] = [projectId, queueLength(db, projectId)];
  if (filter.states !== undefined) {
    parts.push(`state IN (${filter.states.map(() => '?').join(', ')})`);
    params.push(...filter.states);
  }
  if (filter.text) {
    const part = `%${filter.text.replace(/[\\%_]/g, '\\$&')}%`;
    parts.push(`(name LIKE ? ESCAPE '\\' OR title LIKE ? ESCAPE '\\')`);
    params.push(part, part);
  }
  return { sql: parts.join(' AND '), params };
}

export function countTasks(db: ReadDb, projectId: string, filter: TaskFilter = {}): number {
  const { sql, params } = where(db, projectId, filter);
  return db.get<{ n: number }>(`SELECT count(*) AS n FROM task WHERE ${sql}`, params)!.n;
}

/** How many tasks of a project are in each state. */
export function countTasksByState(db: ReadDb, projectId: string): Map<TaskState, number> {
  const { sql, params } = where(db, projectId, {});
  const rows = db.all<{ state: TaskState; n: number }>(
    `SELECT state, count(*) AS n FROM task WHERE ${sql} GROUP BY state`,
    params,
  );
  return new Map(rows.map(({ state, n }) => [state, n]));
}

/** A page of a project's tasks in an order, and how many the filter takes. */
export function taskPage(
  db: ReadDb,
  projectId: string,
  filter: TaskFilter,
  order: QueueOrder,
  page: { offset: number; limit: number },
): { total: number; rows: TaskRow[] } {
  const { sql, params } = where(db, projectId, filter);
  const { offset, limit } = page;
  // Places have no gaps, so without a filter a page begins at its place: skipping 99,000 rows one by one would be felt.
  if (order === 'file' && filter.states === undefined && !filter.text) {
    const rows = db.all<TaskRow>(`SELECT * FROM task WHERE ${sql} AND position >= ? ORDER BY position LIMIT ?`, [
      ...params,
      offset,
      limit,
    ]);
    return { total: countTasks(db, projectId, filter), rows };
  }
  const place = placeIn(order);
  // Names are gone through once, for the page and its number alike; rows are read only of the page itself.
  const found = db.all<TaskRow & { total: number }>(
    `SELECT task.*, total FROM (
       SELECT rowid AS found, count(*) OVER () AS total FROM task WHERE ${sql} ORDER BY ${place} LIMIT ? OFFSET ?
     ) CROSS JOIN task ON task.rowid = found ORDER BY ${place}`,
    [...params, limit, offset],
  );
  const [first] = found;
  const total = first?.total ?? (offset === 0 ? 0 : countTasks(db, projectId, filter));
  return { total, rows: found };
}

/** Columns that say where a task stands in an order, in the direction asked for. Equally sure ones follow each other by file. */
function placeIn(order: QueueOrder, direction: 'ASC' | 'DESC' = 'ASC'): string {
  return order === 'file' ? `position ${direction}` : `${sureColumns[order]} ${direction}, position ${direction}`;
}

/** A condition that takes the tasks before or after one in an order. */
function besides(task: TaskRow, order: QueueOrder, than: '<' | '>'): { sql: string; params: SqlValue[] } {
  if (order === 'file') return { sql: `position ${than} ?`, params: [task.position] };
  const column = sureColumns[order];
  return { sql: `(${column}, position) ${than} (?, ?)`, params: [task[column], task.position] };
}

/** The next or previous task of the queue that the filter takes; `from` null begins at the matching end. */
export function neighbourTask(
  db: ReadDb,
  projectId: string,
  from: TaskRow | null,
  direction: 'next' | 'previous',
  filter: TaskFilter,
  order: QueueOrder,
): TaskRow | undefined {
  const { sql, params } = where(db, projectId, filter);
  const next = direction === 'next';
  const beyond = from && besides(from, order, next ? '>' : '<');
  return db.get<TaskRow>(
    `SELECT * FROM task WHERE ${sql} ${beyond ? `AND ${beyond.sql}` : ''}
      ORDER BY ${placeIn(order, next ? 'ASC' : 'DESC')} LIMIT 1`,
    [...params, ...(beyond?.params ?? [])],
  );
}

/** 0-based rank of a task among those that the filter takes, in an order. */
export function rankOf(db: ReadDb, projectId: string, task: TaskRow, filter: TaskFilter, order: QueueOrder): number {
  const { sql, params } = where(db, projectId, filter);
  const before = besides(task, order, '<');
  return db.get<{ n: number }>(`SELECT count(*) AS n FROM task WHERE ${sql} AND ${before.sql}`, [
    ...params,
    ...before.params,
  ])!.n;
}

/** Keeps how sure a machine is of what it proposes for a photo; null where it says nothing. */
export function setCertainty(db: WriteDb, id: string, certainty: Certainty | null): void {
  db.run('UPDATE task SET sure_least_confident = ?, sure_margin = ?, sure_entropy = ? WHERE id = ?', [
    certainty?.['least-confident'] ?? nothingSaid,
    certainty?.margin ?? nothingSaid,
    certainty?.entropy ?? nothingSaid,
    id,
  ]);
}

/** Every task of a project in queue order, one after another. The reader must not write meanwhile. */
export function iterateTasks(db: ReadDb, projectId: string): IterableIterator<TaskWithRoot> {
  return db.iterate<TaskWithRoot>(
    `SELECT task.*, media_root.path AS root_path FROM task JOIN media_root ON media_root.id = task.root_id
      WHERE task.project_id = ? AND position < ? ORDER BY position`,
    [projectId, queueLength(db, projectId)],
  );
}

/** Ids of all tasks of a project in queue order, or only of those with a submission that counts. */
export function taskIds(db: ReadDb, projectId: string, submittedOnly: boolean): string[] {
  const rows = db.all<{ id: string }>(
    `SELECT id FROM task WHERE project_id = ? AND position < ? ${submittedOnly ? 'AND submission_id IS NOT NULL' : ''}
      ORDER BY position`,
    [projectId, queueLength(db, projectId)],
  );
  return rows.map((row) => row.id);
}

export function mediaRoots(db: ReadDb, projectId: string): { id: number; path: string }[] {
  return db.all('SELECT id, path FROM media_root WHERE project_id = ?', [projectId]);
}

/** The id of a project's folder, added when it is new. */
function ensureMediaRoot(db: WriteDb, projectId: string, path: string): number {
  db.run('INSERT INTO media_root (project_id, path) VALUES (?, ?) ON CONFLICT DO NOTHING', [projectId, path]);
  return db.get<{ id: number }>('SELECT id FROM media_root WHERE project_id = ? AND path = ?', [projectId, path])!.id;
}

/** Takes out a folder that no task lies below. */
export function dropUnusedMediaRoots(db: WriteDb, projectId: string): void {
  db.run('DELETE FROM media_root WHERE project_id = ? AND id NOT IN (SELECT root_id FROM task)', [projectId]);
}

/** Names of the tasks below a folder, those of an unfinished import left out. */
export function namesBelow(db: ReadDb, projectId: string, rootId: number): IterableIterator<{ name: string }> {
  return db.iterate('SELECT name FROM task WHERE root_id = ? AND position < ?', [rootId, queueLength(db, projectId)]);
}

/** Names of a project's tasks below a folder (or of a file of texts) given by its path. */
export function namesOfRoot(db: ReadDb, projectId: string, path: string): Set<string> {
  const root = mediaRoots(db, projectId).find((each) => each.path === path);
  return new Set(root && [...namesBelow(db, projectId, root.id)].map(({ name }) => name));
}

/**
 * Inserts tasks of one folder at successive places of the queue, unseen until its length is set; answers their ids. `titles`: how each
 * begins, for tasks of text.
 */
export function insertTasks(
  db: WriteDb,
  ids: Pick<Ids, 'uuid'>,
  taken: {
    projectId: string;
    root: string;
    names: readonly string[];
    titles?: readonly string[];
    start: number;
    kind: string | null;
  },
): string[] {
  const rootId = ensureMediaRoot(db, taken.projectId, taken.root);
  return taken.names.map((name, i) => {
    const id = ids.uuid();
    db.run('INSERT INTO task (id, project_id, position, root_id, name, title, kind) VALUES (?, ?, ?, ?, ?, ?, ?)', [
      id,
      taken.projectId,
      taken.start + i,
      rootId,
      name,
      taken.titles?.[i] ?? null,
      taken.kind,
    ]);
    return id;
  });
}

/** Deletes up to `limit` rows that an unfinished import left beyond the queue's length; answers how many it found. */
export function dropUnseenTasks(db: WriteDb, projectId: string, limit: number): number {
  return db.run(
    `DELETE FROM task WHERE rowid IN
       (SELECT rowid FROM task WHERE project_id = ? AND position >= ? LIMIT ?)`,
    [projectId, queueLength(db, projectId), limit],
  ).changes;
}

/** Projects that hold rows of an unfinished import. */
export function projectsWithUnseenTasks(db: ReadDb): string[] {
  const rows = db.all<{ project_id: string }>(
    `SELECT media_root.project_id FROM media_root LEFT JOIN task_queue USING (project_id)
      GROUP BY media_root.project_id
     HAVING EXISTS (SELECT 1 FROM task WHERE task.project_id = media_root.project_id
                     AND task.position >= coalesce(task_queue.length, 0))`,
  );
  return rows.map((row) => row.project_id);
}

/** Says what kind a task is; `othersToo`: also those of its project without a kind that are not sealed. Answers how many changed. */
export function setTaskKind(db: WriteDb, task: TaskRow, kind: string | null, othersToo: boolean): number {
  const one = db.run('UPDATE task SET kind = ? WHERE id = ? AND kind IS NOT ?', [kind, task.id, kind]).changes;
  if (!othersToo || kind === null) return one;
  const others = db.run(
    `UPDATE task SET kind = ? WHERE project_id = ? AND kind IS NULL AND state IN ('open', 'drafted', 'released')`,
    [kind, task.project_id],
  );
  return one + others.changes;
}

export function setReleased(db: WriteDb, id: string, released: boolean): void {
  db.run('UPDATE task SET released = ? WHERE id = ?', [released ? 1 : 0, id]);
  refreshTaskState(db, id);
}

export function setJournalState(db: WriteDb, id: string, journalLength: number, shapeCount: number): void {
  db.run('UPDATE task SET journal_length = ?, shape_count = ?, released = 0 WHERE id = ?', [
    journalLength,
    shapeCount,
    id,
  ]);
  refreshTaskState(db, id);
}

export function setSubmittedLength(db: WriteDb, id: string, journalLength: number): void {
  db.run('UPDATE task SET submitted_length = ? WHERE id = ?', [journalLength, id]);
}

/** Says how many bytes of edit logs a task of text has. */
export function setLogLength(db: WriteDb, id: string, length: number): void {
  db.run('UPDATE task SET log_length = ?, released = 0 WHERE id = ?', [length, id]);
  refreshTaskState(db, id);
}

/** Sets a task's state and current submission to what the ledger's projections and its journal say now. */
export function refreshTaskState(db: WriteDb, id: string): void {
  db.run(
    `UPDATE task SET (state, submission_id) = (SELECT state, submission_id FROM task_now WHERE task_id = task.id)
      WHERE id = ?`,
    [id],
  );
}

/**
 * Forgets what a task's photo is called, because that was erased. Its photo is not found any more; journal and submissions stay.
 */
export function forgetTaskName(db: WriteDb, id: string): void {
  db.run(`UPDATE task SET name = ? || ' ' || id WHERE id = ?`, [erasedMark, id]);
}
