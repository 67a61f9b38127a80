import { z } from 'zod';
import { annotationDoc, shapeId } from './annotation.ts';
import { blobRef, sha256Hex } from './blob.ts';
import { guidelineId, projectId, segmentId, taskId } from './ids.ts';
import { textKind } from './text.ts';
import { milliseconds } from './time.ts';
import { soundInfo } from './work.ts';

/** Breaches of the guideline's rules that stood open, and whether the worker was asked and went on. */
const sealedBreaches = z.strictObject({
  asked: z.boolean(),
  open: z.array(z.strictObject({ rule: z.string().max(200), count: z.int().positive() })).max(200),
});

/** What became of a machine's proposals. */
const sealedMachine = z.strictObject({
  models: z.array(z.string().max(200)).max(20),
  proposed: z.int().nonnegative(),
  /** Taken as they were, taken and changed, turned down, never decided. */
  accepted: z.int().nonnegative(),
  corrected: z.int().nonnegative(),
  rejected: z.int().nonnegative(),
  undecided: z.int().nonnegative(),
  /** Objects made without a proposal. */
  by_hand: z.int().nonnegative(),
  /**
   * Transcripts the worker made from a machine's: characters (graphemes) that stand in the end, and how many had to be put in, taken
   * out or exchanged. Their quotient is the machine's character error rate. Null where there were none.
   */
  transcripts: z.strictObject({ characters: z.int().nonnegative(), edits: z.int().nonnegative() }).nullable(),
  /** How far each corrected object went from its proposal. */
  corrections: z
    .array(
      z.strictObject({
        object: shapeId,
        /** Intersection over union with the proposal; null where shapes can't be compared so. */
        iou: z.number().min(0).max(1).nullable(),
        /** The side that moved farthest, in pixels. */
        largest_px: z.number().nonnegative().nullable(),
        /** Of a segment of sound: the boundary that moved farthest, in frames; null for shapes in pictures. */
        largest_frames: z.int().nonnegative().nullable(),
        label_changed: z.boolean(),
      }),
    )
    .max(5000),
});

/** What was done with a task of text. */
const sealedText = z.strictObject({
  kind: textKind,
  /** The reason it was refused for; null where it was answered. */
  refused: z.string().max(200).nullable(),
  /** Length of what was written, each way (see shared/domain/text.ts); null where nothing was. */
  counts: z
    .strictObject({
      words: z.int().nonnegative(),
      characters: z.int().nonnegative(),
      han: z.int().nonnegative(),
      sentences: z.int().nonnegative(),
    })
    .nullable(),
  /** Of a corrected draft: graphemes put in, taken out or exchanged; null elsewhere. */
  edits: z.int().nonnegative().nullable(),
});

/** How a text came to be, of which the worker keeps the history. */
const sealedHistory = z.strictObject({
  /** SHA-256 of the history as a file (shared/text/history-file.ts), and its length; null where no more than these figures is kept. */
  hash: sha256Hex.nullable(),
  bytes: z.int().nonnegative(),
  /** Milliseconds between first and last edit that were no pause, characters typed, pasted and taken out, pastes, undos. */
  active_ms: milliseconds,
  typed: z.int().nonnegative(),
  pasted: z.int().nonnegative(),
  removed: z.int().nonnegative(),
  pastes: z.int().nonnegative(),
  revisions: z.int().nonnegative(),
});

/** The body of `submission.sealed`; see entry-kinds.ts for what holds of all bodies. */
export const submissionBody = z.strictObject({
  project: projectId,
  task: taskId,
  segment: segmentId.nullable(),
  /** What kind of task it was, in the words of the pay terms; null where the project knows no kinds. */
  task_kind: z.string().max(200).nullable(),
  round: z.int().positive(),
  media_name: z.string(),
  media_hash: sha256Hex.nullable(),
  media_bytes: z.int().nonnegative().nullable(),
  media_size: z.strictObject({ width: z.int().positive(), height: z.int().positive() }).nullable(),
  /** Of a recording: frames a second, and how many frames there are; null for a photo. */
  media_sound: soundInfo.nullable(),
  /** 64-bit difference hash of the upright picture, 16 hex digits: finds like cases, proves nothing. */
  media_likeness: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .nullable(),
  /** The annotation itself, or the blob of its canonical JSON when that is larger than 32 KiB. */
  annotation: z.union([annotationDoc, blobRef]),
  /** SHA-256 of the annotation's canonical JSON. */
  annotation_hash: sha256Hex,
  object_counts: z.record(z.string(), z.int().nonnegative()),
  guideline: guidelineId.nullable(),
  guideline_version: z.string().nullable(),
  /** Breaches of the guideline's rules that stood open, and whether the worker was asked and went on; null: nothing was checked. */
  breaches: sealedBreaches.nullable(),
  /** What became of a machine's proposals; null where there were none. */
  machine: sealedMachine.nullable(),
  /** Of a task of text; null for the others. */
  text: sealedText.nullable(),
  /** How the text came to be, of which the worker keeps the history; null where none was kept. */
  history: sealedHistory.nullable(),
  time_spent_ms: milliseconds,
});
