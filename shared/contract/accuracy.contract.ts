import { z } from 'zod';
import { entityId, entryId, projectId } from '../domain/ids.ts';
import { accuracyBar } from '../domain/project.ts';
import { day, instant } from '../domain/time.ts';
import { returnStage } from '../domain/work.ts';
import { command, query } from './define.ts';

const report = z.strictObject({
  projectId,
  stage: returnStage.nullable(),
  forDay: day,
  releasedOn: day,
  /** A decimal as announced, never rounded; null when only the counts were given. */
  percent: z
    .string()
    .regex(/^\d{1,3}(\.\d{1,6})?$/)
    .nullable(),
  correct: z.int().nonnegative().nullable(),
  total: z.int().positive().nullable(),
  note: z.string().max(20_000).nullable(),
});

/** Whole numbers: correct tasks of all tasks. A count beyond 2^53 cannot be one of tasks. */
const count = z.strictObject({ correct: z.int().nonnegative(), total: z.int().nonnegative() });

export const accuracyContract = {
  'accuracy.report': command({
    summary: "Records the client's accuracy figure for a day, and the day it was released.",
    input: report.extend({ heardAt: instant }),
    output: z.strictObject({ reportId: entityId, entryId }),
    errors: ['projects/not-found', 'accuracy/impossible', 'ledger/in-the-future'],
    changes: ['accuracy', 'ledger'],
  }),
  'accuracy.days': query({
    summary: "A project's working days: the client's figures, the owner's own count beside them, and the bar in force.",
    input: z.strictObject({ projectId, from: day, to: day }),
    output: z.strictObject({
      days: z.array(
        z.strictObject({
          day,
          /** The bar in force that day; null before the first. */
          bar: accuracyBar.nullable(),
          reports: z.array(
            report.omit({ projectId: true, forDay: true }).extend({
              id: entityId,
              entryId,
              heardAt: instant,
              /** Against the bar, compared exactly; null without a bar. */
              meetsBar: z.boolean().nullable(),
              /** Below the bar, as was the reported day before at this stage: suspension may follow. */
              suspensionRisk: z.boolean(),
            }),
          ),
          /** Pieces first submitted that day, less those sent back or recalled since; null on a day without work. */
          mine: count.nullable(),
          mineMeetsBar: z.boolean().nullable(),
        }),
      ),
      /** The last day that raises the risk among the last reported days of any stage, and the days of that run. */
      risk: z.strictObject({ stage: returnStage.nullable(), days: z.array(day), entries: z.array(entryId) }).nullable(),
    }),
    errors: ['projects/not-found', 'accuracy/impossible'],
  }),
  'accuracy.mine': query({
    summary:
      "The entries behind the owner's own count of a day: work first submitted that day, its returns and recalls.",
    input: z.strictObject({ projectId, day }),
    output: z.strictObject({ entries: z.array(entryId) }),
    errors: ['projects/not-found'],
  }),
};
