import type { EffectiveEntry, Projection } from '#electron/core/ledger/ledger-types.ts';
import { clearSegment, insertSegment } from '#electron/repositories/segments.repository.ts';

/** Segments; the last entry about one stands. */
export const segmentsProjection: Projection = {
  kinds: ['segment.created'],
  tables: ['segment'],
  clear: clearSegment,
  project(db, entity, entries) {
    const entry = entries.at(-1) as EffectiveEntry<'segment.created'> | undefined;
    const project = entry?.body.project ?? entry?.subjects[1];
    if (entry === undefined || project === undefined) return;
    insertSegment(db, {
      id: entity,
      entry_id: entry.id,
      seq: entry.seq,
      project_id: project,
      name: entry.body.name ?? null,
      erased: JSON.stringify(entry.erased),
    });
  },
};
