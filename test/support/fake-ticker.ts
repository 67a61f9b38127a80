import type { Ticker } from '#electron/core/time-tracker.ts';
import type { FakeClock } from './fake-clock.ts';

/** Ticks as its clock is advanced through it, and not otherwise. */
export class FakeTicker implements Ticker {
  readonly #clock: FakeClock;
  #run: (() => void) | null = null;
  #ms = Infinity;
  #due = Infinity;

  constructor(clock: FakeClock) {
    this.#clock = clock;
  }

  every(ms: number, run: () => void): () => void {
    this.#run = run;
    this.#ms = ms;
    this.#due = ms;
    return () => {
      this.#run = null;
    };
  }

  /** Time passes, with every tick that falls into it. */
  pass(ms: number): void {
    let left = ms;
    while (this.#run !== null && left >= this.#due) {
      this.#clock.advance(this.#due);
      left -= this.#due;
      this.#due = this.#ms;
      this.#run();
    }
    this.#clock.advance(left);
    this.#due -= left;
  }
}
