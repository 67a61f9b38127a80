import type { Samples } from './sound.ts';
import type { WaveLayout } from './wave-header.ts';

/** One byte of G.711 as a sample, -1..1 (ITU-T G.711, as 16 bits). */
function mulawTable(): Float32Array {
  return Float32Array.from({ length: 256 }, (_, byte) => {
    const bits = ~byte & 0xff;
    const magnitude = ((((bits & 15) << 3) + 0x84) << ((bits >> 4) & 7)) - 0x84;
    return (bits & 0x80 ? -magnitude : magnitude) / 32768;
  });
}

function alawTable(): Float32Array {
  return Float32Array.from({ length: 256 }, (_, byte) => {
    const bits = byte ^ 0x55;
    const exponent = (bits >> 4) & 7;
    const mantissa = (bits & 15) << 4;
    const magnitude = exponent === 0 ? mantissa + 8 : (mantissa + 0x108) << (exponent - 1);
    return (bits & 0x80 ? magnitude : -magnitude) / 32768;
  });
}

const mulaw = mulawTable();
const alaw = alawTable();

type Read = (out: Float32Array, bytes: Uint8Array<ArrayBuffer>, first: number, step: number) => void;

/** Reads every `step`-th sample from sample `first` on. Numbers are of the machine's own order, little-endian everywhere we run. */
function readerOf({ coding, sampleBytes }: WaveLayout): Read {
  if (coding === 'mulaw' || coding === 'alaw') {
    const table = coding === 'mulaw' ? mulaw : alaw;
    return (out, bytes, first, step) => {
      for (let n = 0, at = first; n < out.length; n += 1, at += step) out[n] = table[bytes[at]!]!;
    };
  }
  if (coding === 'unsigned') {
    return (out, bytes, first, step) => {
      for (let n = 0, at = first; n < out.length; n += 1, at += step) out[n] = (bytes[at]! - 128) / 128;
    };
  }
  if (coding === 'float') {
    return (out, bytes, first, step) => {
      const count = Math.floor(bytes.length / sampleBytes);
      const numbers =
        sampleBytes === 4 ? new Float32Array(bytes.buffer, 0, count) : new Float64Array(bytes.buffer, 0, count);
      for (let n = 0, at = first; n < out.length; n += 1, at += step) {
        const value = numbers[at]!;
        // What is not a number would spread through everything that is computed from it.
        out[n] = Number.isFinite(value) ? value : 0;
      }
    };
  }
  if (sampleBytes === 3) {
    return (out, bytes, first, step) => {
      for (let n = 0, at = first * 3; n < out.length; n += 1, at += step * 3) {
        out[n] = ((bytes[at]! << 8) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 24)) / 2147483648;
      }
    };
  }
  const scale = sampleBytes === 2 ? 1 / 32768 : 1 / 2147483648;
  return (out, bytes, first, step) => {
    const count = Math.floor(bytes.length / sampleBytes);
    const numbers = sampleBytes === 2 ? new Int16Array(bytes.buffer, 0, count) : new Int32Array(bytes.buffer, 0, count);
    for (let n = 0, at = first; n < out.length; n += 1, at += step) out[n] = numbers[at]! * scale;
  };
}

/**
 * Makes a reader of the samples of a WAVE file.
 * @returns a function from bytes to samples; the bytes hold whole frames and begin a buffer of their own
 */
export function waveSamples(layout: WaveLayout): (bytes: Uint8Array<ArrayBuffer>) => Samples {
  const { channels, frameBytes } = layout;
  const read = readerOf(layout);
  return (bytes) => {
    const frames = Math.floor(bytes.length / frameBytes);
    return Array.from({ length: channels }, (_, channel) => {
      const out = new Float32Array(frames);
      read(out, bytes, channel, channels);
      return out;
    });
  };
}
