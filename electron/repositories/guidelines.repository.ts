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

/** What falls under a version: work sealed under it, returns of such work, and returns that cite it. */
export interface GuidelineCounts {
  guidelineId: GuidelineId;
  submissions: number;
  returns: number;
  cited: number;
}

/** Counts of each version of a project's guideline. */
export function countUnderGuidelines(db: ReadDb, projectId: string): GuidelineCounts[] {
  return db.all<GuidelineCounts>(
    `SELECT id AS guidelineId,
            (SELECT count(*) FROM submission WHERE submission.guideline_id = guideline.id) AS submissions,
            (SELECT count(*) FROM submission JOIN returned ON returned.subject_id = submission.id
              WHERE submission.guideline_id = guideline.id) AS returns,
            (SELECT count(*) FROM returned WHERE returned.guideline_id = guideline.id) AS cited
       FROM guideline WHERE project_id = ?`,
    [projectId],
  );
}

const entriesUnder = {
  submissions: 'SELECT entry_id AS id FROM submission WHERE guideline_id = ? ORDER BY seq DESC LIMIT ?',
  returns: `SELECT returned.entry_id AS id FROM submission JOIN returned ON returned.subject_id = submission.id
     WHERE submission.guideline_id = ? ORDER BY returned.seq DESC LIMIT ?`,
  cited: 'SELECT entry_id AS id FROM returned WHERE guideline_id = ? ORDER BY seq DESC LIMIT ?',
} as const;

/** The entries behind one of those counts, newest first. */
export function entriesUnderGuideline(
  db: ReadDb,
  guidelineId: string,
  what: keyof typeof entriesUnder,
  limit: number,
): string[] {
  return db.all<{ id: string }>(entriesUnder[what], [guidelineId, limit]).map(({ id }) => id);
}
