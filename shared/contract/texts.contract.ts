import { z } from 'zod';
import { judgementId, taskId } from '../domain/ids.ts';
import { json } from '../domain/json.ts';
import { textItem } from '../domain/text.ts';
import { command, done, query } from './define.ts';

/** Which text of an answer: `answer`, or `turn.N` of a conversation. */
const field = z.string().regex(/^(?:answer|reason|turn\.\d{1,3})$/);

export const textsContract = {
  'texts.get': query({
    summary:
      "What a task of text asks. Where the worker's judgement comes first, what a machine judged and which models answered is left out until it is sealed.",
    input: z.strictObject({ taskId }),
    output: z.strictObject({
      item: textItem,
      /** The machine's judgement is left out of `item`, because the worker's own is not sealed yet. */
      machineHidden: z.boolean(),
      /** There is a judgement of a machine at all. */
      machineThere: z.boolean(),
      /** How much of the history of writing is kept for this project. */
      history: z.enum(['full', 'summary', 'off']),
    }),
    errors: ['tasks/not-found'],
  }),
  'texts.judge': command({
    summary: "Seals the worker's own judgement before a machine's is seen, and answers the machine's.",
    input: z.strictObject({ taskId, judgement: json }),
    output: z.strictObject({ judgementId, machine: json }),
    errors: ['tasks/not-found', 'judgements/already-sealed'],
    changes: ['judgements', 'tasks', 'ledger'],
  }),
  'texts.readLogs': query({
    summary: 'The edit logs of the texts of a task (shared/text/edit-log.ts), from which each text follows.',
    input: z.strictObject({ taskId }),
    output: z.strictObject({
      logs: z.array(
        z.strictObject({
          field: z.string(),
          /** Base64 (RFC 4648, padded). */
          data: z.string(),
        }),
      ),
    }),
    errors: ['tasks/not-found'],
  }),
  'texts.appendLog': command({
    summary: 'Appends to the edit log of a text; durable when it answers.',
    input: z.strictObject({
      taskId,
      field,
      /** Bytes the log had before these; a mismatch means another window wrote, and nothing is appended. */
      after: z.int().nonnegative(),
      /** Base64 (RFC 4648, padded). */
      data: z.base64().min(4).max(8_000_000),
    }),
    output: z.strictObject({ length: z.int().nonnegative() }),
    errors: ['tasks/not-found', 'drafts/stale'],
    changes: [],
  }),
  'texts.eraseHistory': command({
    summary: 'Forgets how the texts of a task came to be and keeps only what they say now.',
    input: z.strictObject({ taskId }),
    output: done,
    errors: ['tasks/not-found', 'drafts/unreadable'],
    changes: ['tasks', 'drafts'],
  }),
};
