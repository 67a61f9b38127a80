import { AppError } from '#shared/contract/errors.ts';
import type { BlobRef } from '#shared/domain/blob.ts';
import type { EntryBody } from '#shared/domain/entry-kinds.ts';
import type { EntityId, EntryId, RulingId } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';
import { erasedMark } from '#shared/rules/projects.rules.ts';
import { keptAttachments } from '#electron/core/kept-attachments.ts';
import type { Ledger } from '#electron/core/ledger/ledger-types.ts';
import type { Clock, Handlers, Ids } from '#electron/core/ports.ts';
import type { Database, WriteDb } from '#electron/db/database.ts';
import { aboutOfNote, contradictionsOfProject, notesAbout } from '#electron/repositories/notes.repository.ts';
import { projectExists } from '#electron/repositories/projects.repository.ts';
import { findRuling } from '#electron/repositories/rulings.repository.ts';

export interface NotesDeps {
  db: Database;
  ledger: Ledger;
  ids: Ids;
  clock: Clock;
}

/** Notes tied to anything; among them those that say of two rulings that they contradict each other. */
export function createNotesService(
  deps: NotesDeps,
): Handlers<'notes.write' | 'notes.list' | 'rulings.markContradiction' | 'rulings.contradictions'> {
  const { db } = deps;

  return {
    'notes.write': ({ text, about, attachments, writtenAt }) =>
      db.transaction((tx) => {
        const body = { text, sort: 'note' as const, about, attachments: keptAttachments(tx, attachments) };
        return write(tx, deps, body, writtenAt);
      }),

    'notes.list': ({ about }) => ({
      notes: notesAbout(db.read, about).map((row) => ({
        id: row.id as EntityId,
        entryId: row.entry_id as EntryId,
        text: row.text ?? erasedMark,
        about: aboutOfNote(db.read, row.id) as EntityId[],
        attachments: JSON.parse(row.attachments) as BlobRef[],
        writtenAt: row.written_at,
      })),
    }),

    'rulings.markContradiction': ({ rulingIds, text }) =>
      db.transaction((tx) => {
        const [one, other] = rulingIds.map((id) => findRuling(tx, id));
        const apart = one?.id !== other?.id && one?.project_id === other?.project_id;
        if (one === undefined || other === undefined || !apart) throw new AppError('rulings/not-found');
        const body = { text, sort: 'contradiction' as const, about: [one.id, other.id], attachments: [] };
        return write(tx, deps, body, new Date(deps.clock.now()).toISOString());
      }),

    'rulings.contradictions': ({ projectId }) => {
      if (!projectExists(db.read, projectId)) throw new AppError('projects/not-found');
      const byNote = Map.groupBy(contradictionsOfProject(db.read, projectId), ({ id }) => id);
      return {
        contradictions: [...byNote].map(([noteId, rows]) => ({
          noteId: noteId as EntityId,
          entryId: rows[0]!.entry_id as EntryId,
          rulingIds: rows.map(({ ruling_id }) => ruling_id as RulingId),
          text: rows[0]!.text ?? erasedMark,
        })),
      };
    },
  };
}

function write(tx: WriteDb, { ids, ledger }: NotesDeps, body: EntryBody<'note.written'>, at: Instant) {
  const noteId = ids.uuid() as EntityId;
  const [entry] = ledger.append(tx, [
    {
      kind: 'note.written',
      body,
      occurredStart: at,
      occurredEnd: null,
      source: 'stated',
      subjects: [noteId, ...body.about],
    },
  ]);
  return { noteId, entryId: entry!.id };
}
