import { z } from 'zod';
import { projectId, taskId, timeSpanId } from './ids.ts';

/** An instant: ISO 8601 in UTC with milliseconds, as `2026-11-22T01:49:42.123Z`. */
export const instant = z.iso.datetime({ precision: 3 });
/** A calendar day `2026-11-22`; a working day begins at the hour its owner set, so it is not always midnight to midnight. */
export const day = z.iso.date();
/** An IANA zone name such as `Asia/Shanghai`. */
export const zone = z.string().min(1).max(64);
/** Milliseconds of duration. */
export const milliseconds = z.number().nonnegative();

export const lane = z.enum(['presence', 'activity', 'waiting']);
/** What one does, one at a time. The vocabulary is fixed, so that ledgers compare. */
export const activity = z.enum([
  'annotating',
  'revising',
  'training',
  'meeting',
  'appealing',
  'testing-assistant',
  'keeping-records',
  'break',
]);
/** What one waits for; may run beside an activity. */
export const waitingFor = z.enum(['tasks', 'feedback', 'rules', 'screen-hours', 'payment']);
/** How a stretch of time is paid. `unstated`: nobody has said; `unpaid`: known to bring nothing. */
export const paid = z.enum(['by-time', 'by-piece', 'unpaid', 'unstated']);
/** Where a fact comes from. */
export const source = z.enum(['measured', 'stated', 'imported']);

/** One stretch of time in one lane. `what` is `present`, an activity or a reason for waiting, by lane. */
export const timeSpan = z.strictObject({
  id: timeSpanId,
  lane,
  what: z.union([z.literal('present'), activity, waitingFor]),
  start: instant,
  end: instant,
  paid,
  source,
  projectId: projectId.nullable(),
  taskId: taskId.nullable(),
  tag: z.string().max(200).nullable(),
});

export type Instant = z.infer<typeof instant>;
export type Day = z.infer<typeof day>;
export type Lane = z.infer<typeof lane>;
export type Activity = z.infer<typeof activity>;
export type WaitingFor = z.infer<typeof waitingFor>;
export type Paid = z.infer<typeof paid>;
export type Source = z.infer<typeof source>;
export type TimeSpan = z.infer<typeof timeSpan>;
export type Milliseconds = number;
