import { z } from 'zod';
import { sha256Hex } from '../domain/blob.ts';
import { entityId, projectId } from '../domain/ids.ts';
import {
  dateFormat,
  durationUnit,
  numberFormat,
  sheetDelimiter,
  sheetEncoding,
  sheetField,
  sheetMapping,
  sheetReading,
  sheetRecord,
} from '../domain/sheet-mapping.ts';
import { day, instant } from '../domain/time.ts';
import { command, query } from './define.ts';

/** A file by its absolute path, or a table as it was pasted. */
const source = z.union([
  z.strictObject({ path: z.string().min(1).max(4096) }),
  z.strictObject({ pasted: z.string().min(1).max(16_000_000), name: z.string().min(1).max(200) }),
]);

const totals = z.strictObject({
  rows: z.int(),
  durationMs: z.number(),
  /** Minor units of the mapping's currency; of accepted rows where a status tells. */
  minor: z.int(),
  statuses: z.array(z.strictObject({ value: z.string(), rows: z.int() })),
});

/** `place` is `sheet!C12`, as spreadsheets name a cell; `column` the name in its header. */
const refused = z.strictObject({ place: z.string(), column: z.string().nullable(), why: z.string() });

const counts = {
  /** Rows below the header: taken, skipped and refused together. */
  read: z.int(),
  taken: z.int(),
  /** By reason: `other-people`, `empty`, `left-out`, `already-taken`, `refused`, `held-back` (by other rows that are refused). */
  skipped: z.record(z.string(), z.int()),
  refused: z.array(refused),
  /** Rows refused; at most 1000 places are listed. */
  refusedRows: z.int(),
};

const unreadable = ['files/not-found', 'files/unreadable', 'sheets/unreadable', 'jobs/cancelled'] as const;

export const sheetsContract = {
  'sheets.preview': query({
    summary:
      'Reads a spreadsheet, a table or an export without taking anything: its sheets and columns, whose rows it holds, a first mapping, and what a mapping would make of it.',
    input: z.strictObject({
      source,
      reading: sheetReading,
      mapping: sheetMapping.nullable(),
      /** The column to look for people in; null: the one the mapping or the headers name. */
      ownerColumn: z.string().max(1000).nullable().optional(),
      jobId: z.uuidv7().optional(),
    }),
    output: z.strictObject({
      file: z.strictObject({ name: z.string(), bytes: z.int(), hash: sha256Hex, takenAt: instant.nullable() }),
      encoding: sheetEncoding.nullable(),
      delimiter: sheetDelimiter.nullable(),
      sheets: z.array(z.strictObject({ name: z.string(), rows: z.int() })),
      sheet: z.string(),
      headerRow: z.int(),
      headerShape: sha256Hex,
      columns: z.array(
        z.strictObject({
          name: z.string(),
          samples: z.array(z.string()),
          /** What all its cells can be read as. Two of a kind: only the owner of the ledger knows which. */
          readings: z.strictObject({
            filled: z.int(),
            dates: z.array(dateFormat),
            numbers: z.array(numberFormat),
            units: z.array(durationUnit),
            percentSigns: z.boolean(),
            belowOne: z.boolean(),
          }),
        }),
      ),
      /** Which known export it is. */
      shape: z.string().nullable(),
      suggested: sheetMapping,
      /** What was decided the last time about a table with these columns, for this project if there was one; without the day of release, which is asked each time. */
      remembered: sheetMapping.nullable(),
      people: z
        .strictObject({
          column: z.string(),
          total: z.int(),
          list: z.array(z.strictObject({ name: z.string(), rows: z.int() })),
        })
        .nullable(),
      /** What my rows call their projects, where a column says so, and which project goes by that name. */
      projects: z
        .strictObject({
          column: z.string(),
          list: z.array(z.strictObject({ name: z.string(), rows: z.int(), project: projectId.nullable() })),
        })
        .nullable(),
      /** What the mapping given still lacks; then there is no result. */
      gaps: z.array(z.strictObject({ field: sheetField.nullable(), column: z.string().nullable(), why: z.string() })),
      result: z
        .strictObject({
          ...counts,
          all: totals,
          mine: totals,
          /** The first of my rows. */
          rows: z.array(z.strictObject({ row: z.int(), records: z.array(sheetRecord), alreadyTaken: z.boolean() })),
        })
        .nullable(),
    }),
    errors: unreadable,
  }),
  'sheets.apply': command({
    summary:
      'Takes my rows of a table into the ledger as one group: all of them or, when a cell is wrong, none. A row that was taken before is not taken again.',
    input: z.strictObject({
      source,
      mapping: sheetMapping,
      /** Keeps the whole file, other people's rows too, beside my own. */
      keepWholeFile: z.boolean(),
      /** Takes the other rows although some are refused. */
      leaveOutRefused: z.boolean(),
      /** Says what would happen and writes nothing. */
      dryRun: z.boolean(),
      jobId: z.uuidv7().optional(),
    }),
    output: z.strictObject({ ...counts, importId: entityId.nullable(), entryId: z.uuidv7().nullable() }),
    errors: [...unreadable, 'sheets/mapping-incomplete', 'projects/not-found'],
    changes: ['ledger', 'tasks', 'submissions', 'returns', 'recalls', 'accuracy', 'pay', 'time', 'projects'],
  }),
  'sheets.mappings': query({
    summary: 'Tables taken in, newest first, each with the mapping it was taken by.',
    input: z.strictObject({
      projectId: projectId.optional(),
      headerShape: sha256Hex.optional(),
      limit: z.int().min(1).max(200).optional(),
    }),
    output: z.strictObject({
      imports: z.array(
        z.strictObject({
          importId: entityId,
          entryId: z.uuidv7(),
          fileName: z.string().nullable(),
          fileHash: sha256Hex.nullable(),
          takenAt: instant,
          day,
          rowsTaken: z.int(),
          projectId: projectId.nullable(),
          mapping: sheetMapping.nullable(),
        }),
      ),
    }),
  }),
};
