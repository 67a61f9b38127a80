import type { EffectiveEntry, Projection } from '#electron/core/ledger/ledger-types.ts';
import { clearGuideline, insertGuideline } from '#electron/repositories/guidelines.repository.ts';

/** Guideline versions as received. */
export const guidelinesProjection: Projection = {
  kinds: ['guideline.received'],
  tables: ['guideline'],
  clear: clearGuideline,
  project(db, entity, entries) {
    const entry = entries.at(-1) as EffectiveEntry<'guideline.received'> | undefined;
    const project = entry?.body.project ?? entry?.subjects[1];
    if (entry === undefined || project === undefined) return;
    const { body } = entry;
    insertGuideline(db, {
      id: entity,
      entry_id: entry.id,
      seq: entry.seq,
      project_id: project,
      version: body.version ?? null,
      text: body.text ?? null,
      effective_from: body.effective_from ?? null,
      received_at: entry.occurredStart,
      channel: body.channel ?? null,
      announced_by: body.announced_by ?? null,
      rules: body.rules === undefined ? null : JSON.stringify(body.rules),
      attachments: JSON.stringify(body.attachments ?? []),
      erased: JSON.stringify(entry.erased),
    });
  },
};
