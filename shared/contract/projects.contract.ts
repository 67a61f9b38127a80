import { z } from 'zod';
import { entryId, guidelineId, projectId, rulingId, segmentId } from '../domain/ids.ts';
import { accuracyBar, guideline, payTerms, project, ruling, segment } from '../domain/project.ts';
import { command, done, query } from './define.ts';

const projectFields = project.pick({ name: true, client: true, intermediary: true, modality: true, labels: true });

/** What a project pack carries: labels, rules, terms, bar. No persons, no media, no names of client or intermediary. */
export const projectPack = z.strictObject({
  format: z.literal('counterledger-pack'),
  version: z.literal(1),
  project: project.pick({ name: true, modality: true, labels: true }),
  terms: z.array(payTerms).max(1000),
  bar: accuracyBar.nullable(),
  segments: z.array(segment.pick({ name: true })).max(10_000),
  guidelines: z
    .array(guideline.omit({ id: true, projectId: true, announcedBy: true, channel: true, attachments: true }))
    .max(1000),
  rulings: z.array(ruling.omit({ id: true, projectId: true, guidelineId: true })).max(10_000),
});

export const projectsContract = {
  'projects.list': query({
    summary: 'Projects, newest first, with how many of their tasks are in which state; archived ones only when asked.',
    input: z.strictObject({ archived: z.boolean().optional() }),
    output: z.strictObject({
      projects: z.array(
        project.extend({ taskCounts: z.strictObject({ total: z.int(), submitted: z.int(), drafted: z.int() }) }),
      ),
    }),
  }),
  'projects.get': query({
    summary: 'One project.',
    input: z.strictObject({ projectId }),
    output: project,
    errors: ['projects/not-found'],
  }),
  'projects.create': command({
    summary: 'Starts a project.',
    input: projectFields,
    output: z.strictObject({ projectId }),
    errors: ['projects/name-taken'],
    changes: ['projects', 'ledger'],
  }),
  'projects.change': command({
    summary: 'Changes what is given of a project; a label that was submitted with cannot be taken out.',
    input: projectFields.extend({ archived: z.boolean() }).partial().extend({ projectId }),
    output: done,
    errors: ['projects/not-found', 'projects/name-taken', 'projects/label-in-use'],
    changes: ['projects', 'ledger'],
  }),
  'projects.setTerms': command({
    summary: 'Sets pay terms from a day on.',
    input: z.strictObject({ projectId, terms: payTerms }),
    output: done,
    errors: ['projects/not-found'],
    changes: ['projects', 'ledger', 'time'],
  }),
  'projects.setBar': command({
    summary: 'Sets the accuracy bar from a day on.',
    input: z.strictObject({ projectId, effectiveFrom: payTerms.shape.effectiveFrom, bar: accuracyBar }),
    output: done,
    errors: ['projects/not-found'],
    changes: ['projects', 'ledger'],
  }),
  'projects.createSample': command({
    summary: 'Starts a sample project from the pictures, the recordings or the texts that come with the program.',
    input: z.strictObject({
      language: z.enum(['zh-CN', 'en']),
      modality: z.enum(['image', 'audio', 'text']).default('image'),
    }),
    output: z.strictObject({ projectId }),
    errors: ['files/unreadable'],
    changes: ['projects', 'tasks', 'guidelines', 'ledger'],
  }),
  'segments.list': query({
    summary: 'Segments of a project.',
    input: z.strictObject({ projectId }),
    output: z.strictObject({ segments: z.array(segment) }),
    errors: ['projects/not-found'],
  }),
  'segments.create': command({
    summary: 'Adds a segment to a project.',
    input: segment.pick({ projectId: true, name: true }),
    output: z.strictObject({ segmentId }),
    errors: ['projects/not-found'],
    changes: ['segments', 'ledger'],
  }),
  'guidelines.list': query({
    summary: 'Guideline versions of a project, the newest in force first.',
    input: z.strictObject({ projectId }),
    output: z.strictObject({ guidelines: z.array(guideline) }),
    errors: ['projects/not-found'],
  }),
  'guidelines.add': command({
    summary: 'Records a guideline version as it was received.',
    input: guideline.omit({ id: true }).extend({ attachments: guideline.shape.attachments.default([]) }),
    output: z.strictObject({ guidelineId }),
    errors: ['projects/not-found', 'attachments/not-found', 'ledger/in-the-future'],
    changes: ['guidelines', 'ledger'],
  }),
  'guidelines.counts': query({
    summary:
      'How much was submitted, here or elsewhere, under each version of a guideline, how much of it came back, and who cites it.',
    input: z.strictObject({ projectId }),
    output: z.strictObject({
      counts: z.array(z.strictObject({ guidelineId, submissions: z.int(), returns: z.int(), cited: z.int() })),
    }),
    errors: ['projects/not-found'],
  }),
  'guidelines.entries': query({
    summary: 'The entries behind a count of a guideline version, newest first.',
    input: z.strictObject({ guidelineId, what: z.enum(['submissions', 'returns', 'cited']) }),
    output: z.strictObject({ entries: z.array(entryId) }),
    errors: ['guidelines/not-found'],
  }),
  'rulings.list': query({
    summary: 'Rulings of a project, newest first.',
    input: z.strictObject({ projectId }),
    output: z.strictObject({ rulings: z.array(ruling) }),
    errors: ['projects/not-found'],
  }),
  'rulings.add': command({
    summary: 'Records an answer to a question about the rules.',
    input: ruling.omit({ id: true }),
    output: z.strictObject({ rulingId }),
    errors: ['projects/not-found', 'guidelines/not-found', 'ledger/in-the-future'],
    changes: ['guidelines', 'ledger'],
  }),
  'packs.export': command({
    summary: 'Writes a project pack to a file: labels, rules, terms, bar; no persons, no media.',
    input: z.strictObject({ projectId, path: z.string().max(4096), overwrite: z.boolean() }),
    output: z.strictObject({ path: z.string(), bytes: z.int() }),
    errors: ['projects/not-found', 'files/exists', 'files/unwritable', 'files/not-a-folder'],
    changes: ['ledger'],
  }),
  'packs.preview': query({
    summary: 'What a pack file holds, before it is taken in.',
    input: z.strictObject({ path: z.string().max(4096) }),
    output: projectPack,
    errors: ['files/not-found', 'files/unreadable', 'packs/unreadable'],
  }),
  'packs.import': command({
    summary: 'Starts a project from a pack.',
    input: z.strictObject({ path: z.string().max(4096), name: z.string().min(1).max(200) }),
    output: z.strictObject({ projectId }),
    errors: ['files/not-found', 'files/unreadable', 'packs/unreadable', 'projects/name-taken'],
    changes: ['projects', 'guidelines', 'segments', 'ledger'],
  }),
};

export type ProjectPack = z.infer<typeof projectPack>;
