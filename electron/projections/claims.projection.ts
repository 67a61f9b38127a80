import { calendarDay } from '#shared/rules/working-day.rules.ts';
import type { EffectiveEntry, Projection } from '#electron/core/ledger/ledger-types.ts';
import { clearClaim, insertClaim } from '#electron/repositories/claims.repository.ts';

const dayOf = (entry: EffectiveEntry) => calendarDay(Date.parse(entry.occurredStart), entry.zone);

/** Claims: what was opened, and the last word on how it ended. A claim whose opening was voided is gone. */
export const claimsProjection: Projection = {
  kinds: ['claim.opened', 'claim.closed'],
  tables: ['claim'],
  clear: clearClaim,
  project(db, entity, entries) {
    const opened = entries.findLast(({ kind }) => kind === 'claim.opened') as
      EffectiveEntry<'claim.opened'> | undefined;
    const closed = entries.findLast(({ kind }) => kind === 'claim.closed') as
      EffectiveEntry<'claim.closed'> | undefined;
    if (opened === undefined) return;
    insertClaim(db, {
      id: entity,
      entry_id: opened.id,
      seq: opened.seq,
      project_id: opened.body.project ?? null,
      minor: opened.body.amount?.minor ?? null,
      currency: opened.body.amount?.currency ?? null,
      what_for: opened.body.what_for ?? null,
      made_to: opened.body.made_to ?? null,
      opened_at: opened.occurredStart,
      opened_day: dayOf(opened),
      closed_entry_id: closed?.id ?? null,
      outcome: closed?.body.outcome ?? null,
      closed_minor: closed?.body.amount?.minor ?? null,
      closed_currency: closed?.body.amount?.currency ?? null,
      closed_note: closed?.body.note ?? null,
      closed_at: closed?.occurredStart ?? null,
      closed_day: closed === undefined ? null : dayOf(closed),
      erased: JSON.stringify([...opened.erased, ...(closed?.erased ?? [])]),
    });
  },
};
