import type { LengthUnit } from '../domain/text.ts';
import { graphemesOf } from '../rules/transcript-distance.rules.ts';

/**
 * The length of a text, each way that clients count it; which one counts is the project's choice.
 *
 * `words` is what Intl.Segmenter (Unicode UAX 29, with a dictionary for Chinese, Japanese and Thai) calls words, numbers among them.
 * `characters` are graphemes without white space, marks of punctuation among them: what a reader sees as one sign. `han` is the count that
 * Chinese word processors show as 字数: every Han character once, every other word once. `sentences` is Intl.Segmenter's.
 */
export type TextLengths = Record<LengthUnit, number>;

const wordsOf = new Intl.Segmenter('und', { granularity: 'word' });
const sentencesOf = new Intl.Segmenter('und', { granularity: 'sentence' });
const han = /\p{Script=Han}/gu;
const letterOrDigit = /[\p{L}\p{N}]/u;

/** Counts a text every way. */
export function textLengths(text: string): TextLengths {
  let words = 0;
  let others = 0;
  for (const { segment, isWordLike } of wordsOf.segment(text)) {
    if (isWordLike !== true) continue;
    words += 1;
    if (letterOrDigit.test(segment.replaceAll(han, ''))) others += 1;
  }
  let sentences = 0;
  for (const { segment } of sentencesOf.segment(text)) if (letterOrDigit.test(segment)) sentences += 1;
  return {
    words,
    characters: graphemesOf(text.replaceAll(/\s+/gu, '')).length,
    han: (text.match(han)?.length ?? 0) + others,
    sentences,
  };
}

/** Whether there is Chinese in a text, so that its characters are worth counting. */
export function hasHan(text: string): boolean {
  return text.search(han) >= 0;
}

/** The unit a text is counted in where its project says nothing: Chinese as its readers count it, everything else in words. */
export function usualUnit(text: string): LengthUnit {
  const hanCount = text.match(han)?.length ?? 0;
  return hanCount * 2 > text.replaceAll(/\s+/gu, '').length ? 'han' : 'words';
}
