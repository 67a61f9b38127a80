import { unpackedPeaks } from './sound-scan.ts';

/** Columns that one of the next coarser level stands for. */
const step = 4;

/** Peaks of a channel at several resolutions, each four times as coarse as the one before. Grows at its end. */
export class PeakPyramid {
  readonly #columnFrames: number;
  /** `[min, max, ...]` as bytes, finest first; grown by half when full. */
  readonly #levels: { data: Int8Array<ArrayBuffer>; columns: number }[] = [];

  /** @param columnFrames frames of a column of the finest level; @param columns how many there will be, as far as known */
  constructor(columnFrames: number, columns: number) {
    this.#columnFrames = columnFrames;
    for (let count = Math.max(columns, 1); ; count = Math.ceil(count / step)) {
      this.#levels.push({ data: new Int8Array(2 * count), columns: 0 });
      if (count === 1) break;
    }
  }

  /** Columns of the finest level. */
  get columns(): number {
    return this.#levels[0]!.columns;
  }

  /** The finest level as it is. */
  finest(): Int8Array<ArrayBuffer> {
    return this.#levels[0]!.data.subarray(0, 2 * this.columns);
  }

  append(columns: Int8Array<ArrayBuffer>): void {
    const finest = this.#levels[0]!;
    const before = finest.columns;
    put(finest, before, columns);
    let changed = before;
    for (let number = 0; ; number += 1) {
      const below = this.#levels[number]!;
      if (below.columns <= 1 && number + 1 >= this.#levels.length) return;
      if (number + 1 === this.#levels.length) this.#levels.push({ data: new Int8Array(2), columns: 0 });
      // The last column above may have stood for fewer than four.
      const first = Math.floor(changed / step);
      put(this.#levels[number + 1]!, first, coarser(below, first));
      changed = first;
    }
  }

  /**
   * Writes lowest and highest samples of equal columns over `from` to `to` (frames) into `out`, two a column. Columns that begin behind what
   * is there are left as they are.
   */
  write(out: Float32Array, from: number, to: number): void {
    const count = out.length / 2;
    const width = (to - from) / count;
    let number = 0;
    let frames = this.#columnFrames;
    while (number + 1 < this.#levels.length && frames * step <= width) {
      number += 1;
      frames *= step;
    }
    const { data, columns } = this.#levels[number]!;
    for (let column = 0; column < count; column += 1) {
      const begin = Math.max(Math.floor((from + column * width) / frames), 0);
      const end = Math.min(Math.max(Math.ceil((from + (column + 1) * width) / frames), begin + 1), columns);
      if (begin >= end) continue;
      let least = data[2 * begin]!;
      let most = data[2 * begin + 1]!;
      for (let at = 2 * begin + 2; at < 2 * end; at += 2) {
        if (data[at]! < least) least = data[at]!;
        if (data[at + 1]! > most) most = data[at + 1]!;
      }
      out[2 * column] = unpackedPeaks[least & 255]!;
      out[2 * column + 1] = unpackedPeaks[most & 255]!;
    }
  }
}

function put(
  level: { data: Int8Array<ArrayBuffer>; columns: number },
  at: number,
  columns: Int8Array<ArrayBuffer>,
): void {
  const needed = 2 * at + columns.length;
  if (needed > level.data.length) {
    const larger = new Int8Array(Math.max(needed, Math.ceil(level.data.length * 0.75) * 2));
    larger.set(level.data.subarray(0, 2 * level.columns));
    level.data = larger;
  }
  level.data.set(columns, 2 * at);
  level.columns = needed / 2;
}

/** Columns of the next level from its column `first` on. */
function coarser({ data, columns }: { data: Int8Array<ArrayBuffer>; columns: number }, first: number) {
  const count = Math.ceil(columns / step) - first;
  const out = new Int8Array(2 * count);
  for (let column = 0; column < count; column += 1) {
    const begin = (first + column) * step;
    const end = Math.min(begin + step, columns);
    let least = data[2 * begin]!;
    let most = data[2 * begin + 1]!;
    for (let at = 2 * begin + 2; at < 2 * end; at += 2) {
      if (data[at]! < least) least = data[at]!;
      if (data[at + 1]! > most) most = data[at + 1]!;
    }
    out[2 * column] = least;
    out[2 * column + 1] = most;
  }
  return out;
}
