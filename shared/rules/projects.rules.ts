import type { Day, Instant } from '../domain/time.ts';
import type { PayRate } from '../domain/project.ts';
import type { LabelSet } from '../domain/label-set.ts';
import { unlabelled } from './tasks.rules.ts';

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
  // Shapes without a class bind the label set to nothing.
  for (const key of inUse) if (key !== unlabelled && !keys.has(key)) return key;
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
 * The terms in force on a day for tasks of a kind: those of the kind itself, else those for all kinds; and for work of no named kind, where there
 * are none for all, those of the only kind that terms speak of. Null before the first of them.
 */
export function termsFor<T extends Effective & { taskKind: string | null }>(
  terms: readonly T[],
  kind: string | null,
  day: Day,
): T | null {
  const own = kind === null ? [] : ofKind(terms, kind);
  const found = inForceOn(own, day) ?? inForceOn(ofKind(terms, null), day);
  if (found !== null || kind !== null) return found;
  const [only, ...more] = kindsOf(terms);
  return only === undefined || more.length > 0 ? null : inForceOn(ofKind(terms, only), day);
}

/**
 * The terms by which time that is paid by time is paid: those of its kind, unless these pay by the piece, which says nothing of time; then those for
 * all, as where the kind is not known.
 */
export function termsForTime<T extends Effective & { taskKind: string | null; rate: PayRate }>(
  terms: readonly T[],
  kind: string | null,
  day: Day,
): T | null {
  const own = termsFor(terms, kind, day);
  return kind !== null && own?.rate.per === 'piece' ? termsFor(terms, null, day) : own;
}

const ofKind = <T extends { taskKind: string | null }>(terms: readonly T[], kind: string | null): T[] =>
  terms.filter(({ taskKind }) => taskKind === kind);

/**
 * The rate by which time is paid or not: that of the kind of task, and where several kinds are paid and none is named, that of any of them if
 * all are paid in the same way. Of use for how time is paid, not for how much.
 */
export function rateOfTime(
  terms: readonly (Effective & { taskKind: string | null; rate: PayRate })[],
  kind: string | null,
  day: Day,
): PayRate | null {
  const found = termsFor(terms, kind, day);
  if (found !== null) return found.rate;
  const rates = kindsOf(terms).flatMap((each) => inForceOn(ofKind(terms, each), day)?.rate ?? []);
  return rates.every(({ per }) => per === rates[0]?.per) ? (rates[0] ?? null) : null;
}

/** Whether work has to say of what kind it is: terms for more than one kind, or for one kind and for all others. */
export function asksForKind(terms: readonly { taskKind: string | null }[]): boolean {
  return new Set(terms.map(({ taskKind }) => taskKind)).size > 1;
}

/** The kinds of task that terms speak of, in order of their first naming. */
export function kindsOf(terms: readonly { taskKind: string | null }[]): string[] {
  return [...new Set(terms.flatMap(({ taskKind }) => taskKind ?? []))];
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
