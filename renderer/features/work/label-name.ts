import type { LabelSet } from '#shared/domain/label-set.ts';

/** What the worker reads for a class: its name, else its key; null while none is given. */
export function labelName(labels: LabelSet, key: string | null): string | null {
  if (key === null) return null;
  return labels.find((label) => label.key === key)?.name || key;
}

/** The colour of a class, or null when the label set has none by that key. */
export function labelColorOf(labels: LabelSet, key: string | null): string | null {
  return labels.find((label) => label.key === key)?.color ?? null;
}

/** The number key that gives the class at this place; null beyond the tenth. */
export function labelKeyOf(place: number): string | null {
  return place < 10 ? String((place + 1) % 10) : null;
}
