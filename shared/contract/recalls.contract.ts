import { z } from 'zod';
import { blobRef } from '../domain/blob.ts';
import { entityId, entryId, projectId, segmentId, submissionId, taskId } from '../domain/ids.ts';
import { money } from '../domain/money.ts';
import { payRate } from '../domain/project.ts';
import { instant } from '../domain/time.ts';
import { returnStage, returnSubject } from '../domain/work.ts';
import { command, query } from './define.ts';

/** Each level is worse than the one before: single tasks, the worker off the project, a whole segment and everyone in it. */
export const recallLevel = z.enum(['task', 'worker', 'segment']);

const recall = z.strictObject({
  projectId,
  level: recallLevel,
  segmentId: segmentId.nullable(),
  /** The work it names; none when only a number was given. */
  works: z.array(returnSubject).max(5000),
  /** Pieces recalled, as announced or counted. */
  pieces: z.int().nonnegative().max(1_000_000),
  stage: returnStage.nullable(),
  reason: z.string().max(20_000),
  ruleCited: z.string().max(2000).nullable(),
  /** What was said to be lost; null when nothing was said. */
  statedLoss: money.nullable(),
  attachments: z.array(blobRef).max(50),
  receivedAt: instant,
});

/** What pieces at the rates in force come to: an amount for each currency, and pieces no rate by the piece is known for. */
export const loss = z.strictObject({ amounts: z.array(money), piecesWithoutRate: z.int().nonnegative() });

const recallRow = recall.omit({ works: true }).extend({
  id: entityId,
  entryId,
  projectName: z.string().nullable(),
  segmentName: z.string().nullable(),
  worksNamed: z.int(),
  loss,
  /** Whether what was stated is another amount than what is computed; null when nothing was stated. */
  differs: z.boolean().nullable(),
});

const page = { offset: z.int().nonnegative().optional(), limit: z.int().min(1).max(500).optional() };

export const recallsContract = {
  'recalls.receive': command({
    summary: 'Records that work was recalled (rejected without pay): tasks, the worker off the project, or a segment.',
    input: recall,
    output: z.strictObject({ recallId: entityId, entryId }),
    errors: [
      'projects/not-found',
      'segments/not-found',
      'returns/subject-not-found',
      'recalls/pieces-too-few',
      'attachments/not-found',
      'ledger/in-the-future',
    ],
    changes: ['recalls', 'ledger'],
  }),
  'recalls.list': query({
    summary: 'Recalls, newest first, each with the loss computed from the terms in force.',
    input: z.strictObject({ projectId: projectId.optional(), level: recallLevel.optional(), ...page }),
    output: z.strictObject({ total: z.int(), recalls: z.array(recallRow) }),
  }),
  'recalls.get': query({
    summary: 'One recall with the work it names.',
    input: z.strictObject({ recallId: entityId }),
    output: recallRow.extend({
      works: z.array(z.strictObject({ subject: returnSubject, name: z.string().nullable() })),
    }),
    errors: ['recalls/not-found'],
  }),
  'recalls.estimate': query({
    summary: 'What a recall would take: the pieces the ledger counts in it, and what so many pieces lose.',
    input: recall.pick({ projectId: true, level: true, segmentId: true, works: true }).extend({
      /** Pieces announced; those counted when left out. */
      pieces: recall.shape.pieces.optional(),
    }),
    output: z.strictObject({ pieces: z.int(), loss }),
    errors: ['projects/not-found'],
  }),
  'recalls.account': query({
    summary:
      "A project's pieces: what they should have paid by the terms, what recalls took of it, and what is left; without a project, all of those that anything was recalled of.",
    input: z.strictObject({ projectId: projectId.optional() }),
    output: z.strictObject({
      pieces: z.int(),
      recalled: z.int(),
      promised: loss,
      lost: loss,
      left: z.array(money),
      byLevel: z.array(z.strictObject({ level: recallLevel, recalls: z.int(), pieces: z.int(), lost: loss })),
      /** Entries of the recalls; of the pieces only those that the recalls name. */
      entries: z.array(entryId),
    }),
    errors: ['projects/not-found'],
  }),
  'recalls.cameBack': query({
    summary: 'Media that came back under another task, newest first, with the rate in force for either.',
    input: z.strictObject({ ...page }),
    output: z.strictObject({
      total: z.int(),
      media: z.array(
        z.strictObject({
          mediaName: z.string(),
          mediaHash: z.string(),
          earlier: z.strictObject({
            submissionId,
            taskId,
            entryId,
            projectName: z.string().nullable(),
            sealedAt: instant,
            rate: payRate.nullable(),
            recalled: z.boolean(),
          }),
          later: z.strictObject({
            submissionId,
            taskId,
            entryId,
            projectName: z.string().nullable(),
            sealedAt: instant,
            rate: payRate.nullable(),
          }),
        }),
      ),
    }),
  }),
};
