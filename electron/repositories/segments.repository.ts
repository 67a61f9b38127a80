import type { ReadDb, WriteDb } from '#electron/db/database.ts';
import type { ProjectId, SegmentId } from '#shared/domain/ids.ts';
import type { Segment } from '#shared/domain/project.ts';
import { erasedMark } from '#shared/rules/projects.rules.ts';

export interface SegmentRow {
  id: string;
  entry_id: string;
  seq: number;
  project_id: string;
  name: string | null;
  erased: string;
}

export function segmentFromRow(row: SegmentRow): Segment {
  return { id: row.id as SegmentId, projectId: row.project_id as ProjectId, name: row.name ?? erasedMark };
}

export function insertSegment(db: WriteDb, row: SegmentRow): void {
  db.run(
    `INSERT INTO segment (id, entry_id, seq, project_id, name, erased)
     VALUES (:id, :entry_id, :seq, :project_id, :name, :erased)`,
    { ...row },
  );
}

export function clearSegment(db: WriteDb, id: string): void {
  db.run('DELETE FROM segment WHERE id = ?', [id]);
}

/** Segments of a project in the order they were added. */
export function listSegments(db: ReadDb, projectId: string): SegmentRow[] {
  return db.all<SegmentRow>('SELECT * FROM segment WHERE project_id = ? ORDER BY seq', [projectId]);
}

/** A segment of that project; undefined when it is unknown or another project's. */
export function findSegment(db: ReadDb, id: string, projectId: string): SegmentRow | undefined {
  return db.get<SegmentRow>('SELECT * FROM segment WHERE id = ? AND project_id = ?', [id, projectId]);
}
