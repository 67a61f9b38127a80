import type { EntityId, ProjectId } from '#shared/domain/ids.ts';
import { type SheetMapping, sheetMapping } from '#shared/domain/sheet-mapping.ts';
import type { ReadDb, SqlValue, WriteDb } from '#electron/db/database.ts';

export interface ImportTakenRow {
  id: string;
  entry_id: string;
  seq: number;
  project_id: string | null;
  file_name: string | null;
  file_hash: string | null;
  header_shape: string | null;
  mapping: string | null;
  rows_taken: number;
  taken_at: string;
}

export interface ImportedRowRow {
  import_id: string;
  hash: string;
  entry_id: string;
  entity_id: string;
}

/** The mapping of an import; null when it was erased. */
export function mappingFromRow(row: ImportTakenRow): SheetMapping | null {
  if (row.mapping === null) return null;
  const parsed = sheetMapping.safeParse(JSON.parse(row.mapping));
  return parsed.success ? parsed.data : null;
}

export function insertImportTaken(db: WriteDb, row: ImportTakenRow): void {
  db.run(
    `INSERT INTO import_taken (id, entry_id, seq, project_id, file_name, file_hash, header_shape, mapping, rows_taken, taken_at)
     VALUES (:id, :entry_id, :seq, :project_id, :file_name, :file_hash, :header_shape, :mapping, :rows_taken, :taken_at)`,
    { ...row },
  );
}

export function insertImportedRow(db: WriteDb, row: ImportedRowRow): void {
  db.run(
    'INSERT INTO imported_row (import_id, hash, entry_id, entity_id) VALUES (:import_id, :hash, :entry_id, :entity_id)',
    { ...row },
  );
}

export function clearImport(db: WriteDb, id: string): void {
  db.run('DELETE FROM import_taken WHERE id = ?', [id]);
  db.run('DELETE FROM imported_row WHERE import_id = ?', [id]);
}

/**
 * What a row became when it was taken in before. A row whose entry was taken back since counts as not taken, so that a mistake can be
 * taken back and made good.
 *
 * @param project where rows say theirs: only what was taken for it, or for none, counts
 */
export function findImportedRow(db: ReadDb, hash: string, project?: ProjectId | null): EntityId | undefined {
  const anyProject = project === undefined;
  return db.get<{ entity_id: string }>(
    `SELECT entity_id FROM imported_row WHERE hash = ? AND NOT EXISTS (
       SELECT 1 FROM subject JOIN entry ON entry.seq = subject.seq
        WHERE subject.entity_id = imported_row.entity_id AND subject.place = 0 AND entry.kind = 'entry.voided')
       ${
         anyProject
           ? ''
           : `AND EXISTS (
       SELECT 1 FROM subject JOIN entry ON entry.seq = subject.seq
        WHERE subject.entity_id = imported_row.entity_id AND subject.place = 0
          AND (entry.project_id IS NULL OR entry.project_id IS ?))`
       }
     LIMIT 1`,
    anyProject ? [hash] : [hash, project],
  )?.entity_id;
}

/** Projects that go by a name, each with its id. */
export function projectsByName(db: ReadDb): { id: ProjectId; name: string }[] {
  return db.all('SELECT id, name FROM project WHERE name IS NOT NULL ORDER BY id');
}

/** When a file with these bytes was last taken in. */
export function fileTakenAt(db: ReadDb, fileHash: string): string | null {
  const sql = 'SELECT taken_at FROM import_taken WHERE file_hash = ? ORDER BY seq DESC LIMIT 1';
  return db.get<{ taken_at: string }>(sql, [fileHash])?.taken_at ?? null;
}

/** Imports, newest first, of a project or of tables with the same columns. */
export function listImports(
  db: ReadDb,
  filter: { projectId?: ProjectId | undefined; headerShape?: string | undefined },
  limit: number,
): ImportTakenRow[] {
  const params: SqlValue[] = [];
  const conditions: string[] = [];
  if (filter.projectId !== undefined) {
    conditions.push('project_id = ?');
    params.push(filter.projectId);
  }
  if (filter.headerShape !== undefined) {
    conditions.push('header_shape = ?');
    params.push(filter.headerShape);
  }
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  return db.all<ImportTakenRow>(`SELECT * FROM import_taken ${where} ORDER BY seq DESC LIMIT ?`, [...params, limit]);
}

/** Work that goes by a name, two at most: with more than one it is not clear which is meant. */
export function findWorkByName(
  db: ReadDb,
  name: string,
  projectId: string | null,
): { type: 'submission' | 'elsewhere'; id: string }[] {
  const of = projectId === null ? '' : 'AND project_id = ?';
  const params = projectId === null ? [name] : [name, projectId];
  return db.all(
    `SELECT * FROM (SELECT 'elsewhere' AS type, id FROM elsewhere WHERE name = ? ${of} LIMIT 2)
     UNION ALL
     SELECT * FROM (SELECT 'submission' AS type, id FROM submission WHERE media_name = ? ${of} AND superseded = 0 LIMIT 2)`,
    [...params, ...params],
  );
}
