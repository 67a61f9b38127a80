import type { Sound } from '#renderer/sound/sound.ts';

/** Columns that the loudest sample is looked for in: some of them are known long before all of the recording is. */
const lookedAt = 512;
/** Nothing is raised by more, dB: what is left then is a recording of silence. */
const mostDb = 40;

/**
 * What a waveform is raised by, dB, so that the loudest sample gone through so far reaches the rims: whole dB, never beyond them, and 0 while
 * nothing is known.
 */
export function gainToFullHeight(sound: Sound): number {
  const { channels, frames } = sound.facts;
  let loudest = 0;
  for (let channel = 0; channel < channels; channel += 1) {
    for (const value of sound.peaks(channel, 0, frames, lookedAt)) {
      // NaN, where nothing was gone through yet, is not more than anything.
      if (Math.abs(value) > loudest) loudest = Math.abs(value);
    }
  }
  return loudest === 0 ? 0 : Math.min(Math.max(Math.floor(-20 * Math.log10(loudest)), 0), mostDb);
}
