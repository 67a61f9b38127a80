import type { XmlElement } from '../image/xml-elements.codec.ts';
import { attributeOf } from '../image/xml-elements.codec.ts';
import type { EafAnnotation } from './eaf-fields.codec.ts';

/** Milliseconds of a file, before the offset of the recording. */
type Milliseconds = number;

/** Where annotations lie. */
export interface EafTimes {
  /** Undefined for one whose time can't be known. */
  of(id: string): readonly [Milliseconds, Milliseconds] | undefined;
  /** How many annotations got a time that the file leaves open. */
  filled: number;
}

/** Times of slots in the order of the file; null where it leaves one open. */
export function readSlots(order: XmlElement | undefined): Map<string, Milliseconds | null> {
  return new Map(
    (order?.children ?? []).flatMap((slot): [string, Milliseconds | null][] => {
      const [id, value] = [attributeOf(slot, 'TIME_SLOT_ID'), attributeOf(slot, 'TIME_VALUE')];
      if (slot.name !== 'TIME_SLOT' || id === undefined) return [];
      return [[id, value !== undefined && /^-?\d{1,15}$/.test(value.trim()) ? Number(value) : null]];
    }),
  );
}

/**
 * Finds out where annotations lie. Open slots between two known ones share the time between them evenly, along the annotations of their
 * tier; where those do not tell, along the order of slots. Several that refer to one annotation on one tier share its time. Linear.
 */
export function timesOf(
  annotations: readonly EafAnnotation[],
  slots: ReadonlyMap<string, Milliseconds | null>,
): EafTimes {
  const { known, open } = filledSlots(annotations, slots);
  const times = new Map<string, readonly [Milliseconds, Milliseconds]>();
  const children = new Map<string, EafAnnotation[]>();
  let filled = 0;
  const queue: string[] = [];
  for (const { id, place } of annotations) {
    if (!('slots' in place)) continue;
    const [from, to] = place.slots.map((slot) => known.get(slot));
    if (from === undefined || to === undefined || times.has(id)) continue;
    if (place.slots.some((slot) => open.has(slot))) filled += 1;
    times.set(id, [from, to]);
    queue.push(id);
  }
  for (const annotation of annotations) {
    if ('slots' in annotation.place) continue;
    const { parent } = annotation.place;
    const same = children.get(parent);
    if (same === undefined) children.set(parent, [annotation]);
    else same.push(annotation);
  }
  // From those whose time is known to those that refer to them; a circle is never reached.
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const [from, to] = times.get(id)!;
    for (const siblings of byTierOf(children.get(id) ?? [])) {
      const ordered = inOrder(siblings);
      if (ordered.length > 1) filled += ordered.length;
      for (const [i, child] of ordered.entries()) {
        if (times.has(child.id)) continue;
        const at = (share: number): Milliseconds => from + ((to - from) * share) / ordered.length;
        times.set(child.id, [at(i), at(i + 1)]);
        queue.push(child.id);
      }
    }
  }
  return { of: (id) => times.get(id), filled };
}

function byTierOf(annotations: readonly EafAnnotation[]): EafAnnotation[][] {
  const tiers = new Map<string, EafAnnotation[]>();
  for (const one of annotations) {
    const same = tiers.get(one.tier);
    if (same === undefined) tiers.set(one.tier, [one]);
    else same.push(one);
  }
  return [...tiers.values()];
}

/** Each after the one that it names; those that name none, or one that is not here, first. */
function inOrder(siblings: readonly EafAnnotation[]): EafAnnotation[] {
  if (siblings.length < 2) return [...siblings];
  const ids = new Set(siblings.map(({ id }) => id));
  const after = new Map<string, EafAnnotation[]>();
  const first: EafAnnotation[] = [];
  for (const one of siblings) {
    const previous = 'previous' in one.place ? one.place.previous : null;
    if (previous === null || !ids.has(previous)) first.push(one);
    else after.set(previous, [...(after.get(previous) ?? []), one]);
  }
  const ordered: EafAnnotation[] = [];
  const stack = first.reverse();
  for (let one = stack.pop(); one !== undefined; one = stack.pop()) {
    ordered.push(one);
    stack.push(...(after.get(one.id) ?? []).reverse());
  }
  // Those of a circle come last, as they stand.
  const placed = new Set(ordered);
  return [...ordered, ...siblings.filter((one) => !placed.has(one))];
}

/** Times of all slots that can be known, and which of them the file leaves open. */
function filledSlots(annotations: readonly EafAnnotation[], slots: ReadonlyMap<string, Milliseconds | null>) {
  const known = new Map<string, Milliseconds>();
  const open = new Set<string>();
  for (const [id, value] of slots) {
    if (value === null) open.add(id);
    else known.set(id, value);
  }
  if (open.size > 0) {
    fillAlong(annotations, known, open);
    fillByOrder([...slots.keys()], known);
  }
  return { known, open };
}

/** Chains of annotations, each of which begins where the one before it ends, from one known time to the next. */
function fillAlong(
  annotations: readonly EafAnnotation[],
  known: Map<string, Milliseconds>,
  open: ReadonlySet<string>,
): void {
  const next = new Map<string, string>();
  for (const { place } of annotations) {
    if (!('slots' in place) || next.has(place.slots[0])) continue;
    if (place.slots.some((slot) => open.has(slot))) next.set(...place.slots);
  }
  for (const begin of next.keys()) {
    const from = known.get(begin);
    if (from === undefined || open.has(begin)) continue;
    const chain: string[] = [];
    let at = next.get(begin);
    while (at !== undefined && open.has(at) && !known.has(at) && chain.length < next.size) {
      chain.push(at);
      at = next.get(at);
    }
    const to = at === undefined || open.has(at) ? undefined : known.get(at);
    if (to === undefined) continue;
    chain.forEach((slot, i) => known.set(slot, from + ((to - from) * (i + 1)) / (chain.length + 1)));
  }
}

/** Slots stand in order of time: between two known ones there is no other place for one. */
function fillByOrder(order: readonly string[], known: Map<string, Milliseconds>): void {
  let last: Milliseconds | null = null;
  let waiting: string[] = [];
  for (const slot of order) {
    const value = known.get(slot);
    if (value === undefined) {
      waiting.push(slot);
      continue;
    }
    const from: Milliseconds = last ?? value;
    for (const [i, one] of waiting.entries()) known.set(one, from + ((value - from) * (i + 1)) / (waiting.length + 1));
    [last, waiting] = [value, []];
  }
  for (const slot of waiting) if (last !== null) known.set(slot, last);
}
