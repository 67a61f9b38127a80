import type { SubmissionId, TaskId } from '#shared/domain/ids.ts';
import type { Returned } from '#shared/domain/work.ts';
import type { ReadDb } from '#electron/db/database.ts';

/** Work that other entries point at: a sealed submission, or work done elsewhere. */
export type WorkSubject = Returned['subject'];

/** What is known of work, whichever it is. */
export interface Work {
  projectId: string | null;
  /** The task of a submission; null for work done elsewhere. */
  taskId: string | null;
  entryId: string;
  name: string | null;
  doneAt: string;
  /** As which kind of task it is paid; null where none was named. */
  taskKind: string | null;
  /** Pieces it counts as. */
  pieces: number;
  /** Time stated for work done elsewhere, in milliseconds. */
  statedMs: number | null;
}

/**
 * As which kind a task counts, in SQL where `sealed` is one of its submissions: that of the submission that stands, so that a kind that was wrong
 * is set right by submitting again.
 */
export const kindOfPiece = `(SELECT task_kind FROM submission AS now WHERE now.task_id = sealed.task_id
    ORDER BY now.superseded, now.seq DESC LIMIT 1)`;

/** As which kind a task counts; null where it was never sealed as any. */
export function kindOfTask(db: ReadDb, taskId: string): string | null {
  const sql = 'SELECT task_kind AS kind FROM submission WHERE task_id = ? ORDER BY superseded, seq DESC LIMIT 1';
  return db.get<{ kind: string | null }>(sql, [taskId])?.kind ?? null;
}

/** The work that stands under an id; undefined when there is none of that type. */
export function findWork(db: ReadDb, { type, id }: { type: WorkSubject['type']; id: string }): Work | undefined {
  return db.get<Work>(
    type === 'submission'
      ? `SELECT project_id AS projectId, task_id AS taskId, entry_id AS entryId, media_name AS name,
                sealed_at AS doneAt, ${kindOfPiece} AS taskKind, 1 AS pieces, NULL AS statedMs
           FROM submission AS sealed WHERE id = ?`
      : `SELECT project_id AS projectId, NULL AS taskId, entry_id AS entryId, name, done_at AS doneAt, task_kind AS taskKind, count AS pieces,
                time_ms AS statedMs
           FROM elsewhere WHERE id = ?`,
    [id],
  );
}

/** Work as it is offered to be pointed at. */
export interface WorkRow {
  type: WorkSubject['type'];
  id: string;
  name: string | null;
  doneAt: string;
  projectId: string | null;
  pieces: number;
  /** Which round a return of it would be of. */
  round: number;
}

/** Which works; what is undefined lets all through. */
export interface WorkFilter {
  /** Words that must all occur in its name. */
  words: readonly string[];
  projectId: string | undefined;
}

// Of work here the submission knows its round; work in another tool only came back as often as was noted.
const offered = {
  submission: `SELECT 'submission' AS type, id, media_name AS name, sealed_at AS doneAt, project_id AS projectId, 1 AS pieces, round
      FROM submission`,
  elsewhere: `SELECT 'elsewhere' AS type, id, name, done_at AS doneAt, project_id AS projectId, count AS pieces,
           1 + coalesce((SELECT max(round) FROM returned WHERE returned.subject_id = elsewhere.id), 0) AS round
      FROM elsewhere`,
} as const;

/** Works, the latest first. */
export function listWorks(db: ReadDb, { words, projectId }: WorkFilter, limit: number): WorkRow[] {
  const patterns = words.map((word) => `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`);
  const params = [...(projectId === undefined ? [] : [projectId]), ...patterns, limit];
  const part = (select: string, name: string, time: string) => {
    const conditions = [
      ...(projectId === undefined ? [] : ['project_id = ?']),
      ...words.map(() => `${name} LIKE ? ESCAPE '\\'`),
    ];
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
    return `SELECT * FROM (${select} ${where} ORDER BY ${time} DESC, seq DESC LIMIT ?)`;
  };
  return db.all<WorkRow>(
    `${part(offered.submission, 'media_name', 'sealed_at')} UNION ALL ${part(offered.elsewhere, 'name', 'done_at')}
      ORDER BY doneAt DESC LIMIT ?`,
    [...params, ...params, limit],
  );
}

/** Works by their ids, in no order; those there are none of are left out. */
export function worksById(db: ReadDb, ids: readonly string[]): WorkRow[] {
  const places = ids.map(() => '?').join(', ');
  const of = (select: string) => `${select} WHERE id IN (${places})`;
  return db.all<WorkRow>(`${of(offered.submission)} UNION ALL ${of(offered.elsewhere)}`, [...ids, ...ids]);
}

/** A subject of two columns; null when either was erased. */
export function subjectFromColumns(type: string | null, id: string | null): WorkSubject | null {
  if (type === null || id === null) return null;
  return type === 'submission' ? { type, id: id as SubmissionId } : { type: 'elsewhere', id: id as TaskId };
}

/** Times between which work was done: half open, ISO instants. */
export interface WorkWindow {
  from: string;
  to: string;
}

// A task that came back and was sealed again is the piece it was.
const firstSealing = `NOT EXISTS (SELECT 1 FROM submission AS earlier
    WHERE earlier.task_id = sealed.task_id AND earlier.seq < sealed.seq)`;

/** Pieces by kind of task. */
export interface PiecesOfKind {
  taskKind: string | null;
  pieces: number;
}

/** Pieces of a project, or of one of its segments, done in a window, by kind. Work done elsewhere is of no segment. */
export function countPieces(
  db: ReadDb,
  projectId: string,
  segmentId: string | null,
  window: WorkWindow,
): PiecesOfKind[] {
  const inSegment = segmentId === null ? '' : 'AND segment_id = ?';
  const sealed = db.all<PiecesOfKind>(
    `SELECT ${kindOfPiece} AS taskKind, count(*) AS pieces FROM submission AS sealed
      WHERE project_id = ? AND sealed_at >= ? AND sealed_at < ? ${inSegment} AND ${firstSealing} GROUP BY 1`,
    [projectId, window.from, window.to, ...(segmentId === null ? [] : [segmentId])],
  );
  return segmentId === null ? [...sealed, ...countElsewhere(db, projectId, window)] : sealed;
}

/** Units of work done elsewhere for a project in a window, by kind. */
export function countElsewhere(db: ReadDb, projectId: string, window: WorkWindow): PiecesOfKind[] {
  return db.all<PiecesOfKind>(
    `SELECT task_kind AS taskKind, sum(count) AS pieces FROM elsewhere
      WHERE project_id = ? AND done_at >= ? AND done_at < ? GROUP BY 1`,
    [projectId, window.from, window.to],
  );
}

/**
 * How many pieces of work done elsewhere came back at least once, in SQL of `elsewhere`: as many as the return that is about most of them; one where
 * none says how many, since more is not known.
 */
export const cameBackOfBatch = `coalesce((SELECT min(elsewhere.count, max(coalesce(returned.pieces, 1)))
    FROM returned WHERE returned.subject_id = elsewhere.id), 0)`;

/** A piece of work first done in a window, with what came of it since. */
export interface PieceOutcome {
  entryId: string;
  doneAt: string;
  pieces: number;
  /** Pieces of it that were sent back at least once; of a batch as `cameBackOfBatch` says. */
  returned: number;
  /** Pieces of it that recalls name; of a batch no more than were recalled. */
  recalled: number;
}

/** Pieces of a project done in a window, in order of time, each with whether it came back or was recalled. */
export function pieceOutcomes(db: ReadDb, projectId: string, window: WorkWindow): PieceOutcome[] {
  const params = [projectId, window.from, window.to];
  return db.all<PieceOutcome>(
    `SELECT entry_id AS entryId, sealed_at AS doneAt, 1 AS pieces,
            EXISTS (SELECT 1 FROM submission AS any_round JOIN returned ON returned.subject_id = any_round.id
                     WHERE any_round.task_id = sealed.task_id) AS returned,
            EXISTS (SELECT 1 FROM submission AS any_round JOIN recalled_work ON recalled_work.work_id = any_round.id
                     WHERE any_round.task_id = sealed.task_id) AS recalled
       FROM submission AS sealed
      WHERE project_id = ? AND sealed_at >= ? AND sealed_at < ? AND ${firstSealing}
      UNION ALL
     SELECT entry_id, done_at, count,
            ${cameBackOfBatch},
            coalesce((SELECT min(elsewhere.count, max(coalesce(recall.pieces, elsewhere.count)))
                        FROM recalled_work JOIN recall ON recall.id = recalled_work.recall_id
                       WHERE recalled_work.work_id = elsewhere.id), 0)
       FROM elsewhere WHERE project_id = ? AND done_at >= ? AND done_at < ?
      ORDER BY 2`,
    [...params, ...params],
  );
}

/** Entries of the returns and recalls of a project's work that was first done in a window. */
export function outcomeEntries(db: ReadDb, projectId: string, window: WorkWindow): string[] {
  const works = `SELECT any_round.id FROM submission AS sealed JOIN submission AS any_round ON any_round.task_id = sealed.task_id
       WHERE sealed.project_id = ? AND sealed.sealed_at >= ? AND sealed.sealed_at < ? AND ${firstSealing}
      UNION SELECT id FROM elsewhere WHERE project_id = ? AND done_at >= ? AND done_at < ?`;
  const params = [projectId, window.from, window.to, projectId, window.from, window.to];
  return db
    .all<{ id: string }>(
      `SELECT entry_id AS id FROM returned WHERE subject_id IN (${works})
        UNION SELECT entry_id FROM recalled_work WHERE work_id IN (${works})`,
      [...params, ...params],
    )
    .map(({ id }) => id);
}
