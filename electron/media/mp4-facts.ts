import type { ByteReader } from './byte-reader.ts';
import type { TrackFacts } from './sound-facts.ts';

/** Boxes looked at in one file, at most. */
const maxBoxes = 20_000;

interface Box {
  type: string;
  /** Where its contents begin and end. */
  start: number;
  end: number;
}

const codecs: Readonly<Record<string, string>> = {
  mp4a: 'aac',
  '.mp3': 'mp3',
  Opus: 'opus',
  fLaC: 'flac',
  ulaw: 'ulaw',
  alaw: 'alaw',
  sowt: 'pcm-s16',
  twos: 'pcm-s16be',
  in24: 'pcm-s24be',
  in32: 'pcm-s32be',
  fl32: 'pcm-f32be',
  fl64: 'pcm-f64be',
};
/** What MPEG-4 elementary streams hold by their object type; others are named by it. */
const objectTypes: Readonly<Record<number, string>> = {
  0x40: 'aac',
  0x66: 'aac',
  0x67: 'aac',
  0x68: 'aac',
  0x69: 'mp3',
  0x6b: 'mp3',
};

/** The first track of sound of an MP4 or QuickTime file; `no-sound` where it has none, null where it can't be read. */
export async function mp4Facts(reader: ByteReader): Promise<TrackFacts | 'no-sound' | null> {
  let boxes = 0;
  /** The boxes between two places, in turn; one that claims to go further than it may ends there. */
  async function* within(start: number, end: number): AsyncGenerator<Box> {
    for (let at = start; at + 8 <= end;) {
      if ((boxes += 1) > maxBoxes) return;
      const head = Buffer.from(await reader.read(at, 16));
      if (head.length < 8) return;
      const short = head.readUInt32BE(0);
      const wide = short === 1 && head.length === 16;
      const length = wide ? Number(head.readBigUInt64BE(8)) : short === 0 ? end - at : short;
      const begin = at + (wide ? 16 : 8);
      if (length < begin - at) return;
      yield { type: head.toString('latin1', 4, 8), start: begin, end: Math.min(end, at + length) };
      at += length;
    }
  }
  const find = async (parent: Box, ...path: string[]): Promise<Box | null> => {
    let found = parent;
    for (const type of path) {
      let next: Box | null = null;
      for await (const box of within(found.start, found.end)) {
        if (box.type !== type) continue;
        next = box;
        break;
      }
      if (next === null) return null;
      found = next;
    }
    return found;
  };

  const movie = await find({ type: '', start: 0, end: reader.size }, 'moov');
  if (movie === null) return null;
  for await (const track of within(movie.start, movie.end)) {
    if (track.type !== 'trak') continue;
    const handler = await find(track, 'mdia', 'hdlr');
    if (handler === null || (await reader.read(handler.start + 8, 4)).toString('latin1') !== 'soun') continue;
    const [length, table] = [await find(track, 'mdia', 'mdhd'), await find(track, 'mdia', 'minf', 'stbl', 'stsd')];
    if (table === null) return null;
    let entry: Box | null = null;
    for await (const box of within(table.start + 8, table.end)) {
      entry = box;
      break;
    }
    if (entry === null) return null;
    const sound = await sampleEntry(reader, entry, within);
    return (
      sound && { ...sound, frames: lengthOf(length && Buffer.from(await reader.read(length.start, 32)), sound.rate) }
    );
  }
  return 'no-sound';
}

async function sampleEntry(
  reader: ByteReader,
  entry: Box,
  within: (start: number, end: number) => AsyncGenerator<Box>,
): Promise<Omit<TrackFacts, 'frames'> | null> {
  const head = Buffer.from(await reader.read(entry.start, Math.min(64, entry.end - entry.start)));
  if (head.length < 28) return null;
  const version = head.readUInt16BE(8);
  const inQuickTime2 = version === 2 && head.length >= 44;
  let channels = inQuickTime2 ? head.readUInt32BE(40) : head.readUInt16BE(16);
  let rate = inQuickTime2 ? head.readDoubleBE(32) : head.readUInt32BE(24) / 65_536;
  const type = entry.type.trim() === '' ? entry.type : entry.type.trimEnd();
  let codec = codecs[type] ?? null;
  if (codec === 'opus') rate = 48_000;
  if (type === 'mp4a') {
    const stream = await elementaryStream(
      reader,
      entry,
      entry.start + (version === 1 ? 44 : version === 2 ? 64 : 28),
      within,
    );
    if (stream) {
      codec = objectTypes[stream.objectType] ?? null;
      [rate, channels] = [stream.rate ?? rate, stream.channels ?? channels];
    }
  }
  return { codec, named: type, rate, channels };
}

const aacRates = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350];

/** What the descriptor of an MPEG-4 stream says; null where there is none to be read. QuickTime puts it into a box called wave. */
async function elementaryStream(
  reader: ByteReader,
  entry: Box,
  from: number,
  within: (start: number, end: number) => AsyncGenerator<Box>,
): Promise<{ objectType: number; rate: number | null; channels: number | null } | null> {
  for await (const box of within(from, entry.end)) {
    if (box.type === 'wave') return elementaryStream(reader, box, box.start, within);
    if (box.type !== 'esds') continue;
    const bytes = Buffer.from(await reader.read(box.start, Math.min(256, box.end - box.start)));
    // A decoder configuration (tag 4) holds its object type, and the configuration proper (tag 5) 13 bytes further.
    const config = descriptor(bytes, 4, 4);
    if (config === null || config >= bytes.length) return null;
    const own = descriptor(bytes, 5, config + 13);
    const bits = own !== null && own + 1 < bytes.length ? bytes.readUInt16BE(own) : 0;
    return {
      objectType: bytes[config]!,
      rate: aacRates[(bits >> 7) & 15] && bits !== 0 ? aacRates[(bits >> 7) & 15]! : null,
      channels: [null, 1, 2, 3, 4, 5, 6, 8][(bits >> 3) & 15] ?? null,
    };
  }
  return null;
}

/** Where the contents of the next descriptor of a kind begin. */
function descriptor(bytes: Buffer, tag: number, from: number): number | null {
  let at = from;
  // Tag 3 is the frame around the others: its own three bytes are stepped over.
  for (let n = 0; n < 8 && at + 1 < bytes.length; n += 1) {
    const found = bytes[at]!;
    let begin = at + 1;
    let length = 0;
    for (let digits = 0; digits < 4 && begin < bytes.length; digits += 1) {
      const digit = bytes[begin]!;
      begin += 1;
      length = length * 128 + (digit & 0x7f);
      if (digit < 0x80) break;
    }
    if (found === tag) return begin;
    at = found === 3 ? begin + 3 : begin + length;
  }
  return null;
}

/** Frames by the header of a track: its length counts in a time scale of its own, usually the rate. */
function lengthOf(header: Buffer | null, rate: number): number | null {
  if (header === null || header.length < 24) return null;
  const long = header[0] === 1;
  if (long && header.length < 32) return null;
  const scale = header.readUInt32BE(long ? 20 : 12);
  const length = long ? Number(header.readBigUInt64BE(24)) : header.readUInt32BE(16);
  // Nothing, or all bits set: it is told in pieces, and nobody knows before.
  return scale === 0 || length === 0 || length === 0xffff_ffff ? null : Math.round((length / scale) * rate);
}
