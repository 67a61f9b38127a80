import { z } from 'zod';
import { blobRef } from '../domain/blob.ts';
import { entityId, entryId, projectId, returnId } from '../domain/ids.ts';
import { instant } from '../domain/time.ts';
import { returnSubject } from '../domain/work.ts';
import { command, query } from './define.ts';

const tag = z.string().trim().min(1);

const notedError = z.strictObject({
  projectId: projectId.nullable(),
  work: returnSubject.nullable(),
  returnId: returnId.nullable(),
  judgedWrong: z.string().max(20_000),
  theyWanted: z.string().max(20_000).nullable(),
  myView: z.string().max(20_000).nullable(),
  /** Rules and classes it is about. */
  rules: z.array(tag.max(2000)).max(50),
  labels: z.array(tag.max(200)).max(50),
  attachments: z.array(blobRef).max(50),
  notedAt: instant,
});

const noted = z.strictObject({ errorId: entityId, entryId });
const counted = z.array(z.strictObject({ tag: z.string(), count: z.int() }));

export const notebookContract = {
  'notebook.add': command({
    summary: 'Puts into the error notebook what was judged wrong, what "they" wanted and what its owner thinks.',
    input: notedError,
    output: noted,
    errors: [
      'projects/not-found',
      'returns/subject-not-found',
      'returns/not-found',
      'attachments/not-found',
      'ledger/in-the-future',
    ],
    changes: ['notebook', 'ledger'],
  }),
  'notebook.addFromReturn': command({
    summary:
      'Puts a return into the error notebook in one step: its reason, the rule cited, the classes of its objects.',
    input: z.strictObject({ returnId }),
    output: noted,
    errors: ['returns/not-found', 'notebook/already-noted'],
    changes: ['notebook', 'ledger'],
  }),
  'notebook.list': query({
    summary: 'The error notebook, newest first: all of it, or what a search and tags leave.',
    input: z.strictObject({
      /** Words that must all occur, wherever they stand and however they are written (case, width). */
      search: z.string().max(200).optional(),
      projectId: projectId.optional(),
      rule: z.string().max(2000).optional(),
      label: z.string().max(200).optional(),
      returnId: returnId.optional(),
      offset: z.int().nonnegative().optional(),
      limit: z.int().min(1).max(500).optional(),
    }),
    output: z.strictObject({
      total: z.int(),
      errors: z.array(
        notedError.extend({
          id: entityId,
          entryId,
          projectName: z.string().nullable(),
          workName: z.string().nullable(),
        }),
      ),
    }),
  }),
  'notebook.tags': query({
    summary: 'Rules and classes the notebook speaks of, the most frequent first.',
    input: z.strictObject({ projectId: projectId.optional() }),
    output: z.strictObject({ rules: counted, labels: counted }),
  }),
};
