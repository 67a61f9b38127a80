import { isLike, readMp3Frame, type Mp3Frame } from './mp3-frame.ts';

/** Every how many frames the index keeps a place: one number for half a second at the usual rates. */
export const indexStep = 16;

/** Where the frames of an MP3 begin, found by going from header to header through all of the file. */
export class Mp3Index {
  /** Frames found so far. */
  frames = 0;
  /** Behind the last of them. */
  end: number;
  #places: Float64Array<ArrayBuffer> = new Float64Array(1024);
  readonly #like: Mp3Frame;

  /** @param like a frame of the stream; @param first where its first frame of sound begins */
  constructor(like: Mp3Frame, first: number) {
    this.#like = like;
    this.end = first;
  }

  /** Where frame `number` begins, which is a multiple of the step and was found. */
  placeOf(number: number): number {
    return this.#places[number / indexStep]!;
  }

  /** Counts the frames of a piece of the file, up to one that is not whole. @returns bytes of the piece that need not be seen again */
  add(piece: Uint8Array, pieceAt: number, last: boolean): number {
    return walkFrames(piece, this.#like, last, (at, { bytes }) => {
      if (this.frames % indexStep === 0) this.#keep(pieceAt + at);
      this.frames += 1;
      this.end = pieceAt + at + bytes;
      return true;
    });
  }

  /** The index as bytes, for the next time. */
  toBytes(): Uint8Array<ArrayBuffer> {
    const count = Math.ceil(this.frames / indexStep);
    const numbers = new Float64Array(2 + count);
    numbers.set([this.frames, this.end]);
    numbers.set(this.#places.subarray(0, count), 2);
    return new Uint8Array(numbers.buffer);
  }

  /** Takes back what `toBytes` gave. @returns whether it can be one of a file of that size */
  fromBytes(bytes: Uint8Array<ArrayBuffer>, size: number): boolean {
    if (bytes.length < 16 || bytes.length % 8 !== 0) return false;
    const numbers = new Float64Array(bytes.slice().buffer);
    const [frames, end] = [numbers[0]!, numbers[1]!];
    if (!Number.isSafeInteger(frames) || Math.ceil(frames / indexStep) !== numbers.length - 2 || !(end <= size))
      return false;
    this.frames = frames;
    this.end = end;
    this.#places = numbers.slice(2);
    return true;
  }

  #keep(place: number): void {
    const index = this.frames / indexStep;
    if (index === this.#places.length) {
      const larger = new Float64Array(index * 2);
      larger.set(this.#places);
      this.#places = larger;
    }
    this.#places[index] = place;
  }
}

/**
 * Goes from frame to frame through a piece of a stream. What is not a frame is stepped over to the next header that another follows.
 *
 * @param last whether the file ends with the piece: its last frame need then not be followed by anything
 * @param visit called with each whole frame; false ends the walk before it
 * @returns bytes gone through; what follows has to be seen again with more behind it
 */
export function walkFrames(
  piece: Uint8Array,
  like: Mp3Frame,
  last: boolean,
  visit: (at: number, frame: Mp3Frame) => boolean,
): number {
  let at = 0;
  let sure = true;
  while (at + 4 <= piece.length) {
    const frame = readMp3Frame(piece, at);
    if (frame === null || !isLike(like, frame)) {
      sure = false;
      at += 1;
      continue;
    }
    const next = at + frame.bytes;
    if (!sure) {
      if (next + 4 > piece.length && !last) return at;
      // Four bytes of anything look like a header now and then: the one after them has to as well.
      if (next + 4 > piece.length ? next !== piece.length : !isLike(like, readMp3Frame(piece, next))) {
        at += 1;
        continue;
      }
      sure = true;
    }
    if (next > piece.length) return last ? piece.length : at;
    if (!visit(at, frame)) return at;
    at = next;
  }
  return last ? piece.length : at;
}
