import type { EffectiveEntry, Projection } from '#electron/core/ledger/ledger-types.ts';
import { countingPieceOf } from '#electron/repositories/piece-days.repository.ts';
import {
  clearClassesOfSubmission,
  insertClassesOfSubmission,
} from '#electron/repositories/returned-classes.repository.ts';
import { deleteSubmission, findSubmission, insertSubmission } from '#electron/repositories/submissions.repository.ts';

/**
 * Submissions by their sealed entries. An erased field leaves null; task and project are then taken from the entry's
 * subjects, which are never erased. What submissions and their returns, or their time, say together is kept by both.
 */
export const submissionsProjection: Projection = {
  kinds: ['submission.sealed'],
  tables: ['submission', 'piece_day', 'returned_class'],

  clear(db, entity) {
    clearClassesOfSubmission(db, entity);
    const row = findSubmission(db, entity);
    if (row !== undefined) countingPieceOf(db, row.task_id, () => deleteSubmission(db, entity));
  },

  project(db, entity, entries, superseded) {
    // A submission is sealed by one entry; whatever replaced it is a submission of its own.
    const entry = entries.at(-1) as EffectiveEntry<'submission.sealed'> | undefined;
    if (entry === undefined) return;
    const { body, subjects } = entry;
    const counts = body.object_counts;
    const row = {
      id: entity,
      entry_id: entry.id,
      seq: entry.seq,
      task_id: body.task ?? subjects[1] ?? '',
      project_id: body.project ?? subjects[2] ?? '',
      segment_id: body.segment ?? null,
      round: body.round ?? 1,
      media_name: body.media_name ?? null,
      media_hash: body.media_hash ?? null,
      media_likeness: body.media_likeness ?? null,
      annotation_hash: body.annotation_hash ?? null,
      object_count: counts === undefined ? null : Object.values(counts).reduce((sum, n) => sum + n, 0),
      guideline_id: body.guideline ?? null,
      guideline_version: body.guideline_version ?? null,
      task_kind: body.task_kind ?? null,
      time_spent_ms: body.time_spent_ms ?? null,
      sealed_at: entry.occurredStart,
      source: entry.source,
      superseded: superseded.has(entry.id) ? 1 : 0,
    };
    countingPieceOf(db, row.task_id, () => insertSubmission(db, row));
    insertClassesOfSubmission(db, entity);
  },
};
