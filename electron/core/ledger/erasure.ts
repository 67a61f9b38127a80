import { AppError } from '#shared/contract/errors.ts';
import type { EntityId, EntryId } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { ReadDb, WriteDb } from '#electron/db/database.ts';
import { exportRows } from '#electron/repositories/checkpoints.repository.ts';
import {
  blobRefsOf,
  entryById,
  eraseField,
  type EntryRow,
  fieldsOf,
  isBlobWanted,
} from '#electron/repositories/entries.repository.ts';
import { chainOf } from './entry-reading.ts';
import type { OpenLedger } from './ledger.ts';

/** What is told to the features when fields are erased, so that they drop what quotes them: drafts, journals, search rows. */
export interface Erased {
  kind: string;
  /** Of the entry the chain began with; the first is what it is about. */
  subjects: readonly EntityId[];
  fields: readonly string[];
  /** Blobs nothing refers to any more. */
  blobs: readonly string[];
}
/** Called in the transaction of the erasure, once its projections are up to date. */
export type EraseHook = (db: WriteDb, erased: Erased) => void;

/** Fields to be erased, wherever the chain of an entry holds them, with the blobs that go with them. */
export interface ErasurePlan {
  chain: EntryRow[];
  fields: { seq: number; entry: EntryId; name: string }[];
  blobs: string[];
}

/** What a reader needs to read the rest of a chain. */
const structural = new Set(['corrected_kind', 'corrected_version']);

/**
 * What erasing fields of an entry comes to. Erasing a field of an entry that was amended erases it in the whole chain, or it would still stand there.
 *
 * @throws AppError `ledger/entry-not-found`; `ledger/field-not-found` for one that the entry has not, or not any more;
 *   `ledger/not-erasable` for the ledger's own marks, which hold nothing but what proves
 */
export function planErasure(db: ReadDb, id: string, names: readonly string[]): ErasurePlan {
  const row = entryById(db, id);
  if (!row) throw new AppError('ledger/entry-not-found', { id });
  const wanted = new Set(names);
  const chain = chainOf(db, row);
  const present = new Set(fieldsOf(db, row.seq).flatMap(({ name, value }) => (value === null ? [] : [name])));
  for (const name of wanted) {
    if (!present.has(name)) throw new AppError('ledger/field-not-found', { name });
    if (row.kind.startsWith('ledger.') || structural.has(name)) throw new AppError('ledger/not-erasable', { name });
  }
  return planFields(
    db,
    chain.flatMap(({ id: entry }) => [...wanted].map((name) => ({ entry, name }))),
  );
}

/** The plan for those of some fields that a database has, one entry's chain or, in a backup, less of it. */
export function planFields(db: ReadDb, refs: readonly { entry: EntryId; name: string }[]): ErasurePlan {
  const rows = new Map(refs.map(({ entry }) => [entry, entryById(db, entry)]));
  const fields = refs.flatMap(({ entry, name }) => {
    const row = rows.get(entry);
    const field = row && fieldsOf(db, row.seq).find((each) => each.name === name);
    return row && field && field.value !== null ? [{ seq: row.seq, entry, name }] : [];
  });
  const going = new Set(fields.map(({ seq, name }) => `${seq}/${name}`));
  const hashes = new Set(fields.flatMap(({ seq, name }) => blobRefsOf(db, seq, name)));
  const blobs = [...hashes].filter((hash) => !isBlobWanted(db, hash, (ref) => going.has(`${ref.seq}/${ref.name}`)));
  const first = [...rows.values()].find((row) => row !== undefined);
  return { chain: first ? chainOf(db, first) : [], fields, blobs };
}

/**
 * Files that left with the entry's data in them, as far as their records say: later, and about one of its entities or about no entity in
 * particular, as the whole ledger is.
 */
export function exportsWith(
  db: ReadDb,
  chain: readonly EntryRow[],
  self: EntityId,
): { fileName: string; at: Instant }[] {
  const subjects = new Set(chain.flatMap(({ header }) => (JSON.parse(header) as { subjects: EntityId[] }).subjects));
  subjects.delete(self);
  return exportRows(db)
    .filter(({ seq }) => seq > (chain[0]?.seq ?? 0))
    .filter(({ header }) => {
      const about = (JSON.parse(header) as { subjects: EntityId[] }).subjects.filter((each) => each !== self);
      return about.length === 0 || about.some((each) => subjects.has(each));
    })
    .map(({ file_name: fileName, recorded_at: at }) => ({ fileName, at }));
}

/**
 * Carries a plan out: the entry that says so, the fields emptied, rows computed again without them, and whatever the features kept beside.
 * What is left of the text in the write-ahead log goes when the caller truncates that, after the commit.
 *
 * @returns the entry of kind `ledger.erased`
 */
export function carryOutErasure(
  db: WriteDb,
  plan: ErasurePlan,
  deps: { ledger: OpenLedger; hooks: readonly EraseHook[]; reason: string; now: Instant },
): EntryId {
  const { ledger } = deps;
  const [root] = plan.chain as [EntryRow, ...EntryRow[]];
  const { subjects } = JSON.parse(root.header) as { subjects: [EntityId, ...EntityId[]] };
  const self = ledger.self(db);
  const [entry] = ledger.append(db, [
    {
      kind: 'ledger.erased',
      body: { fields: plan.fields.map(({ entry: of, name }) => ({ entry: of, name })), reason: deps.reason },
      occurredStart: deps.now,
      occurredEnd: null,
      source: 'stated',
      subjects: [self, ...subjects],
    },
  ]);
  if (!entry) throw new Error('nothing was written');
  for (const { seq, name } of plan.fields) eraseField(db, { seq, name, bySeq: entry.seq });
  ledger.engine.project(db, subjects[0]);
  const fields = [...new Set(plan.fields.map(({ name }) => name))];
  for (const hook of deps.hooks) hook(db, { kind: root.kind, subjects, fields, blobs: plan.blobs });
  return entry.id;
}
