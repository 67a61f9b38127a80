import type { EffectiveEntry, Projection } from '#electron/core/ledger/ledger-types.ts';
import { clearStanding, insertStanding } from '#electron/repositories/standing.repository.ts';

/** Suspensions, removals, transfers, and decisions to stop revising. */
export const standingProjection: Projection = {
  kinds: ['standing.changed'],
  tables: ['standing'],
  clear: clearStanding,
  project(db, entity, entries) {
    const entry = entries.at(-1) as EffectiveEntry<'standing.changed'> | undefined;
    if (entry === undefined) return;
    const { body } = entry;
    insertStanding(db, {
      id: entity,
      entry_id: entry.id,
      seq: entry.seq,
      project_id: body.project ?? null,
      what: body.what ?? null,
      work_type: body.work?.type ?? null,
      work_id: body.work?.id ?? null,
      until: body.until ?? null,
      reason: body.reason ?? null,
      paid: typeof body.paid === 'boolean' ? Number(body.paid) : null,
      attachments: JSON.stringify(body.attachments ?? []),
      happened_at: entry.occurredStart,
      erased: JSON.stringify(entry.erased),
    });
  },
};
