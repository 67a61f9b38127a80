import type { SubmissionBody } from '../domain/entry-kinds.ts';
import { graphemesOf } from '../rules/transcript-distance.rules.ts';
import { editedText, type Edit } from './edit-log.ts';

/** What an edit history comes to, as a submission keeps it (shared/domain/entry-kinds.ts). */
export type EditFigures = Omit<NonNullable<SubmissionBody['history']>, 'hash' | 'bytes'>;

/** Milliseconds: a longer time without an edit is a pause, and not counted as time at the text. */
export const pauseMs = 30_000;

/**
 * The figures of a history that begins with the text `before`. Characters are graphemes, as people count them. `active_ms` adds up the times
 * between edits that are no pauses; `revisions` counts edits that took something out or were made elsewhere than where the one before ended,
 * undo and redo among them: going back over the text, which pasting a finished one does not need.
 * @throws RangeError when an edit lies outside of the text it is made on
 */
export function editFigures(edits: readonly Edit[], before: string): EditFigures {
  const figures = { active_ms: 0, typed: 0, pasted: 0, removed: 0, pastes: 0, revisions: 0 };
  const text = editedText(before);
  let last: Edit | null = null;
  /** What an input method composes, where it stands. */
  let composed: { start: number; end: number } | null = null;
  for (const edit of edits) {
    const { how, from, inserted, removed } = edit;
    const [came, went] = [sizeOf(inserted), sizeOf(text.take(edit))];
    // An input method writes its letters anew with every key: what it takes out of them was never typed for good.
    const own = how === 'compose' && composed !== null && from >= composed.start && from + removed <= composed.end;
    if (how === 'paste' || how === 'drop') {
      figures.pastes += 1;
      figures.pasted += came;
    } else if (how === 'type' || how === 'compose') figures.typed += own ? came - went : came;
    if (how !== 'program' && !own) {
      figures.removed += went;
      const elsewhere = last !== null && from !== last.from + last.inserted.length;
      if (removed > 0 || elsewhere) figures.revisions += 1;
    }
    if (how !== 'compose') composed = null;
    else if (own) composed!.end += inserted.length - removed;
    else composed = { start: from, end: from + inserted.length };
    const passed = last === null ? 0 : edit.at - last.at;
    if (passed < pauseMs) figures.active_ms += passed;
    last = edit;
  }
  // Of a composition that joined what stood before it to one character, less is left than its letters were.
  return { ...figures, typed: Math.max(0, figures.typed) };
}

const sizeOf = (text: string) => (text.length < 2 ? text.length : graphemesOf(text).length);
