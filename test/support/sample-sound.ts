import { levelsPerSecond } from '#shared/sound/noise-floor.ts';
import type { Columns, Samples, Sound, SoundFacts } from '#renderer/sound/sound.ts';

/** A recording held in memory, for tests, with peaks and levels of everything up to `scanned`. */
export class SampleSound implements Sound {
  readonly facts: SoundFacts;
  scanned: number;
  readonly #samples: Samples;
  readonly #listeners = new Set<() => void>();

  constructor(samples: Samples, rate: number, scanned = samples[0]!.length) {
    this.#samples = samples;
    this.facts = { rate, channels: samples.length, frames: samples[0]!.length, exact: true };
    this.scanned = scanned;
  }

  async read(from: number, to: number, signal?: AbortSignal): Promise<Samples> {
    signal?.throwIfAborted();
    return this.#samples.map((channel) => channel.slice(Math.max(from, 0), Math.min(to, this.facts.frames)));
  }

  peaks(channel: number, from: number, to: number, columns: number): Columns {
    const found = new Float32Array(columns * 2);
    const samples = this.#samples[channel]!;
    for (let column = 0; column < columns; column += 1) {
      const first = Math.max(Math.floor(from + ((to - from) * column) / columns), 0);
      const last = Math.min(Math.ceil(from + ((to - from) * (column + 1)) / columns), this.scanned);
      let [low, high] = [Infinity, -Infinity];
      for (let frame = first; frame < last; frame += 1) {
        low = Math.min(low, samples[frame]!);
        high = Math.max(high, samples[frame]!);
      }
      found[2 * column] = last > first ? low : Number.NaN;
      found[2 * column + 1] = last > first ? high : Number.NaN;
    }
    return found;
  }

  levels(channel: number): Float32Array<ArrayBuffer> {
    const step = this.facts.rate / levelsPerSecond;
    const samples = this.#samples[channel]!;
    return Float32Array.from({ length: Math.floor(this.scanned / step) }, (_, at) => {
      let power = 0;
      const [from, to] = [Math.round(at * step), Math.round((at + 1) * step)];
      for (let frame = from; frame < to; frame += 1) power += samples[frame]! ** 2;
      return Math.max(10 * Math.log10(power / (to - from) + 1e-12), -120);
    });
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** More of it was gone through. */
  scan(scanned: number): void {
    this.scanned = scanned;
    for (const listener of this.#listeners) listener();
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
