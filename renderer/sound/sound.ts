/**
 * What the rest of the window sees of an open recording. A *frame* is one sample of every channel; frames are counted from 0 at the
 * recording's own rate, whatever the container says of time.
 */
export interface SoundFacts {
  /** Frames a second. */
  readonly rate: number;
  readonly channels: number;
  /** Length in frames; exact as soon as the recording was gone through once, an estimate before. */
  readonly frames: number;
  readonly exact: boolean;
  /** What is wrong with the file, where something is; what could be read of it is there all the same. */
  readonly damage?: SoundDamage;
}

export interface SoundDamage {
  /** Frames that could not be decoded and are silent instead, and where the first of them are; 0 and null when all could. */
  readonly lost: number;
  readonly firstLost: number | null;
  /** It ends before the file says that it would, or where the rest can't be made sense of. */
  readonly cut: boolean;
}

/** Samples of a stretch, one array a channel, from -1 to 1. */
export type Samples = readonly Float32Array<ArrayBuffer>[];

/** Lowest and highest sample of each column, in turn: `[min, max, min, max ...]`, two a column. NaN where nothing was gone through yet. */
export type Columns = Float32Array<ArrayBuffer>;

/** A recording that is open. Nothing in it ever holds the whole of the sound: blocks are decoded as they are asked for, and forgotten. */
export interface Sound {
  /** As known now; a new object when it becomes exact. */
  readonly facts: SoundFacts;
  /** Frames from the beginning whose peaks and levels are known; `facts.frames` when all are. */
  readonly scanned: number;
  /**
   * The samples of `from` (included) to `to` (excluded), clamped to the recording. Decoded where they are not at hand. At most a minute at a
   * time.
   * @throws SoundError when it can't be decoded; an AbortError by `signal`
   */
  read(from: number, to: number, signal?: AbortSignal): Promise<Samples>;
  /** The peaks of a channel over `from` to `to` in `columns` columns of equal width. At once, from what was gone through. */
  peaks(channel: number, from: number, to: number, columns: number): Columns;
  /** Levels of a channel in dB below full scale (0 loudest, -120 silence), `levelsPerSecond` (see noise-floor.ts), as far as gone through. */
  levels(channel: number): Float32Array<ArrayBuffer>;
  /** Hears when `facts` or `scanned` change, until the returned function is called. */
  subscribe(listener: () => void): () => void;
  dispose(): void;
}

/** Why a recording can't be opened or read. */
export type SoundProblem = 'unsupported-format' | 'unsupported-codec' | 'no-sound' | 'damaged' | 'unreadable';

export class SoundError extends Error {
  readonly problem: SoundProblem;
  /** Codec or container in the words of the file, for the message. */
  readonly what: string | null;

  constructor(problem: SoundProblem, what: string | null = null) {
    super(problem);
    this.name = 'SoundError';
    this.problem = problem;
    this.what = what;
  }
}
