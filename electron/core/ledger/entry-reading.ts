import type { EntryHeader } from '#shared/domain/entry-header.ts';
import { entryKinds, type EntryKind } from '#shared/domain/entry-kinds.ts';
import type { EntityId, EntryId } from '#shared/domain/ids.ts';
import type { Json } from '#shared/domain/json.ts';
import type { ReadDb } from '#electron/db/database.ts';
import {
  correctionOf,
  entriesAbout,
  entryById,
  type EntryRow,
  type SaidRow,
  valuesOf,
} from '#electron/repositories/entries.repository.ts';
import type { EffectiveEntry } from './ledger-types.ts';
import { type StoredBody, upcast, type UpcasterRegistry } from './upcasters.ts';

/** Fields of `entry.amended` that are about the correction; all others are the new body. */
export const correctionFields = ['correction_reason', 'corrected_kind', 'corrected_version'] as const;

export const isCorrection = (kind: string): boolean => kind.startsWith('entry.');

/** A body as it is stored, with the names of what was erased. */
export interface StoredEntryBody {
  values: StoredBody;
  erased: string[];
}

/** The body that rows of `field` say. */
export function bodyOf(fields: readonly { name: string; value: string | null }[]): StoredEntryBody {
  const values: StoredBody = {};
  const erased: string[] = [];
  for (const { name, value } of fields) {
    if (value === null) erased.push(name);
    else values[name] = JSON.parse(value) as Json;
  }
  return { values, erased: erased.sort() };
}

export const readBody = (db: ReadDb, seq: number): StoredEntryBody => bodyOf(valuesOf(db, seq));

/** The entry at the beginning of a chain of corrections: the one that is not itself a correction. */
export function rootOfChain(db: ReadDb, row: EntryRow): EntryRow {
  let root = row;
  while (isCorrection(root.kind) && root.amends !== null) {
    const before = entryById(db, root.amends);
    if (!before) throw new Error(`entry ${root.amends} is missing`);
    root = before;
  }
  return root;
}

/** The chain an entry belongs to, from its root to its last correction. */
export function chainOf(db: ReadDb, row: EntryRow): EntryRow[] {
  const chain = [rootOfChain(db, row)];
  for (let next = correctionOf(db, chain[0]?.id ?? ''); next; next = correctionOf(db, next.id)) chain.push(next);
  return chain;
}

export type ChainState = 'current' | 'amended' | 'voided' | 'superseded';

/** What a chain of corrections has made of its root. */
export function stateOf(chain: readonly Pick<EntryRow, 'kind'>[]): ChainState {
  const kinds = new Set(chain.slice(1).map(({ kind }) => kind));
  if (kinds.has('entry.voided')) return 'voided';
  if (kinds.has('entry.superseded')) return 'superseded';
  return kinds.has('entry.amended') ? 'amended' : 'current';
}

/** How entries of a kind may be corrected; a kind of a newer program may not be. */
export function correctable(kind: string): 'amend-or-void' | 'supersede-or-void' | 'never' {
  return Object.hasOwn(entryKinds, kind) ? entryKinds[kind as EntryKind].correct : 'never';
}

/** The entry after all corrections; the state it ends in stands beside it. */
export interface Folded {
  entry: EffectiveEntry;
  state: ChainState;
}

/**
 * Folds a chain: header and body of the root, with times, zone, source, subjects and body of the last amendment, if any.
 * An amended entry is stated: its owner said so, whatever measured the first value.
 */
export const foldChain = (db: ReadDb, chain: readonly SaidRow[], registry: UpcasterRegistry): Folded =>
  fold(chain, (seq) => readBody(db, seq), registry);

function fold(chain: readonly SaidRow[], read: (seq: number) => StoredEntryBody, registry: UpcasterRegistry): Folded {
  const [root, ...corrections] = chain as [SaidRow, ...SaidRow[]];
  const amendment = corrections.findLast(({ kind }) => kind === 'entry.amended');
  const rootHeader = JSON.parse(root.header) as EntryHeader;
  const header = amendment ? (JSON.parse(amendment.header) as EntryHeader) : rootHeader;
  const stored = read((amendment ?? root).seq);
  const { values, erased } = amendment ? withoutCorrection(stored) : stored;
  const version = amendment ? Number(stored.values['corrected_version'] ?? rootHeader.version) : rootHeader.version;
  const entry: EffectiveEntry = {
    id: root.id,
    seq: root.seq,
    kind: root.kind as EntryKind,
    body: upcast(registry, root.kind, version, values) as EffectiveEntry['body'],
    erased,
    occurredStart: header.occurred_start,
    occurredEnd: header.occurred_end,
    zone: header.zone,
    offset: header.offset,
    recordedAt: root.recorded_at,
    source: header.source,
    subjects: header.subjects,
    group: root.group_id,
    corrections: corrections.map(({ id }) => id),
  };
  return { entry, state: stateOf(chain) };
}

function withoutCorrection({ values, erased }: StoredEntryBody): StoredEntryBody {
  const own = new Set<string>(correctionFields);
  return {
    values: Object.fromEntries(Object.entries(values).filter(([name]) => !own.has(name))),
    erased: erased.filter((name) => !own.has(name)),
  };
}

/** Every chain of an entity, folded, in order of the roots' seq; voided and superseded ones too. */
export const foldEntity = (db: ReadDb, entity: EntityId, registry: UpcasterRegistry): Folded[] =>
  foldRows(entriesAbout(db, entity), (seq) => readBody(db, seq), registry);

/** As `foldEntity`, of all the entries about an entity where they are at hand already. */
export function foldRows(
  rows: readonly SaidRow[],
  read: (seq: number) => StoredEntryBody,
  registry: UpcasterRegistry,
): Folded[] {
  const chains = new Map<EntryId, SaidRow[]>();
  for (const row of rows) {
    const chain = (row.amends !== null && chains.get(row.amends)) || [];
    chain.push(row);
    chains.set(row.id, chain);
  }
  return [...new Set(chains.values())].map((chain) => fold(chain, read, registry));
}
