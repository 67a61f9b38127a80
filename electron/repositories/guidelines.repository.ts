import type { ReadDb, WriteDb } from '#electron/db/database.ts';
import type { BlobRef } from '#shared/domain/blob.ts';
import type { GuidelineId, ProjectId } from '#shared/domain/ids.ts';
import type { CheckableRules, Guideline } from '#shared/domain/project.ts';
import type { Day } from '#shared/domain/time.ts';
import { erasedMark } from '#shared/rules/projects.rules.ts';

export interface GuidelineRow {
  id: string;
  entry_id: string;
  seq: number;
  project_id: string;
  version: string | null;
  text: string | null;
  effective_from: string | null;
  received_at: string;
  channel: string | null;
  announced_by: string | null;
  rules: string | null;
  attachments: string;
  erased: string;
}

/** A guideline whose effective day was erased counts from the day it was received. */
export function guidelineFromRow(row: GuidelineRow): Guideline {
  return {
    id: row.id as GuidelineId,
    projectId: row.project_id as ProjectId,
    version: row.version ?? erasedMark,
    text: row.text ?? '',
    effectiveFrom: row.effective_from ?? row.received_at.slice(0, 10),
    receivedAt: row.received_at,
    channel: row.channel,
    announcedBy: row.announced_by,
    rules: row.rules === null ? {} : (JSON.parse(row.rules) as CheckableRules),
    attachments: JSON.parse(row.attachments) as BlobRef[],
  };
}

export function insertGuideline(db: WriteDb, row: GuidelineRow): void {
  db.run(
    `INSERT INTO guideline (id, entry_id, seq, project_id, version, text, effective_from, received_at, channel, announced_by, rules, attachments, erased)
     VALUES (:id, :entry_id, :seq, :project_id, :version, :text, :effective_from, :received_at, :channel, :announced_by, :rules, :attachments, :erased)`,
    { ...row },
  );
}

export function clearGuideline(db: WriteDb, id: string): void {
  db.run('DELETE FROM guideline WHERE id = ?', [id]);
}

export function findGuideline(db: ReadDb, id: string): GuidelineRow | undefined {
  return db.get<GuidelineRow>('SELECT * FROM guideline WHERE id = ?', [id]);
}

/** Versions of a project's guideline: the latest in force first, of the same day the one received last. */
export function listGuidelines(db: ReadDb, projectId: string): GuidelineRow[] {
  return db.all<GuidelineRow>(
    `SELECT * FROM guideline WHERE project_id = ?
      ORDER BY coalesce(effective_from, substr(received_at, 1, 10)) DESC, received_at DESC, seq DESC`,
    [projectId],
  );
}

/** The version in force on a calendar day; undefined before the first. */
export function guidelineOn(db: ReadDb, projectId: string, day: Day): GuidelineRow | undefined {
  return db.get<GuidelineRow>(
    `SELECT * FROM guideline WHERE project_id = ? AND effective_from <= ?
      ORDER BY effective_from DESC, received_at DESC, seq DESC LIMIT 1`,
    [projectId, day],
  );
}

/** What a project calls its reasons to refuse a task, by key, as the last version that names a reason has it. */
export function refusalTitles(db: ReadDb, projectId: string): Record<string, string> {
  const named = db.all<{ key: string; title: string }>(
    `SELECT reason.value ->> 'key' AS key, reason.value ->> 'title' AS title
       FROM guideline, json_each(rules, '$.text.refusals') AS reason
      WHERE project_id = ? AND reason.value ->> 'title' IS NOT NULL
      ORDER BY coalesce(effective_from, substr(received_at, 1, 10)), received_at, guideline.seq`,
    [projectId],
  );
  return Object.fromEntries(named.map(({ key, title }) => [key, title]));
}

/** What falls under a version: work sealed under it, returns of such work, and returns that cite it. */
export interface GuidelineCounts {
  guidelineId: GuidelineId;
  submissions: number;
  returns: number;
  cited: number;
}

// The offset is the one of the zone when it was done, so that the day is that of the worker's calendar. A version that nobody had got yet was
// in force for nobody.
const versionElsewhere = `(SELECT rule.id FROM guideline AS rule
    WHERE rule.project_id = elsewhere.project_id
      AND rule.effective_from <= date(elsewhere.done_at, printf('%+d minutes', json_extract(entry.header, '$.offset')))
      AND rule.received_at <= elsewhere.done_at
    ORDER BY rule.effective_from DESC, rule.received_at DESC, rule.seq DESC LIMIT 1)`;

/** The version in force when work was done elsewhere; undefined where there was none. */
export function guidelineElsewhere(db: ReadDb, elsewhereId: string): GuidelineRow | undefined {
  return db.get<GuidelineRow>(
    `SELECT * FROM guideline WHERE id =
       (SELECT ${versionElsewhere} FROM elsewhere JOIN entry ON entry.seq = elsewhere.seq WHERE elsewhere.id = ?)`,
    [elsewhereId],
  );
}

// Work done elsewhere has no version sealed with it: it is the one in force then.
const doneElsewhere = `done AS MATERIALIZED (
    SELECT elsewhere.id, elsewhere.entry_id, elsewhere.seq, ${versionElsewhere} AS guideline_id
      FROM elsewhere JOIN entry ON entry.seq = elsewhere.seq
     WHERE elsewhere.project_id = :project)`;

/** Counts of each version of a project's guideline. */
export function countUnderGuidelines(db: ReadDb, projectId: string): GuidelineCounts[] {
  return db.all<GuidelineCounts>(
    `WITH ${doneElsewhere}
     SELECT id AS guidelineId,
            (SELECT count(*) FROM submission WHERE submission.guideline_id = guideline.id)
              + (SELECT count(*) FROM done WHERE done.guideline_id = guideline.id) AS submissions,
            (SELECT count(*) FROM submission JOIN returned ON returned.subject_id = submission.id
              WHERE submission.guideline_id = guideline.id)
              + (SELECT count(*) FROM done JOIN returned ON returned.subject_id = done.id
                  WHERE done.guideline_id = guideline.id) AS returns,
            (SELECT count(*) FROM returned WHERE returned.guideline_id = guideline.id) AS cited
       FROM guideline WHERE project_id = :project`,
    { project: projectId },
  );
}

const entriesUnder = {
  submissions: `SELECT entry_id AS id, seq FROM submission WHERE guideline_id = :guideline
     UNION ALL SELECT entry_id, seq FROM done WHERE guideline_id = :guideline`,
  returns: `SELECT returned.entry_id AS id, returned.seq AS seq
      FROM submission JOIN returned ON returned.subject_id = submission.id WHERE submission.guideline_id = :guideline
     UNION ALL SELECT returned.entry_id, returned.seq FROM done JOIN returned ON returned.subject_id = done.id
      WHERE done.guideline_id = :guideline`,
  cited: 'SELECT entry_id AS id, seq FROM returned WHERE guideline_id = :guideline',
} as const;

/** The entries behind one of those counts, newest first. */
export function entriesUnderGuideline(
  db: ReadDb,
  { id, project_id }: Pick<GuidelineRow, 'id' | 'project_id'>,
  what: keyof typeof entriesUnder,
  limit: number,
): string[] {
  const sql = `WITH ${doneElsewhere} ${entriesUnder[what]} ORDER BY seq DESC LIMIT :limit`;
  return db.all<{ id: string }>(sql, { guideline: id, project: project_id, limit }).map((row) => row.id);
}
