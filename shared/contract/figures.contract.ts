import { z } from 'zod';
import { entryId, projectId } from '../domain/ids.ts';
import { money } from '../domain/money.ts';
import { day, milliseconds } from '../domain/time.ts';
import { periodFigureIds } from '../metrics/catalogue.metric.ts';
import { query } from './define.ts';

const count = z.int().nonnegative();
const byKind = z.record(z.string(), milliseconds);

/** Milliseconds, each the length of a union; see shared/metrics/period-account.metric.ts. */
const totals = z.strictObject({
  presence: milliseconds,
  active: milliseconds,
  worked: milliseconds,
  paid: milliseconds,
  paidByTime: milliseconds,
  paidByPiece: milliseconds,
  /** Work nobody said the pay of: neither paid nor unpaid. */
  unstated: milliseconds,
  unpaid: milliseconds,
  annotating: milliseconds,
  revising: milliseconds,
  byActivity: byKind,
  byWaiting: byKind,
  unpaidByKind: byKind,
  /** `worked` cut into activities and `waiting`, without rest or overlap. */
  shares: byKind,
});

/** A weight, in whole per cent. */
const percent = z.int().nonnegative().max(1000);

/** One amount a currency. */
const amounts = z.array(money);

/** Working days from one to another, both included. */
const between = { from: day, to: day };

export const figuresContract = {
  'figures.period': query({
    summary: 'The account of some working days: hours by kind, pay by the terms and received, by day and by project.',
    input: z.strictObject(between),
    output: z.strictObject({
      ...between,
      totals,
      pieces: count,
      piecesWithoutTerms: count,
      /** What the work is promised by the terms; what returns and recalls take away is not in it. */
      promised: amounts,
      received: amounts,
      /** Promised pay by the hour; which hours is in the name. */
      perHour: z.strictObject({ worked: amounts, paid: amounts, annotating: amounts }),
      /** Pay received by the hour of the same. */
      receivedPerHour: z.strictObject({ worked: amounts, paid: amounts, annotating: amounts }),
      /** Unpaid time at what the paid time is promised to bring. */
      unpaidWorth: amounts,
      unpaidWorthByKind: z.record(z.string(), amounts),
      precision: z.strictObject({ revisingMs: milliseconds, returns: count, perReturnMs: milliseconds.nullable() }),
      whatIf: z.array(
        z.strictObject({ percent: z.string(), kept: amounts, lost: amounts, days: count, daysBelow: count }),
      ),
      days: z.array(z.strictObject({ day, totals, pieces: count, promised: amounts })),
      projects: z.array(
        z.strictObject({
          /** null: work that belongs to no project. */
          projectId: projectId.nullable(),
          name: z.string().nullable(),
          worked: milliseconds,
          annotating: milliseconds,
          unpaid: milliseconds,
          unstated: milliseconds,
          pieces: count,
          returned: count,
          promised: amounts,
          perHourWorked: amounts,
        }),
      ),
    }),
  }),
  'figures.holistic': query({
    summary:
      'What all work time, expertise and productivity of some working days would have paid under weights the owner sets.',
    input: z.strictObject({
      ...between,
      weights: z.strictObject({
        ratePerHour: money.extend({ minor: z.int().nonnegative().max(100_000_000) }),
        unpaidPercent: percent,
        yearPercent: percent,
        certificatePercent: percent,
        perPieceMinor: z.int().nonnegative().max(100_000_000),
      }),
      /** The day the owner began this kind of work; null: that of the first work in the ledger. */
      since: day.nullable(),
    }),
    output: z.strictObject({
      facts: z.strictObject({
        paidMs: milliseconds,
        unpaidMs: milliseconds,
        months: count,
        certificates: count,
        pieces: count,
      }),
      since: day.nullable(),
      time: money,
      expertise: money,
      productivity: money,
      total: money,
      /** By the hour of all work; null without any. */
      perHour: money.nullable(),
      /** Beside it, of the same days: what the terms promised and what came. */
      promised: amounts,
      received: amounts,
    }),
  }),
  'figures.entries': query({
    summary: 'The entries that a figure of some working days is computed from, newest first.',
    input: z.strictObject({
      ...between,
      figure: z.enum(periodFigureIds),
      /** Of this activity or reason for waiting alone. */
      kind: z.string().max(64).optional(),
      /** Of this project alone; null: of work that belongs to none. */
      projectId: projectId.nullable().optional(),
    }),
    output: z.strictObject({
      /** At most 5,000. */
      entries: z.array(entryId),
      total: count,
    }),
  }),
};
