import type { SoundFacts, Samples } from './sound.ts';

/** Decoded samples and the frame that they begin with. They hold until the next piece is asked for. */
export interface SoundPiece {
  readonly at: number;
  readonly samples: Samples;
}

/** A recording as the worker decodes it, whatever it is packed in. */
export interface SoundTrack {
  readonly facts: SoundFacts;
  /** Called when the facts become better known before everything was gone through. */
  onFacts: (() => void) | null;
  /**
   * The samples from frame `from` on, up to `to` at least where there are as many, in pieces that follow one another. The same frame has the
   * same samples wherever decoding begins.
   */
  decode(from: number, to: number): AsyncGenerator<SoundPiece, void>;
  /**
   * Called when a pass from the beginning reached the end, at `frames`.
   * @param failed whether an error ended it there
   * @returns whether that is the end of the data, so that what was found out holds the next time too
   */
  complete(frames: number, failed: boolean): boolean;
  /** What makes opening the same file quicker the next time; empty when there is nothing. */
  index(): Uint8Array<ArrayBuffer>;
  close(): void;
}

/** Frames of a block, in which decoded sound is asked for and kept: 1 to 2 seconds, a power of two. */
export function blockFramesOf(rate: number): number {
  return 2 ** Math.round(Math.log2(rate * 1.5));
}
