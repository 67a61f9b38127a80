import { z } from 'zod';
import { blobRef } from '../domain/blob.ts';
import { entryId, projectId, trainingId } from '../domain/ids.ts';
import { money } from '../domain/money.ts';
import { day, instant, milliseconds, source } from '../domain/time.ts';
import { command, done, query } from './define.ts';

const cost = money.extend({ minor: z.int().nonnegative() });

const certificate = z.strictObject({
  name: z.string().min(1).max(500),
  file: blobRef.nullable(),
  expires: day.nullable(),
});

const facts = z.strictObject({
  projectId: projectId.nullable(),
  topic: z.string().min(1).max(500),
  calledAt: instant.nullable(),
  mandatory: z.boolean().nullable(),
  paid: z.boolean().nullable(),
  /** Imposed after a failure, not offered. */
  retraining: z.boolean(),
  fee: cost.nullable(),
  travelCost: cost.nullable(),
  travelMs: milliseconds.nullable(),
  certificate: certificate.nullable(),
  /** Whether it was ever needed, as known now. */
  needed: z.boolean().nullable(),
  note: z.string().max(20_000).nullable(),
});

const held = facts.extend({
  id: trainingId,
  entryId,
  /** All entries about it: the training and the time it took. */
  entries: z.array(entryId),
  projectName: z.string().nullable(),
  start: instant,
  end: instant.nullable(),
  timeMs: milliseconds,
  /** From the call to the beginning; null when it is not known when one was called. */
  noticeMs: z.number().nullable(),
  source,
});

/** A figure with the entries it was computed from. */
const timeFigure = z.strictObject({ ms: milliseconds, entries: z.array(entryId) });
const moneyFigure = z.strictObject({ amounts: z.array(money), entries: z.array(entryId) });

export const trainingContract = {
  'training.record': command({
    summary: 'Records a training and, in the same group, the time it took where no activity stands there yet.',
    input: facts.extend({
      /** The stretches it was held in, in order: a day each, as a rule. */
      sessions: z
        .array(z.strictObject({ start: instant, end: instant }))
        .min(1)
        .max(60),
    }),
    output: z.strictObject({
      trainingId,
      entryId,
      timeEntries: z.array(entryId),
      /** Milliseconds of it at which an activity stands already, and which were not written again. */
      timeStoodMs: milliseconds,
    }),
    errors: [
      'projects/not-found',
      'attachments/not-found',
      'ledger/ends-before-start',
      'ledger/in-the-future',
      'ledger/overlap',
    ],
    changes: ['training', 'time', 'ledger'],
  }),
  'training.setNeeded': command({
    summary: 'Says, as known now, whether a training was ever needed: an amendment with its reason.',
    input: z.strictObject({ trainingId, needed: z.boolean().nullable(), reason: z.string().min(1).max(20_000) }),
    output: done,
    errors: ['training/not-found', 'ledger/values-invalid'],
    changes: ['training', 'ledger'],
  }),
  'training.list': query({
    summary: 'Trainings, newest first.',
    input: z.strictObject({
      projectId: projectId.optional(),
      offset: z.int().nonnegative().optional(),
      limit: z.int().min(1).max(500).optional(),
    }),
    output: z.strictObject({ total: z.int().nonnegative(), trainings: z.array(held) }),
  }),
  'training.summary': query({
    summary: 'Hours, unpaid hours and what they are worth, fees, travel, per project, and certificates that expire.',
    input: z.strictObject({
      from: day.nullable(),
      to: day.nullable(),
      projectId: projectId.optional(),
      /** What an hour is worth by the owner's word; null takes what the figures of the last 90 days give. */
      ratePerHour: cost.nullable(),
    }),
    output: z.strictObject({
      count: z.int().nonnegative(),
      time: timeFigure,
      /** Of trainings that were not paid; one of which nothing was said is not among them. */
      unpaid: timeFigure,
      worth: z
        .strictObject({
          amount: money,
          ratePerHour: money,
          from: z.enum(['given', 'figures']),
          entries: z.array(entryId),
        })
        .nullable(),
      fees: moneyFigure,
      travel: moneyFigure,
      travelTime: timeFigure,
      projects: z.array(
        z.strictObject({
          projectId: projectId.nullable(),
          projectName: z.string().nullable(),
          count: z.int(),
          timeMs: milliseconds,
          unpaidMs: milliseconds,
          /** Fees and travel. */
          costs: z.array(money),
          entries: z.array(entryId),
        }),
      ),
      /** Certificates that expire within 90 days or have expired in the last 30, soonest first. */
      expiring: z.array(z.strictObject({ trainingId, entryId, name: z.string(), expires: day, daysLeft: z.int() })),
    }),
  }),
};
