import type { EffectiveEntry, Projection } from '#electron/core/ledger/ledger-types.ts';
import { clearRuling, insertRuling } from '#electron/repositories/rulings.repository.ts';

/** Rulings: answers to questions about the rules. */
export const rulingsProjection: Projection = {
  kinds: ['ruling.given'],
  tables: ['ruling'],
  clear: clearRuling,
  project(db, entity, entries) {
    const entry = entries.at(-1) as EffectiveEntry<'ruling.given'> | undefined;
    const project = entry?.body.project ?? entry?.subjects[1];
    if (entry === undefined || project === undefined) return;
    const { body } = entry;
    insertRuling(db, {
      id: entity,
      entry_id: entry.id,
      seq: entry.seq,
      project_id: project,
      guideline_id: body.guideline ?? null,
      question: body.question ?? null,
      answer: body.answer ?? null,
      asked_of: body.asked_of ?? null,
      answered_at: entry.occurredStart,
      erased: JSON.stringify(entry.erased),
    });
  },
};
