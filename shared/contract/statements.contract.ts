import { z } from 'zod';
import { entityId, entryId, guidelineId, projectId } from '../domain/ids.ts';
import { money } from '../domain/money.ts';
import { accuracyBar, modality } from '../domain/project.ts';
import { day, instant, milliseconds } from '../domain/time.ts';
import { statementPart } from '../domain/statement.ts';
import { returnStage } from '../domain/work.ts';
import { command, query } from './define.ts';
import { recallLevel } from './recalls.contract.ts';
import { standingWhat } from './standing.contract.ts';

const count = z.int().nonnegative();
const byKind = z.record(z.string(), milliseconds);
const line = z.string().max(20_000);

/** A statement in words, as the page shows it: what a file is made of. */
const document = z.strictObject({
  title: line,
  /** Below the title: whose it is and when it was made. */
  lead: z.array(line).max(20),
  sections: z
    .array(
      z.strictObject({
        title: line,
        paragraphs: z.array(line).max(100),
        facts: z.array(z.strictObject({ name: line, value: line })).max(200),
        tables: z
          .array(
            z.strictObject({
              title: line,
              heads: z.array(line).min(1).max(20),
              rows: z.array(z.array(line).max(20)).max(5000),
            }),
          )
          .max(20),
      }),
    )
    .max(50),
});

export const statementsContract = {
  'statements.get': query({
    summary:
      "What the ledger knows of a project's accuracy: definition, measurement, process, changes of the guideline, and labour.",
    input: z.strictObject({ projectId }),
    output: z.strictObject({
      project: z.strictObject({
        name: z.string(),
        client: z.string().nullable(),
        intermediary: z.string().nullable(),
        modality,
        createdAt: instant,
      }),
      /** What the worker wrote where the ledger knows nothing; the last wording of each part. */
      written: z.array(z.strictObject({ part: statementPart, text: z.string(), entryId, writtenAt: instant })),
      /** Each bar with the day from which it held, the first first. */
      bars: z.array(z.strictObject({ effectiveFrom: day, bar: accuracyBar })),
      measurement: z.strictObject({
        /** The client's figures by who measured; null where nobody said. */
        reports: z.array(z.strictObject({ stage: returnStage.nullable(), reports: count, below: count })),
        checks: z.strictObject({ sample: count, full: count, unknown: count }),
        itemised: z.strictObject({ yes: count, no: count, unknown: count }),
        pieces: count,
        neverReturned: count,
      }),
      process: z.strictObject({
        byStage: z.array(z.strictObject({ stage: returnStage, returns: count })),
        recalls: z.array(z.strictObject({ level: recallLevel, recalls: count, pieces: count })),
        standing: z.array(z.strictObject({ what: standingWhat, count })),
      }),
      guidelines: z.array(
        z.strictObject({
          id: guidelineId,
          version: z.string(),
          effectiveFrom: day,
          receivedAt: instant,
          channel: z.string().nullable(),
          submissions: count,
          returns: count,
          cited: count,
        }),
      ),
      rulings: count,
      contradictions: count,
      younger: z.strictObject({ younger: count, told: count }),
      /** Of all days; milliseconds, each the length of a union. */
      labour: z.strictObject({
        worked: milliseconds,
        paid: milliseconds,
        unstated: milliseconds,
        unpaid: milliseconds,
        unpaidByKind: byKind,
        waiting: byKind,
        revising: milliseconds,
        rounds: count,
        trainingMs: milliseconds,
        trainingUnpaidMs: milliseconds,
        trainingCosts: z.array(money),
      }),
    }),
    errors: ['projects/not-found'],
  }),
  'statements.entries': query({
    summary: 'The entries behind a part of the statement, oldest first.',
    input: z.strictObject({
      projectId,
      of: z.enum(['bars', 'reports', 'returns', 'recalls', 'standing', 'guidelines', 'time', 'training']),
      /** Of time: of this activity or reason for waiting alone. Of standing: what happened. */
      kind: z.string().max(64).optional(),
      /** Of time: what was paid (by time or by piece), not paid, or never said to be either, alone. */
      paid: z.enum(['paid', 'unpaid', 'unstated']).optional(),
      /** Of reports: those of one who measured, null where nobody said; `below`: those below the bar of their day alone. */
      stage: returnStage.nullable().optional(),
      below: z.literal(true).optional(),
      /** Of returns: those checked so, or itemised so; null where nobody said. */
      check: z.enum(['sample', 'full']).nullable().optional(),
      itemised: z.boolean().nullable().optional(),
      /** Of training: what was not paid, or what cost money, alone. */
      training: z.enum(['unpaid', 'costs']).optional(),
    }),
    output: z.strictObject({ total: count, entries: z.array(entryId) }),
    errors: ['projects/not-found'],
  }),
  'statements.write': command({
    summary: 'Writes a part of the statement in the words of the worker; a later wording takes its place.',
    input: z.strictObject({ projectId, part: statementPart, text: z.string().max(20_000) }),
    output: z.strictObject({ noteId: entityId, entryId }),
    errors: ['projects/not-found'],
    changes: ['notes', 'ledger'],
  }),
  'statements.export': command({
    summary: 'Writes a statement, as it reads on its page, to a Markdown file.',
    input: z.strictObject({ projectId, document, path: z.string().min(1).max(4096), overwrite: z.boolean() }),
    output: z.strictObject({ path: z.string(), bytes: count }),
    errors: ['projects/not-found', 'files/exists', 'files/unwritable', 'files/not-a-folder'],
    changes: ['ledger'],
  }),
};
