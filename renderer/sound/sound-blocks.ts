import { createByteCache } from '#renderer/photo/tiles.ts';
import type { Samples } from './sound.ts';

/** Frames of the coarsest peaks of a block, made when it comes: a glance at a few seconds goes through thousands, not hundreds of thousands. */
export const fineFrames = 16;

/** A block of decoded sound. */
export interface SoundBlock {
  readonly samples: Samples;
  /** `[min, max, ...]` of every 16 frames of each channel. */
  readonly fine: readonly Float32Array<ArrayBuffer>[];
}

function fineOf(samples: Float32Array): Float32Array<ArrayBuffer> {
  const out = new Float32Array(2 * Math.ceil(samples.length / fineFrames));
  for (let group = 0; 2 * group < out.length; group += 1) {
    const end = Math.min((group + 1) * fineFrames, samples.length);
    let least = samples[group * fineFrames]!;
    let most = least;
    for (let at = group * fineFrames + 1; at < end; at += 1) {
      const sample = samples[at]!;
      if (sample < least) least = sample;
      if (sample > most) most = sample;
    }
    out[2 * group] = least;
    out[2 * group + 1] = most;
  }
  return out;
}

const bytesOf = ({ samples }: SoundBlock) => samples.reduce((sum, channel) => sum + channel.byteLength * 1.125, 0);

/** Decoded blocks while there is room for them; what was used longest ago goes first. */
export class SoundBlocks {
  readonly frames: number;
  readonly #cache;

  /** @param frames of a block; @param budget bytes */
  constructor(frames: number, budget: number) {
    this.frames = frames;
    this.#cache = createByteCache<SoundBlock>(
      budget,
      bytesOf,
      () => undefined,
      () => false,
    );
  }

  get(block: number): SoundBlock | undefined {
    return this.#cache.get(String(block));
  }

  has(block: number): boolean {
    return this.#cache.has(String(block));
  }

  set(block: number, samples: Samples): SoundBlock {
    const made = { samples, fine: samples.map(fineOf) };
    this.#cache.set(String(block), made);
    return made;
  }

  clear(): void {
    this.#cache.clear();
  }

  /**
   * Writes lowest and highest samples of equal columns over `from` to `to` into `out`, where a block is at hand; the others are left as they
   * are. @returns blocks that are missing
   */
  write(out: Float32Array, channel: number, from: number, to: number, end: number): Set<number> {
    const missing = new Set<number>();
    const count = out.length / 2;
    const width = (to - from) / count;
    let number = -1;
    let block: SoundBlock | undefined;
    for (let column = 0; column < count; column += 1) {
      const first = Math.max(Math.floor(from + column * width), 0);
      // A column narrower than a frame shows the frame that it lies in.
      const last = Math.min(Math.max(Math.ceil(from + (column + 1) * width), first + 1), end);
      let least = Number.POSITIVE_INFINITY;
      let most = Number.NEGATIVE_INFINITY;
      for (let at = first; at < last;) {
        const wanted = Math.floor(at / this.frames);
        if (wanted !== number) {
          number = wanted;
          block = this.get(wanted);
          if (!block) missing.add(wanted);
        }
        const stop = Math.min(last, (wanted + 1) * this.frames);
        if (block) {
          const found = rangeOf(block, channel, at - wanted * this.frames, stop - wanted * this.frames);
          least = Math.min(least, found.least);
          most = Math.max(most, found.most);
        }
        at = stop;
      }
      if (least > most) continue;
      out[2 * column] = least;
      out[2 * column + 1] = most;
    }
    return missing;
  }
}

const range = { least: 0, most: 0 };

/** Lowest and highest sample of a part of a block; over long parts to 16 frames exactly. The answer is overwritten by the next call. */
function rangeOf(block: SoundBlock, channel: number, from: number, to: number): typeof range {
  range.least = Number.POSITIVE_INFINITY;
  range.most = Number.NEGATIVE_INFINITY;
  const isLong = to - from >= 2 * fineFrames;
  const data = isLong ? block.fine[channel]! : block.samples[channel]!;
  const first = isLong ? 2 * Math.floor(from / fineFrames) : from;
  const end = Math.min(isLong ? 2 * Math.ceil(to / fineFrames) : to, data.length);
  let { least, most } = range;
  for (let at = first; at < end; at += 1) {
    const sample = data[at]!;
    if (sample < least) least = sample;
    if (sample > most) most = sample;
  }
  range.least = least;
  range.most = most;
  return range;
}
