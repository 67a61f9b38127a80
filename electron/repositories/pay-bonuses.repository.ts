import type { Day } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '#electron/db/database.ts';

/** A row of `bonus_met`. What was erased is null. */
export interface BonusMetRow {
  id: string;
  entry_id: string;
  seq: number;
  project_id: string | null;
  name: string | null;
  period_from: string | null;
  period_to: string | null;
  minor: number | null;
  currency: string | null;
  erased: string;
}

export function insertBonusMet(db: WriteDb, row: BonusMetRow): void {
  db.run(
    `INSERT INTO bonus_met (id, entry_id, seq, project_id, name, period_from, period_to, minor, currency, erased)
     VALUES (:id, :entry_id, :seq, :project_id, :name, :period_from, :period_to, :minor, :currency, :erased)`,
    { ...row },
  );
}

export function clearBonusMet(db: WriteDb, id: string): void {
  db.run('DELETE FROM bonus_met WHERE id = ?', [id]);
}

/** Bonuses met for days that end in a period, in the order of writing. */
export function bonusesMetIn(db: ReadDb, { from, to }: { from: Day; to: Day }): BonusMetRow[] {
  return db.all<BonusMetRow>('SELECT * FROM bonus_met WHERE period_to >= ? AND period_to <= ? ORDER BY seq', [
    from,
    to,
  ]);
}
