import type { AnnotationDoc, JournalRecord } from '../domain/annotation.ts';
import type { TaskState } from '../domain/work.ts';

/**
 * By how many shapes some journal records change an annotation, told from the records alone; null when one of them is an undo
 * or redo, which means something only after what stands before it.
 */
export function shapesAdded(records: readonly JournalRecord[]): number | null {
  let added = 0;
  for (const record of records) {
    if (record.type !== 'do') return null;
    for (const { before, after } of record.change.edits) added += Number(after !== null) - Number(before !== null);
  }
  return added;
}

/** The label under which shapes without a class are counted. No label has it, for a label's key is never empty. */
export const unlabelled = '';

/** How many shapes of each label an annotation has, by key; `''` counts those without. */
export function countByLabel(doc: AnnotationDoc): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { label } of doc.shapes) counts.set(label ?? unlabelled, (counts.get(label ?? unlabelled) ?? 0) + 1);
  // Not assigned one by one: a label may be called `__proto__`.
  return Object.fromEntries(counts);
}

/** What the core knows of a task when it is to be submitted. */
export interface SubmittableTask {
  state: TaskState;
  journalLength: number;
  /** Journal length at the last submission; null when it was never submitted. */
  submittedLength: number | null;
  /** Whether it is of another kind now than it was sealed as. */
  kindChanged: boolean;
}

/**
 * Whether a task may be submitted, and if not why:
 * `stale` - the caller has not seen the whole journal, so it does not know what it would seal;
 * `nothing-new` - exactly this was submitted before (a double click, or a call repeated after a crash);
 * `reason-needed` - the earlier submission was not returned, so replacing it wants a reason; another kind of task is enough to replace it.
 */
export function submitRefusal(
  task: SubmittableTask,
  seenLength: number,
  reason: string | undefined,
): 'stale' | 'nothing-new' | 'reason-needed' | null {
  if (task.journalLength !== seenLength) return 'stale';
  if (task.state !== 'submitted') return null;
  if (task.submittedLength === seenLength && !task.kindChanged) return 'nothing-new';
  return reason === undefined ? 'reason-needed' : null;
}

/** Round of the next submission: one more than the last after it was returned, the same when only replaced. */
export function nextRound(last: { round: number } | null, state: TaskState): number {
  if (last === null) return 1;
  return state === 'returned' ? last.round + 1 : last.round;
}
