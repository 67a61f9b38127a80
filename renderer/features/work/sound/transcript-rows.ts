/** CSS pixels of a row beside the lines of its text, of a line, and of a row with one line or none: what stands at its left takes two. */
const around = 7;
const line = 20;
const least = 47;
/** CSS pixels that a row gives to other things than its text, and what a Chinese letter and one of the Latin ones take. */
const aside = 260;
const wide = 14;
const narrow = 7.2;
/** From here on letters are as wide as they are high. */
const firstWide = 0x2e80;

/** How tall a row of a transcript will be about, CSS pixels, in a list so wide: until it was drawn once. */
export function guessedHeight(text: string, listWidth: number): number {
  const room = Math.max(listWidth - aside, 4 * wide);
  let lines = 0;
  let taken = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const needed = code >= firstWide ? wide : narrow;
    taken += needed;
    if (code !== 10 && taken <= room) continue;
    lines += 1;
    taken = code === 10 ? 0 : needed;
  }
  return Math.max(least, (lines + 1) * line + around);
}

/** Where every row begins, one below the other, and at the end where the last one ends. */
export function topsOf(heights: readonly number[]): Float64Array {
  const tops = new Float64Array(heights.length + 1);
  for (const [at, height] of heights.entries()) tops[at + 1] = tops[at]! + height;
  return tops;
}

/** The row at a height; the first above all, the last below all, 0 where there is none. */
export function rowAt(tops: Float64Array, height: number): number {
  let [low, high] = [0, tops.length - 2];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (tops[middle]! <= height) low = middle;
    else high = middle - 1;
  }
  return Math.max(low, 0);
}
