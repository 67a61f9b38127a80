import { z } from 'zod';
import { shapeId } from '../domain/annotation.ts';
import { entryId, guidelineId, judgementId, projectId, returnId, submissionId, taskId } from '../domain/ids.ts';
import { money } from '../domain/money.ts';
import { answerField } from '../domain/text.ts';
import { instant, milliseconds } from '../domain/time.ts';
import { judgement, returned, returnStage, returnSubject } from '../domain/work.ts';
import { command, query } from './define.ts';

/** Which returns; what is left out lets all through. */
const returnsFilter = {
  projectId: projectId.optional(),
  stage: returnStage.optional(),
  round: z.int().positive().optional(),
  /** Only those citing a guideline that is younger than the work. */
  youngerRule: z.boolean().optional(),
  ruleCited: z.string().max(2000).optional(),
};

/** A text before and after; empty where there was none. */
const textChange = z.strictObject({ before: z.string(), after: z.string() });

/** How one box came out of a revision; sides in pixels of the upright image, positive to the right and downwards. */
const changedObject = z.strictObject({
  what: z.enum(['changed', 'added', 'removed']),
  /** Of the annotation before; of the one after when it was added. */
  shapeId,
  label: z.string().nullable(),
  labelBefore: z.string().nullable(),
  classChanged: z.boolean(),
  /** How far each side moved; null when the outline stayed, or is none of a box. */
  sides: z.strictObject({ left: z.number(), top: z.number(), right: z.number(), bottom: z.number() }).nullable(),
  reshaped: z.boolean(),
  attributesChanged: z.boolean(),
  /** Of segments of sound: what is written down for it, before and after; null when it stayed. */
  text: textChange.nullable(),
});

export const returnsContract = {
  'returns.open': command({
    summary: 'Records that work was sent back: of a submission or of work done elsewhere.',
    input: returned.omit({ id: true }),
    output: z.strictObject({ returnId, entryId: z.uuidv7() }),
    errors: ['returns/subject-not-found', 'guidelines/not-found', 'ledger/in-the-future', 'attachments/not-found'],
    changes: ['returns', 'tasks', 'submissions', 'ledger'],
  }),
  'returns.works': query({
    summary: 'Work that may have come back, here or done elsewhere, the latest first, of all or by words of its name.',
    input: z.strictObject({
      /** Words that must all occur in its name. */
      search: z.string().max(200).optional(),
      projectId: projectId.optional(),
      /** Works that are wanted whatever the search leaves out: those chosen already. */
      ids: z.array(z.uuid()).max(500).optional(),
      limit: z.int().min(1).max(500).optional(),
    }),
    output: z.strictObject({
      works: z.array(
        z.strictObject({
          subject: returnSubject,
          name: z.string().nullable(),
          doneAt: instant,
          projectId: projectId.nullable(),
          /** Pieces it counts as: more than one for a batch done elsewhere. */
          pieces: z.int().positive(),
          /** The round a return of it would be of. */
          round: z.int().positive(),
        }),
      ),
    }),
  }),
  'returns.list': query({
    summary:
      'Returns, newest first, each with the name of its work and whether the cited rule is younger than the work.',
    input: z.strictObject({
      ...returnsFilter,
      offset: z.int().nonnegative().optional(),
      limit: z.int().min(1).max(500).optional(),
    }),
    output: z.strictObject({
      total: z.int(),
      returns: z.array(
        returned.extend({
          workName: z.string().nullable(),
          workDoneAt: z.string().nullable(),
          projectName: z.string().nullable(),
          entryId,
          /** The cited guideline came into force after the work was sealed; null when it can't be told. */
          ruleYoungerThanWork: z.boolean().nullable(),
        }),
      ),
    }),
  }),
  'returns.get': query({
    summary: 'One return.',
    input: z.strictObject({ returnId }),
    output: returned,
    errors: ['returns/not-found'],
  }),
  'returns.account': query({
    summary:
      'What the program knows of a return by itself: the guideline in force, the rounds of its task, time, and what the revision changed.',
    input: z.strictObject({ returnId }),
    output: z.strictObject({
      entryId,
      workName: z.string().nullable(),
      taskId: taskId.nullable(),
      projectId: projectId.nullable(),
      ruleYoungerThanWork: z.boolean().nullable(),
      /** In force when the work was sealed; of work done elsewhere, when it was done. */
      guideline: z.strictObject({ id: guidelineId, version: z.string() }).nullable(),
      /** Each sealing of the task with the time measured since the one before; the last may be still open. */
      rounds: z.array(
        z.strictObject({
          round: z.int().positive(),
          submissionId: submissionId.nullable(),
          sealedAt: instant.nullable(),
          timeMs: milliseconds,
          returns: z.int(),
          /** The sealing and the stretches of time. */
          entries: z.array(entryId),
        }),
      ),
      /** Time on the work until it was sealed, and on revising it since; null when none was measured or stated. */
      workMs: milliseconds.nullable(),
      revisingMs: milliseconds.nullable(),
      /** What the next submission changed; null while there is none, or where an annotation was erased. */
      change: z
        .strictObject({
          submissionId,
          objects: z.array(changedObject),
          /** Of a task of text: the fields of its answer that are others, with what was written in them; null of what was chosen. */
          answer: z.array(z.strictObject({ field: answerField.exclude(['shown']), text: textChange.nullable() })),
          unchanged: z.int(),
        })
        .nullable(),
    }),
    errors: ['returns/not-found'],
  }),
  'returns.summary': query({
    summary:
      'Returns in figures: by stage, round and rule cited, and the share that cites a rule younger than the work.',
    input: z.strictObject({ projectId: projectId.optional() }),
    output: z.strictObject({
      total: z.int(),
      /** Pieces submitted, and those of them that never came back. */
      pieces: z.int(),
      neverReturned: z.int(),
      byStage: z.array(z.strictObject({ stage: returnStage, returns: z.int() })),
      /** Works by how often they came back. */
      byTimes: z.array(z.strictObject({ times: z.int(), works: z.int() })),
      byRule: z.array(z.strictObject({ rule: z.string(), returns: z.int() })),
      younger: z.strictObject({ younger: z.int(), told: z.int() }),
      deductions: z.array(money),
    }),
  }),
  'returns.classes': query({
    summary: 'Returns by the class of the objects they name, as the sealed annotation has them.',
    input: z.strictObject({ projectId: projectId.optional() }),
    output: z.strictObject({
      /** Returns that name objects, of all. */
      naming: z.int(),
      total: z.int(),
      /** The most returns first; a return of two classes counts in both. `label` is null for objects without a class. */
      classes: z.array(z.strictObject({ label: z.string().nullable(), returns: z.int(), objects: z.int() })),
    }),
  }),
  'returns.rounds': query({
    summary: 'Precision labour: time on works after they were first submitted, by the round it went into.',
    input: z.strictObject({ projectId: projectId.optional() }),
    output: z.strictObject({
      /** Works that were revised, and all time on them after their first submission. */
      works: z.int(),
      totalMs: milliseconds,
      /** 2 is the first revision. */
      rounds: z.array(
        z.strictObject({ round: z.int().min(2), works: z.int(), ms: milliseconds, perWorkMs: milliseconds }),
      ),
      /** Time of revising that names no task, and so no round. */
      withoutTaskMs: milliseconds,
    }),
  }),
  'returns.figureEntries': query({
    summary:
      'The entries behind the returns of a class, of works that came back so often or never, or behind the time of rounds.',
    input: z.discriminatedUnion('of', [
      z.strictObject({
        of: z.literal('class'),
        label: z.string().max(200).nullable(),
        projectId: projectId.optional(),
      }),
      z.strictObject({ of: z.literal('times'), times: z.int().positive(), projectId: projectId.optional() }),
      z.strictObject({ of: z.literal('never'), projectId: projectId.optional() }),
      z.strictObject({ of: z.literal('round'), round: z.int().min(2).nullable(), projectId: projectId.optional() }),
    ]),
    output: z.strictObject({ total: z.int(), entries: z.array(entryId) }),
  }),
  'returns.entries': query({
    summary: 'The entries of the returns that a filter leaves, newest first.',
    input: z.strictObject(returnsFilter),
    output: z.strictObject({ total: z.int(), entries: z.array(entryId) }),
  }),
};

/** Part and whole, counted. */
const share = z.strictObject({ of: z.int(), all: z.int() });

export const judgementsContract = {
  'judgements.seal': command({
    summary: "Seals the worker's own judgement of a task, before or after the machine's answer was shown.",
    input: judgement.pick({ taskId: true, judgement: true, beforeMachine: true, machineAnswer: true }),
    output: z.strictObject({ judgementId, entryId: z.uuidv7() }),
    errors: ['tasks/not-found', 'judgements/already-sealed'],
    changes: ['judgements', 'ledger'],
  }),
  'machine.summary': query({
    summary:
      'How often the worker and the machine agree, before and after seeing its answer, and what its proposals came to.',
    input: z.strictObject({ projectId: projectId.optional() }),
    output: z.strictObject({
      agreement: z.strictObject({ before: share, after: share, cameRound: share, final: share }),
      corrections: z.strictObject({
        /** Tasks whose last submission tells of proposals. */
        tasks: z.int(),
        proposed: z.int(),
        accepted: z.int(),
        corrected: z.int(),
        rejected: z.int(),
        undecided: z.int(),
        byHand: z.int(),
        labelsChanged: z.int(),
        right: share,
        /** Of corrected objects; null where no shapes could be compared. */
        meanIouMillionths: z.int().nullable(),
        meanMovedMilliPx: z.int().nullable(),
        /** Of corrected segments of sound; null where there were none. */
        meanShiftedMicros: z.int().nullable(),
        /** Characters changed in transcripts of the machine, and characters that stand in the end. */
        transcripts: share,
      }),
    }),
  }),
  'machine.entries': query({
    summary: 'The judgements, or the submissions, that the figures about the machine are computed from.',
    input: z.strictObject({ of: z.enum(['judgements', 'submissions']), projectId: projectId.optional() }),
    output: z.strictObject({ total: z.int(), entries: z.array(entryId) }),
  }),
  'judgements.list': query({
    summary: 'Sealed judgements of a task.',
    input: z.strictObject({ taskId }),
    output: z.strictObject({ judgements: z.array(judgement) }),
    errors: ['tasks/not-found'],
  }),
};
