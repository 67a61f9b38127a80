import type { SubmissionBody } from '../domain/entry-kinds.ts';
import type { Edit } from './edit-log.ts';

/** What an edit history comes to, as a submission keeps it (shared/domain/entry-kinds.ts). */
export type EditFigures = Omit<NonNullable<SubmissionBody['history']>, 'hash' | 'bytes'>;

/** Milliseconds: a longer time without an edit is a pause, and not counted as time at the text. */
export const pauseMs = 30_000;

/**
 * The figures of a history. Units are UTF-16 code units as the log has them. `active_ms` adds up the times between edits that are no
 * pauses; `revisions` counts edits that took something out or were made elsewhere than where the one before ended, undo and redo among
 * them: going back over the text, which pasting a finished one does not need.
 */
export function editFigures(edits: readonly Edit[]): EditFigures {
  const figures = { active_ms: 0, typed: 0, pasted: 0, removed: 0, pastes: 0, revisions: 0 };
  let last: Edit | null = null;
  for (const edit of edits) {
    const { how, inserted, removed } = edit;
    if (how === 'paste' || how === 'drop') {
      figures.pastes += 1;
      figures.pasted += inserted.length;
    } else if (how === 'type') figures.typed += inserted.length;
    // An input method writes its letters anew with every key; what remains is what was typed.
    else if (how === 'compose') figures.typed += inserted.length - removed;
    if (how !== 'program' && how !== 'compose') figures.removed += removed;
    const elsewhere = last !== null && edit.from !== last.from + last.inserted.length;
    // What a composition puts in the place of its own letters is no going back.
    if (how !== 'program' && how !== 'compose' && (removed > 0 || elsewhere)) figures.revisions += 1;
    const passed = last === null ? 0 : edit.at - last.at;
    if (passed < pauseMs) figures.active_ms += passed;
    last = edit;
  }
  return figures;
}
