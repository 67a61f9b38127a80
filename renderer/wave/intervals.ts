/** Something that lasts from `start` to `end`, half open. */
interface Lasting {
  readonly start: number;
  readonly end: number;
}

/** Stretches of time, overlapping or not, to be found by time. */
export class Intervals<T extends Lasting> {
  /** By start. */
  readonly items: readonly T[];
  /** The furthest end of the items up to each one: never falls, so that the first item that reaches into a stretch is found by halving. */
  readonly #reach: Float64Array;

  /** `items` come by start. */
  constructor(items: readonly T[]) {
    this.items = items;
    this.#reach = new Float64Array(items.length);
    let furthest = -Infinity;
    for (const [at, { end }] of items.entries()) {
      furthest = Math.max(furthest, end);
      this.#reach[at] = furthest;
    }
  }

  /** Calls `visit` with every item that has something of `from` to `to`, by start; a moment without length too where it lies within. */
  visit(from: number, to: number, visit: (item: T) => void): void {
    for (let at = this.#firstReaching(from); at < this.items.length; at += 1) {
      const item = this.items[at]!;
      if (item.start >= to) return;
      if (item.end > from || item.start >= from) visit(item);
    }
  }

  /** The items that have something of `from` to `to`, by start. */
  within(from: number, to: number): T[] {
    const found: T[] = [];
    this.visit(from, to, (item) => found.push(item));
    return found;
  }

  /** The first item whose end, or an earlier one's, lies at or after `frame`. */
  #firstReaching(frame: number): number {
    let [low, high] = [0, this.items.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#reach[middle]! < frame) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
