import { levelsPerSecond } from '#shared/sound/noise-floor.ts';
import type { Samples } from './sound.ts';

/** Lowest level, dB below full scale: silence to the last bit. */
export const lowestLevel = -120;

/** Frames of a column of the finest peaks: a power of two, some two hundred columns a second. */
export function columnFramesOf(rate: number): number {
  return 2 ** Math.round(Math.log2(rate / 200));
}

/** A sample as one byte: its root, so that a whisper keeps as many steps as a shout. */
export function packPeak(sample: number): number {
  const root = Math.round(127 * Math.sqrt(Math.min(Math.abs(sample), 1)));
  return sample < 0 ? -root : root;
}

/** Samples of all 256 bytes that `packPeak` gives; the index is the byte without sign. */
export const unpackedPeaks: Float32Array = Float32Array.from({ length: 256 }, (_, byte) => {
  const root = byte < 128 ? byte : byte - 256;
  return (Math.sign(root) * root * root) / (127 * 127);
});

/** The first frame of a level. Levels of rates that a hundred doesn't divide differ by a frame in length. */
const levelStart = (level: number, rate: number) => Math.floor((level * rate) / levelsPerSecond);

/** Lowest and highest sample of the column under way and the sum of squares of the level under way, of a channel. */
type Tally = Float64Array<ArrayBuffer>;
const least = 0;
const most = 1;
const squares = 2;

const emptyTally = (): Tally => Float64Array.of(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0);

/** Takes in samples `from` to `until`, which all belong to the same column and level. By itself, since everything else is quick beside it. */
function count(tally: Tally, samples: Float32Array, from: number, until: number): void {
  let low = tally[least]!;
  let high = tally[most]!;
  let sum = tally[squares]!;
  for (let at = from; at < until; at += 1) {
    const sample = samples[at]!;
    if (sample < low) low = sample;
    if (sample > high) high = sample;
    sum += sample * sample;
  }
  tally[least] = low;
  tally[most] = high;
  tally[squares] = sum;
}

/** What a stretch of sound amounts to: columns `[min, max, ...]` as bytes (`packPeak`), levels in hundredths of a dB. One array a channel. */
export interface ScannedPart {
  readonly columns: readonly Int8Array<ArrayBuffer>[];
  readonly levels: readonly Int16Array<ArrayBuffer>[];
}

/** Makes peaks and levels of a recording that comes piece by piece, from its beginning. */
export class SoundScan {
  /** Frames that came so far. */
  frames = 0;
  readonly #rate: number;
  readonly #columnFrames: number;
  readonly #channels: Tally[];

  constructor(rate: number, channels: number) {
    this.#rate = rate;
    this.#columnFrames = columnFramesOf(rate);
    this.#channels = Array.from({ length: channels }, emptyTally);
  }

  /** Goes through the next samples. @returns the columns and levels that are whole now; the arrays belong to the caller */
  add(samples: Samples): ScannedPart {
    const length = samples[0]?.length ?? 0;
    const parts = this.#channels.map((tally, channel) => this.#go(tally, samples[channel]!, false));
    this.frames += length;
    return { columns: parts.map(({ columns }) => columns), levels: parts.map(({ levels }) => levels) };
  }

  /** The column and the level that the end of the recording cut short. */
  finish(): ScannedPart {
    const parts = this.#channels.map((tally) => this.#go(tally, new Float32Array(0), true));
    return { columns: parts.map(({ columns }) => columns), levels: parts.map(({ levels }) => levels) };
  }

  #go(tally: Tally, samples: Float32Array, last: boolean) {
    const rate = this.#rate;
    const columnFrames = this.#columnFrames;
    let frame = this.frames;
    const end = frame + samples.length;
    let level = Math.floor((frame * levelsPerSecond) / rate);
    while (levelStart(level + 1, rate) <= frame) level += 1;
    const columns = new Int8Array(2 * (Math.ceil((end + 1) / columnFrames) - Math.floor(frame / columnFrames)));
    const levels = new Int16Array(Math.ceil(((end + 1 - frame) * levelsPerSecond) / rate) + 2);
    let columnCount = 0;
    let levelCount = 0;
    let at = 0;
    const putColumn = () => {
      columns[columnCount] = packPeak(tally[least]!);
      columns[columnCount + 1] = packPeak(tally[most]!);
      columnCount += 2;
      tally[least] = Number.POSITIVE_INFINITY;
      tally[most] = Number.NEGATIVE_INFINITY;
    };
    const putLevel = (frames: number) => {
      levels[levelCount] = levelOf(tally[squares]! / frames);
      levelCount += 1;
      tally[squares] = 0;
    };
    while (frame < end) {
      const columnEnd = frame - (frame % columnFrames) + columnFrames;
      const levelEnd = levelStart(level + 1, rate);
      const stop = Math.min(columnEnd, levelEnd, end);
      const until = at + (stop - frame);
      count(tally, samples, at, until);
      at = until;
      frame = stop;
      if (frame === columnEnd) putColumn();
      if (frame === levelEnd) {
        putLevel(levelEnd - levelStart(level, rate));
        level += 1;
      }
    }
    if (last && frame % columnFrames > 0) putColumn();
    if (last && frame > levelStart(level, rate)) putLevel(frame - levelStart(level, rate));
    return { columns: columns.slice(0, columnCount), levels: levels.slice(0, levelCount) };
  }
}

function levelOf(meanSquare: number): number {
  return meanSquare <= 0 ? lowestLevel * 100 : Math.max(Math.round(1000 * Math.log10(meanSquare)), lowestLevel * 100);
}
