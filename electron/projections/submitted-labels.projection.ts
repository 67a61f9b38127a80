import type { EffectiveEntry, Projection } from '#electron/core/ledger/ledger-types.ts';
import { clearSubmittedLabels, insertSubmittedLabel } from '#electron/repositories/submitted-labels.repository.ts';

/** Which labels were submitted with: superseded submissions count, for they are still read; voided ones do not. */
export const submittedLabelsProjection: Projection = {
  kinds: ['submission.sealed'],
  tables: ['submitted_label'],
  clear: clearSubmittedLabels,
  project(db, entity, entries) {
    const entry = entries.at(-1) as EffectiveEntry<'submission.sealed'> | undefined;
    const project = entry?.body.project ?? entry?.subjects[2];
    if (entry === undefined || project === undefined) return;
    for (const label of Object.keys(entry.body.object_counts ?? {})) {
      insertSubmittedLabel(db, { submission_id: entity, entry_id: entry.id, project_id: project, label });
    }
  },
};
