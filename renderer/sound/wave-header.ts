import { SoundError } from './sound.ts';

/** How the samples of a WAVE file lie in it. */
export interface WaveLayout {
  readonly rate: number;
  readonly channels: number;
  readonly coding: WaveCoding;
  /** Bytes of a sample of one channel, and of a frame. */
  readonly sampleBytes: number;
  readonly frameBytes: number;
  /** Where the samples begin, and how many whole frames there are: as many as the file holds, whatever its header says. */
  readonly dataAt: number;
  readonly frames: number;
  /** Whether the header speaks of more. */
  readonly isCut: boolean;
}

export type WaveCoding = 'unsigned' | 'signed' | 'float' | 'mulaw' | 'alaw';

/** Format tags (mmreg.h). */
const codings: Readonly<Record<number, WaveCoding>> = { 1: 'signed', 3: 'float', 6: 'alaw', 7: 'mulaw' };
const extensible = 0xfffe;
/** Tags of what is not read, by the names that people know them by. */
const otherCodings: Readonly<Record<number, string>> = {
  0x0002: 'Microsoft ADPCM',
  0x0011: 'IMA ADPCM',
  0x0031: 'GSM 6.10',
  0x0040: 'G.721 ADPCM',
  0x0050: 'MPEG Layer II',
  0x0055: 'MP3 in WAVE',
  0x00ff: 'AAC in WAVE',
  0x0161: 'Windows Media Audio',
  0x0162: 'Windows Media Audio',
};

/** Lengths from here on mean that nobody knew it. */
const mostClaimed = 0x7ff0_0000;

/** Most channels of a recording. */
export const mostChannels = 8;

const text = (bytes: Uint8Array, at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));

/** Whether a file begins as a WAVE file does. */
export function isWave(head: Uint8Array): boolean {
  return ['RIFF', 'RF64', 'BW64'].includes(text(head, 0)) && text(head, 8) === 'WAVE';
}

/**
 * Reads the header of a WAVE file (RIFF, RF64, BW64; with or without WAVE_FORMAT_EXTENSIBLE). Lengths are held against those of the file:
 * recorders that were cut off leave 0, -1 or what they meant to write.
 *
 * @param read bytes of the file from .. to
 * @throws SoundError `damaged`, `unsupported-codec`
 */
export async function readWaveHeader(
  read: (from: number, to: number) => Promise<Uint8Array>,
  size: number,
): Promise<WaveLayout> {
  let at = 12;
  let format: Omit<WaveLayout, 'dataAt' | 'frames' | 'isCut'> | null = null;
  let longData: number | null = null;
  while (at + 8 <= size) {
    const head = await read(at, at + 8 + 64);
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
    const name = text(head, 0);
    const length = view.getUint32(4, true);
    if (name === 'ds64' && head.length >= 32) longData = Number(view.getBigUint64(16, true));
    else if (name === 'fmt ')
      format = readFormat(new DataView(head.buffer, head.byteOffset + 8, head.length - 8), length);
    else if (name === 'data') {
      if (!format) throw new SoundError('damaged');
      const dataAt = at + 8;
      const there = size - dataAt;
      const claimed = length === 0xffff_ffff ? (longData ?? there) : length === 0 ? there : length;
      const frames = Math.floor(Math.min(claimed, there) / format.frameBytes);
      if (frames === 0) throw new SoundError('damaged');
      // Programs that write to where they can't go back leave the largest number they know instead of the length.
      const isCut = claimed < mostClaimed && claimed - there >= format.frameBytes;
      return { ...format, dataAt, frames, isCut };
    }
    at += 8 + length + (length % 2);
  }
  throw new SoundError('damaged');
}

function readFormat(view: DataView, length: number): Omit<WaveLayout, 'dataAt' | 'frames' | 'isCut'> {
  if (length < 14 || view.byteLength < 16) throw new SoundError('damaged');
  let tag = view.getUint16(0, true);
  const channels = view.getUint16(2, true);
  const rate = view.getUint32(4, true);
  const bits = view.getUint16(14, true);
  // The first two bytes of the sub-format's GUID are a tag as it was before there were GUIDs.
  if (tag === extensible && length >= 26 && view.byteLength >= 26) tag = view.getUint16(24, true);
  const coding = codings[tag];
  if (!coding) throw new SoundError('unsupported-codec', otherCodings[tag] ?? `WAVE 0x${tag.toString(16)}`);
  if (channels === 0 || rate === 0) throw new SoundError('damaged');
  if (channels > mostChannels) throw new SoundError('unsupported-codec', `${channels} channels`);
  // Samples fill whole bytes; those of 12 or 20 bits lie in the upper ones.
  const isLaw = coding === 'mulaw' || coding === 'alaw';
  const sampleBytes = isLaw ? 1 : Math.ceil(bits / 8);
  const allowed = coding === 'float' ? [4, 8] : [1, 2, 3, 4];
  if (!allowed.includes(sampleBytes)) throw new SoundError('unsupported-codec', `${bits} bits`);
  const frameBytes = sampleBytes * channels;
  return {
    rate,
    channels,
    coding: coding === 'signed' && sampleBytes === 1 ? 'unsigned' : coding,
    sampleBytes,
    frameBytes,
  };
}
