import FFT from 'fft.js';

/** How a stretch is turned into columns of a spectrogram. */
export interface SpectrumSpec {
  /** Frames from one column to the next. */
  readonly hop: number;
  /** Frames that a column looks at, at a time. */
  readonly window: number;
  /** Power of two, at least the window. */
  readonly size: number;
  /** Values of a column, from 0 Hz up. */
  readonly bins: number;
  /** Windows a column is the mean of, where columns lie far apart. */
  readonly perColumn: number;
}

/** Seconds a window lasts: short to see single pulses of a voice, long to see its harmonics. */
const shortWindow = 0.012;
const longWindow = 0.03;
/** Columns closer than this (seconds) are looked at through the short window. */
const closeUp = 0.002;
/** Decibels of a step of a value; value 255 is a full-scale sine. */
export const decibelsPerStep = 0.5;

/** The spec for columns about `framesPerPixel` apart: a power of two, so that zooming a little needs no other columns. */
export function specFor(framesPerPixel: number, rate: number, topHz: number | null): SpectrumSpec {
  const hop = 2 ** Math.max(Math.floor(Math.log2(Math.max(framesPerPixel, 1))), 3);
  const seconds = hop / rate < closeUp ? shortWindow : longWindow;
  const window = Math.max(Math.round(seconds * rate), 32);
  const size = 2 ** Math.ceil(Math.log2(Math.max(window, 256)));
  const top = Math.min(topHz ?? rate / 2, rate / 2);
  const bins = Math.max(Math.round((top / rate) * size), 1);
  return { hop, window, size, bins, perColumn: Math.min(Math.max(Math.floor(hop / window), 1), 3) };
}

/** Frames that are needed before the first column and after the last one. */
export function marginOf({ hop, window }: SpectrumSpec): number {
  return Math.ceil((hop + window) / 2);
}

/**
 * Columns of a spectrogram, one after the other, each from the highest frequency down: `255 + level / decibelsPerStep`, level in dB below a
 * full-scale sine, raised by 6 dB an octave above 1 kHz and lowered below (to 250 Hz), as voices are weaker the higher they are.
 * @param samples begin `marginOf(spec)` frames before the first column's beginning, which may lie before the recording: zeros
 */
export function spectrumColumns(
  samples: Float32Array,
  spec: SpectrumSpec,
  rate: number,
  columns: number,
): Uint8Array<ArrayBuffer> {
  const { hop, window, size, bins, perColumn } = spec;
  const fft = new FFT(size);
  const shape = hann(window);
  const input = new Float64Array(size);
  const output = new Float64Array(size * 2);
  const power = new Float64Array(bins);
  const values = new Uint8Array(columns * bins);
  const rise = Float64Array.from(
    { length: bins },
    (_, bin) => 20 * Math.log10(Math.max((bin * rate) / size, 250) / 1000),
  );
  // A sine of amplitude 1 has a peak of half the window's sum.
  const norm = (2 / shape.reduce((sum, value) => sum + value, 0)) ** 2 / perColumn;
  const margin = marginOf(spec);
  for (let column = 0; column < columns; column += 1) {
    power.fill(0);
    for (let part = 0; part < perColumn; part += 1) {
      const middle = margin + column * hop + ((part + 0.5) * hop) / perColumn;
      const from = Math.round(middle - window / 2);
      for (let at = 0; at < window; at += 1) input[at] = (samples[from + at] ?? 0) * shape[at]!;
      fft.realTransform(output, input);
      for (let bin = 0; bin < bins; bin += 1) power[bin]! += output[2 * bin]! ** 2 + output[2 * bin + 1]! ** 2;
    }
    const last = (column + 1) * bins - 1;
    for (let bin = 0; bin < bins; bin += 1) {
      const level = 10 * Math.log10(power[bin]! * norm + 1e-16) + rise[bin]!;
      values[last - bin] = Math.min(Math.max(Math.round(255 + level / decibelsPerStep), 0), 255);
    }
  }
  return values;
}

function hann(length: number): Float64Array {
  return Float64Array.from({ length }, (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (at + 0.5)) / length));
}
