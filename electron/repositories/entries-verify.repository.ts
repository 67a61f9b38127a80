import type { ReadDb } from '#electron/db/database.ts';
import type { SaidRow } from './entries.repository.ts';

/** A row of `entry` with its hashes in hex: read in bulk, text comes out three times as fast as bytes. */
export type HexEntryRow = SaidRow & { leaf: string; nodes: string };

/** Up to so many entries after one, in order of seq. */
export function entriesAfter(db: ReadDb, seq: number, limit: number): HexEntryRow[] {
  return db.all<HexEntryRow>(
    `SELECT seq, id, header, lower(hex(leaf_hash)) AS leaf, lower(hex(nodes)) AS nodes, kind, source, occurred_start, occurred_end,
       recorded_at, project_id, amends, group_id FROM entry WHERE seq > ? ORDER BY seq LIMIT ?`,
    [seq, limit],
  );
}

/** A row of `field` with its bytes in hex. */
export interface HexFieldRow {
  seq: number;
  name: string;
  salt: string | null;
  value: string | null;
  commitment: string;
}

const selectHexFields = `SELECT seq, name, CASE WHEN salt IS NOT NULL THEN hex(salt) END AS salt, value,
  lower(hex(commitment)) AS commitment FROM field WHERE seq >= ? AND seq < ? ORDER BY seq, name`;

/** All fields of the entries after one, in order of seq and name: of about so many entries, each whole. */
export function fieldsAfter(db: ReadDb, seq: number, entries: number): HexFieldRow[] {
  const first = db.get<{ seq: number }>('SELECT seq FROM field WHERE seq > ? ORDER BY seq LIMIT 1', [
    Math.max(seq, Number.MIN_SAFE_INTEGER),
  ]);
  if (!first) return [];
  return db.all<HexFieldRow>(selectHexFields, [first.seq, first.seq + entries]);
}

/** Which field was erased by which entry. */
export function everyErasure(db: ReadDb): { seq: number; name: string; by_seq: number }[] {
  return db.all('SELECT seq, name, by_seq FROM erasure');
}

/** The subjects a header says, or none where it is no JSON: that is told of elsewhere. */
const subjectsSaid = `json_each(CASE WHEN json_valid(e.header) THEN e.header ELSE '{}' END, '$.subjects')`;

/** Subjects that headers say and `subject` does not list; the first thousand. */
export function missingSubjects(db: ReadDb): { seq: number; place: number }[] {
  return db.all(
    `SELECT e.seq, j.key AS place FROM entry AS e, ${subjectsSaid} AS j
     WHERE NOT EXISTS (SELECT 1 FROM subject AS s WHERE s.entity_id = j.value AND s.place = j.key AND s.seq = e.seq)
     LIMIT 1000`,
  );
}

/** How many subjects the headers say in all, and how many of those are listed. */
export function countSubjectsSaid(db: ReadDb): { said: number; listed: number } {
  const sql = `SELECT count(*) AS said, count(s.seq) AS listed FROM entry AS e, ${subjectsSaid} AS j
    LEFT JOIN subject AS s ON s.entity_id = j.value AND s.place = j.key AND s.seq = e.seq`;
  return db.get(sql) ?? { said: 0, listed: 0 };
}

export function hasBlobRef(db: ReadDb, hash: string, seq: number, name: string): boolean {
  return (
    db.get('SELECT 1 AS yes FROM blob_ref WHERE hash = ? AND seq = ? AND name = ?', [hash, seq, name]) !== undefined
  );
}

/** Blobs that must be on the disk: some field that was not erased names them. */
export function wantedBlobs(db: ReadDb): string[] {
  const rows = db.all<{ hash: string }>(
    `SELECT DISTINCT r.hash FROM blob_ref AS r JOIN field AS f USING (seq, name) WHERE f.value IS NOT NULL ORDER BY r.hash`,
  );
  return rows.map(({ hash }) => hash);
}

/** Rows of the tables whose every row is asked for by an entry: what is beyond those is not the ledger's. */
export function countRows(db: ReadDb, table: 'subject' | 'field' | 'erasure'): number {
  return db.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)?.n ?? 0;
}

/** What SQLite itself finds wrong with the file, in its words; empty when nothing. */
export function databaseProblems(db: ReadDb): string[] {
  const integrity = db.all<{ integrity_check: string }>('PRAGMA integrity_check(100)');
  const foreign = db.all<{ table: string; rowid: number | null }>('PRAGMA foreign_key_check');
  return [
    ...integrity.map((row) => row.integrity_check).filter((text) => text !== 'ok'),
    ...foreign.slice(0, 100).map(({ table, rowid }) => `${table}: row ${String(rowid)} points at nothing`),
  ];
}

/** Triggers that guard the ledger, by name. */
export function guards(db: ReadDb): { name: string; sql: string }[] {
  return db.all("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name");
}
