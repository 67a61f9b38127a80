/**
 * The edit log of a text: every insertion and deletion in order, with its time and how it was made, some five bytes a keystroke. It is both
 * what a text under way is kept as and the proof of how it came to be.
 *
 * A log is a sequence of records without a header:
 *
 *     tag       1 byte: bits 0-2 how, 3 has a place, 4 removes, 5 inserts, 6 has an origin; bit 7 is 0
 *     time      varint: milliseconds since the record before; of the first one since 1970
 *     place     zigzag varint: units from the end of what the record before inserted, to where this one begins; 0 where left out
 *     removed   varint: units taken out there
 *     inserted  varint: how many units, then each unit as a varint
 *     origin    as inserted
 *
 * Units are UTF-16 code units, so that no half of a surrogate pair can be lost. Varints are LEB128.
 */

/** How an edit was made. `program`: by the program itself, such as a replacement of all hits or a draft that was taken over. */
export const editWays = ['type', 'compose', 'paste', 'drop', 'undo', 'redo', 'program'] as const;
export type EditWay = (typeof editWays)[number];

/** One edit: at `from`, `removed` units went and `inserted` came. */
export interface Edit {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly from: number;
  readonly removed: number;
  readonly inserted: string;
  readonly how: EditWay;
  /** Where a paste came from, in words, when the worker lets that be kept. */
  readonly origin?: string;
}

/** Where a log ends: what the next record counts from. */
export interface LogEnd {
  readonly at: number;
  readonly place: number;
}

/** The end of a log without records. */
export const emptyLogEnd: LogEnd = { at: 0, place: 0 };

const hasPlace = 8;
const removes = 16;
const inserts = 32;
const hasOrigin = 64;

/** More than this can't be a length in a log that this program wrote. */
const longest = 50_000_000;

/**
 * Records for edits that follow the end of a log, and the end after them. A time before the one of the record before counts as the same
 * time: clocks are set back, histories are not.
 */
export function encodeEdits(edits: Iterable<Edit>, end: LogEnd = emptyLogEnd): { bytes: Uint8Array; end: LogEnd } {
  const out: number[] = [];
  let { at, place } = end;
  for (const edit of edits) {
    const moved = edit.from - place;
    out.push(
      editWays.indexOf(edit.how) |
        (moved === 0 ? 0 : hasPlace) |
        (edit.removed === 0 ? 0 : removes) |
        (edit.inserted === '' ? 0 : inserts) |
        (edit.origin === undefined ? 0 : hasOrigin),
    );
    putNumber(out, Math.max(0, Math.round(edit.at) - at));
    if (moved !== 0) putNumber(out, moved < 0 ? -2 * moved - 1 : 2 * moved);
    if (edit.removed !== 0) putNumber(out, edit.removed);
    if (edit.inserted !== '') putUnits(out, edit.inserted);
    if (edit.origin !== undefined) putUnits(out, edit.origin);
    at = Math.max(at, Math.round(edit.at));
    place = edit.from + edit.inserted.length;
  }
  return { bytes: Uint8Array.from(out), end: { at, place } };
}

/**
 * The edits of a log, and its end.
 * @throws RangeError when the bytes are no log
 */
export function decodeEdits(bytes: Uint8Array): { edits: Edit[]; end: LogEnd } {
  const edits: Edit[] = [];
  let at = 0;
  let place = 0;
  let next = 0;
  const number = (): number => {
    let [value, scale] = [0, 1];
    for (;;) {
      const byte = bytes[next++];
      if (byte === undefined || scale > 2 ** 49) throw new RangeError(`edit log: no number at byte ${next - 1}`);
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  };
  const units = (): string => {
    const length = number();
    if (length > longest || length > bytes.length - next) throw new RangeError(`edit log: too long at byte ${next}`);
    const pieces: string[] = [];
    for (let done = 0; done < length; done += 4096) {
      const piece = Array.from({ length: Math.min(4096, length - done) }, number);
      if (piece.some((unit) => unit > 0xffff)) throw new RangeError(`edit log: no text at byte ${next}`);
      pieces.push(String.fromCharCode(...piece));
    }
    return pieces.join('');
  };
  while (next < bytes.length) {
    const tag = bytes[next++]!;
    const how = editWays[tag & 7];
    if (tag > 127 || how === undefined) throw new RangeError(`edit log: no record at byte ${next - 1}`);
    at += number();
    const moved = tag & hasPlace ? number() : 0;
    const from = place + (moved % 2 === 1 ? -(moved + 1) / 2 : moved / 2);
    const removed = tag & removes ? number() : 0;
    const inserted = tag & inserts ? units() : '';
    if (from < 0 || removed > longest) throw new RangeError(`edit log: out of the text at byte ${next}`);
    edits.push({ at, from, removed, inserted, how, ...(tag & hasOrigin ? { origin: units() } : {}) });
    place = from + inserted.length;
  }
  return { edits, end: { at, place } };
}

/**
 * The text that edits lead to, beginning with `before`.
 * @throws RangeError when one lies outside of the text it is made on
 */
export function textAfter(edits: Iterable<Edit>, before = ''): string {
  const text = editedText(before);
  for (const edit of edits) text.take(edit);
  return text.whole();
}

/** A text that edits are made on one after another; `take` answers what an edit took out. @throws RangeError as `textAfter` */
export function editedText(before: string): { take(edit: Edit): string; whole(): string } {
  // Typing goes on where it was: what lies left and right of the place is joined only when it moves.
  let left = before;
  let right = '';
  return {
    take({ from, removed, inserted }) {
      if (from !== left.length) {
        const whole = left + right;
        if (from > whole.length) throw new RangeError('edit log: out of the text');
        left = whole.slice(0, from);
        right = whole.slice(from);
      }
      if (removed > right.length) throw new RangeError('edit log: out of the text');
      const gone = right.slice(0, removed);
      if (removed > 0) right = right.slice(removed);
      left += inserted;
      return gone;
    },
    whole: () => left + right,
  };
}

function putNumber(out: number[], value: number): void {
  let rest = value;
  while (rest > 127) {
    out.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  out.push(rest);
}

function putUnits(out: number[], text: string): void {
  putNumber(out, text.length);
  for (let place = 0; place < text.length; place += 1) putNumber(out, text.charCodeAt(place));
}
