import type { ReadDb, WriteDb } from '#electron/db/database.ts';

export interface NoteRow {
  id: string;
  entry_id: string;
  seq: number;
  text: string | null;
  sort: string | null;
  attachments: string;
  written_at: string;
  erased: string;
}

export interface NoteAboutRow {
  note_id: string;
  entry_id: string;
  about: string;
}

export function insertNote(db: WriteDb, row: NoteRow): void {
  db.run(
    `INSERT INTO note (id, entry_id, seq, text, sort, attachments, written_at, erased)
     VALUES (:id, :entry_id, :seq, :text, :sort, :attachments, :written_at, :erased)`,
    { ...row },
  );
}

export function insertNoteAbout(db: WriteDb, row: NoteAboutRow): void {
  db.run(
    'INSERT INTO note_about (note_id, entry_id, about) VALUES (:note_id, :entry_id, :about) ON CONFLICT DO NOTHING',
    { ...row },
  );
}

export function clearNote(db: WriteDb, id: string): void {
  db.run('DELETE FROM note WHERE id = ?', [id]);
  db.run('DELETE FROM note_about WHERE note_id = ?', [id]);
}

/** Notes about an entity, newest first; parts of a project's statement stand with the statement. */
export function notesAbout(db: ReadDb, about: string): NoteRow[] {
  return db.all<NoteRow>(
    `SELECT note.* FROM note_about JOIN note ON note.id = note_about.note_id
      WHERE about = ? AND (note.sort IS NULL OR note.sort IN ('note', 'contradiction'))
      ORDER BY written_at DESC, seq DESC`,
    [about],
  );
}

/** What a note is tied to. */
export function aboutOfNote(db: ReadDb, noteId: string): string[] {
  return db
    .all<{ about: string }>('SELECT about FROM note_about WHERE note_id = ? ORDER BY about', [noteId])
    .map(({ about }) => about);
}

/** Notes that mark rulings of a project as contradicting each other, newest first, a row for each ruling. */
export function contradictionsOfProject(
  db: ReadDb,
  projectId: string,
): { id: string; entry_id: string; text: string | null; ruling_id: string }[] {
  return db.all(
    `SELECT note.id, note.entry_id, note.text, ruling.id AS ruling_id
       FROM ruling JOIN note_about ON note_about.about = ruling.id JOIN note ON note.id = note_about.note_id
      WHERE ruling.project_id = ? AND note.sort = 'contradiction' ORDER BY note.seq DESC, ruling.seq`,
    [projectId],
  );
}
