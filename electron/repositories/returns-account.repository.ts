import type { Money } from '#shared/domain/money.ts';
import type { Interval } from '#shared/metrics/intervals.metric.ts';
import type { ReadDb, SqlValue } from '#electron/db/database.ts';
import { countSealedPieces } from './piece-days.repository.ts';

/** A sealing of a task, with how often it came back. */
export interface SealingRow {
  id: string;
  entry_id: string;
  round: number;
  sealed_at: string;
  guideline_id: string | null;
  guideline_version: string | null;
  returns: number;
}

/** A stretch of activity on a task with the entry that says so. */
export interface TaskSpan extends Interval {
  entryId: string;
}

/** Every sealing of a task, in order of time. */
export function sealingsOfTask(db: ReadDb, taskId: string): SealingRow[] {
  return db.all<SealingRow>(
    `SELECT id, entry_id, round, sealed_at, guideline_id, guideline_version,
            (SELECT count(*) FROM returned WHERE returned.subject_id = submission.id) AS returns
       FROM submission WHERE task_id = ? ORDER BY sealed_at, seq`,
    [taskId],
  );
}

/** Stretches of activity on a task, in order of their beginning. */
export function activityOnTask(db: ReadDb, taskId: string): TaskSpan[] {
  return db.all<TaskSpan>(
    `SELECT start_ms AS start, end_ms AS end, entry_id AS entryId FROM time_span
      WHERE task_id = ? AND lane = 'activity' ORDER BY start_ms`,
    [taskId],
  );
}

const of = (projectId: string | undefined): { sql: string; params: SqlValue[] } =>
  projectId === undefined ? { sql: '', params: [] } : { sql: 'WHERE project_id = ?', params: [projectId] };

export function returnsByStage(db: ReadDb, projectId: string | undefined): { stage: string | null; returns: number }[] {
  const { sql, params } = of(projectId);
  return db.all(
    `SELECT stage, count(*) AS returns FROM returned ${sql} GROUP BY stage ORDER BY returns DESC, stage`,
    params,
  );
}

/** Rules as they were cited, the most frequent first. */
export function returnsByRule(
  db: ReadDb,
  projectId: string | undefined,
  limit: number,
): { rule: string; returns: number }[] {
  const { sql, params } = of(projectId);
  return db.all(
    `SELECT rule_cited AS rule, count(*) AS returns FROM returned ${sql === '' ? 'WHERE' : `${sql} AND`} rule_cited IS NOT NULL
      GROUP BY rule_cited ORDER BY returns DESC, rule LIMIT ?`,
    [...params, limit],
  );
}

/** Works by how often they came back; a task counts once, whichever of its sealings came back. */
export function worksByTimes(db: ReadDb, projectId: string | undefined): { times: number; works: number }[] {
  const { params } = of(projectId);
  return db.all(
    `SELECT times, count(*) AS works FROM (
       SELECT count(*) AS times FROM returned
         LEFT JOIN submission ON submission.id = returned.subject_id
        ${projectId === undefined ? '' : 'WHERE returned.project_id = ?'}
        GROUP BY coalesce(submission.task_id, returned.subject_id))
      GROUP BY times ORDER BY times`,
    params,
  );
}

/**
 * Pieces that came back at least once: a task counts once, whichever of its sealings came back, and of a batch done elsewhere as many as the return that
 * is about most of them says, or one where none does.
 */
export function countPiecesReturned(db: ReadDb, projectId: string | undefined): number {
  const { params } = of(projectId);
  return db.get<{ n: number }>(
    `SELECT coalesce(sum(min(most, pieces)), 0) AS n FROM (
       SELECT max(coalesce(returned.pieces, 1)) AS most, coalesce(elsewhere.count, 1) AS pieces FROM returned
         LEFT JOIN submission ON submission.id = returned.subject_id
         LEFT JOIN elsewhere ON elsewhere.id = returned.subject_id
        ${projectId === undefined ? '' : 'WHERE returned.project_id = ?'}
        GROUP BY coalesce(submission.task_id, returned.subject_id))`,
    params,
  )!.n;
}

/** Entries of the returns of works that came back exactly so often, oldest first. */
export function returnsOfTimes(db: ReadDb, projectId: string | undefined, times: number): string[] {
  const { params } = of(projectId);
  const work = 'coalesce(submission.task_id, returned.subject_id)';
  const from = 'FROM returned LEFT JOIN submission ON submission.id = returned.subject_id';
  const where = projectId === undefined ? '' : 'WHERE returned.project_id = ?';
  return db
    .all<{ id: string }>(
      `SELECT returned.entry_id AS id ${from} ${where === '' ? 'WHERE' : `${where} AND`}
         ${work} IN (SELECT ${work} ${from} ${where} GROUP BY 1 HAVING count(*) = ?)
        ORDER BY returned.received_at, returned.seq`,
      [...params, ...params, times],
    )
    .map(({ id }) => id);
}

/** The entries of works that never came back, in order of time; the newest where there are more than `limit`. */
export function worksNeverReturned(db: ReadDb, projectId: string | undefined, limit: number): string[] {
  const { params } = of(projectId);
  const where = projectId === undefined ? 'WHERE' : 'WHERE project_id = ? AND';
  return db
    .all<{ id: string }>(
      `SELECT entry_id AS id, sealed_at AS at FROM submission ${where}
         NOT EXISTS (SELECT 1 FROM submission AS sealed JOIN returned ON returned.subject_id = sealed.id
                      WHERE sealed.task_id = submission.task_id)
       UNION ALL
       SELECT entry_id, done_at FROM elsewhere ${where}
         NOT EXISTS (SELECT 1 FROM returned WHERE returned.subject_id = elsewhere.id)
       ORDER BY at DESC LIMIT ?`,
      [...params, ...params, limit],
    )
    .map(({ id }) => id)
    .reverse();
}

/** Pieces submitted: tasks, and units of work done elsewhere; and the works among them that came back. */
export function countSubmittedPieces(db: ReadDb, projectId: string | undefined): number {
  const { sql, params } = of(projectId);
  const elsewhere = db.get<{ n: number }>(`SELECT coalesce(sum(count), 0) AS n FROM elsewhere ${sql}`, params)!.n;
  return countSealedPieces(db, projectId) + elsewhere;
}

/** Returns that cite a guideline. */
export function countCiting(db: ReadDb, projectId: string | undefined): number {
  const { sql, params } = of(projectId);
  return db.get<{ n: number }>(
    `SELECT count(*) AS n FROM returned ${sql === '' ? 'WHERE' : `${sql} AND`} guideline_id IS NOT NULL`,
    params,
  )!.n;
}

/** Deductions that returns announced, one amount a currency. */
export function deductionsOfReturns(db: ReadDb, projectId: string | undefined): Money[] {
  const { sql, params } = of(projectId);
  return db.all<Money>(
    `SELECT json_extract(deduction, '$.currency') AS currency, sum(json_extract(deduction, '$.minor')) AS minor
       FROM returned ${sql === '' ? 'WHERE' : `${sql} AND`} deduction IS NOT NULL GROUP BY 1 ORDER BY 1`,
    params,
  );
}

// Works with anything after their first submission: sent back, or sealed again.
const revisedTasks = (projectId: string | undefined) =>
  `SELECT task_id FROM submission WHERE round > 1 ${projectId === undefined ? '' : 'AND project_id = ?'}
    UNION ALL SELECT task_id FROM returned JOIN submission ON submission.id = returned.subject_id
     ${projectId === undefined ? '' : 'WHERE submission.project_id = ?'}`;

/** Sealings of works that came back, those of one task beside each other in order of time. */
export function sealingsOfRevised(
  db: ReadDb,
  projectId: string | undefined,
): { task_id: string; entry_id: string; sealed_at: string }[] {
  const { params } = of(projectId);
  return db.all(
    `SELECT task_id, entry_id, sealed_at FROM submission WHERE task_id IN (${revisedTasks(projectId)})
      ORDER BY task_id, sealed_at, seq`,
    [...params, ...params],
  );
}

/** Activity on works that came back, in order of its beginning. */
export function activityOnRevised(db: ReadDb, projectId: string | undefined): (TaskSpan & { taskId: string })[] {
  const { params } = of(projectId);
  return db.all(
    `SELECT task_id AS taskId, start_ms AS start, end_ms AS end, entry_id AS entryId FROM time_span
      WHERE task_id IN (${revisedTasks(projectId)}) AND lane = 'activity' ORDER BY start_ms`,
    [...params, ...params],
  );
}

/** Revising that names no task. */
export function revisingWithoutTask(db: ReadDb, projectId: string | undefined): TaskSpan[] {
  const { params } = of(projectId);
  return db.all(
    `SELECT start_ms AS start, end_ms AS end, entry_id AS entryId FROM time_span
      WHERE what = 'revising' AND task_id IS NULL ${projectId === undefined ? '' : 'AND project_id = ?'}
      ORDER BY start_ms`,
    params,
  );
}
