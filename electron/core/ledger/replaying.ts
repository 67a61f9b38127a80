import type { EntryRecord } from '#shared/codecs/ledger-lines.codec.ts';
import type { EntityId, EntryId } from '#shared/domain/ids.ts';
import type { Json } from '#shared/domain/json.ts';
import { canonicalJson } from '#shared/proofs/canonical.ts';
import { SALT_BYTES } from '#shared/proofs/commitment.ts';
import { headerText } from '#shared/proofs/header.ts';
import type { ReadDb, WriteDb } from '#electron/db/database.ts';
import {
  entryById,
  eraseField,
  insertEntry,
  insertParts,
  isAboutProject,
} from '#electron/repositories/entries.repository.ts';
import { blobsIn, completedNodes, projectOf } from './entry-writing.ts';

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');
/** Stands in for what was erased until the entry that erased it follows. */
const placeholder = { salt: Buffer.alloc(SALT_BYTES), value: 'null' };

/**
 * Writes an entry of a file of entries as it was written the first time: same seq, id, times, salts and hashes, so that the ledger it is
 * written into becomes the one it came from. It must be the next one. An erased field is written without what was in it and
 * emptied by the `ledger.erased` entry that follows, as the guards of the database want it.
 *
 * @returns the entities whose projections are to be computed again: the one it is about, and of an erasure those that lost something
 */
export function replayEntry(db: WriteDb, record: EntryRecord): EntityId[] {
  const { seq, header } = record;
  const leaf = bytes(record.leaf_hash);
  const fields = record.fields.map(({ name, value, salt, commitment }) => ({
    name,
    ...(salt === null ? placeholder : { salt: bytes(salt), value: canonicalJson(value) }),
    commitment: bytes(commitment),
  }));
  const blobs = record.fields.flatMap(({ name, value, salt }) =>
    salt === null ? [] : [...new Set(blobsIn(value))].map((hash) => ({ hash, name })),
  );
  insertParts(db, seq, { fields, subjects: header.subjects, blobs });
  const row = {
    seq,
    id: header.id,
    header: headerText(header),
    leaf_hash: leaf,
    kind: header.kind,
    source: header.source,
    occurred_start: header.occurred_start,
    occurred_end: header.occurred_end,
    recorded_at: header.recorded_at,
    project_id: projectOfRecord(db, record),
    amends: header.amends,
    group_id: header.group,
  };
  insertEntry(db, row, completedNodes(db, seq, leaf));
  return [
    header.subjects[0] as EntityId,
    ...erasedBy(record).flatMap(({ entry, name }) => empty(db, seq, entry, name)),
  ];
}

/** The fields that an entry of kind `ledger.erased` names; none of any other. */
export function erasedBy({ header, fields }: EntryRecord): { entry: EntryId; name: string }[] {
  if (header.kind !== 'ledger.erased') return [];
  return fields.find(({ name }) => name === 'fields')?.value as { entry: EntryId; name: string }[];
}

function empty(db: WriteDb, bySeq: number, entry: EntryId, name: string): EntityId[] {
  const row = entryById(db, entry);
  if (!row) return [];
  eraseField(db, { seq: row.seq, name, bySeq });
  return (JSON.parse(row.header) as { subjects: EntityId[] }).subjects.slice(0, 1);
}

/** The project an entry concerns, as it was found when the entry was written. */
function projectOfRecord(db: ReadDb, { header, fields }: EntryRecord): string | null {
  if (header.amends !== null && header.kind !== 'entry.amended')
    return entryById(db, header.amends)?.project_id ?? null;
  const erased = fields.some(({ name, salt }) => name === 'project' && salt === null);
  if (erased) return header.subjects.find((each) => isAboutProject(db, each)) ?? null;
  const body = Object.fromEntries(fields.map(({ name, value }): [string, Json] => [name, value]));
  const kind = header.kind === 'entry.amended' ? String(body['corrected_kind']) : header.kind;
  return projectOf(kind, body, header.subjects as EntityId[]);
}
