import { z } from 'zod';
import { proposal } from '../domain/annotation.ts';
import { taskId } from '../domain/ids.ts';
import { command, query } from './define.ts';

export const proposalsContract = {
  'proposals.list': query({
    summary: 'What machines proposed for a photo or a recording, as it came; what became of each is in the draft.',
    input: z.strictObject({ taskId }),
    output: z.strictObject({ proposals: z.array(proposal) }),
    errors: ['tasks/not-found'],
  }),
  'proposals.set': command({
    summary:
      'Exchanges what one model proposes for a task: what was decided about stays as it was decided, the rest gives way; what says the same as before keeps its id.',
    input: z.strictObject({
      taskId,
      /** Which model; every proposal is kept under this name, whatever it says itself. */
      model: z.string().min(1).max(200),
      /** All that it proposes; empty takes back what nobody decided about. */
      proposals: z.array(proposal).max(20_000),
    }),
    /** Proposals of this model there are now, those decided about included, and how many of them are new. */
    output: z.strictObject({ proposals: z.int().nonnegative(), added: z.int().nonnegative() }),
    errors: ['tasks/not-found', 'drafts/unreadable'],
    changes: ['tasks', 'drafts'],
  }),
};
