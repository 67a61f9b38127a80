import type { StatementPart } from '#shared/domain/statement.ts';
import type { ReadDb, SqlValue } from '#electron/db/database.ts';

/** A part of a statement as it was written last. */
export interface WrittenPart {
  id: string;
  entry_id: string;
  part: StatementPart;
  /** null once erased. */
  text: string | null;
  written_at: string;
}

/** Parts of a project's statement that were written down, in the order of writing. */
export function writtenParts(db: ReadDb, projectId: string): WrittenPart[] {
  return db.all<WrittenPart>(
    `SELECT note.id, note.entry_id, note.sort AS part, note.text, note.written_at
       FROM note_about JOIN note ON note.id = note_about.note_id
      WHERE note_about.about = ? AND note.sort NOT IN ('note', 'contradiction') ORDER BY note.seq`,
    [projectId],
  );
}

/** Returns of a project by how the work was checked and whether errors were itemised. */
export function returnsByCheck(
  db: ReadDb,
  projectId: string,
): { check_kind: string | null; itemised: number | null; n: number }[] {
  return db.all(
    'SELECT check_kind, itemised, count(*) AS n FROM returned WHERE project_id = ? GROUP BY check_kind, itemised',
    [projectId],
  );
}

/** Recalls of a project by level, with the pieces they named or announced. */
export function recallsByLevel(db: ReadDb, projectId: string): { level: string; recalls: number; pieces: number }[] {
  return db.all(
    `SELECT level, count(*) AS recalls, coalesce(sum(pieces), 0) AS pieces FROM recall
      WHERE project_id = ? AND level IS NOT NULL GROUP BY level ORDER BY level`,
    [projectId],
  );
}

/** Changes of standing on a project, by what happened. */
export function standingByWhat(db: ReadDb, projectId: string): { what: string; n: number }[] {
  return db.all(
    'SELECT what, count(*) AS n FROM standing WHERE project_id = ? AND what IS NOT NULL GROUP BY what ORDER BY what',
    [projectId],
  );
}

/** How a stretch is paid, as a statement tells it apart. */
const paidWords = { paid: ['by-time', 'by-piece'], unpaid: ['unpaid'], unstated: ['unstated'] } as const;

/** Entries of the work of a project (no breaks, no waiting for payment), of one kind or all, paid so or however, oldest first. */
export function timeEntries(
  db: ReadDb,
  projectId: string,
  { kind, paid }: { kind: string | undefined; paid: keyof typeof paidWords | undefined },
): string[] {
  const params: SqlValue[] = [projectId];
  let where = `project_id = ? AND lane <> 'presence' AND what <> 'break' AND what <> 'payment'`;
  if (kind !== undefined) {
    where += ' AND what = ?';
    params.push(kind);
  }
  if (paid !== undefined) {
    where += ` AND paid IN (${paidWords[paid].map(() => '?').join(', ')})`;
    params.push(...paidWords[paid]);
  }
  return db
    .all<{ id: string }>(`SELECT entry_id AS id FROM time_span WHERE ${where} ORDER BY start_ms`, params)
    .map(({ id }) => id);
}

/** Entries of the returns of a project checked and itemised so, oldest first: undefined takes all, null those where nobody said. */
export function returnsCheckedSo(
  db: ReadDb,
  projectId: string,
  { check, itemised }: { check: string | null | undefined; itemised: boolean | null | undefined },
): string[] {
  const params: SqlValue[] = [projectId];
  let where = 'project_id = ?';
  if (check !== undefined) {
    where += ' AND check_kind IS ?';
    params.push(check);
  }
  if (itemised !== undefined) {
    where += ' AND itemised IS ?';
    params.push(itemised === null ? null : Number(itemised));
  }
  return db
    .all<{ id: string }>(`SELECT entry_id AS id FROM returned WHERE ${where} ORDER BY received_at, seq`, params)
    .map(({ id }) => id);
}

/** Entries of the changes of standing on a project that say this, oldest first. */
export function standingEntries(db: ReadDb, projectId: string, what: string): string[] {
  return db
    .all<{ id: string }>(
      'SELECT entry_id AS id FROM standing WHERE project_id = ? AND what = ? ORDER BY happened_at, seq',
      [projectId, what],
    )
    .map(({ id }) => id);
}

const tables = {
  bars: 'SELECT entry_id AS id FROM accuracy_bar WHERE project_id = ? ORDER BY seq',
  recalls: 'SELECT entry_id AS id FROM recall WHERE project_id = ? ORDER BY received_at, seq',
  standing: 'SELECT entry_id AS id FROM standing WHERE project_id = ? ORDER BY happened_at, seq',
  guidelines: 'SELECT entry_id AS id FROM guideline WHERE project_id = ? ORDER BY effective_from, seq',
  training: 'SELECT entry_id AS id FROM training WHERE project_id = ? ORDER BY start_at, seq',
} as const;

/** Entries of a project behind a part of its statement, oldest first. */
export function entriesOfPart(db: ReadDb, projectId: string, of: keyof typeof tables): string[] {
  return db.all<{ id: string }>(tables[of], [projectId]).map(({ id }) => id);
}
