import { z } from 'zod';
import { projectId } from '../domain/ids.ts';
import { textItem } from '../domain/text.ts';
import { textMapping } from '../domain/text-mapping.ts';
import { taskKind } from '../domain/work.ts';
import { command, query } from './define.ts';

const path = z.string().min(1).max(4096);
const failed = z.strictObject({ where: z.string(), why: z.string() });
const unreadable = ['files/not-found', 'files/unreadable', 'imports/unreadable'] as const;

export const textsExchangeContract = {
  'texts.preview': query({
    summary:
      'Reads the first rows of a file of texts: its columns, what they seem to be, and the tasks they would become.',
    input: z.strictObject({
      path,
      /** Left out: guessed from the columns. */
      mapping: textMapping.optional(),
    }),
    output: z.strictObject({
      columns: z.array(z.strictObject({ path: z.string(), sample: z.string(), rows: z.int() })),
      mapping: textMapping,
      /** Rows looked at. */
      rows: z.int(),
      /** Whether the file goes on after them. */
      more: z.boolean(),
      items: z.array(z.strictObject({ where: z.string(), item: textItem })),
      failed: z.array(failed),
    }),
    errors: [...unreadable],
  }),
  'texts.import': command({
    summary:
      'Takes every row of a file of texts into a project as a task, all of them or none; rows already there are not taken twice, bad ones are told and left out.',
    input: z.strictObject({
      projectId,
      path,
      mapping: textMapping,
      /** What kind of task the rows are, where the project pays several kinds differently. */
      taskKind: taskKind.nullable().optional(),
      jobId: z.uuidv7().optional(),
    }),
    output: z.strictObject({
      taken: z.int(),
      alreadyThere: z.int(),
      failed: z.int(),
      /** Some of the rows that failed, with the reason; at most 100. */
      failedSome: z.array(failed),
    }),
    errors: ['projects/not-found', ...unreadable, 'jobs/cancelled'],
    changes: ['tasks', 'projects', 'ledger'],
  }),
};
