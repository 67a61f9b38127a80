/** Bits of a word of the machine. */
const wordBits = 32;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** Letters that are one grapheme each whatever stands beside them; most texts are nothing else. */
const plain = /^[\x20-\x7e\u3001-\u3029\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff5e]*$/;

/** What a reader takes for single characters: letters with their marks, Chinese characters, emoji of several parts. */
export function graphemesOf(text: string): string[] {
  return plain.test(text) ? [...text] : Array.from(graphemes.segment(text), ({ segment }) => segment);
}

/**
 * The least number of characters that have to be put in, taken out or exchanged to get from one text to the other (Levenshtein), over
 * graphemes. Bit-parallel in blocks (Myers 1999, as Hyyrö 2003 has it): 32 rows of the table at a time.
 */
export function editDistance(before: readonly string[], after: readonly string[]): number {
  let [from, ofBefore, ofAfter] = [0, before.length, after.length];
  while (from < ofBefore && from < ofAfter && before[from] === after[from]) from += 1;
  while (ofBefore > from && ofAfter > from && before[ofBefore - 1] === after[ofAfter - 1]) {
    ofBefore -= 1;
    ofAfter -= 1;
  }
  const [a, b] = [before.slice(from, ofBefore), after.slice(from, ofAfter)];
  const [rows, columns] = a.length >= b.length ? [a, b] : [b, a];
  return columns.length === 0 ? rows.length : blockDistance(rows, columns);
}

function blockDistance(rows: readonly string[], columns: readonly string[]): number {
  const blocks = Math.ceil(rows.length / wordBits);
  const places = placesOf(rows, blocks);
  const nowhere = new Int32Array(blocks);
  // Vertical differences, a bit a row: +1 where set in `up`, -1 where set in `down`.
  const up = new Int32Array(blocks).fill(-1);
  const down = new Int32Array(blocks);
  const lastRow = (rows.length - 1) % wordBits;
  let score = rows.length;
  for (const column of columns) {
    const equal = places.get(column) ?? nowhere;
    // What comes in from the row above, as +1 or -1: the first row of the table rises by one from column to column.
    let [rise, fall] = [1, 0];
    for (let block = 0; block < blocks; block += 1) {
      const pv = up[block]!;
      const mv = down[block]!;
      const xv = equal[block]! | mv;
      const eq = equal[block]! | fall;
      const xh = ((((eq & pv) + pv) | 0) ^ pv) | eq;
      const ph = mv | ~(xh | pv);
      const mh = pv & xh;
      const shiftedUp = (ph << 1) | rise;
      up[block] = (mh << 1) | fall | ~(xv | shiftedUp);
      down[block] = shiftedUp & xv;
      const border = block === blocks - 1 ? lastRow : wordBits - 1;
      rise = (ph >>> border) & 1;
      fall = (mh >>> border) & 1;
    }
    score += rise - fall;
  }
  return score;
}

/** Where each character stands: a bit for every row. */
function placesOf(rows: readonly string[], blocks: number): Map<string, Int32Array> {
  const places = new Map<string, Int32Array>();
  for (const [row, character] of rows.entries()) {
    let bits = places.get(character);
    if (bits === undefined) places.set(character, (bits = new Int32Array(blocks)));
    bits[Math.floor(row / wordBits)]! |= 1 << (row % wordBits);
  }
  return places;
}

/** What a machine wrote held against what stands in the end. */
export interface CharacterErrors {
  /** Characters of the final text. */
  characters: number;
  /** Characters put in, taken out or exchanged. */
  edits: number;
}

/** How far a machine's text was from the final one. How many spaces stand in a row, and how a letter is put together, does not count. */
export function characterErrors(machine: string, final: string): CharacterErrors {
  const [before, after] = [graphemesOf(normal(machine)), graphemesOf(normal(final))];
  return { characters: after.length, edits: editDistance(before, after) };
}

/**
 * Character error rate: (exchanged + taken out + put in) / characters of the final text. 0 where both are empty; it can be over 1, and is
 * infinite where a machine wrote something and nothing is said.
 */
export function characterErrorRate({ characters, edits }: CharacterErrors): number {
  return edits === 0 ? 0 : edits / characters;
}

const normal = (text: string): string => text.normalize('NFC').replace(/\s+/gu, ' ').trim();
