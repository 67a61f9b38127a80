import { z } from 'zod';
import { day } from '../domain/time.ts';
import { command } from './define.ts';

/**
 * `lines`: JSON Lines of whole entries with salts, to be verified and taken in again; `csv`, `xlsx`: one row an entry, for spreadsheets; `timeclock`:
 * stretches of time for hledger; `journal`: pay for hledger.
 */
export const ledgerExportFormat = z.enum(['lines', 'xlsx', 'csv', 'timeclock', 'journal']);

export const ledgerExportsContract = {
  'ledger.export': command({
    summary: 'Writes the entries of some days, or all, to a file; signs a checkpoint and records what left.',
    input: z.strictObject({
      format: ledgerExportFormat,
      path: z.string().min(1).max(4096),
      overwrite: z.boolean(),
      /** With `lines`: the files that the entries name too, in a folder beside the file, named like it with `.attachments` behind. */
      attachments: z.boolean().default(false),
      /** Working days, both included; null: from the first, to the last. */
      from: day.nullable(),
      to: day.nullable(),
      jobId: z.uuidv7().optional(),
    }),
    output: z.strictObject({
      path: z.string(),
      entries: z.int().nonnegative(),
      bytes: z.int().nonnegative(),
      /** Attachments written, and those the entries name that are not there any more. */
      attachments: z.int().nonnegative(),
      attachmentsMissing: z.int().nonnegative(),
    }),
    errors: [
      'files/exists',
      'files/unwritable',
      'files/not-a-folder',
      'tables/too-long',
      'jobs/cancelled',
      'data/read-only',
    ],
    changes: ['ledger'],
  }),
};
