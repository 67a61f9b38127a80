import { levelsPerSecond } from '#shared/sound/noise-floor.ts';

/** Levels that are summed up together. */
const group = 16;

/**
 * Mean power of stretches of a channel from its levels: sums over groups are kept, so that a stretch of hours costs no more than one of
 * seconds.
 */
export class LoudnessSums {
  readonly #rate: number;
  #levels = new Float32Array(0);
  /** Power of all levels before group `i`. */
  #sums = new Float64Array(1);
  #groups = 0;

  constructor(rate: number) {
    this.#rate = rate;
  }

  /** Takes the levels known by now; those from before are not looked at again. */
  extend(levels: Float32Array<ArrayBuffer>): void {
    this.#levels = levels;
    const groups = Math.floor(levels.length / group);
    if (groups + 1 > this.#sums.length) {
      const grown = new Float64Array(Math.max(groups + 1, this.#sums.length * 2));
      grown.set(this.#sums);
      this.#sums = grown;
    }
    for (; this.#groups < groups; this.#groups += 1) {
      this.#sums[this.#groups + 1] =
        this.#sums[this.#groups]! + this.#power(this.#groups * group, (this.#groups + 1) * group);
    }
  }

  /** Root mean square of `from` to `to` (frames), 0 to 1; 0 where nothing is known. */
  rms(from: number, to: number): number {
    const scale = levelsPerSecond / this.#rate;
    const first = Math.max(Math.floor(from * scale), 0);
    const last = Math.min(Math.max(Math.ceil(to * scale), first + 1), this.#levels.length);
    if (last <= first) return 0;
    const [firstGroup, lastGroup] = [Math.ceil(first / group), Math.floor(last / group)];
    const power =
      lastGroup > firstGroup && lastGroup <= this.#groups
        ? this.#power(first, firstGroup * group) +
          (this.#sums[lastGroup]! - this.#sums[firstGroup]!) +
          this.#power(lastGroup * group, last)
        : this.#power(first, last);
    return Math.sqrt(power / (last - first));
  }

  #power(first: number, last: number): number {
    let sum = 0;
    for (let at = first; at < last; at += 1) sum += 10 ** (this.#levels[at]! / 10);
    return sum;
  }
}
