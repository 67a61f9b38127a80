import type { ExchangeRateId } from '#shared/domain/ids.ts';
import type { DatedRate } from '#shared/rules/exchange-rates.rules.ts';
import type { ReadDb, WriteDb } from '#electron/db/database.ts';

export interface ExchangeRateRow {
  id: string;
  entry_id: string;
  seq: number;
  from_currency: string | null;
  to_currency: string | null;
  rate: string | null;
  effective_from: string | null;
  note: string | null;
  erased: string;
}

/** A rate with the entry that set it. */
export interface RecordedRate extends DatedRate {
  id: ExchangeRateId;
  entryId: string;
  note: string | null;
}

export function insertExchangeRate(db: WriteDb, row: ExchangeRateRow): void {
  db.run(
    `INSERT INTO exchange_rate (id, entry_id, seq, from_currency, to_currency, rate, effective_from, note, erased)
     VALUES (:id, :entry_id, :seq, :from_currency, :to_currency, :rate, :effective_from, :note, :erased)`,
    { ...row },
  );
}

export function clearExchangeRate(db: WriteDb, id: string): void {
  db.run('DELETE FROM exchange_rate WHERE id = ?', [id]);
}

/** Every rate whose values stand, in the order of writing. */
export function exchangeRates(db: ReadDb): RecordedRate[] {
  return db
    .all<ExchangeRateRow>(
      `SELECT * FROM exchange_rate
        WHERE from_currency IS NOT NULL AND to_currency IS NOT NULL AND rate IS NOT NULL AND effective_from IS NOT NULL
        ORDER BY seq`,
    )
    .map((row) => ({
      id: row.id as ExchangeRateId,
      entryId: row.entry_id,
      from: row.from_currency!,
      to: row.to_currency!,
      rate: row.rate!,
      effectiveFrom: row.effective_from!,
      note: row.note,
    }));
}
