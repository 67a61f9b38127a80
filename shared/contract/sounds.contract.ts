import { z } from 'zod';
import { taskId } from '../domain/ids.ts';
import { command, done, query } from './define.ts';

/** Bytes of a part of what is kept of a recording: the last part may be shorter. */
export const peakPartBytes = 3_000_000;
/** Most parts: four hours of eight channels at the finest, and as much again. */
const mostParts = 64;

/** A part as base64. */
const bytes = z.base64().max(Math.ceil(peakPartBytes / 3) * 4);

export const soundsContract = {
  'sounds.getPeaks': query({
    summary:
      "A part of the peaks that were kept of a task's recording; none when it was never gone through or has changed since.",
    input: z.strictObject({
      taskId,
      part: z.int().nonnegative().max(mostParts),
      /** Reads the whole recording, where it must, to find what was kept of the same one under another name. */
      byContent: z.boolean(),
    }),
    output: z.strictObject({
      /** How many parts there are; 0 when nothing is kept. */
      parts: z.int().nonnegative(),
      bytes,
    }),
    errors: ['tasks/not-found'],
  }),
  'sounds.keepPeaks': command({
    summary:
      "Keeps the peaks that the window made of a task's recording, part by part from the first, until the cache is emptied.",
    input: z.strictObject({
      taskId,
      part: z.int().nonnegative(),
      parts: z.int().positive().max(mostParts),
      bytes,
    }),
    output: done,
    errors: ['tasks/not-found'],
    changes: [],
  }),
};
