import type { SoundInfo } from '#shared/domain/work.ts';
import type { ByteReader } from './byte-reader.ts';
import { matroskaFacts } from './matroska-facts.ts';
import { mp3Facts } from './mp3-facts.ts';
import { mp4Facts } from './mp4-facts.ts';
import type { SniffedSound } from './sound-format.ts';
import { soundLimits } from './sound-limits.ts';

/** A track of sound in the words of its file. */
export interface TrackFacts {
  /** As this program names it; null for one that it can't decode. */
  codec: string | null;
  /** As the file names it. */
  named: string;
  rate: number;
  channels: number;
  frames: number | null;
}

/** What a recording says of itself, without anything being decoded; why it can't be opened, if it can't. */
export interface SoundFacts {
  sound: SoundInfo | null;
  problem: 'no-sound' | 'damaged' | 'unsupported-format' | 'too-large' | null;
}

/** Chunks of a WAVE file that are stepped over before its samples, at most. */
const maxChunks = 1000;
/** An Ogg page is no longer than this, so the last one begins within it before the end. */
const longestPage = 65_307;

/**
 * The facts of a recording in a format that is opened here. Only heads are read, a bounded number of them, whatever they claim: a file
 * may be hostile. Lengths that the file itself can't hold are not believed.
 */
export async function readSoundFacts(reader: ByteReader, { format, at }: SniffedSound): Promise<SoundFacts> {
  const track = await trackOf(reader, format, at);
  if (track === 'no-sound') return { sound: null, problem: 'no-sound' };
  if (track === null) return { sound: null, problem: 'damaged' };
  const { named, channels } = track;
  const rate = Math.round(track.rate);
  const { leastRate, mostRate, mostSeconds, mostChannels } = soundLimits;
  // What no recording is like was not read from one.
  if (!(rate >= leastRate && rate <= mostRate && channels >= 1 && channels <= 64)) {
    return { sound: null, problem: track.codec === null ? 'unsupported-format' : 'damaged' };
  }
  const frames = Number.isSafeInteger(track.frames) ? track.frames : null;
  const codec =
    track.codec ??
    (named
      .replace(/[^\x20-\x7e]/g, '')
      .trim()
      .slice(0, 40) ||
      'unknown');
  const sound: SoundInfo = { codec, rate, channels, frames };
  if (track.codec === null) return { sound, problem: 'unsupported-format' };
  const tooLong = frames !== null && frames / rate > mostSeconds;
  return { sound, problem: tooLong || channels > mostChannels ? 'too-large' : null };
}

function trackOf(
  reader: ByteReader,
  format: SniffedSound['format'],
  at: number,
): Promise<TrackFacts | 'no-sound' | null> {
  switch (format) {
    case 'wav':
      return waveFacts(reader);
    case 'flac':
      return flacFacts(reader, at);
    case 'ogg':
      return oggFacts(reader);
    case 'mp3':
      return mp3Facts(reader, at).then((facts) => facts && { codec: 'mp3', named: 'mp3', ...facts });
    case 'aac':
      return adtsFacts(reader, at);
    case 'mp4':
      return mp4Facts(reader);
    case 'webm':
    case 'matroska':
      return matroskaFacts(reader);
    default:
      return Promise.resolve(null);
  }
}

const waveCodecs: Readonly<Record<string, string>> = {
  '1-8': 'pcm-u8',
  '1-16': 'pcm-s16',
  '1-24': 'pcm-s24',
  '1-32': 'pcm-s32',
  '3-32': 'pcm-f32',
  '3-64': 'pcm-f64',
  '6-8': 'alaw',
  '7-8': 'ulaw',
};
/** Tags of WAVE codecs that are told by their names. */
const waveNames: Readonly<Record<number, string>> = {
  2: 'ADPCM',
  17: 'IMA ADPCM',
  49: 'GSM 6.10',
  80: 'MP2',
  85: 'MP3',
  353: 'WMA',
};

/** The facts of a WAVE file by its chunks: RIFF, RF64 or BW64. Its samples are those that are really there. */
async function waveFacts(reader: ByteReader): Promise<TrackFacts | null> {
  let format: { codec: string | null; named: string; rate: number; channels: number; block: number } | null = null;
  let longData: number | null = null;
  let at = 12;
  for (let chunks = 0; chunks < maxChunks && at + 8 <= reader.size; chunks += 1) {
    const head = Buffer.from(await reader.read(at, 8 + 40));
    const [name, length] = [head.toString('latin1', 0, 4), head.readUInt32LE(4)];
    if (name === 'ds64' && head.length >= 24) longData = Number(head.readBigUInt64LE(16));
    else if (name === 'fmt ' && head.length >= 24 && length >= 14) format = waveFormat(head.subarray(8), length);
    else if (name === 'data') {
      if (format === null) return null;
      const there = reader.size - at - 8;
      // Recorders that were cut off leave all bits set, nothing, or what they meant to write.
      const claimed = length === 0xffff_ffff ? (longData ?? there) : length === 0 ? there : length;
      const frames = Math.floor(Math.min(claimed, there) / format.block);
      return frames === 0 ? null : { ...format, frames: format.codec === null ? null : frames };
    }
    at += 8 + length + (length % 2);
  }
  return null;
}

function waveFormat(body: Buffer, length: number) {
  const extensible = 0xfffe;
  const stored = body.readUInt16LE(0);
  const tag = stored === extensible && length >= 26 && body.length >= 26 ? body.readUInt16LE(24) : stored;
  const [channels, rate, bits] = [body.readUInt16LE(2), body.readUInt32LE(4), body.readUInt16LE(14)];
  const sampleBytes = Math.ceil(bits / 8);
  const codec = waveCodecs[`${tag}-${sampleBytes * 8}`] ?? null;
  return { codec, named: waveNames[tag] ?? `WAVE ${tag}`, rate, channels, block: Math.max(1, sampleBytes * channels) };
}

/** The facts of a FLAC file by its first block. Nought frames: it was streamed, and nobody counted. */
async function flacFacts(reader: ByteReader, at: number): Promise<TrackFacts | null> {
  const head = Buffer.from(await reader.read(at, 8 + 34));
  if (head.length < 8 + 34 || (head[4]! & 0x7f) !== 0 || head.readUIntBE(5, 3) < 34) return null;
  const info = head.subarray(8);
  const frames = (info[13]! & 15) * 2 ** 32 + info.readUInt32BE(14);
  return {
    codec: 'flac',
    named: 'flac',
    rate: info.readUIntBE(10, 3) >> 4,
    channels: ((info[12]! >> 1) & 7) + 1,
    frames: frames === 0 ? null : frames,
  };
}

/** The facts of AAC by the first of its frames (ADTS); how many there are nobody says. */
async function adtsFacts(reader: ByteReader, at: number): Promise<TrackFacts | null> {
  const head = Buffer.from(await reader.read(at, 7));
  const rates = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350];
  const rate = head.length < 7 ? undefined : rates[(head[2]! >> 2) & 15];
  if (rate === undefined) return null;
  const channels = [2, 1, 2, 3, 4, 5, 6, 8][((head[2]! & 1) << 2) | (head[3]! >> 6)]!;
  return { codec: 'aac', named: 'aac', rate, channels, frames: null };
}

interface OggStream extends Omit<TrackFacts, 'frames'> {
  serial: number;
  /** Frames at the beginning that are not to be heard. */
  skip: number;
}

/** The facts of an Ogg file: what its first pages begin, and the place its last page ends at. */
async function oggFacts(reader: ByteReader): Promise<TrackFacts | 'no-sound' | null> {
  let stream: OggStream | 'no-sound' | null = null;
  let at = 0;
  // Pages that begin something come first, one each.
  for (let pages = 0; pages < 16; pages += 1) {
    const page = Buffer.from(await reader.read(at, 27 + 255 + 64));
    if (page.length < 28 || page.toString('latin1', 0, 4) !== 'OggS' || (page[5]! & 2) === 0) break;
    const lacing = page.subarray(27, 27 + page[26]!);
    const begun = oggStream(page.subarray(27 + lacing.length), page.readUInt32LE(14));
    if (begun !== null && (stream === null || stream === 'no-sound' || stream.codec === null)) stream = begun;
    stream ??= 'no-sound';
    at += 27 + lacing.length + lacing.reduce((sum, bytes) => sum + bytes, 0);
  }
  if (stream === null || stream === 'no-sound') return stream;
  const { serial, skip, ...facts } = stream;
  const end = await lastGranule(reader, serial);
  return { ...facts, frames: end === null || end <= skip ? null : end - skip };
}

function oggStream(payload: Buffer, serial: number): OggStream | null {
  const begins = (text: string) => payload.toString('latin1', 0, text.length) === text;
  if (begins('OpusHead') && payload.length >= 12) {
    return {
      serial,
      codec: 'opus',
      named: 'opus',
      rate: 48_000,
      channels: payload[9]!,
      skip: payload.readUInt16LE(10),
    };
  }
  if (begins('\x01vorbis') && payload.length >= 16) {
    const [channels, rate] = [payload[11]!, payload.readUInt32LE(12)];
    return { serial, codec: 'vorbis', named: 'vorbis', rate, channels, skip: 0 };
  }
  if (begins('Speex   ') && payload.length >= 52) {
    const [rate, channels] = [payload.readUInt32LE(36), payload.readUInt32LE(48)];
    return { serial, codec: null, named: 'Speex', rate, channels, skip: 0 };
  }
  // What is in the file as any FLAC follows nine bytes of what it is in Ogg.
  if (begins('\x7fFLAC') && payload.length >= 17 + 13) {
    const info = payload.subarray(17);
    const [rate, channels] = [info.readUIntBE(10, 3) >> 4, ((info[12]! >> 1) & 7) + 1];
    return { serial, codec: null, named: 'FLAC in Ogg', rate, channels, skip: 0 };
  }
  return null;
}

/** The place that the last page of a stream ends at, in frames; null when none is found near the end. */
async function lastGranule(reader: ByteReader, serial: number): Promise<number | null> {
  const from = Math.max(0, reader.size - 2 * longestPage);
  const tail = Buffer.from(await reader.read(from, reader.size - from));
  for (let at = tail.lastIndexOf('OggS'); at >= 0; at = at === 0 ? -1 : tail.lastIndexOf('OggS', at - 1)) {
    if (at + 27 > tail.length || tail[at + 4] !== 0 || tail.readUInt32LE(at + 14) !== serial) continue;
    const granule = tail.readBigInt64LE(at + 6);
    if (granule > 0n && granule <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(granule);
  }
  return null;
}
