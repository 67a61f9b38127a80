import type { EffectiveEntry, Projection } from '#electron/core/ledger/ledger-types.ts';
import { clearAccuracyReport, insertAccuracyReport } from '#electron/repositories/accuracy.repository.ts';

/** The client's accuracy figures. */
export const accuracyProjection: Projection = {
  kinds: ['accuracy.reported'],
  tables: ['accuracy_report'],
  clear: clearAccuracyReport,
  project(db, entity, entries) {
    const entry = entries.at(-1) as EffectiveEntry<'accuracy.reported'> | undefined;
    if (entry === undefined) return;
    const { body } = entry;
    insertAccuracyReport(db, {
      id: entity,
      entry_id: entry.id,
      seq: entry.seq,
      project_id: body.project ?? entry.subjects[1] ?? null,
      stage: body.stage ?? null,
      for_day: body.for_day ?? null,
      released_on: body.released_on ?? null,
      percent: body.percent ?? null,
      correct: body.correct ?? null,
      total: body.total ?? null,
      note: body.note ?? null,
      heard_at: entry.occurredStart,
      erased: JSON.stringify(entry.erased),
    });
  },
};
