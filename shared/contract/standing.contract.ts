import { z } from 'zod';
import { blobRef } from '../domain/blob.ts';
import { entityId, entryId, projectId } from '../domain/ids.ts';
import { day, instant } from '../domain/time.ts';
import { returnSubject } from '../domain/work.ts';
import { command, query } from './define.ts';

/** What was done to the worker, or decided by the worker. */
export const standingWhat = z.enum([
  'suspended',
  'reinstated',
  'removed',
  'transfer-asked',
  'transfer-denied',
  'transfer-granted',
  'revising-stopped',
]);

const standing = z.strictObject({
  projectId: projectId.nullable(),
  what: standingWhat,
  /** The piece of work whose revising was stopped, say. */
  work: returnSubject.nullable(),
  until: day.nullable(),
  reason: z.string().max(20_000),
  paid: z.boolean().nullable(),
  attachments: z.array(blobRef).max(50),
  happenedAt: instant,
});

export const standingContract = {
  'standing.change': command({
    summary:
      'Records a suspension, reinstatement, removal, a transfer asked for or answered, or that revising was stopped.',
    input: standing,
    output: z.strictObject({ standingId: entityId, entryId }),
    errors: ['projects/not-found', 'returns/subject-not-found', 'attachments/not-found', 'ledger/in-the-future'],
    changes: ['standing', 'ledger'],
  }),
  'standing.list': query({
    summary: 'Changes of standing, newest first.',
    input: z.strictObject({
      projectId: projectId.optional(),
      offset: z.int().nonnegative().optional(),
      limit: z.int().min(1).max(500).optional(),
    }),
    output: z.strictObject({
      total: z.int(),
      changes: z.array(
        standing.extend({
          id: entityId,
          entryId,
          projectName: z.string().nullable(),
          workName: z.string().nullable(),
        }),
      ),
    }),
  }),
};
