import { z } from 'zod';
import { sha256Hex } from '../domain/blob.ts';
import { instant } from '../domain/time.ts';
import { command, query } from './define.ts';
import { topics } from './topics.ts';

/**
 * How a file of entries stands to this ledger.
 * `restores`: it is a whole ledger and this one is untouched, so this one becomes it. `extends`: it is this ledger, grown further. `here`: it
 * is this ledger, and all of it is here. `part`: entries of this ledger, with others missing before them. `forked`: it was this ledger once and went
 * another way. `foreign`: another ledger.
 */
export const linesRelation = z.enum(['restores', 'extends', 'here', 'part', 'forked', 'foreign']);

const faults = z.array(z.strictObject({ line: z.int().positive(), why: z.string() }));
const path = z.string().min(1).max(4096);
const unreadable = [
  'files/not-found',
  'files/unreadable',
  'ledger/not-a-file-of-entries',
  'host/bad-input',
  'jobs/cancelled',
] as const;

export const ledgerImportsContract = {
  'ledger.importPreview': query({
    summary:
      'Reads a file of entries (JSON Lines) through without taking anything: whether it proves itself, whose it is, what is here already.',
    input: z.strictObject({ path, jobId: z.uuidv7().optional() }),
    output: z.strictObject({
      file: z.strictObject({ name: z.string(), bytes: z.int(), hash: sha256Hex }),
      entries: z.int(),
      kinds: z.array(z.strictObject({ kind: z.string(), count: z.int() })),
      occurredFrom: instant.nullable(),
      occurredTo: instant.nullable(),
      /** The ledger's own name; null in a part that does not begin with its first entry. */
      origin: z.string().nullable(),
      relation: linesRelation,
      /** Entries that are here already, and how many would be taken in. */
      here: z.int(),
      missing: z.int(),
      erasedFields: z.int(),
      /** Attachments its entries name, and how many of those are not in this data folder. */
      attachments: z.int(),
      attachmentsMissing: z.int(),
      /** How many of those lie beside the file, as an export with attachments writes them. */
      attachmentsBeside: z.int(),
      /** Lines that do not hold; the first hundred are listed, counted from 1. */
      wrong: z.int(),
      faults,
    }),
    errors: unreadable,
  }),
  'ledger.import': command({
    summary:
      'Takes a file of entries in, with the attachments beside it: into an untouched ledger, which becomes the one it came from, or what is missing of this one. Of any other ledger the file is kept apart if told to.',
    input: z.strictObject({
      path,
      /** Keeps the file of another ledger as an attachment, beside the own entries and never counted with them. */
      keepApart: z.boolean(),
      /** Says what would happen and writes nothing. */
      dryRun: z.boolean(),
      jobId: z.uuidv7().optional(),
    }),
    output: z.strictObject({
      relation: linesRelation,
      read: z.int(),
      taken: z.int(),
      here: z.int(),
      /** Entries kept apart. */
      apart: z.int(),
      /** Attachments that lay beside the file and were kept, each as its hash says it is. */
      attachments: z.int(),
    }),
    errors: [
      ...unreadable,
      'ledger/attachment-wrong',
      'ledger/lines-wrong',
      'ledger/not-of-this-ledger',
      'ledger/file-changed',
      'host/busy',
    ],
    changes: topics,
  }),
};
