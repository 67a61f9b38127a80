import { z } from 'zod';
import { judgementId, projectId, returnId, taskId } from '../domain/ids.ts';
import { judgement, returned } from '../domain/work.ts';
import { command, query } from './define.ts';

export const returnsContract = {
  'returns.open': command({
    summary: 'Records that work was sent back: of a submission or of work done elsewhere.',
    input: returned.omit({ id: true }),
    output: z.strictObject({ returnId, entryId: z.uuidv7() }),
    errors: ['returns/subject-not-found', 'guidelines/not-found', 'ledger/in-the-future', 'attachments/not-found'],
    changes: ['returns', 'tasks', 'submissions', 'ledger'],
  }),
  'returns.list': query({
    summary:
      'Returns, newest first, each with the name of its work and whether the cited rule is younger than the work.',
    input: z.strictObject({
      projectId: projectId.optional(),
      offset: z.int().nonnegative().optional(),
      limit: z.int().min(1).max(500).optional(),
    }),
    output: z.strictObject({
      total: z.int(),
      returns: z.array(
        returned.extend({
          workName: z.string().nullable(),
          workDoneAt: z.string().nullable(),
          projectName: z.string().nullable(),
          /** The cited guideline came into force after the work was sealed; null when it can't be told. */
          ruleYoungerThanWork: z.boolean().nullable(),
        }),
      ),
    }),
  }),
  'returns.get': query({
    summary: 'One return.',
    input: z.strictObject({ returnId }),
    output: returned,
    errors: ['returns/not-found'],
  }),
};

export const judgementsContract = {
  'judgements.seal': command({
    summary: "Seals the worker's own judgement of a task, before or after the machine's answer was shown.",
    input: judgement.pick({ taskId: true, judgement: true, beforeMachine: true, machineAnswer: true }),
    output: z.strictObject({ judgementId, entryId: z.uuidv7() }),
    errors: ['tasks/not-found', 'judgements/already-sealed'],
    changes: ['judgements', 'ledger'],
  }),
  'judgements.list': query({
    summary: 'Sealed judgements of a task.',
    input: z.strictObject({ taskId }),
    output: z.strictObject({ judgements: z.array(judgement) }),
    errors: ['tasks/not-found'],
  }),
};
