import type { EffectiveEntry, Projection } from '#electron/core/ledger/ledger-types.ts';
import { clearNote, insertNote, insertNoteAbout } from '#electron/repositories/notes.repository.ts';

/** Notes and what they are tied to; where that was erased it still stands in the entry's header. */
export const notesProjection: Projection = {
  kinds: ['note.written'],
  tables: ['note', 'note_about'],
  clear: clearNote,
  project(db, entity, entries) {
    const entry = entries.at(-1) as EffectiveEntry<'note.written'> | undefined;
    if (entry === undefined) return;
    const { body } = entry;
    insertNote(db, {
      id: entity,
      entry_id: entry.id,
      seq: entry.seq,
      text: body.text ?? null,
      sort: body.sort ?? null,
      attachments: JSON.stringify(body.attachments ?? []),
      written_at: entry.occurredStart,
      erased: JSON.stringify(entry.erased),
    });
    for (const about of body.about ?? entry.subjects.slice(1)) {
      insertNoteAbout(db, { note_id: entity, entry_id: entry.id, about });
    }
  },
};
