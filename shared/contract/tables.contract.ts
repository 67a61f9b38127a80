import { z } from 'zod';
import { entityId } from '../domain/ids.ts';
import { table } from '../domain/table.ts';
import { command, done } from './define.ts';

export const tableFormat = z.enum(['csv', 'xlsx']);

export const tablesContract = {
  'tables.export': command({
    summary:
      'Writes tables as a page shows them to a file: one as CSV, any number as the sheets of an XLSX workbook; signs a checkpoint and records what left.',
    input: z.strictObject({
      format: tableFormat,
      path: z.string().min(1).max(4096),
      overwrite: z.boolean(),
      /** What the ledger says has left, such as the page's name and period. */
      what: z.string().min(1).max(500),
      /** One table for CSV. */
      tables: z.array(table).min(1).max(20),
      /** Entities that the tables are about (projects), so that erasing can list the file. */
      subjects: z.array(entityId).max(900),
      jobId: z.uuidv7().optional(),
    }),
    output: z.strictObject({ path: z.string(), rows: z.int().nonnegative(), bytes: z.int().nonnegative() }),
    errors: [
      'files/exists',
      'files/unwritable',
      'files/not-a-folder',
      'tables/too-long',
      'jobs/cancelled',
      'host/bad-input',
      'data/read-only',
    ],
    changes: ['ledger'],
  }),
  'tables.printed': command({
    summary: 'Records that a report was sent to the printer: what it was called, and the hash of its words.',
    input: z.strictObject({
      what: z.string().min(1).max(500),
      /** The report's words as they stood on the page; only their hash is kept. */
      text: z.string().max(5_000_000),
      /** Entities that the report is about. */
      subjects: z.array(entityId).max(900),
    }),
    output: done,
    changes: ['ledger'],
  }),
};
