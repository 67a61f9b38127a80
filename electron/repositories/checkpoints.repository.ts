import type { Instant } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '#electron/db/database.ts';

/** A checkpoint as it was recorded: the `ledger.checkpoint` entry `seq` over the `size` entries before it. */
export interface CheckpointRow {
  seq: number;
  size: number;
  root: string;
  note: string;
  recorded_at: Instant;
}

/** Entries about the ledger itself: those whose first subject is the ledger, as entry 0 names it. They are few. */
const own = `SELECT s.seq FROM subject AS s
  WHERE s.entity_id = (SELECT json_extract(header, '$.subjects[0]') FROM entry WHERE seq = 0) AND s.place = 0`;

const select = `SELECT e.seq, json_extract(s.value, '$') AS size, json_extract(r.value, '$') AS root,
    json_extract(n.value, '$') AS note, e.recorded_at
  FROM entry AS e
  JOIN field AS s ON s.seq = e.seq AND s.name = 'size'
  JOIN field AS r ON r.seq = e.seq AND r.name = 'root'
  JOIN field AS n ON n.seq = e.seq AND n.name = 'note'
  WHERE e.kind = 'ledger.checkpoint' AND e.seq IN (${own})`;

/** All checkpoints, newest first. */
export function checkpointRows(db: ReadDb): CheckpointRow[] {
  return db.all<CheckpointRow>(`${select} ORDER BY e.seq DESC`);
}

/** The newest checkpoint. */
export function lastCheckpointRow(db: ReadDb): CheckpointRow | undefined {
  return db.get<CheckpointRow>(`${select} ORDER BY e.seq DESC LIMIT 1`);
}

/** A ledger's name and key, as a `ledger.opened` entry states them from `seq` on. */
export interface KeyRow {
  seq: number;
  origin: string;
  verifier_key: string;
}

/** Every key this ledger has had, oldest first; more than one only where `ledger.key` was lost. */
export function keyRows(db: ReadDb): KeyRow[] {
  return db.all<KeyRow>(
    `SELECT e.seq, json_extract(o.value, '$') AS origin, json_extract(k.value, '$') AS verifier_key
     FROM entry AS e
     JOIN field AS o ON o.seq = e.seq AND o.name = 'origin'
     JOIN field AS k ON k.seq = e.seq AND k.name = 'verifier_key'
     WHERE e.kind = 'ledger.opened' AND e.seq IN (${own}) ORDER BY e.seq`,
  );
}

/** A file that left, as its `ledger.exported` entry has it. */
export interface ExportRow {
  seq: number;
  header: string;
  file_name: string;
  recorded_at: Instant;
}

/** All exports, oldest first. */
export function exportRows(db: ReadDb): ExportRow[] {
  return db.all<ExportRow>(
    `SELECT e.seq, e.header, json_extract(f.value, '$') AS file_name, e.recorded_at
     FROM entry AS e JOIN field AS f ON f.seq = e.seq AND f.name = 'file_name'
     WHERE e.kind = 'ledger.exported' AND e.seq IN (${own}) ORDER BY e.seq`,
  );
}

/** When the whole ledger was last verified, and how that ended. */
export interface VerificationRow {
  at: Instant;
  ok: number;
  size: number;
}

export function lastVerification(db: ReadDb): VerificationRow | undefined {
  return db.get<VerificationRow>('SELECT at, ok, size FROM ledger_verification');
}

export function keepVerification(db: WriteDb, row: VerificationRow): void {
  db.run('INSERT OR REPLACE INTO ledger_verification (one, at, ok, size) VALUES (1, ?, ?, ?)', [
    row.at,
    row.ok,
    row.size,
  ]);
}
