import { z } from 'zod';
import { sha256Hex } from '../domain/blob.ts';
import { entityId, entryId, groupId, projectId } from '../domain/ids.ts';
import { json } from '../domain/json.ts';
import { day, instant, source } from '../domain/time.ts';
import { command, done, nothing, query } from './define.ts';

/** State of an entry after all corrections so far. */
export const entryState = z.enum(['current', 'amended', 'voided', 'superseded']);

/** A row of the ledger page. */
export const entrySummary = z.strictObject({
  seq: z.int().nonnegative(),
  id: entryId,
  kind: z.string(),
  source,
  occurredStart: instant,
  occurredEnd: instant.nullable(),
  recordedAt: instant,
  /** The project it concerns, by name as known now; null when none. */
  projectName: z.string().nullable(),
  /** What it is about in a few words taken from the effective body (a name, an activity ...); null when erased. */
  about: z.string().nullable(),
  state: entryState,
  /** Whether the entry is itself a correction of another. */
  amends: entryId.nullable(),
  erasedFields: z.int().nonnegative(),
});

/** One field of an entry's body with its commitment; `value` is absent-marked by `erased`. */
export const entryField = z.strictObject({
  name: z.string(),
  value: json,
  erased: z.boolean(),
  salt: sha256Hex.nullable(),
  commitment: sha256Hex,
});

export const entryDetail = entrySummary.extend({
  version: z.int().positive(),
  zone: z.string(),
  offset: z.int(),
  subjects: z.array(entityId),
  group: groupId.nullable(),
  /** The canonical JSON the leaf hash is made of, to the byte. */
  header: z.string(),
  leafHash: sha256Hex,
  bodyRoot: sha256Hex,
  /** What its project calls its reasons to refuse a task, by key. */
  refusals: z.record(z.string(), z.string()),
  fields: z.array(entryField),
  /** How it may be corrected. */
  correct: z.enum(['amend-or-void', 'supersede-or-void', 'never']),
  /** The body after corrections (null when voided), for the form that amends it. */
  effective: z.record(z.string(), json).nullable(),
  /** Corrections of this entry and what it corrects, oldest first, this one included. */
  history: z.array(entrySummary.extend({ reason: z.string().nullable() })),
});

export const ledgerFilter = z.strictObject({
  kinds: z.array(z.string()).max(100).optional(),
  projectId: projectId.optional(),
  /** Working day on which it happened. */
  day: day.optional(),
  source: source.optional(),
  subject: entityId.optional(),
  /** These entries alone: what a figure was computed from. */
  entries: z.array(entryId).max(5000).optional(),
});

/** One correction of a group: an amendment gives the whole new body. */
export const correction = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('amend'),
    entryId,
    values: z.record(z.string(), json),
    occurredStart: instant.optional(),
    occurredEnd: instant.nullable().optional(),
  }),
  z.strictObject({ type: z.literal('void'), entryId }),
]);

const correctionErrors = [
  'ledger/entry-not-found',
  'ledger/not-amendable',
  'ledger/already-corrected',
  'ledger/values-invalid',
  'ledger/ends-before-start',
  'ledger/in-the-future',
  'ledger/overlap',
] as const;

export const checkpoint = z.strictObject({
  size: z.int().nonnegative(),
  root: sha256Hex,
  madeAt: instant,
  /** The C2SP signed note, to be handed on as it is. */
  note: z.string(),
});

export const ledgerContract = {
  'ledger.list': query({
    summary: 'A page of entries, newest first, with the count of all that match the filter.',
    input: z.strictObject({
      filter: ledgerFilter,
      offset: z.int().nonnegative(),
      limit: z.int().min(1).max(500),
    }),
    output: z.strictObject({ total: z.int().nonnegative(), entries: z.array(entrySummary) }),
  }),
  'ledger.get': query({
    summary: 'One entry whole: header, fields, hashes, corrections.',
    input: z.strictObject({ id: entryId }),
    output: entryDetail,
    errors: ['ledger/entry-not-found'],
  }),
  'ledger.prove': query({
    summary:
      'Evidence of one entry as a bundle that verifies by itself: header, the fields chosen, inclusion path, signed checkpoint.',
    input: z.strictObject({ id: entryId, fields: z.array(z.string()).max(100) }),
    output: z.strictObject({ bundle: json, checkpoint, verified: z.boolean() }),
    errors: ['ledger/entry-not-found', 'ledger/field-not-found', 'data/read-only'],
  }),
  'ledger.proveConsistency': query({
    summary: 'Proof that the ledger of `first` entries is a prefix of the ledger of `second` entries (RFC 9162 2.1.4).',
    input: z.strictObject({ first: z.int().nonnegative(), second: z.int().nonnegative().nullable() }),
    output: z.strictObject({
      first: z.int(),
      second: z.int(),
      firstRoot: sha256Hex,
      secondRoot: sha256Hex,
      path: z.array(sha256Hex),
    }),
    errors: ['ledger/no-checkpoint-that-size'],
  }),
  'ledger.status': query({
    summary: 'Size and head of the ledger, its key, the last checkpoint, and whether it can be written.',
    input: nothing,
    output: z.strictObject({
      size: z.int().nonnegative(),
      root: sha256Hex,
      verifierKey: z.string(),
      lastCheckpoint: checkpoint.nullable(),
      lastVerified: z.strictObject({ at: instant, ok: z.boolean(), size: z.int() }).nullable(),
      readOnly: z.boolean(),
      problem: z.string().nullable(),
    }),
  }),
  'ledger.checkpoint': command({
    summary: 'Signs the present head and records the checkpoint.',
    input: nothing,
    output: checkpoint,
    errors: ['data/read-only'],
    changes: ['ledger'],
  }),
  'ledger.checkpoints': query({
    summary: 'All checkpoints made, newest first.',
    input: nothing,
    output: z.strictObject({ checkpoints: z.array(checkpoint) }),
  }),
  'ledger.correct': command({
    summary:
      'Amends and voids entries as one atomic group with one reason; rules hold for the state after the whole group.',
    input: z.strictObject({ corrections: z.array(correction).min(1).max(500), reason: z.string().min(1).max(20_000) }),
    output: z.strictObject({ group: groupId, entries: z.array(entryId) }),
    errors: [...correctionErrors, 'data/read-only'],
    // Any entry may be corrected, and with it whatever is read from it.
    changes: [
      ...(['ledger', 'time', 'projects', 'guidelines', 'segments', 'submissions', 'returns', 'tasks'] as const),
      ...(['recalls', 'standing', 'accuracy', 'notebook', 'notes', 'judgements', 'pay', 'training'] as const),
    ],
  }),
  'ledger.erasePreview': query({
    summary: 'What erasing these fields would touch, and what was exported or backed up with them before.',
    input: z.strictObject({ id: entryId, fields: z.array(z.string()).min(1) }),
    output: z.strictObject({
      fields: z.array(z.string()),
      blobs: z.int().nonnegative(),
      backups: z.array(z.string()),
      exports: z.array(z.strictObject({ fileName: z.string(), at: instant })),
    }),
    errors: ['ledger/entry-not-found', 'ledger/field-not-found', 'ledger/not-erasable'],
  }),
  'ledger.erase': command({
    summary:
      'Removes fields with their salts, blobs, drafts and journals; commitments stay, and the erasure is an entry.',
    input: z.strictObject({
      id: entryId,
      fields: z.array(z.string()).min(1),
      reason: z.string().max(20_000),
      /** Rewrites the backups that hold the fields too. */
      rewriteBackups: z.boolean(),
      /** Backups are rewritten one after the other, before the ledger itself; what was begun is seen and not cancelled. */
      jobId: z.uuidv7().optional(),
    }),
    output: z.strictObject({ entry: entryId, backupsRewritten: z.int().nonnegative() }),
    errors: ['ledger/entry-not-found', 'ledger/field-not-found', 'ledger/not-erasable', 'data/read-only'],
    changes: [
      'ledger',
      'time',
      'projects',
      'guidelines',
      'segments',
      'submissions',
      'returns',
      'tasks',
      'drafts',
      'backups',
    ],
  }),
  'ledger.verify': query({
    summary:
      'Recomputes every commitment, header, node, checkpoint and blob; runs beside other work, can be cancelled.',
    input: z.strictObject({ jobId: z.uuidv7().optional() }),
    output: z.strictObject({
      ok: z.boolean(),
      size: z.int().nonnegative(),
      root: sha256Hex,
      milliseconds: z.number(),
      problems: z.array(
        z.strictObject({
          what: z.enum([
            'header',
            'field',
            'node',
            'sequence',
            'checkpoint',
            'blob',
            'column',
            'database',
            'projection',
          ]),
          seq: z.int().nullable(),
          detail: z.string(),
        }),
      ),
    }),
    errors: ['jobs/cancelled'],
  }),
  'ledger.rebuild': command({
    summary: 'Rebuilds every projection from the entries alone and says whether any row differed.',
    input: z.strictObject({ jobId: z.uuidv7().optional() }),
    output: z.strictObject({
      entries: z.int().nonnegative(),
      tables: z.array(
        z.strictObject({ table: z.string(), rows: z.int().nonnegative(), differed: z.int().nonnegative() }),
      ),
      milliseconds: z.number(),
    }),
    errors: ['jobs/cancelled', 'data/read-only'],
    changes: ['ledger', 'time', 'projects', 'guidelines', 'segments', 'submissions', 'returns', 'tasks', 'judgements'],
  }),
};

export const jobsContract = {
  'jobs.list': query({
    summary: 'Long work under way: what, how far, since when.',
    input: nothing,
    output: z.strictObject({
      jobs: z.array(
        z.strictObject({
          id: z.uuidv7(),
          operation: z.string(),
          done: z.number(),
          /** null while it is not known. */
          total: z.number().nullable(),
          startedAt: instant,
        }),
      ),
    }),
  }),
  'jobs.cancel': command({
    summary: 'Asks a job to stop; its own call then answers jobs/cancelled and nothing of it stays half-done.',
    input: z.strictObject({ id: z.uuidv7() }),
    output: done,
    errors: ['jobs/not-found'],
    changes: ['jobs'],
  }),
};
