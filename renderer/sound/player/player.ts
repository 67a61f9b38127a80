import type { SoundError } from '../sound.ts';
import type { ScrubSide } from './scrubbing.ts';

/** What to play, in frames of the recording: `from` is heard, `to` is not. */
export interface PlayRange {
  readonly from: number;
  /** Left out: to the end of the recording. */
  readonly to?: number;
  /** From `to` back to `from` without a gap, until something else is asked for. */
  readonly loop?: boolean;
}

/**
 * - `idle`: nothing sounds and nothing will.
 * - `waiting`: asked to play, but the sound is not there yet; the position stands still.
 * - `playing`: sounds.
 */
export type PlayStatus = 'idle' | 'waiting' | 'playing';

/** What the controls show. A new object whenever something in it changed, the same one otherwise. */
export interface PlayerState {
  readonly status: PlayStatus;
  /** What is played, or was played last and goes on with `resume`; null before the first time. */
  readonly range: PlayRange | null;
  /** 0.5 (half as fast) to 2, never with a change of pitch. */
  readonly rate: number;
  /** 0 to 1. */
  readonly volume: number;
  readonly muted: boolean;
  /** The only channel that is heard, in both ears; null: all of them. */
  readonly solo: number | null;
  /** Seconds that a pause steps back, so that the last words are heard again. */
  readonly rewindOnPause: number;
  /** Why the last playing ended before its time; null when it did not. */
  readonly error: SoundError | null;
}

/**
 * Plays a recording from its decoded blocks. All places are frames of the recording; whatever is asked for beyond its ends is moved to
 * them. Every method acts at once and waits for nothing; the first that makes a sound must come from a gesture of the person, because
 * browsers keep silent before.
 */
export interface Player {
  readonly state: PlayerState;
  /** Asked to play, whether it sounds already or not. */
  readonly playing: boolean;
  /**
   * The frame that is heard at this moment, what the sound card holds back taken off; the place to play from while nothing sounds. Cheap
   * enough for every frame of the screen.
   */
  position(): number;
  /** Plays a range from its beginning, in place of what was played. */
  play(range: PlayRange): void;
  /** Goes on from the position in the range that was played; to the end of the recording when the position lies outside of it. */
  resume(): void;
  /** Falls silent and steps back by `rewindOnPause`, at most to the beginning of the range. */
  pause(): void;
  /** Falls silent and goes back to the beginning of the range. */
  stop(): void;
  /** Goes to a place; goes on playing from there when it was playing. */
  seek(frame: number): void;
  /**
   * While playing: goes back by that many seconds of the recording and plays on. Else: plays that many seconds before the position and ends
   * where it was.
   */
  playLast(seconds: number): void;
  /**
   * A short grain of the sound beside a place, for a boundary that is being dragged; the newest place wins. Leaves the position alone, and
   * is silent while something is played.
   */
  scrub(frame: number, side?: ScrubSide): void;
  /** Turns looping of the range that is played on or off, without a break. */
  setLoop(loop: boolean): void;
  /** Moved into 0.5 to 2. */
  setRate(rate: number): void;
  /** Moved into 0 to 1. */
  setVolume(volume: number): void;
  setMuted(muted: boolean): void;
  setSolo(channel: number | null): void;
  setRewindOnPause(seconds: number): void;
  /** Hears when `state` is another one, until the returned function is called. The position is not part of it. */
  subscribe(listener: () => void): () => void;
  /** Hears when a range was heard to its end, not when it was broken off; until the returned function is called. */
  onEnd(listener: () => void): () => void;
  /** Hears why playing broke off; until the returned function is called. */
  onError(listener: (error: SoundError) => void): () => void;
  dispose(): void;
}
