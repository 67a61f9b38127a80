import { z } from 'zod';
import { annotationFormats } from '../codecs/annotation-formats.ts';
import { shape } from '../domain/annotation.ts';
import { blobRef, sha256Hex } from '../domain/blob.ts';
import { taskId } from '../domain/ids.ts';
import { command, query } from './define.ts';

const path = z.string().min(1).max(4096);
const format = z.enum(annotationFormats);

export const comparisonsContract = {
  'comparisons.readFile': query({
    summary:
      "Reads what an annotation file says of one task's photo, to hold the draft against it; nothing is taken in.",
    input: z.strictObject({
      taskId,
      path,
      /** Left out: guessed from the file. */
      format: format.optional(),
      /** Answers to what the file leaves open, by name. */
      answers: z.record(z.string().max(100), z.string().max(100)).optional(),
    }),
    output: z.strictObject({
      name: z.string(),
      /** Of the bytes that were read. */
      hash: sha256Hex,
      format,
      /** In the order of the file, a machine's among them; null when the file says nothing of this photo. */
      shapes: z.array(shape.pick({ id: true, label: true, geometry: true, text: true })).nullable(),
      /** How many photos the file tells of. */
      items: z.int(),
      questions: z.array(
        z.strictObject({ name: z.string(), answers: z.array(z.string()), taken: z.string(), certain: z.boolean() }),
      ),
      /** What could not be read, anywhere in the file; at most 100. */
      failed: z.array(z.strictObject({ where: z.string(), why: z.string() })),
      /** How many places that is in all. */
      failures: z.int(),
      loss: z.array(z.strictObject({ what: z.string(), count: z.int() })),
    }),
    errors: ['tasks/not-found', 'files/not-found', 'files/unreadable', 'imports/unreadable'],
  }),
  'comparisons.keepFile': command({
    summary: 'Keeps an annotation file that was compared with as an attachment, if its bytes are those that were read.',
    input: z.strictObject({ path, hash: sha256Hex }),
    output: blobRef,
    errors: ['files/not-found', 'files/unreadable', 'attachments/too-large'],
    changes: [],
  }),
};
