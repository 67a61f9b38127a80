import { z } from 'zod';

/**
 * Entity ids are UUIDv7 (RFC 9562): they sort by creation and carry no meaning beyond that.
 * Each entity has its own brand, so that a task id given where a project id is wanted does not compile.
 */
const id = <B extends string>() => z.uuidv7().brand<B>();

export const projectId = id<'ProjectId'>();
export const segmentId = id<'SegmentId'>();
export const taskId = id<'TaskId'>();
export const submissionId = id<'SubmissionId'>();
export const returnId = id<'ReturnId'>();
export const guidelineId = id<'GuidelineId'>();
export const rulingId = id<'RulingId'>();
export const judgementId = id<'JudgementId'>();
export const timeSpanId = id<'TimeSpanId'>();
export const payId = id<'PayId'>();
export const claimId = id<'ClaimId'>();
export const exchangeRateId = id<'ExchangeRateId'>();
export const trainingId = id<'TrainingId'>();
export const entryId = id<'EntryId'>();
export const groupId = id<'GroupId'>();
/** Any entity, where the kind of it is told by its context (an entry's subjects). */
export const entityId = z.uuidv7();

export type ProjectId = z.infer<typeof projectId>;
export type SegmentId = z.infer<typeof segmentId>;
export type TaskId = z.infer<typeof taskId>;
export type SubmissionId = z.infer<typeof submissionId>;
export type ReturnId = z.infer<typeof returnId>;
export type GuidelineId = z.infer<typeof guidelineId>;
export type RulingId = z.infer<typeof rulingId>;
export type JudgementId = z.infer<typeof judgementId>;
export type TimeSpanId = z.infer<typeof timeSpanId>;
export type PayId = z.infer<typeof payId>;
export type ClaimId = z.infer<typeof claimId>;
export type ExchangeRateId = z.infer<typeof exchangeRateId>;
export type TrainingId = z.infer<typeof trainingId>;
export type EntryId = z.infer<typeof entryId>;
export type GroupId = z.infer<typeof groupId>;
export type EntityId = z.infer<typeof entityId>;
