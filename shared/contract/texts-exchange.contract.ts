import { z } from 'zod';
import { projectId } from '../domain/ids.ts';
import { textItem } from '../domain/text.ts';
import { textMapping } from '../domain/text-mapping.ts';
import { taskKind } from '../domain/work.ts';
import { textFormats } from '../codecs/text/text-formats.ts';
import { command, nothing, query } from './define.ts';

const path = z.string().min(1).max(4096);
const failed = z.strictObject({ where: z.string(), why: z.string() });
const format = z.enum(textFormats);
const asked = z.array(z.strictObject({ name: z.string(), answers: z.array(z.string()) }));
const choices = z.record(z.string().max(100), z.string().max(100)).optional();
/** `submitted`: as last sealed; `all`: drafts as well. */
const which = z.enum(['submitted', 'all']);
const loss = z.array(z.strictObject({ what: z.string(), count: z.int() }));
const unreadable = ['files/not-found', 'files/unreadable', 'imports/unreadable'] as const;

export const textsExchangeContract = {
  'texts.preview': query({
    summary:
      'Reads the first rows of a file of texts: its columns, what they seem to be, and the tasks they would become.',
    input: z.strictObject({
      path,
      /** Left out: guessed from the columns. */
      mapping: textMapping.optional(),
      /** Shows the rows as this format has them, answers with them; null: by the mapping. */
      readAs: format.nullable().default(null),
      /** What the format leaves open, see `asks` of texts.formats. */
      answers: choices,
    }),
    output: z.strictObject({
      columns: z.array(z.strictObject({ path: z.string(), sample: z.string(), rows: z.int() })),
      mapping: textMapping,
      /** The format that the file is of, when it is one of ours: then nothing has to be mapped. */
      format: format.nullable(),
      /** Rows looked at. */
      rows: z.int(),
      /** Whether the file goes on after them. */
      more: z.boolean(),
      /** `answered`: an answer comes with it. */
      items: z.array(z.strictObject({ where: z.string(), item: textItem, answered: z.boolean() })),
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
      /** Read as this format, answers with it; null: by the mapping. */
      format: format.nullable().default(null),
      mapping: textMapping,
      answers: choices,
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
  'texts.formats': query({
    summary: 'The formats that tasks of text can be exchanged in.',
    input: nothing,
    output: z.strictObject({
      formats: z.array(
        z.strictObject({
          format,
          ending: z.string(),
          /** What may be chosen when writing; the first answer is the usual one. */
          choices: asked,
          /** What a file may leave open when it is read. */
          asks: asked,
        }),
      ),
    }),
  }),
  'texts.exportPreview': query({
    summary:
      'Goes through what an export of answers would write, without writing it: rows, and what the format cannot carry.',
    input: z.strictObject({ projectId, format, choices, which, jobId: z.uuidv7().optional() }),
    /** `files`: names that the files beside it would end in. */
    output: z.strictObject({ rows: z.int(), files: z.array(z.string()), loss }),
    errors: ['projects/not-found', 'drafts/unreadable', 'jobs/cancelled'],
  }),
  'texts.export': command({
    summary: "Writes a project's answers to a file, with what the format could not carry; ties go to a file beside it.",
    input: z.strictObject({
      projectId,
      format,
      choices,
      path,
      overwrite: z.boolean(),
      which,
      jobId: z.uuidv7().optional(),
    }),
    output: z.strictObject({ path: z.string(), files: z.array(z.string()), rows: z.int(), loss }),
    errors: [
      'projects/not-found',
      'files/exists',
      'files/unwritable',
      'files/not-a-folder',
      'drafts/unreadable',
      'jobs/cancelled',
    ],
    changes: ['ledger'],
  }),
};
