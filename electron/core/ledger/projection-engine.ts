import type { EntityId, EntryId } from '#shared/domain/ids.ts';
import type { ReadDb, WriteDb } from '#electron/db/database.ts';
import { type Folded, foldEntity } from './entry-reading.ts';
import type { Projection } from './ledger-types.ts';
import type { UpcasterRegistry } from './upcasters.ts';

/** Keeps every projection's rows equal to what its entries say. */
export interface ProjectionEngine {
  readonly projections: readonly Projection[];
  /** Whether any projection has rows of entities that entries of this kind are about. */
  concerns(kind: string): boolean;
  /** Computes the rows of an entity again. */
  project(db: WriteDb, entity: EntityId): void;
}

/** Superseded chains are handed over, marked; voided ones are not there any more. */
function handOver(folded: readonly Folded[], kinds: ReadonlySet<string>) {
  const entries = folded
    .filter(({ entry, state }) => state !== 'voided' && kinds.has(entry.kind))
    .map(({ entry }) => entry);
  const superseded = new Set<EntryId>(
    folded.filter(({ state }) => state === 'superseded').map(({ entry }) => entry.id),
  );
  return { entries, superseded };
}

export function createProjectionEngine(
  projections: readonly Projection[],
  registry: UpcasterRegistry,
): ProjectionEngine {
  const withKinds = projections.map((projection) => ({ projection, kinds: new Set<string>(projection.kinds) }));
  const all = new Set(projections.flatMap(({ kinds }) => kinds as readonly string[]));

  return {
    projections,
    concerns: (kind) => all.has(kind),
    project(db, entity) {
      const folded = foldEntity(db, entity, registry);
      for (const { projection, kinds } of withKinds) {
        if (!folded.some(({ entry }) => kinds.has(entry.kind))) continue;
        const { entries, superseded } = handOver(folded, kinds);
        projection.clear(db, entity);
        projection.project(db, entity, entries, superseded);
      }
    },
  };
}

/** The entries of an entity after corrections, without voided and superseded ones. */
export function effectiveEntries(db: ReadDb, entity: EntityId, registry: UpcasterRegistry) {
  return foldEntity(db, entity, registry)
    .filter(({ state }) => state === 'current' || state === 'amended')
    .map(({ entry }) => entry);
}
