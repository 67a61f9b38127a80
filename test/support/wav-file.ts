import { readFileSync } from 'node:fs';

/** A recording in memory: one array of samples a channel, from -1 to 1. For tests: clips of seconds. */
export interface Recording {
  rate: number;
  channels: Float32Array<ArrayBuffer>[];
}

/** Reads a WAV file of 16- or 32-bit, float or µ-law samples. @throws Error for any other */
export function readWav(path: string): Recording {
  const bytes = readFileSync(path);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let [kind, channels, rate, width] = ['', 0, 0, 0];
  for (let at = 12; at + 8 <= bytes.length;) {
    const id = bytes.toString('latin1', at, at + 4);
    const size = view.getUint32(at + 4, true);
    if (id === 'fmt ') {
      kind = `${view.getUint16(at + 8, true)}/${view.getUint16(at + 22, true)}`;
      channels = view.getUint16(at + 10, true);
      rate = view.getUint32(at + 12, true);
      width = view.getUint16(at + 22, true) / 8;
    }
    if (id === 'data') {
      const read = readers[kind];
      if (!read) throw new Error(`${path}: samples of kind ${kind}`);
      const frames = Math.floor(Math.min(size, bytes.length - at - 8) / width / channels);
      const sample = (channel: number, frame: number) => read(view, at + 8 + (frame * channels + channel) * width);
      const all = Array.from({ length: channels }, (_, channel) =>
        Float32Array.from({ length: frames }, (_each, frame) => sample(channel, frame)),
      );
      return { rate, channels: all };
    }
    at += 8 + size + (size % 2);
  }
  throw new Error(`${path}: no samples`);
}

/** Samples by format and bits: how one is read. */
const readers: Record<string, (view: DataView, at: number) => number> = {
  '1/16': (view, at) => view.getInt16(at, true) / 2 ** 15,
  '1/32': (view, at) => view.getInt32(at, true) / 2 ** 31,
  '3/32': (view, at) => view.getFloat32(at, true),
  '7/8': (view, at) => expanded(view.getUint8(at)),
};

/** µ-law, as ITU-T G.711 has it. */
function expanded(byte: number): number {
  const code = ~byte & 0xff;
  const magnitude = ((((code & 0x0f) << 3) + 0x84) << ((code & 0x70) >> 4)) - 0x84;
  return (code & 0x80 ? -magnitude : magnitude) / 32_768;
}

/** Levels in dB below full scale of every ten milliseconds, as the window has them of an open recording; -120 for nothing at all. */
export function levelsOf(samples: Float32Array, rate: number): Float32Array<ArrayBuffer> {
  const perLevel = rate / 100;
  const levels = new Float32Array(Math.ceil(samples.length / perLevel));
  for (let i = 0; i < levels.length; i += 1) {
    const [from, to] = [Math.floor(i * perLevel), Math.min(samples.length, Math.floor((i + 1) * perLevel))];
    let sum = 0;
    for (let at = from; at < to; at += 1) sum += samples[at]! ** 2;
    levels[i] = Math.max(-120, 10 * Math.log10(sum / (to - from)));
  }
  return levels;
}
