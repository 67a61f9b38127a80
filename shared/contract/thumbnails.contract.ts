import { z } from 'zod';
import { taskId } from '../domain/ids.ts';
import { command, done, query } from './define.ts';

/** A small WebP as base64: 48 kB at most, some 2 kB as a rule. */
const picture = z.base64().max(64_000);

export const thumbnailsContract = {
  'thumbnails.get': query({
    summary: 'Small pictures of tasks that were made before and whose photo has not changed since.',
    input: z.strictObject({ taskIds: z.array(taskId).min(1).max(100) }),
    output: z.strictObject({
      /** Only those that are there. */
      thumbnails: z.array(z.strictObject({ taskId, picture })),
    }),
  }),
  'thumbnails.keep': command({
    summary: "Keeps a small picture that the window made of a task's photo, until the cache is emptied.",
    input: z.strictObject({ taskId, picture }),
    output: done,
    changes: [],
  }),
};
