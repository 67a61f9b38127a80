import { z } from 'zod';
import { annotationFormats } from '../codecs/annotation-formats.ts';
import { projectId, taskId } from '../domain/ids.ts';
import { command, nothing, query } from './define.ts';

const path = z.string().min(1).max(4096);
/** Formats annotations can be exchanged in. */
const exchangeFormat = z.enum(annotationFormats);
/** Answers to what a file leaves open or a format lets choose, by name. */
const answers = z.record(z.string().max(100), z.string().max(100));
/** The photo or recording that files are about which tell of one alone, whatever they call it. */
const onto = taskId;

const failed = z.strictObject({ where: z.string(), why: z.string() });
const loss = z.strictObject({ what: z.string(), count: z.int() });
/** How many objects there are of each kind of geometry; kinds without any are left out. */
const byShape = z.record(z.string(), z.int());
const choice = z.strictObject({ name: z.string(), answers: z.array(z.string()) });

/** `submitted`: as last sealed; `all`: drafts as well. */
const which = z.enum(['submitted', 'all']);
const unreadable = ['projects/not-found', 'files/not-found', 'files/unreadable', 'imports/unreadable'] as const;

export const exchangeContract = {
  'exchange.formats': query({
    summary: 'The formats that annotations of pictures and recordings can be exchanged in, and what each can hold.',
    input: nothing,
    output: z.strictObject({
      formats: z.array(
        z.strictObject({
          format: exchangeFormat,
          modality: z.enum(['image', 'audio']),
          /** `file`: one for everything; `folder`: a file a photo. */
          layout: z.enum(['file', 'folder']),
          ending: z.string(),
          shapes: z.array(z.string()),
          attributes: z.boolean(),
          proposals: z.boolean(),
          /** What may be chosen when writing; the first answer is the usual one. */
          choices: z.array(choice),
        }),
      ),
    }),
  }),
  'exports.preview': query({
    summary: 'Goes through what an export would write, without writing it: counts and what the format cannot carry.',
    input: z.strictObject({ projectId, format: exchangeFormat, choices: answers, which, jobId: z.uuidv7().optional() }),
    output: z.strictObject({ items: z.int(), objects: z.int(), byShape, loss: z.array(loss) }),
    errors: ['projects/not-found', 'jobs/cancelled'],
  }),
  'exports.write': command({
    summary: "Writes a project's annotations to a file or a folder, with counts and what the format could not carry.",
    input: z.strictObject({
      projectId,
      format: exchangeFormat,
      choices: answers.optional(),
      path,
      /** Replace a file that is there; write into a folder that holds something, replacing files of the same name. */
      overwrite: z.boolean(),
      which,
      jobId: z.uuidv7().optional(),
    }),
    output: z.strictObject({
      path: z.string(),
      files: z.int(),
      items: z.int(),
      objects: z.int(),
      byShape,
      loss: z.array(loss),
    }),
    errors: ['projects/not-found', 'files/exists', 'files/unwritable', 'files/not-a-folder', 'jobs/cancelled'],
    changes: ['ledger'],
  }),
  'imports.preview': query({
    summary:
      "Reads annotation files without taking anything: counts, matches with the project's photos, what failed and why, what only their owner knows.",
    input: z.strictObject({
      projectId,
      /** A file, or a folder of files. */
      path,
      /** Left out: guessed from the files. */
      format: exchangeFormat.optional(),
      answers: answers.optional(),
      onto: onto.optional(),
      jobId: z.uuidv7().optional(),
    }),
    output: z.strictObject({
      format: exchangeFormat,
      items: z.int(),
      objects: z.int(),
      /** Of the objects, those that a machine proposed. */
      proposals: z.int(),
      byShape,
      matched: z.int(),
      unmatched: z.array(z.string()),
      newLabels: z.array(z.string()),
      questions: z.array(
        z.strictObject({
          name: z.string(),
          answers: z.array(z.string()),
          /** What was read by. */
          taken: z.string(),
          /** Whether the files themselves settle it. */
          certain: z.boolean(),
        }),
      ),
      failed: z.array(failed),
      loss: z.array(loss),
    }),
    errors: [...unreadable, 'tasks/not-found', 'jobs/cancelled'],
  }),
  'imports.apply': command({
    summary:
      'Adds the shapes of annotation files to the drafts of the photos of the same name, as one undoable change each.',
    input: z.strictObject({
      projectId,
      path,
      format: exchangeFormat.optional(),
      answers: answers.optional(),
      onto: onto.optional(),
      /** What becomes of what a machine scored: kept apart as its proposals, or taken as the worker's own shapes. */
      scored: z.enum(['apart', 'own']).default('apart'),
      /** That all of it is a machine's though the format does not say so: a transcript in subtitles, say. Then `scored` is about all. */
      machine: z.boolean().default(false),
      /** Who speaks where neither a machine's transcript nor the draft names anybody: the only speaker of the project. */
      tier: z.string().min(1).max(200).optional(),
      jobId: z.uuidv7().optional(),
    }),
    output: z.strictObject({
      items: z.int(),
      /** Shapes added to drafts. */
      objects: z.int(),
      /** Proposals kept apart, those that were there already left out. */
      proposals: z.int(),
      failed: z.array(failed),
      loss: z.array(loss),
    }),
    errors: [...unreadable, 'tasks/not-found', 'jobs/cancelled'],
    changes: ['tasks', 'drafts', 'projects', 'ledger'],
  }),
};
