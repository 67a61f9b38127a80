import { digitalSilenceDb } from './noise-floor.ts';
import { defaultSilenceDb, type Stretch } from './silences.ts';

/** Seconds around an edge in which the finer one is looked for: levels are ten milliseconds long, and what is heard may begin in any of them. */
const reach = 0.02;
/** Seconds over which the loudness of a single place is taken. */
const width = 0.002;

/**
 * The edges of a quiet stretch to the frame, where its samples are at hand: going outwards from within it, the frame at which two milliseconds
 * are as much above the noise inside as sound has to be. An edge around which samples are missing, or that has no sound beside it, stays.
 *
 * @param samples of the channel, from the frame `first` on
 * @param aboveDb dB above the noise inside
 */
export function finerEdges(
  samples: Float32Array,
  first: number,
  rate: number,
  stretch: Stretch,
  aboveDb: number = defaultSilenceDb,
): Stretch {
  const [near, wide] = [Math.round(reach * rate), Math.max(1, Math.round(width * rate))];
  const [start, end] = [stretch.start - first, stretch.end - first];
  if (end - start <= 2 * near) return stretch;
  const noise = meanSquare(samples, Math.max(0, start + near), Math.min(samples.length, end - near));
  if (noise === null) return stretch;
  const sound = Math.max(noise * 10 ** (aboveDb / 10), 10 ** (digitalSilenceDb / 10));
  const heardFrom = (from: number, step: 1 | -1): number | null => {
    for (let at = from; Math.abs(at - from) <= 2 * near; at += step) {
      const here = step > 0 ? meanSquare(samples, at, at + wide) : meanSquare(samples, at - wide, at);
      if (here === null) return null;
      if (here >= sound) return firstLoud(samples, at, step, wide, sound);
    }
    return null;
  };
  const before = heardFrom(start + near, -1);
  const after = heardFrom(end - near, 1);
  return { start: before === null ? stretch.start : first + before, end: after === null ? stretch.end : first + after };
}

/** Within a place that is loud enough: the frame at which it becomes so. */
function firstLoud(samples: Float32Array, at: number, step: 1 | -1, wide: number, sound: number): number {
  for (let i = 0; i < wide; i += 1) {
    const frame = step > 0 ? at + i : at - 1 - i;
    if (samples[frame]! ** 2 >= sound) return step > 0 ? frame : frame + 1;
  }
  return at;
}

function meanSquare(samples: Float32Array, from: number, to: number): number | null {
  if (from < 0 || to > samples.length || to <= from) return null;
  let sum = 0;
  for (let i = from; i < to; i += 1) sum += samples[i]! ** 2;
  return sum / (to - from);
}
