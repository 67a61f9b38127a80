import type { Samples, Sound } from '../sound.ts';

/** Decoded blocks are this long; short, so that the first is there soon. */
const blockSeconds = 0.25;
/** So many of them are kept: what is heard and what was heard just now, for a change of rate or a step back. */
const keptBlocks = 16;

/** Reads a recording block by block and remembers the last few, so that nothing near the place that is heard is decoded twice. */
export interface RecentBlocks {
  /**
   * The frames `from` to `to`, or the part up to the end of the block that `from` lies in; fewer only at the end of the recording. Beyond what
   * is known of its length it waits until more is.
   */
  read(from: number, to: number, signal: AbortSignal): Promise<Samples>;
  /** How many blocks are remembered. */
  readonly kept: number;
  clear(): void;
}

/** Makes a reader of a recording. */
export function createRecentBlocks(sound: Sound): RecentBlocks {
  const length = Math.max(Math.round(sound.facts.rate * blockSeconds), 1);
  // In the order of their last use.
  const blocks = new Map<number, Samples>();

  const block = async (index: number, signal: AbortSignal): Promise<Samples> => {
    const held = blocks.get(index);
    blocks.delete(index);
    const samples = held ?? (await sound.read(index * length, (index + 1) * length, signal));
    // A block that is not full is the end as far as is known now; that may be an estimate, so it is asked for again.
    if ((samples[0]?.length ?? 0) < length) return samples;
    blocks.set(index, samples);
    for (const [oldest] of blocks) {
      if (blocks.size <= keptBlocks) break;
      blocks.delete(oldest);
    }
    return samples;
  };

  return {
    async read(from, to, signal) {
      const index = Math.floor(from / length);
      for (;;) {
        const { exact } = sound.facts;
        const samples = await block(index, signal);
        const part = samples.map((channel) => channel.subarray(from - index * length, to - index * length));
        if (exact || (part[0]?.length ?? 0) > 0) return part;
        await moreKnown(sound, signal);
      }
    },
    get kept() {
      return blocks.size;
    },
    clear() {
      blocks.clear();
    },
  };
}

/** Resolves when more was gone through, and the length may be known better. */
function moreKnown(sound: Sound, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const over = () => {
      stop();
      signal.removeEventListener('abort', left);
    };
    const left = () => {
      over();
      reject(signal.reason as Error);
    };
    const stop = sound.subscribe(() => {
      over();
      resolve();
    });
    if (signal.aborted) left();
    else signal.addEventListener('abort', left);
  });
}
