import { z } from 'zod';
import { projectId } from '../domain/ids.ts';
import { command, query } from './define.ts';

const path = z.string().min(1).max(4096);
/** Formats annotations can be exchanged in. The image issue adds members. */
export const exchangeFormat = z.enum(['coco']);

const failed = z.strictObject({ where: z.string(), why: z.string() });
const loss = z.strictObject({ what: z.string(), count: z.int() });

export const exchangeContract = {
  'exports.write': command({
    summary: "Writes a project's annotations to a file, with counts and what the format could not carry.",
    input: z.strictObject({
      projectId,
      format: exchangeFormat,
      path,
      overwrite: z.boolean(),
      /** `submitted`: as last sealed; `all`: drafts as well. */
      which: z.enum(['submitted', 'all']),
      jobId: z.uuidv7().optional(),
    }),
    output: z.strictObject({ path: z.string(), items: z.int(), objects: z.int(), loss: z.array(loss) }),
    errors: ['projects/not-found', 'files/exists', 'files/unwritable', 'files/not-a-folder', 'jobs/cancelled'],
    changes: ['ledger'],
  }),
  'imports.preview': query({
    summary:
      "Reads an annotation file without taking anything: counts, matches with the project's photos, what failed and why.",
    input: z.strictObject({ projectId, format: exchangeFormat, path }),
    output: z.strictObject({
      items: z.int(),
      objects: z.int(),
      matched: z.int(),
      unmatched: z.array(z.string()),
      newLabels: z.array(z.string()),
      failed: z.array(failed),
      loss: z.array(loss),
    }),
    errors: ['projects/not-found', 'files/not-found', 'files/unreadable', 'imports/unreadable'],
  }),
  'imports.apply': command({
    summary:
      'Adds the shapes of an annotation file to the drafts of the photos of the same name, as one undoable change each.',
    input: z.strictObject({ projectId, format: exchangeFormat, path, jobId: z.uuidv7().optional() }),
    output: z.strictObject({ items: z.int(), objects: z.int(), failed: z.array(failed), loss: z.array(loss) }),
    errors: ['projects/not-found', 'files/not-found', 'files/unreadable', 'imports/unreadable', 'jobs/cancelled'],
    changes: ['tasks', 'drafts', 'projects', 'ledger'],
  }),
};
