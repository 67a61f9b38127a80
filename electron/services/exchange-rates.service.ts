import { AppError } from '#shared/contract/errors.ts';
import type { EntryId, ExchangeRateId } from '#shared/domain/ids.ts';
import { convertMoney, rateInForce } from '#shared/rules/exchange-rates.rules.ts';
import type { Ledger } from '#electron/core/ledger/ledger-types.ts';
import type { Clock, Handlers, Ids } from '#electron/core/ports.ts';
import type { Database } from '#electron/db/database.ts';
import { exchangeRates } from '#electron/repositories/exchange-rates.repository.ts';

export interface ExchangeRatesDeps {
  db: Database;
  ledger: Ledger;
  clock: Clock;
  ids: Ids;
}

/** Exchange rates: dated entries of their owner, never constants. */
export function createExchangeRatesService(
  deps: ExchangeRatesDeps,
): Handlers<'exchangeRates.list' | 'exchangeRates.set' | 'exchangeRates.convert'> {
  const { db } = deps;
  return {
    'exchangeRates.list': () => {
      const rates = exchangeRates(db.read).map((rate) => ({ ...rate, entryId: rate.entryId as EntryId }));
      // The order of writing breaks ties, so that the one in force of a day comes first.
      return { rates: rates.reverse().sort((a, b) => compare(b.effectiveFrom, a.effectiveFrom)) };
    },

    'exchangeRates.set': ({ from, to, rate, effectiveFrom, note }) =>
      db.transaction((tx) => {
        if (from === to) throw new AppError('host/bad-input', { path: 'to', problem: 'the same currency' });
        const exchangeRateId = deps.ids.uuid() as ExchangeRateId;
        const [entry] = deps.ledger.append(tx, [
          {
            kind: 'exchange-rate.set',
            body: { from, to, rate, effective_from: effectiveFrom, note },
            occurredStart: new Date(deps.clock.now()).toISOString(),
            occurredEnd: null,
            source: 'stated',
            subjects: [exchangeRateId],
          },
        ]);
        return { exchangeRateId, entryId: entry!.id };
      }),

    'exchangeRates.convert': ({ amount, to, on }) => {
      if (amount.currency === to) return { amount, entryId: null };
      const rate = rateInForce(exchangeRates(db.read), amount.currency, to, on);
      if (rate === null) throw new AppError('rates/none', { from: amount.currency, to });
      return { amount: convertMoney(amount, rate), entryId: rate.entryId as EntryId };
    },
  };
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));
