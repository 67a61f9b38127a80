import type { ByteReader } from './byte-reader.ts';
import type { TrackFacts } from './sound-facts.ts';

/** Elements of Matroska and WebM (RFC 9559) that are read here. */
const ids = {
  segment: 0x18538067,
  info: 0x1549a966,
  scale: 0x2ad7b1,
  duration: 0x4489,
  tracks: 0x1654ae6b,
  track: 0xae,
  type: 0x83,
  codec: 0x86,
  audio: 0xe1,
  rate: 0xb5,
  channels: 0x9f,
  bits: 0x6264,
} as const;
/** Elements looked at in one file, at most. */
const maxElements = 5000;
/** Type of a track of sound. */
const sound = 2;

const codecs: readonly (readonly [string, string])[] = [
  ['A_OPUS', 'opus'],
  ['A_VORBIS', 'vorbis'],
  ['A_FLAC', 'flac'],
  ['A_AAC', 'aac'],
  ['A_MPEG/L3', 'mp3'],
];

interface Element {
  id: number;
  start: number;
  end: number;
}

/** The first track of sound of a Matroska or WebM file; `no-sound` where it has none, null where it can't be read. */
export async function matroskaFacts(reader: ByteReader): Promise<TrackFacts | 'no-sound' | null> {
  let elements = 0;
  async function* within(start: number, end: number): AsyncGenerator<Element> {
    for (let at = start; at < end;) {
      if ((elements += 1) > maxElements) return;
      const head = Buffer.from(await reader.read(at, 12));
      const id = number(head, 0, false);
      const length = id && number(head, id.bytes, true);
      if (!id || !length) return;
      const begin = at + id.bytes + length.bytes;
      // An unknown length (all bits set) goes on to the end of what it lies in.
      const last = length.value === null ? end : Math.min(end, begin + length.value);
      yield { id: id.value!, start: begin, end: last };
      at = last;
    }
  }
  const bytesOf = async ({ start, end }: Element, most: number) =>
    Buffer.from(await reader.read(start, Math.min(most, end - start)));

  let [scale, duration]: [number, number | null] = [1_000_000, null];
  let found: Omit<TrackFacts, 'frames'> | 'no-sound' | null = null;
  const readTrack = async (track: Element): Promise<Omit<TrackFacts, 'frames'> | null> => {
    let [type, named, rate, channels, bits]: [number, string, number, number, number] = [0, '', 8000, 1, 16];
    for await (const part of within(track.start, track.end)) {
      if (part.id === ids.type) type = whole(await bytesOf(part, 8));
      else if (part.id === ids.codec) named = (await bytesOf(part, 40)).toString('latin1').replaceAll('\0', '');
      if (part.id !== ids.audio) continue;
      for await (const fact of within(part.start, part.end)) {
        if (fact.id === ids.rate) rate = float(await bytesOf(fact, 8)) ?? rate;
        else if (fact.id === ids.channels) channels = whole(await bytesOf(fact, 8));
        else if (fact.id === ids.bits) bits = whole(await bytesOf(fact, 8));
      }
    }
    if (type !== sound) return null;
    const codec = codecs.find(([begin]) => named.startsWith(begin))?.[1] ?? plainSamples(named, bits);
    return { codec, named, rate: codec === 'opus' ? 48_000 : rate, channels };
  };

  for await (const top of within(0, reader.size)) {
    if (top.id !== ids.segment) continue;
    for await (const part of within(top.start, top.end)) {
      if (part.id === ids.info) {
        for await (const fact of within(part.start, part.end)) {
          if (fact.id === ids.scale) scale = whole(await bytesOf(fact, 8));
          else if (fact.id === ids.duration) duration = float(await bytesOf(fact, 8));
        }
      }
      if (part.id !== ids.tracks) continue;
      found = 'no-sound';
      for await (const track of within(part.start, part.end)) {
        const facts = track.id === ids.track ? await readTrack(track) : null;
        if (facts === null) continue;
        found = facts;
        break;
      }
      // What follows are the clusters of sound itself.
      break;
    }
    break;
  }
  if (found === null || found === 'no-sound') return found;
  const frames = duration === null ? null : Math.round(((duration * scale) / 1e9) * found.rate);
  return { ...found, frames: frames !== null && frames > 0 ? frames : null };
}

/** A number of one to eight bytes that says its own length; without its marker for lengths, with it for ids. Null: none, or unknown. */
function number(bytes: Buffer, at: number, isLength: boolean): { value: number | null; bytes: number } | null {
  const first = bytes[at];
  if (first === undefined || first === 0) return null;
  const length = Math.clz32(first) - 23;
  if (at + length > bytes.length || (!isLength && length > 4)) return null;
  let value = isLength ? first & (0xff >> length) : first;
  let allSet = isLength && value === 0xff >> length;
  for (let i = 1; i < length; i += 1) {
    value = value * 256 + bytes[at + i]!;
    allSet = allSet && bytes[at + i] === 0xff;
  }
  return { value: allSet ? null : value, bytes: length };
}

/** Samples that are not coded: whole numbers with the lowest byte first or last, or floating point. */
function plainSamples(named: string, bits: number): string | null {
  if (named === 'A_PCM/FLOAT/IEEE') return `pcm-f${bits}`;
  const order = { 'A_PCM/INT/LIT': '', 'A_PCM/INT/BIG': 'be' }[named];
  return order === undefined ? null : bits === 8 ? 'pcm-u8' : `pcm-s${bits}${order}`;
}

const whole = (bytes: Buffer): number => bytes.reduce((value, byte) => value * 256 + byte, 0);

function float(bytes: Buffer): number | null {
  if (bytes.length === 4) return bytes.readFloatBE(0);
  return bytes.length === 8 ? bytes.readDoubleBE(0) : null;
}
