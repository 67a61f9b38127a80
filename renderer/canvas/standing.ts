import type { Shape, ShapeId } from '#shared/domain/annotation.ts';

/**
 * How shapes are looked at while one works: never a part of the document, never undone. A hidden shape is not drawn, not hit and not
 * selected; a locked one is drawn, and selected by its row in a list alone, but not hit and not changed.
 */
export interface Standing {
  readonly hidden: ReadonlySet<ShapeId>;
  readonly locked: ReadonlySet<ShapeId>;
  /** What was put out of sight so that only a few are seen; null: nothing. A shape drawn meanwhile is seen. */
  readonly aside: ReadonlySet<ShapeId> | null;
}

/** Everything is seen and can be changed. */
export const plainStanding: Standing = { hidden: new Set(), locked: new Set(), aside: null };

/** Which shapes are meant by a filter: the others are drawn faintly and not hit. */
export type Meant = (shape: Shape) => boolean;

/** Whether a shape is out of sight. */
export function isHidden({ hidden, aside }: Standing, id: ShapeId): boolean {
  return hidden.has(id) || aside?.has(id) === true;
}

/** With a few shapes locked, or free again when all of them are locked. */
export function lockToggled(standing: Standing, ids: readonly ShapeId[]): Standing {
  return { ...standing, locked: toggled(standing.locked, ids) };
}

/** With a few shapes hidden, or seen again when all of them are hidden. */
export function hideToggled(standing: Standing, ids: readonly ShapeId[]): Standing {
  return { ...standing, hidden: toggled(standing.hidden, ids) };
}

/** With only a few of all shapes seen, or all of them again when that is so already. */
export function soloToggled(standing: Standing, ids: readonly ShapeId[], all: readonly ShapeId[]): Standing {
  const few = new Set(ids);
  const aside = new Set(all.filter((id) => !few.has(id)));
  const { aside: before } = standing;
  const same = before !== null && before.size === aside.size && [...aside].every((id) => before.has(id));
  return { ...standing, aside: ids.length === 0 || same ? null : aside };
}

/** With one shape seen that was hidden or put aside. */
export function shownAgain({ hidden, locked, aside }: Standing, id: ShapeId): Standing {
  const without = (set: ReadonlySet<ShapeId>): ReadonlySet<ShapeId> => new Set([...set].filter((each) => each !== id));
  return { hidden: without(hidden), locked, aside: aside && without(aside) };
}

/** With everything seen; what is locked stays locked. */
export function allShown(standing: Standing): Standing {
  return { ...standing, hidden: new Set(), aside: null };
}

function toggled(set: ReadonlySet<ShapeId>, ids: readonly ShapeId[]): ReadonlySet<ShapeId> {
  const few = new Set(ids);
  return new Set(ids.every((id) => set.has(id)) ? [...set].filter((id) => !few.has(id)) : [...set, ...few]);
}
