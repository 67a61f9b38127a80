import { z } from 'zod';
import { projectId, taskId, timeSpanId } from '../domain/ids.ts';
import { money } from '../domain/money.ts';
import { activity, day, instant, milliseconds, paid, timeSpan, waitingFor } from '../domain/time.ts';
import { taskKind } from '../domain/work.ts';
import { command, done, nothing, query } from './define.ts';

/** The stretch under way in a lane. */
const running = z.strictObject({
  what: z.string(),
  start: instant,
  /** Measured so far, idle tail included, in milliseconds. */
  elapsedMs: milliseconds,
  projectId: projectId.nullable(),
  taskId: taskId.nullable(),
  paid,
});

/** A stretch nobody accounted for: idle, suspended, or between two recordings. Asked about later, in a batch. */
const gap = z.strictObject({
  start: instant,
  end: instant,
  why: z.enum(['idle', 'suspend', 'unaccounted']),
});

export const timeContract = {
  'time.state': query({
    summary: 'What runs now, in each lane.',
    input: nothing,
    output: z.strictObject({
      now: instant,
      day,
      presence: running.nullable(),
      activity: running.nullable(),
      waiting: z.array(running),
    }),
  }),
  'time.task': query({
    summary: 'How long a task took so far: all its stretches and the one under way together.',
    input: z.strictObject({ taskId }),
    output: z.strictObject({ now: instant, taskMs: milliseconds }),
  }),
  'time.touch': command({
    summary:
      'A sign of work on a task (pointer, key, scroll); starts or keeps the measuring. Sent at most once a second.',
    input: z.strictObject({ taskId: taskId.nullable(), projectId: projectId.nullable(), activity }),
    output: done,
    changes: [],
  }),
  'time.leave': command({
    summary: 'The task is no longer on screen: measuring that touches began ends now. What was chosen by hand goes on.',
    input: nothing,
    output: done,
    changes: ['time', 'ledger'],
  }),
  'time.switch': command({
    summary: 'Ends the running activity and starts another; null stops.',
    input: z.strictObject({
      activity: activity.nullable(),
      projectId: projectId.nullable().optional(),
      taskId: taskId.nullable().optional(),
      tag: z.string().max(200).nullable().optional(),
    }),
    output: done,
    changes: ['time', 'ledger'],
  }),
  'time.wait': command({
    summary: 'Starts or ends waiting for something; may run beside an activity.',
    input: z.strictObject({ for: waitingFor, on: z.boolean(), projectId: projectId.nullable().optional() }),
    output: done,
    errors: ['time/nothing-running'],
    changes: ['time', 'ledger'],
  }),
  'time.clock': command({
    summary: 'Clocks in or out (presence).',
    input: z.strictObject({ in: z.boolean() }),
    output: done,
    errors: ['time/nothing-running'],
    changes: ['time', 'ledger'],
  }),
  'time.log': command({
    summary: 'States a stretch of time afterwards.',
    input: timeSpan.omit({ id: true, source: true }).extend({
      /** As which kind of task, for time of no task here, where the project pays several kinds differently. */
      taskKind: taskKind.nullable().optional(),
    }),
    output: z.strictObject({ timeSpanId, entryId: z.uuidv7() }),
    errors: ['ledger/ends-before-start', 'ledger/in-the-future', 'ledger/overlap', 'projects/not-found'],
    changes: ['time', 'ledger'],
  }),
  'time.day': query({
    summary:
      "The day's account: every stretch, totals as unions (nothing counted twice), what is paid and what is not, gaps.",
    input: z.strictObject({ day: day.nullable() }),
    output: z.strictObject({
      day,
      start: instant,
      end: instant,
      spans: z.array(
        timeSpan.extend({
          entryId: z.uuidv7().nullable(),
          running: z.boolean(),
          /** By the terms of which kind of task it is paid, where it is paid by time; null: by those for all. */
          taskKind: taskKind.nullable(),
        }),
      ),
      gaps: z.array(gap),
      /** Milliseconds; `byActivity` and `byWaiting` are unions within their kind. */
      totals: z.strictObject({
        presence: milliseconds,
        worked: milliseconds,
        paidByTime: milliseconds,
        paidByPiece: milliseconds,
        /** Work nobody said the pay of: neither paid nor unpaid. */
        unstated: milliseconds,
        unpaid: milliseconds,
        byActivity: z.record(z.string(), milliseconds),
        byWaiting: z.record(z.string(), milliseconds),
        unpaidByKind: z.record(z.string(), milliseconds),
      }),
      /** Work submitted or logged on this day and what it should pay by the terms, one amount a currency. */
      pieces: z.int().nonnegative(),
      promised: z.array(money),
      /** Pieces of projects without pay terms, which no amount could be computed for. */
      piecesWithoutTerms: z.int().nonnegative(),
      /** Entries the figures were computed from. */
      entries: z.array(z.uuidv7()),
    }),
  }),
  'time.lastDay': query({
    summary: 'The working day before today on which its owner last recorded time; null when there is none.',
    input: nothing,
    output: z.strictObject({ day: day.nullable() }),
  }),
  'time.answerGap': command({
    summary: 'Says what a gap was; `nothing` leaves it as time off.',
    input: z.strictObject({
      start: instant,
      end: instant,
      answer: z.discriminatedUnion('lane', [
        z.strictObject({ lane: z.literal('activity'), what: activity, paid }),
        z.strictObject({ lane: z.literal('waiting'), what: waitingFor, paid }),
        z.strictObject({ lane: z.literal('nothing') }),
      ]),
      projectId: projectId.nullable(),
    }),
    output: done,
    errors: ['ledger/overlap', 'ledger/ends-before-start', 'ledger/in-the-future'],
    changes: ['time', 'ledger'],
  }),
};
