import { z } from 'zod';
import { annotationDoc, shapeId } from './annotation.ts';
import { blobRef, sha256Hex } from './blob.ts';
import { guidelineId, judgementId, projectId, returnId, submissionId, taskId } from './ids.ts';
import { json } from './json.ts';
import { money } from './money.ts';
import { instant, milliseconds, source } from './time.ts';

/**
 * A task's state. `open` is untouched, `drafted` has an annotation under way, `submitted` is sealed, `returned` came
 * back and was not submitted again, `released` was given back undone.
 */
export const taskState = z.enum(['open', 'drafted', 'submitted', 'returned', 'released']);

/** A kind of task as pay terms name it. */
export const taskKind = z.string().min(1).max(200);

/** Why a photo can't be shown, told apart so that the sentence can be. */
export const mediaProblem = z.enum([
  'missing',
  'empty',
  'not-an-image',
  'not-a-recording',
  'no-sound',
  'unsupported-format',
  'too-large',
  'damaged',
  'not-allowed',
  'unreadable',
]);

/** What is known of a recording. */
export const soundInfo = z.strictObject({
  /** As WebCodecs names it without its parameters: `pcm-s16`, `ulaw`, `mp3`, `flac`, `opus`, `vorbis`, `aac` ... */
  codec: z.string().max(40),
  /** Frames a second, as stored. */
  rate: z.int().min(1000).max(768_000),
  channels: z.int().min(1).max(64),
  /** Length in frames; null where the file does not say and it was not gone through. */
  frames: z.int().nonnegative().nullable(),
});

/** What is known of a task's photo or recording. Sizes are of the upright image (EXIF orientation applied), in pixels. */
export const mediaInfo = z.strictObject({
  format: z.string().nullable(),
  width: z.int().positive().nullable(),
  height: z.int().positive().nullable(),
  /** EXIF orientation 1..8 as stored in the file. */
  orientation: z.int().min(1).max(8),
  bytes: z.int().nonnegative(),
  /** Null for a photo. */
  sound: soundInfo.nullable(),
  problem: mediaProblem.nullable(),
});

/** One item of media with the annotation under way. Workspace, not ledger: submitting it is what the ledger has. */
export const task = z.strictObject({
  id: taskId,
  projectId,
  /** Path below the imported folder, with `/`. */
  name: z.string(),
  /** How a task of text begins; null for files. */
  title: z.string().nullable(),
  /** What kind of task it is, where its project pays several kinds differently; null where none was said. */
  kind: taskKind.nullable(),
  position: z.int().nonnegative(),
  state: taskState,
  shapeCount: z.int().nonnegative(),
  submissionId: submissionId.nullable(),
});

/** A sealed submission, read back from the ledger. */
export const submission = z.strictObject({
  id: submissionId,
  taskId,
  projectId,
  round: z.int().positive(),
  taskKind: taskKind.nullable(),
  mediaName: z.string(),
  mediaHash: sha256Hex.nullable(),
  annotation: annotationDoc.nullable(),
  guidelineId: guidelineId.nullable(),
  timeSpentMs: milliseconds,
  sealedAt: instant,
  source,
  superseded: z.boolean(),
});

/** Work done in another tool: a name or number, how many, how long, a screenshot. Returned and appealed like any other. */
export const elsewhereTask = z.strictObject({
  id: taskId,
  projectId: projectId.nullable(),
  name: z.string().min(1).max(500),
  count: z.int().positive().max(1_000_000),
  taskKind: taskKind.nullable().default(null),
  timeMs: milliseconds.nullable(),
  attachments: z.array(blobRef).max(50),
  note: z.string().max(20_000).nullable(),
  doneAt: instant,
});

export const returnStage = z.enum(['reviewer', 'inspector', 'overseer', 'machine']);
export const returnSubject = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('submission'), id: submissionId }),
  z.strictObject({ type: z.literal('elsewhere'), id: taskId }),
]);

/** Work sent back for revision. */
export const returned = z.strictObject({
  id: returnId,
  subject: returnSubject,
  stage: returnStage,
  round: z.int().positive(),
  reason: z.string().max(20_000),
  ruleCited: z.string().max(2000).nullable(),
  guidelineId: guidelineId.nullable(),
  /** Shapes of the sealed annotation that it names; none when it names none. */
  objects: z.array(shapeId).max(5000).default([]),
  /** Of a batch: how many of its pieces it is about; null where nobody said. */
  pieces: z.int().positive().max(1_000_000).nullable().default(null),
  itemised: z.boolean().nullable(),
  check: z.enum(['sample', 'full']).nullable(),
  /** A pseudonym, never a name the worker does not want to keep. */
  reviewer: z.string().max(200).nullable(),
  deadline: instant.nullable(),
  deduction: money.nullable(),
  view: z.enum(['agree', 'disagree', 'unclear']).nullable(),
  attachments: z.array(blobRef).max(50),
  receivedAt: instant,
});

/** The worker's own judgement, sealed; `beforeMachine` when it was sealed before the machine's answer was shown. */
export const judgement = z.strictObject({
  id: judgementId,
  taskId,
  judgement: json,
  beforeMachine: z.boolean(),
  machineAnswer: json,
  sealedAt: instant,
});

export type TaskState = z.infer<typeof taskState>;
export type MediaProblem = z.infer<typeof mediaProblem>;
export type SoundInfo = z.infer<typeof soundInfo>;
export type MediaInfo = z.infer<typeof mediaInfo>;
export type Task = z.infer<typeof task>;
export type Submission = z.infer<typeof submission>;
export type ElsewhereTask = z.infer<typeof elsewhereTask>;
export type Returned = z.infer<typeof returned>;
export type Judgement = z.infer<typeof judgement>;
