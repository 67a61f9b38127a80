import type { SubmissionBody } from '#shared/domain/entry-kinds.ts';

/**
 * The body of a submission that says nothing but whose task was sealed: an empty annotation, nothing known of the photo, nothing measured. What
 * a test is about is given.
 */
export function sealedBody(given: Pick<SubmissionBody, 'project' | 'task'> & Partial<SubmissionBody>): SubmissionBody {
  return {
    ...{ segment: null, round: 1 },
    ...{ media_name: 'a.jpg', media_hash: null, media_bytes: null, media_size: null, media_sound: null },
    ...{ media_likeness: null, text: null, history: null },
    annotation: { version: 1, shapes: [] },
    ...{ annotation_hash: 'cd'.repeat(32), object_counts: {} },
    ...{ guideline: null, guideline_version: null, task_kind: null, breaches: null, machine: null, time_spent_ms: 0 },
    ...given,
  };
}
