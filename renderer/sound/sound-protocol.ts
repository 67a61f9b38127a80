import type { SoundFacts, SoundProblem, Samples } from './sound.ts';

/** What the worker of a recording is told. `id` are numbers that the window gives out, unless said otherwise. */
export type ToSoundWorker =
  /** First of all, once. `index` is what a `complete` message gave when this very file was gone through before. */
  | { readonly type: 'open'; readonly url: string; readonly index: Uint8Array<ArrayBuffer> | null }
  /** Goes through the whole recording, in the pauses between reads. */
  | { readonly type: 'scan' }
  | { readonly type: 'stop-scan' }
  /** The blocks `first` (included) to `end` (excluded). */
  | { readonly type: 'read'; readonly id: number; readonly first: number; readonly end: number }
  | { readonly type: 'cancel'; readonly id: number }
  /** Answers `decode`, whose id it carries; null when it could not be decoded. */
  | { readonly type: 'decoded'; readonly id: number; readonly samples: Samples | null };

/** What it answers. */
export type FromSoundWorker =
  | { readonly type: 'opened'; readonly facts: SoundFacts }
  /** It can't be opened; nothing else comes. */
  | { readonly type: 'failed'; readonly problem: SoundProblem; readonly what: string | null }
  /** The length became better known. */
  | { readonly type: 'facts'; readonly facts: SoundFacts }
  /** A block of a read; shorter than a whole one at the end of the recording. */
  | { readonly type: 'block'; readonly block: number; readonly samples: Samples }
  | { readonly type: 'read-done'; readonly id: number }
  | {
      readonly type: 'read-failed';
      readonly id: number;
      readonly problem: SoundProblem;
      readonly what: string | null;
    }
  /** The next columns and levels of each channel, in order from the beginning (see sound-scan.ts). */
  | {
      readonly type: 'scanned';
      /** Frames gone through so far. */
      readonly frames: number;
      readonly columns: readonly Int8Array<ArrayBuffer>[];
      readonly levels: readonly Int16Array<ArrayBuffer>[];
    }
  /** All was gone through, or all that can be; `isWhole` when it was all that there is. */
  | {
      readonly type: 'complete';
      readonly facts: SoundFacts;
      readonly index: Uint8Array<ArrayBuffer>;
      readonly isWhole: boolean;
    }
  /** Asks the window to decode a piece of an MP3, which only a window can do many frames at a time. `id` is the worker's. */
  | {
      readonly type: 'decode';
      readonly id: number;
      readonly bytes: Uint8Array<ArrayBuffer>;
      readonly rate: number;
    };
