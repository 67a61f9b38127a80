import { type CharacterErrors, editDistance, graphemesOf } from '../rules/transcript-distance.rules.ts';

/** How far a text went from the draft it was made from, in graphemes, every space and line end counted: texts are never normalised. */
export function draftEdits(draft: string, text: string): CharacterErrors {
  const after = graphemesOf(text);
  return { characters: after.length, edits: editDistance(graphemesOf(draft), after) };
}
