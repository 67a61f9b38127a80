import { z } from 'zod';
import { annotationDoc, journalRecord, shape, shapeId } from '../domain/annotation.ts';
import { blobRef, sha256Hex } from '../domain/blob.ts';
import { entryId, projectId, segmentId, submissionId, taskId } from '../domain/ids.ts';
import { payRate } from '../domain/project.ts';
import { instant } from '../domain/time.ts';
import { elsewhereTask, mediaInfo, soundInfo, submission, task, taskKind, taskState } from '../domain/work.ts';
import { queueOrders } from '../rules/queue-order.rules.ts';
import { command, done, query } from './define.ts';

const path = z.string().min(1).max(4096);
/** Stretches of a recording in frames, half open. */
const stretches = z.array(z.strictObject({ start: z.int().nonnegative(), end: z.int().nonnegative() })).max(100_000);
/** Left out: by file. */
const order = z.enum(queueOrders).optional();

export const tasksContract = {
  'files.browse': query({
    summary:
      'Folders below a folder, and how many photos, recordings and matching files lie directly in it; for the folder browser.',
    input: z.strictObject({
      /** Absolute; null for the starting places (home, drives). */
      path: path.nullable(),
      /** Also lists files with one of these endings, such as `json`. */
      endings: z.array(z.string().regex(/^[a-z0-9]{1,8}$/)).max(20),
    }),
    output: z.strictObject({
      path: z.string(),
      parent: z.string().nullable(),
      folders: z.array(z.strictObject({ name: z.string(), path: z.string() })),
      files: z.array(z.strictObject({ name: z.string(), path: z.string(), bytes: z.int() })),
      photos: z.int().nonnegative(),
      recordings: z.int().nonnegative(),
      /** Whether the listing was cut because the folder holds too many entries. */
      cut: z.boolean(),
    }),
    errors: ['files/not-found', 'files/not-a-folder', 'files/unreadable'],
  }),
  'files.survey': query({
    summary:
      'What lies in a folder and in the folders inside it: photos, recordings, files that may hold texts, and others; before one is taken in.',
    input: z.strictObject({ path }),
    output: z.strictObject({
      photos: z.int().nonnegative(),
      recordings: z.int().nonnegative(),
      texts: z.int().nonnegative(),
      others: z.int().nonnegative(),
      /** Endings of the others, the most frequent first; at most 4. */
      otherEndings: z.array(z.string()),
      /** Folders inside it that may not be opened. */
      closed: z.int().nonnegative(),
      /** Whether there was more than is looked through: what was not found may be there all the same. */
      cut: z.boolean(),
    }),
    errors: ['files/not-found', 'files/not-a-folder', 'files/unreadable'],
  }),
  'tasks.importFolder': command({
    summary:
      'Takes every photo below a folder into a project as tasks, every recording for a project of sound; what is already there is not taken twice.',
    input: z.strictObject({
      projectId,
      path,
      /** What kind of task they are, where the project pays several kinds differently. */
      taskKind: taskKind.nullable().optional(),
      jobId: z.uuidv7().optional(),
    }),
    output: z.strictObject({
      taken: z.int(),
      alreadyThere: z.int(),
      skipped: z.int(),
      /** Some of what was skipped, with the reason; at most 100. */
      skippedSome: z.array(z.strictObject({ path: z.string(), problem: z.string() })),
    }),
    errors: ['projects/not-found', 'files/not-found', 'files/not-a-folder', 'files/unreadable', 'jobs/cancelled'],
    changes: ['tasks', 'projects', 'ledger'],
  }),
  'tasks.list': query({
    summary: "A page of a project's tasks in queue order, or in that of a machine's uncertainty about them.",
    input: z.strictObject({
      projectId,
      order,
      states: z.array(taskState).optional(),
      /** Part of a name. */
      text: z.string().max(200).optional(),
      offset: z.int().nonnegative().optional(),
      limit: z.int().min(1).max(1000).optional(),
    }),
    output: z.strictObject({ total: z.int().nonnegative(), tasks: z.array(task) }),
    errors: ['projects/not-found'],
  }),
  'tasks.neighbour': query({
    summary: 'The next or previous task of the queue, optionally only of some states; null at the end.',
    input: z.strictObject({
      projectId,
      from: taskId.nullable(),
      direction: z.enum(['next', 'previous']),
      order,
      states: z.array(taskState).optional(),
    }),
    output: z.strictObject({ taskId: taskId.nullable(), index: z.int().nullable(), total: z.int() }),
    errors: ['projects/not-found', 'tasks/not-found'],
  }),
  'tasks.get': query({
    summary: 'One task with what is known of its photo and the URL path to read it from.',
    input: z.strictObject({ taskId }),
    output: z.strictObject({ task, media: mediaInfo, mediaUrl: z.string(), folder: z.string() }),
    errors: ['tasks/not-found'],
  }),
  'tasks.seenBefore': query({
    summary:
      "The latest submission of the same photo, byte for byte, under another task, with its price and this task's; null when there is none.",
    input: z.strictObject({ taskId }),
    output: z.strictObject({
      /** The price of this task's project today; null while nobody said. */
      rate: payRate.nullable(),
      before: z
        .strictObject({
          submissionId,
          taskId,
          entryId,
          projectName: z.string().nullable(),
          sealedAt: instant,
          /** The price in force when it was sealed. */
          rate: payRate.nullable(),
          recalled: z.boolean(),
        })
        .nullable(),
    }),
    errors: ['tasks/not-found'],
  }),
  'tasks.submit': command({
    summary: 'Seals the annotation as journalled, with hashes, the guideline in force and the time it took.',
    input: z.strictObject({
      taskId,
      /** Number of journal records the caller has written; a mismatch is refused so that nothing unsaved is sealed. */
      journalLength: z.int().nonnegative(),
      segmentId: segmentId.nullable().optional(),
      /** Difference hash of the upright picture, when the window computed it. */
      likeness: z
        .string()
        .regex(/^[0-9a-f]{16}$/)
        .nullable()
        .optional(),
      /** Why an earlier submission is superseded; required when there is one that was not returned. */
      reason: z.string().min(1).max(20_000).optional(),
      /** The open breaches of the guideline's rules were shown, and the answer was to submit all the same. Kept in the ledger. */
      breachesSeen: z.boolean().optional(),
      /** It was said how many of a machine's proposals are neither taken nor turned down, and the answer was to submit all the same. */
      proposalsSeen: z.boolean().optional(),
      /** What the window measured: how far the worst side of a shape lies from the nearest edge, in pixels. */
      fits: z
        .array(z.strictObject({ shape: shapeId, px: z.number().nonnegative() }))
        .max(5000)
        .optional(),
      /** What the window found a recording to be by going through it: what its segments are counted in. */
      sound: soundInfo.pick({ rate: true, channels: true }).extend({ frames: z.int().nonnegative() }).optional(),
      /**
       * Where the window measured a recording to be quiet by the guideline's threshold, in frames, in order, none touching the next: in each
       * channel and in all of them at once, all that is longer than the rule about silence inside a segment. Left out while it has not gone
       * through the whole; nothing is then said about silence.
       */
      quiet: z.strictObject({ channels: z.array(stretches).max(64), all: stretches }).optional(),
      /** A machine's answer to a task of text was not shown, because the worker's own judgement comes first: what is submitted is that. */
      machineUnseen: z.boolean().optional(),
    }),
    output: z.strictObject({ submissionId, entryId: z.uuidv7() }),
    errors: [
      'tasks/not-found',
      'tasks/already-submitted',
      'tasks/breaches-open',
      'tasks/proposals-undecided',
      'drafts/stale',
      'files/unreadable',
      'segments/not-found',
    ],
    changes: ['tasks', 'submissions', 'judgements', 'time', 'ledger', 'projects'],
  }),
  'tasks.setKind': command({
    summary:
      'Says what kind of task one is, for the terms it is paid by; with `othersToo` also all of its project that have no kind and are not sealed.',
    input: z.strictObject({ taskId, kind: taskKind.nullable(), othersToo: z.boolean() }),
    output: z.strictObject({ changed: z.int().nonnegative() }),
    errors: ['tasks/not-found'],
    changes: ['tasks'],
  }),
  'tasks.release': command({
    summary: 'Gives a task back undone (what MTurk calls "return").',
    input: z.strictObject({ taskId }),
    output: done,
    errors: ['tasks/not-found', 'tasks/already-submitted'],
    changes: ['tasks', 'projects'],
  }),
  'drafts.get': query({
    summary: 'The undo journal of a task from its beginning: folding it gives the annotation under way.',
    input: z.strictObject({ taskId }),
    output: z.strictObject({ base: annotationDoc, records: z.array(journalRecord) }),
    errors: ['tasks/not-found', 'drafts/unreadable'],
  }),
  'drafts.append': command({
    summary: 'Appends records to the undo journal; durable when it answers.',
    input: z.strictObject({
      taskId,
      /** Records the journal had before these; a mismatch means another window wrote, and nothing is appended. */
      after: z.int().nonnegative(),
      records: z.array(journalRecord).max(10_000),
    }),
    output: z.strictObject({ length: z.int().nonnegative() }),
    errors: ['tasks/not-found', 'drafts/stale'],
    changes: ['drafts', 'tasks'],
  }),
  'drafts.addShapes': command({
    summary:
      'Puts shapes on top of the drafts of several tasks, one undoable change each, all of them or none; a shape that is there already takes its own place.',
    input: z.strictObject({
      label: z.enum(['duplicate', 'propagate', 'interpolate']),
      tasks: z
        .array(z.strictObject({ taskId, shapes: z.array(shape).min(1).max(5000) }))
        .min(1)
        .max(1000),
    }),
    output: z.strictObject({ tasks: z.int(), shapes: z.int() }),
    errors: ['tasks/not-found', 'drafts/unreadable'],
    changes: ['drafts', 'tasks'],
  }),
  'submissions.list': query({
    summary: 'Submissions of a task or a project, newest first.',
    input: z.strictObject({
      taskId: taskId.optional(),
      projectId: projectId.optional(),
      offset: z.int().nonnegative().optional(),
      limit: z.int().min(1).max(500).optional(),
    }),
    output: z.strictObject({ total: z.int(), submissions: z.array(submission.omit({ annotation: true })) }),
  }),
  'submissions.get': query({
    summary: 'One submission with the annotation as sealed.',
    input: z.strictObject({ submissionId }),
    output: submission,
    errors: ['submissions/not-found'],
  }),
  'elsewhere.log': command({
    summary: 'Logs a task done in another tool.',
    input: elsewhereTask.omit({ id: true }),
    output: z.strictObject({ taskId, entryId: z.uuidv7() }),
    errors: ['projects/not-found', 'ledger/in-the-future', 'attachments/not-found'],
    changes: ['tasks', 'submissions', 'time', 'ledger'],
  }),
  'elsewhere.list': query({
    summary: 'Tasks done elsewhere, newest first.',
    input: z.strictObject({
      projectId: projectId.optional(),
      offset: z.int().nonnegative().optional(),
      limit: z.int().min(1).max(500).optional(),
    }),
    output: z.strictObject({ total: z.int(), tasks: z.array(elsewhereTask) }),
  }),
  'attachments.add': command({
    summary: 'Keeps a file by the hash of its bytes (a pasted screenshot, a chosen file); up to 24 MiB.',
    input: z.strictObject({
      /** Base64 (RFC 4648, padded). */
      data: z.string().max(34_000_000),
      mediaType: z.string().max(200),
      name: z.string().max(500).nullable(),
    }),
    output: blobRef,
    errors: ['attachments/too-large'],
    changes: [],
  }),
  'attachments.get': query({
    summary: 'The URL path of an attachment that an entry refers to.',
    input: z.strictObject({ blob: sha256Hex }),
    output: z.strictObject({ url: z.string(), bytes: z.int() }),
    errors: ['attachments/not-found'],
  }),
};
