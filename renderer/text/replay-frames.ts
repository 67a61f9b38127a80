import type { Text } from '@codemirror/state';
import type { Edit } from '#shared/text/edit-log.ts';
import { textOf, textWith } from './edit-history.ts';

/** The writing of a text as a film: every edit with the moment it is shown at. */
export interface ReplayFrames {
  /** Milliseconds from the first edit to the last, pauses shortened. */
  readonly length: number;
  /** How many edits are shown at a moment: 0 before the first. */
  at(ms: number): number;
  /** The moment an edit is shown at; the first is edit 1, 0 stands before it. */
  momentOf(edit: number): number;
  /** The text after so many edits, and the stretch the last of them wrote. */
  text(edits: number): { text: Text; start: number; end: number };
}

/** A pause is shown as long as this at most. */
export const longestShownPauseMs = 1000;
/** Of a log without times. */
const withoutTimesMs = 60;
/** Texts kept to go on from when one jumps. */
const everyEdits = 200;

/** Prepares the replay of a log, from the text it begins with. */
export function replayFrames(edits: readonly Edit[], before: string): ReplayFrames {
  const moments = [0];
  edits.forEach((edit, at) => {
    const last = edits[at - 1];
    const passed = last === undefined ? 0 : edit.at === 0 ? withoutTimesMs : edit.at - last.at;
    moments.push(moments.at(-1)! + Math.min(longestShownPauseMs, Math.max(0, passed)));
  });
  const kept = new Map<number, Text>([[0, textOf(before)]]);
  return {
    length: moments.at(-1)!,
    at(ms) {
      // The last edit whose moment has come.
      let [low, high] = [0, edits.length];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (moments[middle]! <= ms) low = middle;
        else high = middle - 1;
      }
      return low;
    },
    momentOf: (edit) => moments[Math.max(0, Math.min(edits.length, edit))]!,
    text(count) {
      const last = Math.max(0, Math.min(edits.length, count));
      let from = last - (last % everyEdits);
      while (!kept.has(from)) from -= everyEdits;
      let text = kept.get(from)!;
      for (let at = from; at < last; at += 1) {
        text = textWith(text, edits[at]!);
        if ((at + 1) % everyEdits === 0) kept.set(at + 1, text);
      }
      const edit = edits[last - 1];
      return { text, start: edit?.from ?? 0, end: edit ? edit.from + edit.inserted.length : 0 };
    },
  };
}
