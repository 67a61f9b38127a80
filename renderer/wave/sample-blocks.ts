import type { Samples, Sound } from '#renderer/sound/sound.ts';

/** Frames of a block. */
export const blockFrames = 65_536;
/** Samples kept at the most, over all channels: 32 MB. */
const mostSamples = 8_000_000;

/** Samples of the part in view, read ahead of being painted and forgotten when others are wanted. */
export interface SampleBlocks {
  /** The samples of block `index` (from `index * blockFrames`); null where they are not at hand: they are then on their way. */
  block(index: number): Samples | null;
  /** Says which blocks are in view; whatever else was on its way is called off. */
  look(first: number, last: number): void;
  dispose(): void;
}

/** `arrived` hears of every block that came. A block that can't be read stays away and is not asked for again. */
export function createSampleBlocks(sound: Sound, arrived: (from: number, to: number) => void): SampleBlocks {
  /** In the order of their last use. */
  const kept = new Map<number, Samples>();
  const failed = new Set<number>();
  let wanted: number[] = [];
  let reading: { readonly index: number; readonly control: AbortController } | null = null;
  let disposed = false;

  const limit = (): number => Math.max(Math.floor(mostSamples / (blockFrames * sound.facts.channels)), 2);
  const readNext = (): void => {
    if (reading || disposed) return;
    const index = wanted.find((candidate) => !kept.has(candidate) && !failed.has(candidate));
    if (index === undefined) return;
    const control = new AbortController();
    reading = { index, control };
    const from = index * blockFrames;
    void sound
      .read(from, from + blockFrames, control.signal)
      .then(
        (samples) => {
          kept.set(index, samples);
          for (const old of kept.keys()) {
            if (kept.size <= limit()) break;
            kept.delete(old);
          }
          if (!disposed) arrived(from, from + blockFrames);
        },
        () => {
          if (!control.signal.aborted) failed.add(index);
        },
      )
      .then(() => {
        reading = null;
        readNext();
      });
  };

  return {
    block(index) {
      const found = kept.get(index);
      if (!found) return null;
      kept.delete(index);
      kept.set(index, found);
      return found;
    },
    look(first, last) {
      // More than is kept would push each other out.
      const count = Math.min(last - first + 1, limit());
      wanted = Array.from({ length: Math.max(count, 0) }, (_, step) => first + step);
      if (reading && !wanted.includes(reading.index)) reading.control.abort();
      readNext();
    },
    dispose() {
      disposed = true;
      reading?.control.abort();
      kept.clear();
    },
  };
}
