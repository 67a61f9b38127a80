import type { Day, Instant } from '../domain/time.ts';
import type { LabelSet } from '../domain/label-set.ts';

/** What stands in the place of an erased name or text that has to be shown: the same in every language. */
export const erasedMark = '—';

/**
 * The form in which names of projects are compared: composed (NFC), white space trimmed and collapsed, in lower case. Two
 * projects whose names differ in nothing else could not be told apart in a list.
 */
export function projectNameKey(name: string): string {
  return name.normalize('NFC').trim().replace(/\s+/gu, ' ').toLowerCase();
}

/**
 * The key of a label that was submitted with and is no longer in the set, or null. A label may be added, moved, renamed to the
 * eye and recoloured at any time; its key is what sealed work says.
 */
export function missingLabelInUse(labels: LabelSet, inUse: Iterable<string>): string | null {
  const keys = new Set(labels.map((label) => label.key));
  for (const key of inUse) if (!keys.has(key)) return key;
  return null;
}

/** What is set from a day on, in the order in which it was written down. */
interface Effective {
  effectiveFrom: Day;
}

/**
 * The one in force on a day: the latest effective day not after it; of several set for the same day the one written last.
 * Null before the first. `sets` in the order of writing.
 */
export function inForceOn<T extends Effective>(sets: readonly T[], day: Day): T | null {
  let best: T | null = null;
  for (const set of sets) {
    if (set.effectiveFrom > day) continue;
    if (best === null || set.effectiveFrom >= best.effectiveFrom) best = set;
  }
  return best;
}

/**
 * What was set, ordered by effective day; what was set again for the same day and the same kind (as `kindOf` tells it) is replaced
 * by the later writing.
 */
export function effectiveSeries<T extends Effective>(sets: readonly T[], kindOf: (set: T) => string): T[] {
  const latest = new Map<string, T>();
  for (const set of sets) latest.set(`${set.effectiveFrom} ${kindOf(set)}`, set);
  return [...latest.values()].sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1));
}

/**
 * Whether a rule is younger than work: it came into force on a calendar day after that of the work, or was received after
 * the work was sealed (a rule announced with an earlier date did not exist for whoever had not got it). Null when neither
 * can be told; one that says "younger" is enough, "not younger" needs both.
 *
 * @param workDay calendar day of the work in the zone it was done in; null when unknown
 */
export function ruleYoungerThanWork(
  rule: { effectiveFrom: Day | null; receivedAt: Instant | null },
  work: { sealedAt: Instant | null; day: Day | null },
): boolean | null {
  const byForce = rule.effectiveFrom !== null && work.day !== null ? rule.effectiveFrom > work.day : null;
  const byReceipt = rule.receivedAt !== null && work.sealedAt !== null ? rule.receivedAt > work.sealedAt : null;
  if (byForce === true || byReceipt === true) return true;
  return byForce === null || byReceipt === null ? null : false;
}
