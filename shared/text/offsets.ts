/**
 * Offsets into a text as formats count them: UTF-16 code units (here and in Label Studio), Unicode code points (doccano, Python), or
 * graphemes (doccano's other mode). Conversions are explicit, never a guess.
 */
export type OffsetUnit = 'utf-16' | 'code-point' | 'grapheme';

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Places in a text at which units begin, the end of the text last, in UTF-16 units. */
function borders(text: string, unit: OffsetUnit): readonly number[] {
  if (unit === 'utf-16') return Array.from({ length: text.length + 1 }, (_, place) => place);
  const places: number[] = [];
  if (unit === 'grapheme') for (const { index } of graphemes.segment(text)) places.push(index);
  else
    for (let place = 0; place < text.length; place += (text.codePointAt(place) ?? 0) > 0xffff ? 2 : 1)
      places.push(place);
  return [...places, text.length];
}

/** Converts offsets into a text from UTF-16 units; one that lies within a unit becomes the one the unit begins at. */
export function offsetsOut(text: string, unit: OffsetUnit): (place: number) => number {
  const places = borders(text, unit);
  return (place) => lastNotAfter(places, place);
}

/** Converts offsets into a text to UTF-16 units; null for one that lies outside of it. */
export function offsetsIn(text: string, unit: OffsetUnit): (offset: number) => number | null {
  const places = borders(text, unit);
  return (offset) => places[offset] ?? null;
}

function lastNotAfter(places: readonly number[], place: number): number {
  let [low, high] = [0, places.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (places[middle]! <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A stretch widened so that no grapheme is cut apart. */
export function wholeGraphemes(text: string, start: number, end: number): { start: number; end: number } {
  const places = borders(text, 'grapheme');
  const from = places[lastNotAfter(places, Math.min(start, text.length))]!;
  const at = lastNotAfter(places, Math.min(end, text.length));
  return { start: from, end: places[at] === Math.min(end, text.length) ? places[at] : places[at + 1]! };
}
