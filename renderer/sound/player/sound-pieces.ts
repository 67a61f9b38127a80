import type { Samples } from '../sound.ts';
import type { RecentBlocks } from './recent-blocks.ts';
import { createTimeStretch, type TimeStretch } from './time-stretch.ts';

/** Where a sound begins or breaks off, it comes or goes in this time, so that it does not click. */
export const fadeSeconds = 0.004;

/** Frames of one way through: `from` is heard, `to` is not. */
export interface Course {
  readonly from: number;
  /** Infinity: to the end of the recording. */
  readonly to: number;
  /** Where it goes on when it has come to `to`; null: it ends there. */
  readonly again: number | null;
}

/** A piece of sound as it will be heard, to be set down right after the one before. */
export interface Piece {
  readonly samples: Samples;
  readonly frames: number;
  /** The source frames heard at frames 0, `hop`, 2 `hop` ... of the piece and at its end. */
  readonly sources: Float64Array;
  readonly hop: number;
}

/** What sounds next, one piece after the other. Asked one at a time. */
export interface SoundPieces {
  /** The next piece; null when the course is at its end. Rejects as `Sound.read` does. */
  next(): Promise<Piece | null>;
}

/** Makes the first `frames` of a sound come slowly, in its own arrays. */
export function fadeIn(samples: Samples, frames: number): void {
  for (const channel of samples) {
    const length = Math.min(frames, channel.length);
    for (let at = 0; at < length; at += 1) channel[at]! *= (at + 0.5) / length;
  }
}

/** Makes the last `frames` of a sound go slowly, in its own arrays. */
export function fadeOut(samples: Samples, frames: number): void {
  for (const channel of samples) {
    const length = Math.min(frames, channel.length);
    for (let at = 0; at < length; at += 1) channel[channel.length - 1 - at]! *= (at + 0.5) / length;
  }
}

/**
 * Cuts a course through a recording into pieces at a rate of playing. Every time through the course takes exactly its frames divided by the
 * rate, rounded; the next begins with the very next frame. Begins and ends of each are faded.
 */
export function createSoundPieces(
  blocks: RecentBlocks,
  course: Course,
  rate: number,
  facts: { readonly rate: number; readonly channels: number },
  signal: AbortSignal,
): SoundPieces {
  const fading = Math.round(fadeSeconds * facts.rate);
  let origin = course.from;
  let cursor = course.from;
  let stretch: TimeStretch | null = createTimeStretch(rate, facts.channels, facts.rate);
  let fresh = true;

  /** Takes in the next block; false when this time through is at its end. */
  const takeIn = async (into: TimeStretch): Promise<boolean> => {
    if (cursor < course.to) {
      const samples = await blocks.read(cursor, course.to, signal);
      const frames = samples[0]?.length ?? 0;
      if (frames > 0) {
        into.push(samples);
        cursor += frames;
        if (cursor < course.to) return true;
      }
    }
    into.end();
    return false;
  };
  const again = () => {
    const empty = cursor === origin;
    stretch = course.again === null || empty ? null : createTimeStretch(rate, facts.channels, facts.rate);
    origin = course.again ?? origin;
    cursor = origin;
    fresh = true;
  };

  return {
    async next() {
      while (stretch) {
        const { hop } = stretch;
        const begin = origin;
        const first = fresh;
        const more = await takeIn(stretch);
        const made = stretch.pull();
        if (made) fresh = false;
        if (!more) again();
        if (!made) continue;
        if (first) fadeIn(made.samples, fading);
        if (!more) fadeOut(made.samples, fading);
        return {
          samples: made.samples,
          frames: made.samples[0]!.length,
          hop,
          sources: made.sources.map((at) => begin + at),
        };
      }
      return null;
    },
  };
}
