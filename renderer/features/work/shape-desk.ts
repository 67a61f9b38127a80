import { useCallback, useSyncExternalStore } from 'react';
import type { AnnotationDoc, Change, ShapeId } from '#shared/domain/annotation.ts';

/** What the panels beside a photo or a recording need of what is marked on it. The canvas of photos is one as it stands. */
export interface ShapeDesk {
  /** The shapes as they are shown now, in their order. */
  readonly doc: AnnotationDoc;
  readonly selection: readonly ShapeId[];
  select(ids: readonly ShapeId[]): void;
  /** Brings what is held back into the journal. */
  settle(): void;
  /** Shows a change that goes into the journal right after. */
  apply(change: Change): void;
  readonly standing: { readonly locked: ReadonlySet<ShapeId> };
  on(name: 'selection', listener: () => void): () => void;
}

/** What is selected, as it changes. */
export function useSelection(desk: ShapeDesk): readonly ShapeId[] {
  const subscribe = useCallback((listener: () => void) => desk.on('selection', listener), [desk]);
  return useSyncExternalStore(subscribe, () => desk.selection);
}
