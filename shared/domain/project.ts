import { z } from 'zod';
import { blobRef } from './blob.ts';
import { guidelineId, projectId, rulingId, segmentId } from './ids.ts';
import { labelSet } from './label-set.ts';
import { money } from './money.ts';
import { textRules } from './text.ts';
import { day, instant } from './time.ts';

/** Pay by the piece, the hour or the day. `piece` counts submitted tasks, or units stated of work done elsewhere. */
export const payRate = z.discriminatedUnion('per', [
  z.strictObject({ per: z.literal('piece'), amount: money }),
  z.strictObject({ per: z.literal('hour'), amount: money }),
  z.strictObject({ per: z.literal('day'), amount: money }),
  z.strictObject({ per: z.literal('none') }),
]);

/** Something paid on top when a condition is met: 200 yuan a month for perfect attendance, say. */
export const payBonus = z.strictObject({
  name: z.string().min(1).max(200),
  amount: money,
  per: z.enum(['month', 'week', 'day', 'once']),
  /** The condition in the words of whoever announced it. */
  condition: z.string().max(4000),
});

/**
 * What returns cost of a commission: `free` returns cost nothing, the first beyond them `firstPercent`, every later one `laterPercent`
 * more. `additive` takes each from the whole commission, `compounding` from what the one before left.
 */
export const returnPenalty = z.strictObject({
  free: z.int().nonnegative().max(100),
  firstPercent: z.int().min(0).max(100),
  laterPercent: z.int().min(0).max(100),
  how: z.enum(['additive', 'compounding']),
});

/** When pay is promised: so many days after the month of the work, or after the project concludes. */
export const promisedPayment = z.strictObject({
  after: z.enum(['month', 'project']),
  days: z.int().nonnegative().max(3650),
});

/** A project's pay terms from a day on. What was not said is left out. */
export const payTerms = z.strictObject({
  effectiveFrom: day,
  rate: payRate,
  taskKind: z.string().max(200).nullable().default(null),
  bonuses: z.array(payBonus).max(50).default([]),
  returnPenalty: returnPenalty.nullable().default(null),
  promisedPayment: promisedPayment.nullable().default(null),
  note: z.string().max(4000).nullable(),
});

/** The operator is part of the bar: "at least 95 %" and "over 95 %" differ at exactly 95 %. */
export const barOperator = z.enum(['at-least', 'over']);

/** The accuracy a project requires. `percent` is a decimal string such as `95` or `99.5`, so that it is never rounded. */
export const accuracyBar = z.strictObject({
  operator: barOperator,
  percent: z.string().regex(/^(100(\.0+)?|\d{1,2}(\.\d{1,6})?)$/),
  /** How it is measured, in the words of whoever announced it. */
  measuredBy: z.string().max(4000).nullable(),
});

/** What kind of media a project's tasks are. */
export const modality = z.enum(['image', 'audio', 'text', 'elsewhere']);

/** Rules of a guideline that a machine can check. A rule that is not set is not checked. */
export const checkableRules = z.strictObject({
  fitTolerancePx: z.number().positive().optional(),
  longestSegmentS: z.number().positive().optional(),
  longestInnerSilenceS: z.number().positive().optional(),
  shortestSegmentS: z.number().positive().optional(),
  /** The longest stretch between two segments, or before the first and after the last, that belongs to none. */
  longestGapS: z.number().positive().optional(),
  /** Silence is what lies less than this above the noise floor of the recording, in dB. */
  silenceDb: z.number().min(1).max(60).optional(),
  /** Where segments may not overlap: on one tier, or on any. */
  noOverlap: z.enum(['tier', 'all']).optional(),
  /** Every segment needs its words, unless its class has none. */
  requireTranscript: z.boolean().optional(),
  /** What may stand in a transcript for what is no word: `<noise>`, `□` ... in the order of their keys. */
  tokens: z
    .array(z.strictObject({ text: z.string().min(1).max(40), title: z.string().max(200).optional() }))
    .max(50)
    .optional(),
  minBoxPx: z.number().nonnegative().optional(),
  insideImage: z.boolean().optional(),
  requireLabel: z.boolean().optional(),
  requiredAttributes: z.array(z.string().min(1).max(200)).max(100).optional(),
  /** Two shapes of one class that overlap by more than this (intersection over union) are one object drawn twice. */
  duplicateIou: z.number().gt(0).max(1).optional(),
  /** Classes of which every picture needs a tag. */
  requiredTags: z.array(z.string().min(1).max(200)).max(100).optional(),
  /** Of a project of texts. */
  text: textRules.optional(),
});

/** Names of client and intermediary stay on this machine: project packs leave them out. */
export const project = z.strictObject({
  id: projectId,
  name: z.string().min(1).max(200),
  client: z.string().max(200).nullable(),
  intermediary: z.string().max(200).nullable(),
  modality,
  labels: labelSet,
  terms: z.array(payTerms),
  /** In force today. */
  bar: accuracyBar.nullable(),
  /** All that were set, each from its day on. */
  bars: z.array(z.strictObject({ effectiveFrom: day, bar: accuracyBar })),
  createdAt: instant,
  archived: z.boolean(),
});

/** A part of a project that passes or fails as one. */
export const segment = z.strictObject({ id: segmentId, projectId, name: z.string().min(1).max(200) });

/** One version of a project's guideline, as it was received. */
export const guideline = z.strictObject({
  id: guidelineId,
  projectId,
  version: z.string().min(1).max(100),
  text: z.string().max(200_000),
  effectiveFrom: day,
  receivedAt: instant,
  /** How it came: group chat, file, meeting ... */
  channel: z.string().max(200).nullable(),
  announcedBy: z.string().max(200).nullable(),
  rules: checkableRules,
  /** The file it came as, and what else was kept of it. */
  attachments: z.array(blobRef).max(50),
});

/** Who answered: only the overseer's answer counts as a rule; a reviewer's "yes" does not. */
export const role = z.enum(['reviewer', 'inspector', 'overseer', 'machine', 'colleague', 'other']);

/** An answer to a question about the rules. */
export const ruling = z.strictObject({
  id: rulingId,
  projectId,
  guidelineId: guidelineId.nullable(),
  question: z.string().min(1).max(20_000),
  answer: z.string().min(1).max(20_000),
  askedOf: role,
  answeredAt: instant,
});

export type PayRate = z.infer<typeof payRate>;
export type PayTerms = z.infer<typeof payTerms>;
export type AccuracyBar = z.infer<typeof accuracyBar>;
export type Modality = z.infer<typeof modality>;
export type CheckableRules = z.infer<typeof checkableRules>;
export type Project = z.infer<typeof project>;
export type Segment = z.infer<typeof segment>;
export type Guideline = z.infer<typeof guideline>;
export type Ruling = z.infer<typeof ruling>;
export type Role = z.infer<typeof role>;
