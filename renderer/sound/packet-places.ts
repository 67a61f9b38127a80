/** Seconds of sound between two places, or a packet more. */
export const placeSeconds = 0.5;

/**
 * Where decoding can begin in a recording that is packed in packets, and with which frame: known from having gone through it, as what a container
 * says of time may be rounded to a thousandth of a second.
 */
export class PacketPlaces {
  #seconds: number[] = [];
  #frames: number[] = [];

  get count(): number {
    return this.#frames.length;
  }

  /** The frame up to which places are known. */
  get reach(): number {
    return this.#frames.at(-1) ?? -1;
  }

  /** A decoder that begins with the packet at `seconds` gives `frame` first. In order of time. */
  add(seconds: number, frame: number): void {
    this.#seconds.push(seconds);
    this.#frames.push(frame);
  }

  clear(): void {
    this.#seconds = [];
    this.#frames = [];
  }

  /** The last place at `frame` or before it; null when there is none. */
  before(frame: number): { seconds: number; frame: number } | null {
    let low = 0;
    let high = this.#frames.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#frames[middle]! <= frame) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? null : { seconds: this.#seconds[low - 1]!, frame: this.#frames[low - 1]! };
  }

  /** As bytes, with the length of the recording. */
  toBytes(frames: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(Float64Array.of(frames, ...interleave(this.#seconds, this.#frames)).buffer);
  }

  /** Takes back what `toBytes` gave. @returns the length of the recording; null when it is nothing of the kind */
  fromBytes(bytes: Uint8Array<ArrayBuffer>): number | null {
    if (bytes.length < 8 || bytes.length % 16 !== 8) return null;
    const numbers = new Float64Array(bytes.slice().buffer);
    this.clear();
    for (let at = 1; at < numbers.length; at += 2) this.add(numbers[at]!, numbers[at + 1]!);
    return numbers[0]!;
  }
}

function* interleave(first: readonly number[], second: readonly number[]): Generator<number> {
  for (const [index, value] of first.entries()) {
    yield value;
    yield second[index]!;
  }
}
