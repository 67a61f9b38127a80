import type { EffectiveEntry, Projection } from '#electron/core/ledger/ledger-types.ts';
import { clearExchangeRate, insertExchangeRate } from '#electron/repositories/exchange-rates.repository.ts';

/** Exchange rates as their owner entered them. */
export const exchangeRatesProjection: Projection = {
  kinds: ['exchange-rate.set'],
  tables: ['exchange_rate'],
  clear: clearExchangeRate,
  project(db, entity, entries) {
    const entry = entries.at(-1) as EffectiveEntry<'exchange-rate.set'> | undefined;
    if (entry === undefined) return;
    insertExchangeRate(db, {
      id: entity,
      entry_id: entry.id,
      seq: entry.seq,
      from_currency: entry.body.from ?? null,
      to_currency: entry.body.to ?? null,
      rate: entry.body.rate ?? null,
      effective_from: entry.body.effective_from ?? null,
      note: entry.body.note ?? null,
      erased: JSON.stringify(entry.erased),
    });
  },
};
