import type { Samples, Sound, SoundFacts } from '#renderer/sound/sound.ts';

/** What is in a recording: the sample of a channel at a frame. */
export type Wave = (frame: number, channel: number) => number;

/** A recording that is made as it is read. */
export interface MadeSound extends Sound {
  facts: SoundFacts;
  /** Every read so far. */
  readonly reads: (readonly [from: number, to: number])[];
  /** Hears of every block that is given out. */
  onRead: ((samples: Samples) => void) | null;
  /** What reading rejects with from now on; null: nothing. */
  failure: Error | null;
  /** Reads wait for this to come true. */
  gate: Promise<void>;
}

/** Makes a recording without a file. */
export function madeSound(facts: { rate: number; channels: number; frames: number }, wave: Wave): MadeSound {
  const sound: MadeSound = {
    facts: { ...facts, exact: true },
    scanned: facts.frames,
    reads: [],
    onRead: null,
    failure: null,
    gate: Promise.resolve(),
    async read(from, to, signal) {
      sound.reads.push([from, to]);
      await sound.gate;
      signal?.throwIfAborted();
      if (sound.failure) throw sound.failure;
      const first = Math.min(Math.max(from, 0), facts.frames);
      const length = Math.max(Math.min(to, facts.frames) - first, 0);
      const samples = Array.from({ length: facts.channels }, (_, channel) =>
        Float32Array.from({ length }, (__, at) => wave(first + at, channel)),
      );
      sound.onRead?.(samples);
      return samples;
    },
    peaks: (_channel, _from, _to, columns) => new Float32Array(2 * columns).fill(NaN),
    levels: () => new Float32Array(0),
    subscribe: () => () => undefined,
    dispose: () => undefined,
  };
  return sound;
}

/** Noise that is the same every time: a number from -1 to 1 for every frame of every channel, exact as a 32-bit float. */
export function noise(frame: number, channel: number): number {
  let bits = Math.imul(frame + 1, 0x9e3779b1) ^ Math.imul(channel + 7, 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 15), 0x2c1b3c6d);
  bits = Math.imul(bits ^ (bits >>> 12), 0x297a2d39);
  return ((bits ^ (bits >>> 15)) >> 8) / 2 ** 23;
}
