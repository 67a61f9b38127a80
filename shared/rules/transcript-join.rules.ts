/** Scripts written without spaces between words, and the punctuation that goes with them. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u3000-\u303f\uff00-\uffef]/u;
const closing = /^[,.;:!?%)\]}»”’…]/u;

/**
 * What is said in two stretches one after the other, as one text: with a space between where the scripts have one, none where either side is
 * Chinese, Japanese, Thai ... and none before a stop. Left out (undefined) is nothing written yet.
 */
export function joinedText(before: string | undefined, after: string | undefined): string | undefined {
  if (before === undefined || before === '') return after ?? before;
  if (after === undefined || after === '') return before;
  const last = [...before.slice(-2)].at(-1)!;
  const first = [...after.slice(0, 2)][0]!;
  const none = unspaced.test(last) || unspaced.test(first) || closing.test(after) || /\s/u.test(last + first);
  return none ? before + after : `${before} ${after}`;
}

/**
 * A text in two, at a place in it (UTF-16 units); spaces at the cut go. A half of which nothing is left is left out: nothing was written for
 * it.
 */
export function textSplitAt(text: string, place: number): [string | undefined, string | undefined] {
  const [before, after] = [text.slice(0, place).trimEnd(), text.slice(place).trimStart()];
  return [before === '' ? undefined : before, after === '' ? undefined : after];
}

/**
 * Where to split a text so that its first part is about `share` of it: the word border next to that share, so chosen that joining the parts
 * gives the very text again.
 */
export function splitPlace(text: string, share: number): number {
  const wanted = share * text.length;
  const borders = [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)].map(({ index }) => index);
  let best = share < 0.5 ? 0 : text.length;
  for (const border of [...borders, 0, text.length]) {
    if (Math.abs(border - wanted) >= Math.abs(best - wanted)) continue;
    if (joinedText(...textSplitAt(text, border)) === text) best = border;
  }
  return best;
}
