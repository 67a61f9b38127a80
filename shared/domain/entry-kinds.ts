import { z } from 'zod';
import { shapeId } from './annotation.ts';
import { blobRef, sha256Hex } from './blob.ts';
import { entityId, entryId, guidelineId, projectId, segmentId, taskId } from './ids.ts';
import { json } from './json.ts';
import { labelSet } from './label-set.ts';
import { currency, money } from './money.ts';
import {
  accuracyBar,
  checkableRules,
  modality,
  payBonus,
  payRate,
  promisedPayment,
  returnPenalty,
  role,
} from './project.ts';
import { statementPart } from './statement.ts';
import { activity, day, instant, lane, milliseconds, paid, waitingFor } from './time.ts';
import { submissionBody } from './submission-body.ts';
import { returnStage, returnSubject, taskKind } from './work.ts';

/**
 * The bodies of ledger entries, by kind and version. **Kinds are for ever**: an entry once written keeps its kind, version
 * and shape. A changed shape is a new version with an upcaster (`electron/core/ledger/upcasters.ts`); a shape here is never
 * edited after a release.
 *
 * Field names are `[a-z_]` only (see shared/proofs/commitment.ts for why). Each field is committed to on its own, so that one can be
 * shown and another kept back: put together only what is always shown together. Free text is a field of its own.
 * `subjects[0]` of the header is the entity the entry is about; the body's ids name entities, never entries.
 */
const text = z.string().max(200_000);

interface EntryKindSpec {
  version: number;
  body: z.ZodObject;
  /** Seals, checkpoints, erasures and the ledger's own marks can't be amended; a submission is superseded instead. */
  correct: 'amend-or-void' | 'supersede-or-void' | 'never';
}

const define = <S extends EntryKindSpec>(spec: S): S => spec;

export const entryKinds = {
  // --- the ledger about itself; never corrected
  'ledger.opened': define({
    version: 1,
    correct: 'never',
    body: z.strictObject({ origin: z.string(), verifier_key: z.string() }),
  }),
  'ledger.checkpoint': define({
    version: 1,
    correct: 'never',
    body: z.strictObject({ size: z.int().nonnegative(), root: sha256Hex, note: z.string().max(4000) }),
  }),
  'ledger.exported': define({
    version: 1,
    correct: 'never',
    body: z.strictObject({
      what: z.string(),
      format: z.string(),
      file_name: z.string(),
      file_hash: sha256Hex,
      counts: z.record(z.string(), z.int()),
    }),
  }),
  'ledger.erased': define({
    version: 1,
    correct: 'never',
    body: z.strictObject({
      fields: z.array(z.strictObject({ entry: entryId, name: z.string() })).min(1),
      reason: text,
    }),
  }),
  'ledger.restored': define({
    version: 1,
    correct: 'never',
    body: z.strictObject({
      backup: z.string(),
      /** Tree head that was left behind by restoring. */
      left_size: z.int().nonnegative(),
      left_root: sha256Hex,
      restored_size: z.int().nonnegative(),
      restored_root: sha256Hex,
    }),
  }),
  // --- corrections: `amends` of the header names the entry corrected. Amended: `values` of the whole new body, field by field,
  // stand beside the `correct*` fields (the body is a loose object for that; the values are parsed by the corrected kind's own schema).
  'entry.amended': define({
    version: 1,
    correct: 'amend-or-void',
    body: z.looseObject({
      correction_reason: text.min(1),
      corrected_kind: z.string(),
      corrected_version: z.int().positive(),
    }),
  }),
  'entry.voided': define({
    version: 1,
    correct: 'never',
    body: z.strictObject({ correction_reason: text.min(1) }),
  }),
  'entry.superseded': define({
    version: 1,
    correct: 'never',
    body: z.strictObject({ correction_reason: text.min(1), superseded_by: entityId }),
  }),
  // --- projects and their terms
  'project.created': define({
    version: 1,
    correct: 'amend-or-void',
    body: z.strictObject({
      name: z.string().min(1).max(200),
      client: z.string().max(200).nullable(),
      intermediary: z.string().max(200).nullable(),
      modality,
      labels: labelSet,
      archived: z.boolean(),
    }),
  }),
  /** The whole state after a change (not a correction): the fold takes the last. Subject: the project. */
  'project.changed': define({
    version: 1,
    correct: 'amend-or-void',
    body: z.strictObject({
      name: z.string().min(1).max(200),
      client: z.string().max(200).nullable(),
      intermediary: z.string().max(200).nullable(),
      modality,
      labels: labelSet,
      archived: z.boolean(),
    }),
  }),
  'terms.set': define({
    version: 1,
    correct: 'amend-or-void',
    body: z.strictObject({
      project: projectId,
      effective_from: day,
      /** What kind of task they are for; null for all that no other terms name. */
      task_kind: z.string().max(200).nullable(),
      rate: payRate,
      bonuses: z.array(payBonus).max(50),
      /** What returns cost of a commission; null where nothing was said. */
      return_penalty: returnPenalty.nullable(),
      /** Days after the end of a month (or of the project) until pay is promised; null where nothing was said. */
      promised_payment: promisedPayment.nullable(),
      note: text.nullable(),
    }),
  }),
  'bar.set': define({
    version: 1,
    correct: 'amend-or-void',
    body: z.strictObject({ project: projectId, effective_from: day, bar: accuracyBar }),
  }),
  'segment.created': define({
    version: 1,
    correct: 'amend-or-void',
    body: z.strictObject({ project: projectId, name: z.string().min(1).max(200) }),
  }),
  'guideline.received': define({
    version: 1,
    correct: 'amend-or-void',
    body: z.strictObject({
      project: projectId,
      version: z.string().min(1).max(100),
      text,
      effective_from: day,
      channel: z.string().max(200).nullable(),
      announced_by: z.string().max(200).nullable(),
      rules: checkableRules,
      /** The file it came as, byte for byte; screenshots of the announcement. */
      attachments: z.array(blobRef).max(50),
    }),
  }),
  'ruling.given': define({
    version: 1,
    correct: 'amend-or-void',
    body: z.strictObject({
      project: projectId,
      guideline: guidelineId.nullable(),
      question: text,
      answer: text,
      asked_of: role,
    }),
  }),
  'pack.imported': define({
    version: 1,
    correct: 'never',
    body: z.strictObject({ project: projectId, pack_hash: sha256Hex, file_name: z.string().max(500) }),
  }),
  'media.imported': define({
    version: 1,
    correct: 'never',
    body: z.strictObject({
      project: projectId,
      folder_name: z.string(),
      taken: z.int().nonnegative(),
      skipped: z.int().nonnegative(),
    }),
  }),
  // --- work
  'submission.sealed': define({
    version: 1,
    correct: 'supersede-or-void',
    body: submissionBody,
  }),
  'work.elsewhere': define({
    version: 1,
    correct: 'amend-or-void',
    body: z.strictObject({
      project: projectId.nullable(),
      name: z.string().min(1).max(500),
      count: z.int().positive().max(1_000_000),
      task_kind: z.string().max(200).nullable(),
      time_spent_ms: milliseconds.nullable(),
      attachments: z.array(blobRef).max(50),
      note: text.nullable(),
    }),
  }),
  'return.received': define({
    version: 1,
    correct: 'amend-or-void',
    body: z.strictObject({
      subject: returnSubject,
      project: projectId.nullable(),
      stage: returnStage,
      round: z.int().positive(),
      reason: text,
      rule_cited: z.string().max(2000).nullable(),
      guideline: guidelineId.nullable(),
      /** Shapes of the sealed annotation that it names; empty when it names none or is of work done elsewhere. */
      objects: z.array(shapeId).max(5000),
      /** Of a batch done elsewhere: how many of its pieces it is about; null where nobody said, and for a submission, which is one piece. */
      pieces: z.int().positive().max(1_000_000).nullable(),
      itemised: z.boolean().nullable(),
      check: z.enum(['sample', 'full']).nullable(),
      reviewer: z.string().max(200).nullable(),
      deadline: instant.nullable(),
      deduction: money.nullable(),
      view: z.enum(['agree', 'disagree', 'unclear']).nullable(),
      attachments: z.array(blobRef).max(50),
    }),
  }),
  'judgement.sealed': define({
    version: 1,
    correct: 'never',
    body: z.strictObject({
      task: taskId,
      project: projectId,
      judgement: json,
      before_machine: z.boolean(),
      machine_answer: json,
    }),
  }),
  // --- what was done to the work and to the worker
  /**
   * Work rejected without pay (Huishou), at one of three levels, each worse: single tasks; the worker taken off the project, approved work
   * included; a segment of the project, with everyone in it.
   */
  'recall.received': define({
    version: 1,
    correct: 'amend-or-void',
    body: z.strictObject({
      project: projectId,
      level: z.enum(['task', 'worker', 'segment']),
      segment: segmentId.nullable(),
      /** The work it names; empty when only a number was given. */
      works: z.array(returnSubject).max(5000),
      /** Pieces recalled, as announced or counted. */
      pieces: z.int().nonnegative(),
      stage: returnStage.nullable(),
      reason: text,
      rule_cited: z.string().max(2000).nullable(),
      /** Set when the announced loss differs from pieces at the rate in force. */
      stated_loss: money.nullable(),
      attachments: z.array(blobRef).max(50),
    }),
  }),
  /** What was done to the worker, or decided by the worker, about a project or one piece of work. */
  'standing.changed': define({
    version: 1,
    correct: 'amend-or-void',
    body: z.strictObject({
      project: projectId.nullable(),
      what: z.enum([
        'suspended',
        'reinstated',
        'removed',
        'transfer-asked',
        'transfer-denied',
        'transfer-granted',
        'revising-stopped',
      ]),
      work: returnSubject.nullable(),
      until: day.nullable(),
      reason: text,
      paid: z.boolean().nullable(),
      attachments: z.array(blobRef).max(50),
    }),
  }),
  /** The client's figure for a day; the figure for one day is released on the next. */
  'accuracy.reported': define({
    version: 1,
    correct: 'amend-or-void',
    body: z.strictObject({
      project: projectId,
      stage: returnStage.nullable(),
      for_day: day,
      released_on: day,
      /** As a decimal, never rounded; null when only the counts were given. */
      percent: z
        .string()
        .regex(/^\d{1,3}(\.\d{1,6})?$/)
        .nullable(),
      correct: z.int().nonnegative().nullable(),
      total: z.int().positive().nullable(),
      note: text.nullable(),
    }),
  }),
  // --- training and pay
  'training.held': define({
    version: 1,
    correct: 'amend-or-void',
    body: z.strictObject({
      project: projectId.nullable(),
      topic: z.string().min(1).max(500),
      /** Time it took, when it is not the whole stretch from start to end (several days, breaks). */
      time_ms: milliseconds,
      called_at: instant.nullable(),
      mandatory: z.boolean().nullable(),
      paid: z.boolean().nullable(),
      /** Imposed after a failure, not offered. */
      retraining: z.boolean(),
      fee: money.nullable(),
      travel_cost: money.nullable(),
      travel_ms: milliseconds.nullable(),
      certificate: z
        .strictObject({ name: z.string().min(1).max(500), file: blobRef.nullable(), expires: day.nullable() })
        .nullable(),
      /** Whether it was ever needed, as known now. */
      needed: z.boolean().nullable(),
      note: text.nullable(),
    }),
  }),
  /** What the client or the intermediary said would be paid. */
  'pay.announced': define({
    version: 1,
    correct: 'amend-or-void',
    body: z.strictObject({
      project: projectId.nullable(),
      period_from: day,
      period_to: day,
      amount: money,
      promised_on: day.nullable(),
      note: text.nullable(),
      attachments: z.array(blobRef).max(50),
    }),
  }),
  'pay.received': define({
    version: 1,
    correct: 'amend-or-void',
    body: z.strictObject({
      project: projectId.nullable(),
      period_from: day.nullable(),
      period_to: day.nullable(),
      amount: money,
      channel: z.string().max(200).nullable(),
      note: text.nullable(),
      attachments: z.array(blobRef).max(50),
    }),
  }),
  'pay.deducted': define({
    version: 1,
    correct: 'amend-or-void',
    body: z.strictObject({
      project: projectId.nullable(),
      amount: money,
      reason: text,
      work: returnSubject.nullable(),
      returned: entityId.nullable(),
      attachments: z.array(blobRef).max(50),
    }),
  }),
  /** The owner says that the condition of a bonus was met for some days; `name` and `amount` are those of the terms in force then. */
  'bonus.met': define({
    version: 1,
    correct: 'amend-or-void',
    body: z.strictObject({
      project: projectId,
      name: z.string().min(1).max(200),
      period_from: day,
      period_to: day,
      amount: money,
    }),
  }),
  /** Money the worker holds to be owed; closed by a later entry about the same claim. */
  'claim.opened': define({
    version: 1,
    correct: 'amend-or-void',
    body: z.strictObject({
      project: projectId.nullable(),
      amount: money,
      what_for: text,
      made_to: z.string().max(200).nullable(),
      attachments: z.array(blobRef).max(50),
    }),
  }),
  'claim.closed': define({
    version: 1,
    correct: 'amend-or-void',
    body: z.strictObject({
      outcome: z.enum(['paid', 'paid-in-part', 'refused', 'given-up']),
      amount: money.nullable(),
      note: text.nullable(),
    }),
  }),
  /** A dated exchange rate the owner entered: one unit of `from` is `rate` units of `to`. */
  'exchange-rate.set': define({
    version: 1,
    correct: 'amend-or-void',
    body: z.strictObject({
      from: currency,
      to: currency,
      rate: z.string().regex(/^\d{1,9}(\.\d{1,12})?$/),
      effective_from: day,
      note: text.nullable(),
    }),
  }),
  // --- what the worker keeps for later
  /** The error notebook: what was judged wrong, what "they" wanted, what the worker thinks. */
  'error.noted': define({
    version: 1,
    correct: 'amend-or-void',
    body: z.strictObject({
      project: projectId.nullable(),
      work: returnSubject.nullable(),
      returned: entityId.nullable(),
      judged_wrong: text,
      they_wanted: text.nullable(),
      my_view: text.nullable(),
      rules: z.array(z.string().max(2000)).max(50),
      labels: z.array(z.string().max(200)).max(50),
      attachments: z.array(blobRef).max(50),
    }),
  }),
  /** A note of any kind tied to anything; the header's subjects after the first are what it is tied to. */
  'note.written': define({
    version: 1,
    correct: 'amend-or-void',
    body: z.strictObject({
      text,
      /** `contradiction`: the rulings or guidelines it is about say opposite things; the others: a part of its project's statement. */
      sort: z.enum(['note', 'contradiction', ...statementPart.options]),
      about: z.array(entityId).max(100),
      attachments: z.array(blobRef).max(50),
    }),
  }),
  /**
   * A file taken in. The entries made of its rows stand in the same group, with source `imported`; `rows` names each by a hash of
   * what was read, so that taking the file in again adds nothing twice.
   */
  'import.taken': define({
    version: 1,
    correct: 'never',
    body: z.strictObject({
      file_name: z.string().max(500),
      file_hash: sha256Hex,
      /** The whole file, only where its owner chose to keep it after seeing whose rows it holds. */
      whole_file: blobRef.nullable(),
      mapping: json,
      rows_read: z.int().nonnegative(),
      rows_taken: z.int().nonnegative(),
      rows_skipped: z.record(z.string(), z.int().nonnegative()),
      rows: z.array(z.strictObject({ hash: sha256Hex, entity: entityId })).max(200_000),
    }),
  }),
  // --- time
  'time.spent': define({
    version: 1,
    correct: 'amend-or-void',
    body: z.strictObject({
      lane,
      what: z.union([z.literal('present'), activity, waitingFor]),
      paid,
      project: projectId.nullable(),
      task: taskId.nullable(),
      /** As which kind of task it was worked, where it is of no task here and the project pays several kinds differently. */
      task_kind: taskKind.nullable().optional(),
      tag: z.string().max(200).nullable(),
      /** Why the stretch ended; `stated` when it was written down afterwards. */
      ended_by: z.enum(['switch', 'stop', 'idle', 'suspend', 'clock', 'recovered', 'day-close', 'stated']),
    }),
  }),
  /** The clock did something a reader of times must know. */
  'clock.changed': define({
    version: 1,
    correct: 'never',
    body: z.strictObject({
      what: z.enum(['jump', 'suspend', 'zone']),
      /** Milliseconds the wall clock moved beyond what the monotonic clock measured, or slept; 0 for a zone change. */
      moved_ms: z.number(),
      zone_before: z.string(),
      zone_after: z.string(),
    }),
  }),
} as const satisfies Record<string, EntryKindSpec>;

export type EntryKind = keyof typeof entryKinds;
export type EntryBody<K extends EntryKind> = z.infer<(typeof entryKinds)[K]['body']>;
export type SubmissionBody = EntryBody<'submission.sealed'>;
export const entryKindNames = Object.keys(entryKinds) as EntryKind[];
