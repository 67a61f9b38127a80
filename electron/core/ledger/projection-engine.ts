import type { EntityId, EntryId } from '#shared/domain/ids.ts';
import type { ReadDb, WriteDb } from '#electron/db/database.ts';
import type { SaidRow } from '#electron/repositories/entries.repository.ts';
import { type Folded, foldEntity, foldRows, type StoredEntryBody } from './entry-reading.ts';
import type { EffectiveEntry, Projection } from './ledger-types.ts';
import type { UpcasterRegistry } from './upcasters.ts';

/** Keeps every projection's rows equal to what its entries say. */
export interface ProjectionEngine {
  readonly projections: readonly Projection[];
  /** Whether any projection has rows of entities that entries of this kind are about. */
  concerns(kind: string): boolean;
  /**
   * Computes the rows of an entity again.
   * @returns its entries after corrections, without voided ones
   */
  project(db: WriteDb, entity: EntityId): EffectiveEntry[];
  /**
   * Computes the rows of an entity that has none yet, from all entries about it, which are at hand.
   * @returns as `project`
   */
  projectFirst(
    db: WriteDb,
    entity: EntityId,
    rows: readonly SaidRow[],
    read: (seq: number) => StoredEntryBody,
  ): EffectiveEntry[];
}

export function createProjectionEngine(
  projections: readonly Projection[],
  registry: UpcasterRegistry,
): ProjectionEngine {
  const byKind = Map.groupBy(
    projections.flatMap((projection) => projection.kinds.map((kind) => ({ kind: kind as string, projection }))),
    ({ kind }) => kind,
  );

  const projectionsOf = (folded: readonly Folded[]): Iterable<Projection> => {
    const [first] = folded;
    const own = (kind: string) => (byKind.get(kind) ?? []).map(({ projection }) => projection);
    if (folded.length === 1 && first) return own(first.entry.kind);
    const concerned = new Set(folded.flatMap(({ entry }) => own(entry.kind)));
    return projections.filter((projection) => concerned.has(projection));
  };

  /** Superseded chains are handed over, marked; voided ones are not there any more. */
  const handOver = (db: WriteDb, entity: EntityId, folded: readonly Folded[], clear: boolean): EffectiveEntry[] => {
    const present = folded.filter(({ state }) => state !== 'voided').map(({ entry }) => entry);
    const superseded = new Set<EntryId>(
      folded.filter(({ state }) => state === 'superseded').map(({ entry }) => entry.id),
    );
    for (const projection of projectionsOf(folded)) {
      const entries = present.filter(({ kind }) => projection.kinds.includes(kind));
      if (clear) projection.clear(db, entity);
      projection.project(db, entity, entries, superseded);
    }
    return present;
  };

  return {
    projections,
    concerns: (kind) => byKind.has(kind),
    project: (db, entity) => handOver(db, entity, foldEntity(db, entity, registry), true),
    projectFirst: (db, entity, rows, read) => handOver(db, entity, foldRows(rows, read, registry), false),
  };
}

/** The entries of an entity after corrections, without voided and superseded ones. */
export function effectiveEntries(db: ReadDb, entity: EntityId, registry: UpcasterRegistry) {
  return foldEntity(db, entity, registry)
    .filter(({ state }) => state === 'current' || state === 'amended')
    .map(({ entry }) => entry);
}
