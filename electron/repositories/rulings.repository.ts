import type { ReadDb, WriteDb } from '#electron/db/database.ts';
import type { GuidelineId, ProjectId, RulingId } from '#shared/domain/ids.ts';
import type { Role, Ruling } from '#shared/domain/project.ts';

import { erasedMark } from '#shared/rules/projects.rules.ts';

export interface RulingRow {
  id: string;
  entry_id: string;
  seq: number;
  project_id: string;
  guideline_id: string | null;
  question: string | null;
  answer: string | null;
  asked_of: string | null;
  answered_at: string;
  erased: string;
}

export function rulingFromRow(row: RulingRow): Ruling {
  return {
    id: row.id as RulingId,
    projectId: row.project_id as ProjectId,
    guidelineId: row.guideline_id as GuidelineId | null,
    question: row.question ?? erasedMark,
    answer: row.answer ?? erasedMark,
    askedOf: (row.asked_of ?? 'other') as Role,
    answeredAt: row.answered_at,
  };
}

export function insertRuling(db: WriteDb, row: RulingRow): void {
  db.run(
    `INSERT INTO ruling (id, entry_id, seq, project_id, guideline_id, question, answer, asked_of, answered_at, erased)
     VALUES (:id, :entry_id, :seq, :project_id, :guideline_id, :question, :answer, :asked_of, :answered_at, :erased)`,
    { ...row },
  );
}

export function clearRuling(db: WriteDb, id: string): void {
  db.run('DELETE FROM ruling WHERE id = ?', [id]);
}

export function findRuling(db: ReadDb, id: string): RulingRow | undefined {
  return db.get<RulingRow>('SELECT * FROM ruling WHERE id = ?', [id]);
}

/** Rulings of a project, newest first. */
export function listRulings(db: ReadDb, projectId: string): RulingRow[] {
  return db.all<RulingRow>('SELECT * FROM ruling WHERE project_id = ? ORDER BY answered_at DESC, seq DESC', [
    projectId,
  ]);
}
