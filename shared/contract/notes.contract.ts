import { z } from 'zod';
import { blobRef } from '../domain/blob.ts';
import { entityId, entryId, projectId, rulingId } from '../domain/ids.ts';
import { instant } from '../domain/time.ts';
import { command, query } from './define.ts';

const note = z.strictObject({
  text: z.string().min(1).max(20_000),
  /** What it is tied to: any entities of the ledger. */
  about: z.array(entityId).min(1).max(100),
  attachments: z.array(blobRef).max(50),
  writtenAt: instant,
});

export const notesContract = {
  'notes.write': command({
    summary: 'Writes a note tied to anything: a project, a task, a submission, a return, a stretch of time ...',
    input: note,
    output: z.strictObject({ noteId: entityId, entryId }),
    errors: ['attachments/not-found', 'ledger/in-the-future'],
    changes: ['notes', 'ledger'],
  }),
  'notes.list': query({
    summary: 'Notes tied to an entity, newest first.',
    input: z.strictObject({ about: entityId }),
    output: z.strictObject({ notes: z.array(note.extend({ id: entityId, entryId })) }),
  }),
  'rulings.markContradiction': command({
    summary: 'Marks that two rulings of a project contradict each other, with a word on how.',
    input: z.strictObject({ rulingIds: z.tuple([rulingId, rulingId]), text: z.string().min(1).max(20_000) }),
    output: z.strictObject({ noteId: entityId, entryId }),
    errors: ['rulings/not-found'],
    changes: ['notes', 'ledger'],
  }),
  'rulings.contradictions': query({
    summary: 'Which rulings of a project were marked as contradicting each other.',
    input: z.strictObject({ projectId }),
    output: z.strictObject({
      contradictions: z.array(
        z.strictObject({ noteId: entityId, entryId, rulingIds: z.array(rulingId), text: z.string() }),
      ),
    }),
    errors: ['projects/not-found'],
  }),
};
