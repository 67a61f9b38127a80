import type { Text } from '@codemirror/state';
import { graphemesOf } from '#shared/rules/transcript-distance.rules.ts';
import type { LengthUnit } from '#shared/domain/text.ts';
import { textLengths, type TextLengths } from '#shared/text/text-lengths.ts';

/** Lines counted and kept; more than any text has that is written by hand. */
const keptMost = 20_000;

/**
 * Counts texts line by line and keeps what it counted, so that a keystroke costs the line it is made in. No word, character or sentence goes
 * beyond a line break, so the sum is that of the whole.
 */
export function createLengthCounter(): (text: Text) => TextLengths {
  const known = new Map<string, TextLengths>();
  return (text) => {
    const sum: TextLengths = { words: 0, characters: 0, han: 0, sentences: 0 };
    for (const line of text.iterLines()) {
      if (line === '') continue;
      let lengths = known.get(line);
      if (!lengths) {
        lengths = textLengths(line);
        if (known.size > keptMost) known.clear();
        known.set(line, lengths);
      }
      sum.words += lengths.words;
      sum.characters += lengths.characters;
      sum.han += lengths.han;
      sum.sentences += lengths.sentences;
    }
    return sum;
  };
}

const wordsOf = new Intl.Segmenter('und', { granularity: 'word' });
const sentencesOf = new Intl.Segmenter('und', { granularity: 'sentence' });
const han = /\p{Script=Han}/u;
const letterOrDigit = /[\p{L}\p{N}]/u;

/** Where a text becomes longer than its limit, in UTF-16 units; null where it does not. Counted as `textLengths` counts. */
export function limitPlace(text: string, unit: LengthUnit, longest: number): number | null {
  let left = longest;
  for (const { start, size } of countedIn(text, unit)) {
    if (size > left) return start;
    left -= size;
  }
  return null;
}

function* countedIn(text: string, unit: LengthUnit): Generator<{ start: number; size: number }> {
  if (unit === 'sentences') {
    for (const { segment, index } of sentencesOf.segment(text))
      if (letterOrDigit.test(segment)) yield { start: index, size: 1 };
  } else if (unit === 'characters') {
    let start = 0;
    for (const grapheme of graphemesOf(text)) {
      if (!/^\s/u.test(grapheme)) yield { start, size: 1 };
      start += grapheme.length;
    }
  } else {
    for (const { segment, index, isWordLike } of wordsOf.segment(text)) {
      if (isWordLike !== true && !(unit === 'han' && han.test(segment))) continue;
      if (unit === 'words') yield { start: index, size: 1 };
      else yield* hanIn(segment, index);
    }
  }
}

/** Every Han character once, and what else is in the word once. */
function* hanIn(word: string, start: number): Generator<{ start: number; size: number }> {
  let place = start;
  let others = false;
  for (const letter of word) {
    if (han.test(letter)) yield { start: place, size: 1 };
    else if (!others && letterOrDigit.test(letter)) {
      others = true;
      yield { start: place, size: 1 };
    }
    place += letter.length;
  }
}
