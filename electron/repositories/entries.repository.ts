import type { EntityId, EntryId, GroupId } from '#shared/domain/ids.ts';
import type { Instant, Source } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '#electron/db/database.ts';

/** What a row of `entry` says. Everything after `header` repeats it. */
export interface SaidRow {
  seq: number;
  id: EntryId;
  header: string;
  kind: string;
  source: Source;
  occurred_start: Instant;
  occurred_end: Instant | null;
  recorded_at: Instant;
  project_id: string | null;
  amends: EntryId | null;
  group_id: GroupId | null;
}

/** The same with the leaf of the Merkle tree. */
export interface EntryRow extends SaidRow {
  leaf_hash: Uint8Array;
}

/** A row of `field`; salt and value are null once erased. `value` is canonical JSON. */
export interface FieldRow {
  seq: number;
  name: string;
  salt: Uint8Array | null;
  value: string | null;
  commitment: Uint8Array;
}

export interface BlobRefRow {
  hash: string;
  seq: number;
  name: string;
}

const said = `seq, id, header, kind, source, occurred_start, occurred_end, recorded_at, project_id, amends, group_id`;
const columns = `${said}, leaf_hash`;
// Made once: a text put together anew for each call has to be compared letter by letter to find its statement.
const selectBySeq = `SELECT ${columns} FROM entry WHERE seq = ?`;
const selectById = `SELECT ${columns} FROM entry WHERE id = ?`;
const selectCorrection = `SELECT ${columns} FROM entry WHERE amends = ?`;
const selectAbout = `SELECT ${said} FROM entry
  WHERE seq IN (SELECT seq FROM subject WHERE entity_id = ? AND place = 0) ORDER BY seq`;
const selectAboutThose = `SELECT entity_id AS about, ${said} FROM subject JOIN entry USING (seq)
  WHERE entity_id >= ? AND entity_id <= ? AND place = 0 ORDER BY entity_id, seq`;
const selectValuesThose = `SELECT seq, name, value FROM subject JOIN field USING (seq)
  WHERE entity_id >= ? AND entity_id <= ? AND place = 0`;
const selectBefore = 'SELECT 1 AS yes FROM subject WHERE entity_id = ? AND place = 0 AND seq < ? LIMIT 1';
const insertOne = `INSERT INTO entry (${columns}, nodes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** Statements that insert so many rows at once. */
function insertMany(head: string, row: string): (count: number) => string {
  const made: string[] = [];
  return (count) => (made[count] ??= `${head} VALUES ${Array.from({ length: count }, () => row).join(', ')}`);
}

const insertFields = insertMany('INSERT INTO field (seq, name, salt, value, commitment)', '(?, ?, ?, ?, ?)');
const insertSubjects = insertMany('INSERT INTO subject (entity_id, place, seq)', '(?, ?, ?)');

/** Number of entries, which is the next seq. */
export function ledgerSize(db: ReadDb): number {
  return db.get<{ size: number }>('SELECT coalesce(max(seq), -1) + 1 AS size FROM entry')?.size ?? 0;
}

/** Where the ledger ends, or undefined when it is empty. */
export function newestEntry(db: ReadDb): Pick<EntryRow, 'seq' | 'recorded_at'> | undefined {
  return db.get('SELECT seq, recorded_at FROM entry ORDER BY seq DESC LIMIT 1');
}

export function entryBySeq(db: ReadDb, seq: number): EntryRow | undefined {
  return db.get<EntryRow>(selectBySeq, [seq]);
}

export function entryById(db: ReadDb, id: string): EntryRow | undefined {
  return db.get<EntryRow>(selectById, [id]);
}

/** The entry that corrects this one, if any: there is at most one. */
export function correctionOf(db: ReadDb, id: string): EntryRow | undefined {
  return db.get<EntryRow>(selectCorrection, [id]);
}

/** Entries that are about an entity (it is their first subject), in order of seq. */
export function entriesAbout(db: ReadDb, entity: EntityId): SaidRow[] {
  return db.all<SaidRow>(selectAbout, [entity]);
}

/** Entries that are about any of the entities from one to another, by entity and in order of seq. */
export function entriesAboutThose(db: ReadDb, first: EntityId, last: EntityId): (SaidRow & { about: EntityId })[] {
  return db.all(selectAboutThose, [first, last]);
}

/** Names and values of the fields of all those entries. */
export function valuesAboutThose(
  db: ReadDb,
  first: EntityId,
  last: EntityId,
): Pick<FieldRow, 'seq' | 'name' | 'value'>[] {
  return db.all(selectValuesThose, [first, last]);
}

/** Whether an entry before a place in the ledger is about an entity. */
export function isKnownBefore(db: ReadDb, entity: EntityId, seq: number): boolean {
  return db.get(selectBefore, [entity, seq]) !== undefined;
}

/** When the first and the last thing in the ledger happened; null while it is empty. */
export function occurredReach(db: ReadDb): { first: Instant; last: Instant } | null {
  const one = (order: 'ASC' | 'DESC') =>
    db.get<{ at: Instant }>(`SELECT occurred_start AS at FROM entry ORDER BY occurred_start ${order} LIMIT 1`)?.at;
  const [first, last] = [one('ASC'), one('DESC')];
  return first === undefined || last === undefined ? null : { first, last };
}

/** Whether an entity is a project: some `project.*` entry is about it. */
export function isAboutProject(db: ReadDb, entity: EntityId): boolean {
  const sql = `SELECT 1 AS yes FROM subject JOIN entry USING (seq)
    WHERE entity_id = ? AND place = 0 AND kind GLOB 'project.*' LIMIT 1`;
  return db.get(sql, [entity]) !== undefined;
}

/** Whether the ledger holds nothing but its own marks: nothing was worked, stated or taken in yet. */
export function isUntouched(db: ReadDb): boolean {
  const sql = `SELECT 1 AS yes FROM entry WHERE kind NOT GLOB 'ledger.*' AND kind NOT GLOB 'clock.*' LIMIT 1`;
  return db.get(sql) === undefined && db.get('SELECT 1 AS yes FROM task LIMIT 1') === undefined;
}

/** Entities that some entry is about, in order, from after the given one on. */
export function entitiesAbout(db: ReadDb, after: EntityId, limit: number): EntityId[] {
  const sql = `SELECT DISTINCT entity_id FROM subject WHERE place = 0 AND entity_id > ? ORDER BY entity_id LIMIT ?`;
  return db.all<{ entity_id: EntityId }>(sql, [after, limit]).map((row) => row.entity_id);
}

/** How many entities some entry is about. */
export function countAbout(db: ReadDb): number {
  return db.get<{ n: number }>('SELECT count(DISTINCT entity_id) AS n FROM subject WHERE place = 0')?.n ?? 0;
}

/** Fields of an entry in order of name. */
export function fieldsOf(db: ReadDb, seq: number): FieldRow[] {
  return db.all<FieldRow>('SELECT seq, name, salt, value, commitment FROM field WHERE seq = ? ORDER BY name', [seq]);
}

/** Names and values only, for reading bodies. */
export function valuesOf(db: ReadDb, seq: number): Pick<FieldRow, 'name' | 'value'>[] {
  return db.all<Pick<FieldRow, 'name' | 'value'>>('SELECT name, value FROM field WHERE seq = ?', [seq]);
}

/** The hash of a complete subtree; level 0 holds the leaves. Undefined when there is none. */
export function storedNode(db: ReadDb, level: number, index: number): Uint8Array | undefined {
  const row =
    level === 0
      ? db.get<{ hash: Uint8Array }>('SELECT leaf_hash AS hash FROM entry WHERE seq = ?', [index])
      : db.get<{ hash: Uint8Array }>('SELECT substr(nodes, ?, 32) AS hash FROM entry WHERE seq = ?', [
          (level - 1) * 32 + 1,
          (index + 1) * 2 ** level - 1,
        ]);
  return row?.hash.length === 32 ? row.hash : undefined;
}

/** How many of an entry's fields were erased. */
export function erasedCount(db: ReadDb, seq: number): number {
  return db.get<{ n: number }>('SELECT count(*) AS n FROM field WHERE seq = ? AND value IS NULL', [seq])?.n ?? 0;
}

/** Hashes of the blobs that a field names. */
export function blobRefsOf(db: ReadDb, seq: number, name: string): string[] {
  const sql = 'SELECT hash FROM blob_ref WHERE seq = ? AND name = ?';
  return db.all<{ hash: string }>(sql, [seq, name]).map(({ hash }) => hash);
}

/** Whether a field that was not erased, other than the ones left out, names a blob. */
export function isBlobWanted(db: ReadDb, hash: string, leftOut: (ref: BlobRefRow) => boolean = () => false): boolean {
  const refs = db.all<BlobRefRow>(
    `SELECT r.hash, r.seq, r.name FROM blob_ref AS r JOIN field AS f USING (seq, name)
     WHERE r.hash = ? AND f.value IS NOT NULL`,
    [hash],
  );
  return refs.some((ref) => !leftOut(ref));
}

/** Writes what belongs to the next entry; it must be followed by `insertEntry` with that seq. */
export function insertParts(
  db: WriteDb,
  seq: number,
  parts: {
    fields: readonly (Omit<FieldRow, 'seq' | 'salt' | 'value'> & { salt: Uint8Array; value: string })[];
    subjects: readonly EntityId[];
    blobs: readonly { hash: string; name: string }[];
  },
): void {
  // One statement for all of them: most of the time of an append goes into statements.
  const values = parts.fields.flatMap(({ name, salt, value, commitment }) => [seq, name, salt, value, commitment]);
  if (parts.fields.length > 0) db.run(insertFields(parts.fields.length), values);
  const subjects = parts.subjects.flatMap((entity, place) => [entity, place, seq]);
  if (parts.subjects.length > 0) db.run(insertSubjects(parts.subjects.length), subjects);
  for (const { hash, name } of parts.blobs) {
    db.run('INSERT INTO blob_ref (hash, seq, name) VALUES (?, ?, ?)', [hash, seq, name]);
  }
}

/** @param nodes hashes of the subtrees that the entry completes, lowest first and one behind the other */
export function insertEntry(db: WriteDb, row: EntryRow, nodes: Uint8Array): void {
  db.run(insertOne, [
    row.seq,
    row.id,
    row.header,
    row.kind,
    row.source,
    row.occurred_start,
    row.occurred_end,
    row.recorded_at,
    row.project_id,
    row.amends,
    row.group_id,
    row.leaf_hash,
    nodes,
  ]);
}

/** Empties a field for good; `bySeq` is the newest entry, of kind `ledger.erased`. */
export function eraseField(db: WriteDb, field: { seq: number; name: string; bySeq: number }): void {
  const { seq, name, bySeq } = field;
  db.run('INSERT INTO erasure (seq, name, by_seq) VALUES (?, ?, ?)', [seq, name, bySeq]);
  db.run('UPDATE field SET salt = NULL, value = NULL WHERE seq = ? AND name = ?', [seq, name]);
}
