import { entryKinds, type EntryKind } from '#shared/domain/entry-kinds.ts';
import type { Json } from '#shared/domain/json.ts';

export type StoredBody = Record<string, Json | undefined>;

/**
 * Brings a body one version up. It gets what is stored, from which erased fields are missing, so it must do without any of
 * them. It is pure: the same body gives the same answer for ever.
 */
export type Upcaster = (body: StoredBody) => StoredBody;

/** By kind, then by the version that is read: `{ 'time.spent': { 1: toVersion2, 2: toVersion3 } }`. */
export interface UpcasterRegistry {
  /** The version the program writes now. */
  newest(kind: string): number | undefined;
  steps: Readonly<Record<string, Readonly<Record<number, Upcaster>>>>;
}

/** Every kind is at its first version. */
export const upcasters: UpcasterRegistry = {
  newest: (kind) => (Object.hasOwn(entryKinds, kind) ? entryKinds[kind as EntryKind].version : undefined),
  steps: {},
};

/**
 * The body as the newest version of its kind has it.
 *
 * @throws Error for a kind or a version that this program does not know: written by a newer one, or a step is missing
 */
export function upcast(registry: UpcasterRegistry, kind: string, version: number, body: StoredBody): StoredBody {
  const newest = registry.newest(kind);
  if (newest === undefined || version > newest) throw new Error(`unknown entry kind ${kind} version ${version}`);
  let current = body;
  for (let from = version; from < newest; from += 1) {
    const step = registry.steps[kind]?.[from];
    if (!step) throw new Error(`no upcaster from ${kind} version ${from}`);
    current = step(current);
  }
  return current;
}
