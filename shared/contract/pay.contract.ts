import { z } from 'zod';
import { blobRef } from '../domain/blob.ts';
import { claimId, entityId, entryId, exchangeRateId, payId, projectId } from '../domain/ids.ts';
import { currency, money } from '../domain/money.ts';
import { payBonus, promisedPayment } from '../domain/project.ts';
import { dateFormat, numberFormat, sheetReading } from '../domain/sheet-mapping.ts';
import { statementColumns, statementField } from '../domain/pay-statement.ts';
import { day, instant, source } from '../domain/time.ts';
import { returnSubject } from '../domain/work.ts';
import { command, query } from './define.ts';

/** An amount somebody names: never below nothing. */
const amount = money.extend({ minor: z.int().nonnegative() });
const text = z.string().max(20_000);
const attachments = z.array(blobRef).max(50);
/** Both days included. At most ten years and a leap day or two. */
const period = z.strictObject({ from: day, to: day });
const page = { offset: z.int().nonnegative().optional(), limit: z.int().min(1).max(500).optional() };

/** One amount a currency, in order of currency code; empty where there is nothing to speak of. */
const amounts = z.array(money);

/**
 * What a period says. `promised` is the work at the terms in force when it was done; `expected` is that and the bonuses met, less recalls and
 * after the return penalty; `difference` is received less expected; `unexplained` is that with the deductions given back.
 */
const payFigures = z.strictObject({
  pieces: z.int().nonnegative(),
  recalledPieces: z.int().nonnegative(),
  /** Pieces no amount is known for, because their project has no terms in force on their day. */
  piecesWithoutTerms: z.int().nonnegative(),
  promised: amounts,
  lostToRecalls: amounts,
  lostToReturns: amounts,
  /** Bonuses whose condition its owner said was met. */
  bonusesMet: amounts,
  expected: amounts,
  announced: amounts,
  received: amounts,
  deducted: amounts,
  difference: amounts,
  unexplained: amounts,
});

const figureName = z.enum([
  'pieces',
  'promised',
  'lostToRecalls',
  'lostToReturns',
  'bonusesMet',
  'expected',
  'announced',
  'received',
  'deducted',
  'difference',
  'unexplained',
]);

const openClaim = z.strictObject({
  id: claimId,
  entryId,
  projectId: projectId.nullable(),
  projectName: z.string().nullable(),
  amount: money.nullable(),
  whatFor: z.string(),
  madeTo: z.string().nullable(),
  openedAt: instant,
  /** Days from the day it was made to today, or to the day it was closed. */
  ageDays: z.int().nonnegative(),
  closed: z
    .strictObject({
      entryId,
      outcome: z.enum(['paid', 'paid-in-part', 'refused', 'given-up']).nullable(),
      amount: money.nullable(),
      note: z.string().nullable(),
      closedAt: instant,
    })
    .nullable(),
});

const payRecord = z.strictObject({
  id: entityId,
  entryId,
  kind: z.enum(['announced', 'received', 'deducted']),
  projectId: projectId.nullable(),
  projectName: z.string().nullable(),
  /** null once erased. */
  amount: money.nullable(),
  /** The day by which it falls into a period: the last day of the period it is for, else the day it happened. */
  day,
  happenedAt: instant,
  periodFrom: day.nullable(),
  periodTo: day.nullable(),
  promisedOn: day.nullable(),
  channel: z.string().nullable(),
  /** The reason stated for a deduction; the note of the others. */
  note: z.string().nullable(),
  source,
  /** A deduction announced with a return, whose entry it opens; none was recorded for it since. */
  fromReturn: z.boolean(),
});

/** A line of a client's statement. What it does not say is null and is not compared. */
const statementRow = z.strictObject({
  id: z.string().max(500).nullable(),
  name: z.string().max(500).nullable(),
  date: day.nullable(),
  count: z.int().nonnegative().nullable(),
  amount: money.nullable(),
});

const exchangeRate = z.strictObject({
  id: exchangeRateId,
  entryId,
  from: currency,
  to: currency,
  /** One unit of `from` is so many units of `to`. */
  rate: z.string(),
  effectiveFrom: day,
  note: z.string().nullable(),
});

/** A file by its absolute path, or a table as it was pasted. */
const statementSource = z.union([
  z.strictObject({ path: z.string().min(1).max(4096) }),
  z.strictObject({ pasted: z.string().min(1).max(16_000_000), name: z.string().min(1).max(200) }),
]);

export const payContract = {
  'pay.overview': query({
    summary: 'Pay of a period by project: promised, lost, expected, announced, received, deducted, difference.',
    input: period.extend({ currency: currency.nullable().optional() }),
    output: z.strictObject({
      rows: z.array(
        payFigures.extend({
          projectId: projectId.nullable(),
          projectName: z.string().nullable(),
          /** Pieces and milliseconds paid by time by kind of task: they sum to the whole. Empty where no work names a kind. */
          kinds: z.array(
            z.strictObject({
              taskKind: z.string().nullable(),
              pieces: z.int().nonnegative(),
              paidMs: z.number().nonnegative(),
              promised: amounts,
            }),
          ),
          /** Promised on a condition. Only its owner can say that it was met; `met` is the entry that says so of this period. */
          bonuses: z.array(payBonus.extend({ met: entryId.nullable() })),
          promisedPayment: promisedPayment.nullable(),
          /** The day pay was promised for, where it follows the month. */
          promisedOn: day.nullable(),
          /** Days after that day, to the one by which all that is expected had come, or to today; null when it is in time. */
          late: z.strictObject({ days: z.int().positive(), open: z.boolean() }).nullable(),
        }),
      ),
      total: payFigures,
      /** Totals in one currency at the rates in force on the last day of the period; null when none was asked for. */
      converted: z
        .strictObject({
          currency,
          expected: money.nullable(),
          received: money.nullable(),
          difference: money.nullable(),
          /** Currencies no rate is known for: then the amounts they are in are null. */
          withoutRate: z.array(currency),
          entries: z.array(entryId),
        })
        .nullable(),
    }),
  }),
  'pay.entries': query({
    summary: 'The entries a figure of `pay.overview` was computed from: the newest 5000, and how many there are.',
    input: period.extend({
      figure: figureName,
      projectId: projectId.nullable().optional(),
      /** Of pieces and of what was promised: work and time of one kind of task, null that of none. */
      taskKind: z.string().max(200).nullable().optional(),
    }),
    output: z.strictObject({ total: z.int().nonnegative(), entries: z.array(entryId) }),
  }),
  'pay.list': query({
    summary: 'What was announced, received and deducted in a period, newest first.',
    input: period.extend({ projectId: projectId.nullable().optional(), ...page }),
    output: z.strictObject({ total: z.int().nonnegative(), records: z.array(payRecord) }),
  }),
  'pay.announce': command({
    summary: 'Records what the client or the intermediary said would be paid for a period.',
    input: z.strictObject({
      projectId: projectId.nullable(),
      periodFrom: day,
      periodTo: day,
      amount,
      promisedOn: day.nullable(),
      note: text.nullable(),
      attachments,
      happenedAt: instant,
    }),
    output: z.strictObject({ payId, entryId }),
    errors: ['projects/not-found', 'attachments/not-found', 'ledger/in-the-future', 'ledger/ends-before-start'],
    changes: ['pay', 'ledger'],
  }),
  'pay.receive': command({
    summary: 'Records money received.',
    input: z.strictObject({
      projectId: projectId.nullable(),
      periodFrom: day.nullable(),
      periodTo: day.nullable(),
      amount,
      channel: z.string().max(200).nullable(),
      note: text.nullable(),
      attachments,
      happenedAt: instant,
    }),
    output: z.strictObject({ payId, entryId }),
    errors: ['projects/not-found', 'attachments/not-found', 'ledger/in-the-future', 'ledger/ends-before-start'],
    changes: ['pay', 'ledger'],
  }),
  'pay.deduct': command({
    summary: 'Records a deduction with the reason stated for it.',
    input: z.strictObject({
      projectId: projectId.nullable(),
      amount,
      reason: text,
      work: returnSubject.nullable(),
      returned: entityId.nullable(),
      attachments,
      happenedAt: instant,
    }),
    output: z.strictObject({ payId, entryId }),
    errors: [
      'projects/not-found',
      'attachments/not-found',
      'ledger/in-the-future',
      'returns/not-found',
      'returns/subject-not-found',
    ],
    changes: ['pay', 'ledger'],
  }),
  'pay.meetBonus': command({
    summary: 'Records that the condition of a bonus was met for some days: from then on it is expected.',
    input: period.extend({ projectId, name: z.string().min(1).max(200) }),
    output: z.strictObject({ entryId }),
    errors: ['projects/not-found', 'pay/no-such-bonus', 'pay/bonus-already-met'],
    changes: ['pay', 'ledger'],
  }),
  'pay.readStatement': query({
    summary:
      "Reads a client's statement from a spreadsheet or a pasted table: its columns, whose rows it holds, and my rows for `pay.reconcile`. Nothing of it is kept.",
    input: z.strictObject({
      source: statementSource,
      reading: sheetReading,
      /** What the columns are; null for the first look. */
      columns: statementColumns.nullable(),
      /** The currency of amounts where the table does not say. */
      currency,
      jobId: z.uuidv7().optional(),
    }),
    output: z.strictObject({
      sheets: z.array(z.strictObject({ name: z.string(), rows: z.int() })),
      sheet: z.string(),
      columns: z.array(
        z.strictObject({
          name: z.string(),
          samples: z.array(z.string()),
          /** What all its cells can be read as. Two of a kind: only the owner of the ledger knows which. */
          dates: z.array(dateFormat),
          numbers: z.array(numberFormat),
        }),
      ),
      /** The columns as given, else as guessed by their headers; formats that leave a doubt are left out. */
      use: statementColumns,
      people: z
        .strictObject({
          column: z.string(),
          total: z.int(),
          list: z.array(z.strictObject({ name: z.string(), rows: z.int() })),
        })
        .nullable(),
      /** Columns whose format is still to be said; then there are no rows. */
      gaps: z.array(statementField),
      /** My rows, at most 20,000; of the rows of others only their number is told. */
      rows: z.array(statementRow),
      others: z.int().nonnegative(),
      /** Cells that are not what their column should hold, by place as `sheet!C12`: the first 100, and how many. */
      wrong: z.array(z.strictObject({ place: z.string(), text: z.string(), why: z.enum(['date', 'count', 'amount']) })),
      wrongCells: z.int().nonnegative(),
    }),
    errors: ['files/not-found', 'files/unreadable', 'sheets/unreadable', 'jobs/cancelled'],
  }),
  'pay.reconcile': query({
    summary: 'Holds the rows of a statement against the ledger: matched, different, extra, missing.',
    input: period.extend({
      projectId: projectId.nullable().optional(),
      rows: z.array(statementRow).max(20_000),
    }),
    output: z.strictObject({
      /** One for each row given, in their order. */
      rows: z.array(
        z.strictObject({
          outcome: z.enum(['matched', 'different', 'extra']),
          differs: z.array(z.enum(['date', 'count', 'amount'])),
          /** The ledger's side of it; a row that stands for a day has all of the day's work. */
          ledger: z.strictObject({ day: day.nullable(), count: z.int(), amounts }).nullable(),
          entries: z.array(entryId),
        }),
      ),
      /** Work of the ledger that no row speaks of. */
      missing: z.array(
        z.strictObject({ name: z.string(), day, count: z.int(), amount: money.nullable(), entries: z.array(entryId) }),
      ),
    }),
  }),
};

export const claimsContract = {
  'claims.list': query({
    summary: 'Claims, open ones first, each with its age in days.',
    input: z.strictObject({ open: z.boolean().optional(), ...page }),
    output: z.strictObject({ total: z.int().nonnegative(), claims: z.array(openClaim) }),
  }),
  'claims.open': command({
    summary: 'Records that money is held to be owed.',
    input: z.strictObject({
      projectId: projectId.nullable(),
      amount,
      whatFor: text.min(1),
      madeTo: z.string().max(200).nullable(),
      attachments,
      openedAt: instant,
    }),
    output: z.strictObject({ claimId, entryId }),
    errors: ['projects/not-found', 'attachments/not-found', 'ledger/in-the-future'],
    changes: ['pay', 'ledger'],
  }),
  'claims.close': command({
    summary: 'Records how a claim ended.',
    input: z.strictObject({
      claimId,
      outcome: z.enum(['paid', 'paid-in-part', 'refused', 'given-up']),
      amount: amount.nullable(),
      note: text.nullable(),
      closedAt: instant,
    }),
    output: z.strictObject({ entryId }),
    errors: ['claims/not-found', 'claims/already-closed', 'ledger/in-the-future'],
    changes: ['pay', 'ledger'],
  }),
};

export const exchangeRatesContract = {
  'exchangeRates.list': query({
    summary: 'Exchange rates as their owner entered them, newest day first.',
    input: z.strictObject({}),
    output: z.strictObject({ rates: z.array(exchangeRate) }),
  }),
  'exchangeRates.set': command({
    summary: 'Records an exchange rate from a day on.',
    input: exchangeRate.omit({ id: true, entryId: true }).extend({
      rate: z
        .string()
        .regex(/^\d{1,9}(\.\d{1,12})?$/)
        .refine((rate) => /[1-9]/.test(rate)),
      note: text.nullable(),
    }),
    output: z.strictObject({ exchangeRateId, entryId }),
    changes: ['pay', 'ledger'],
  }),
  'exchangeRates.convert': query({
    summary: 'An amount in another currency at the rate in force on a day.',
    input: z.strictObject({ amount: money, to: currency, on: day }),
    output: z.strictObject({ amount: money, entryId: entryId.nullable() }),
    errors: ['rates/none'],
  }),
};

/** The names of the figures of a period, as `pay.entries` takes them. */
export type PayFigureName = z.infer<typeof figureName>;
