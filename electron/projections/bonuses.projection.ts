import type { EffectiveEntry, Projection } from '#electron/core/ledger/ledger-types.ts';
import { clearBonusMet, insertBonusMet } from '#electron/repositories/pay-bonuses.repository.ts';

/** Bonuses whose condition was met. */
export const bonusesProjection: Projection = {
  kinds: ['bonus.met'],
  tables: ['bonus_met'],
  clear: clearBonusMet,
  project(db, entity, entries) {
    const entry = entries.at(-1) as EffectiveEntry<'bonus.met'> | undefined;
    if (entry === undefined) return;
    const { body } = entry;
    insertBonusMet(db, {
      id: entity,
      entry_id: entry.id,
      seq: entry.seq,
      project_id: body.project ?? null,
      name: body.name ?? null,
      period_from: body.period_from ?? null,
      period_to: body.period_to ?? null,
      minor: body.amount?.minor ?? null,
      currency: body.amount?.currency ?? null,
      erased: JSON.stringify(entry.erased),
    });
  },
};
