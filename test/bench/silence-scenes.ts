import type { Stretch } from '#shared/sound/silences.ts';
import { seeded } from '#test/support/seeded.ts';
import { levelsOf, type Recording } from '#test/support/wav-file.ts';
import { gaussian } from './fit-scenes.ts';

/** What silence is made of: the clip's own room noise, or nothing at all. */
export type SilenceKind = 'room' | 'digital';

/** A clip with silences put into the middle of its speech. */
export interface SilenceScene {
  rate: number;
  samples: Float32Array<ArrayBuffer>;
  inserted: Stretch[];
  /** 1 for every ten milliseconds in which somebody is heard: less than 25 dB below loud speech, and not under the noise. */
  heard: Uint8Array;
}

/** Seconds of the silences put in, on both sides of half a second. */
const lengths = [0.55, 0.2, 0.7, 0.4, 1, 0.3, 0.6, 2, 0.45];
/** Seconds of speech between two of them. */
const apart = 1.2;

/**
 * Puts silences of known length at known places into the speech of a clip, with white noise over all of it.
 *
 * @param snr dB from the noise up to the speech; null: none is added
 */
export function silenceScene(
  { rate, channels }: Recording,
  seed: number,
  kind: SilenceKind,
  snr: number | null,
): SilenceScene {
  const random = seeded(seed);
  const clip = channels[0]!;
  const levels = levelsOf(clip, rate);
  const sorted = levels.toSorted();
  const loud = sorted[Math.floor(0.95 * sorted.length)]!;
  const noiseDb = snr === null ? -Infinity : speechLevel(levels, loud) - snr;
  const places = placesIn(levels, loud, rate, random);
  const noise = roomNoise(clip, levels, rate);
  const parts: Float32Array[] = [];
  const inserted: Stretch[] = [];
  let [from, at, turn] = [0, 0, Math.floor(random() * lengths.length)];
  const take = (to: number) => {
    parts.push(clip.slice(from, to));
    at += to - from;
    from = to;
  };
  for (const place of places) {
    take(place);
    const length = Math.round(lengths[turn++ % lengths.length]! * rate);
    parts.push(kind === 'room' ? noise(length, random) : new Float32Array(length));
    inserted.push({ start: at, end: at + length });
    at += length;
  }
  take(clip.length);
  const samples = new Float32Array(at);
  let next = 0;
  for (const part of parts) {
    samples.set(part, next);
    next += part.length;
  }
  const heard = Uint8Array.from(levelsOf(samples, rate), (level) => (level > Math.max(loud - 25, noiseDb) ? 1 : 0));
  const amplitude = 10 ** (noiseDb / 20);
  const normal = gaussian(random);
  if (snr !== null) for (let i = 0; i < at; i += 1) samples[i]! += amplitude * normal();
  return { rate, samples, inserted, heard };
}

/** Root mean square of what is within 20 dB of the loudest, in dB. */
function speechLevel(levels: Float32Array, loud: number): number {
  const speech = levels.filter((level) => level > loud - 20);
  return 10 * Math.log10(speech.reduce((sum, level) => sum + 10 ** (level / 10), 0) / speech.length);
}

/** Frames in the middle of speech: nothing within a fifth of a second is as much as 25 dB below the loudest. */
function placesIn(levels: Float32Array, loud: number, rate: number, random: () => number): number[] {
  const places: number[] = [];
  let next = 50 + Math.floor(random() * 50);
  for (let i = next; i < levels.length - 50; i += 1) {
    if (i < next || levels.subarray(i - 20, i + 20).some((level) => level < loud - 25)) continue;
    places.push(Math.round((i * rate) / 100));
    next = i + 100 * apart + Math.floor(random() * 100);
  }
  return places;
}

/** Noise like that of the clip's quietest third of a second: pieces of it from anywhere, faded into each other. */
function roomNoise(clip: Float32Array, levels: Float32Array, rate: number) {
  const width = Math.min(33, levels.length);
  let [best, least] = [0, Infinity];
  for (let i = 0; i + width <= levels.length; i += 1) {
    const part = levels.subarray(i, i + width);
    // Nothing at all is no noise.
    if (part.some((level) => level <= -120)) continue;
    const loudest = Math.max(...part);
    if (loudest < least) [best, least] = [i, loudest];
  }
  const source = clip.subarray(Math.round((best * rate) / 100), Math.round(((best + width) * rate) / 100));
  const grain = Math.round(0.02 * rate);
  return (length: number, random: () => number): Float32Array => {
    const noise = new Float32Array(length);
    for (let at = -grain; at < length; at += grain / 2) {
      const from = Math.floor(random() * (source.length - grain));
      for (let i = 0; i < grain; i += 1) {
        const place = Math.round(at) + i;
        // Sines as windows: overlapping by half, their powers add up to one.
        if (place >= 0 && place < length) noise[place]! += source[from + i]! * Math.sin((Math.PI * (i + 0.5)) / grain);
      }
    }
    return noise;
  };
}
