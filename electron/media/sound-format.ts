import type { ByteReader } from './byte-reader.ts';
import { frameHeader } from './mp3-facts.ts';

/** Formats of recordings that are recognised by their bytes. Not all of them can be opened. */
const recognised = [
  'wav',
  'mp3',
  'flac',
  'ogg',
  'mp4',
  'webm',
  'matroska',
  'aac',
  'mp2',
  'aiff',
  'wma',
  'amr',
  'caf',
  'au',
  'w64',
  'ac3',
  'ape',
  'wavpack',
  'avi',
  'mpeg-ts',
] as const;
export type SoundFormat = (typeof recognised)[number];
export const soundFormats: ReadonlySet<string> = new Set(recognised);

/** The media type of each format that the window opens; the others are told by their names. */
export const playedAs: Partial<Record<SoundFormat, string>> = {
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  flac: 'audio/flac',
  ogg: 'audio/ogg',
  mp4: 'audio/mp4',
  webm: 'audio/webm',
  matroska: 'audio/x-matroska',
  aac: 'audio/aac',
};

/** A recording as its first bytes have it. */
export interface SniffedSound {
  format: SoundFormat;
  /** Where it begins: tags of ID3 may stand before it. */
  at: number;
}

/** Bytes looked through for the first frame of an MP3 behind its tags. */
const searchedBytes = 64 * 1024;
/** Tags of ID3 that may stand one behind the other. */
const maxTags = 8;

const signatures: readonly (readonly [SoundFormat, number, string])[] = [
  ['flac', 0, '664c6143'],
  ['ogg', 0, '4f676753'],
  ['wma', 0, '3026b2758e66cf11'],
  ['amr', 0, '2321414d52'],
  ['caf', 0, '63616666'],
  ['au', 0, '2e736e64'],
  ['w64', 0, '726966662e91cf11'],
  ['ac3', 0, '0b77'],
  ['ape', 0, '4d414320'],
  ['wavpack', 0, '7776706b'],
];

/** What stands first in an ISO base media or QuickTime file. */
const isoBoxes: ReadonlySet<string> = new Set(['ftyp', 'moov', 'mdat', 'free', 'skip', 'wide', 'pnot']);

/** What a file is by its bytes, whatever its name; null when it is no recording that is known here. Pictures are looked for before. */
export async function sniffSound(reader: ByteReader): Promise<SniffedSound | null> {
  const at = await afterTags(reader);
  const head = Buffer.from(await reader.read(at, 4096));
  const format = signatureOf(head);
  if (format !== null) return { format, at };
  const frame = await firstFrame(reader, at, at > 0 ? searchedBytes : 4096);
  return frame;
}

/** The length of a tag of ID3v2 is written in seven bits a byte. */
async function afterTags(reader: ByteReader): Promise<number> {
  let at = 0;
  for (let tags = 0; tags < maxTags; tags += 1) {
    const tag = await reader.read(at, 10);
    if (tag.length < 10 || tag.toString('latin1', 0, 3) !== 'ID3' || tag.subarray(6, 10).some((byte) => byte > 0x7f)) {
      break;
    }
    const length = ((tag[6]! * 128 + tag[7]!) * 128 + tag[8]!) * 128 + tag[9]!;
    at += 10 + length + ((tag[5]! & 0x10) === 0 ? 0 : 10);
  }
  return Math.min(at, reader.size);
}

function signatureOf(head: Buffer): SoundFormat | null {
  const word = (at: number) => head.toString('latin1', at, at + 4);
  if (['RIFF', 'RF64', 'BW64'].includes(word(0))) {
    if (word(8) === 'WAVE') return 'wav';
    if (word(8) === 'AVI ') return 'avi';
  }
  if (word(0) === 'FORM' && /^AIF[FC]$/.test(word(8))) return 'aiff';
  if (head.toString('hex', 0, 4) === '1a45dfa3') return head.includes('webm') ? 'webm' : 'matroska';
  if (isoBoxes.has(word(4)) && head.length >= 12) return 'mp4';
  for (const [format, at, hex] of signatures) {
    if (head.toString('hex', at, at + hex.length / 2) === hex) return format;
  }
  if (head.length > 376 && [0, 188, 376].every((at) => head[at] === 0x47)) return 'mpeg-ts';
  return null;
}

/** The first frame of MPEG sound or AAC that is followed by another of its kind: two bytes alone are found in anything. */
async function firstFrame(reader: ByteReader, from: number, within: number): Promise<SniffedSound | null> {
  const piece = Buffer.from(await reader.read(from, Math.min(within, searchedBytes)));
  for (let at = piece.indexOf(0xff); at >= 0 && at + 7 <= piece.length; at = piece.indexOf(0xff, at + 1)) {
    const aac = adtsLength(piece.subarray(at));
    if (aac !== null && (await followedBy(reader, from + at + aac, (next) => adtsLength(next) !== null))) {
      return { format: 'aac', at: from + at };
    }
    const frame = frameHeader(piece.subarray(at));
    if (frame === null) continue;
    const same = (next: Buffer) => {
      const other = frameHeader(next);
      return other !== null && other.layer === frame.layer && other.rate === frame.rate;
    };
    if (await followedBy(reader, from + at + frame.bytes, same)) {
      return { format: frame.layer === 3 ? 'mp3' : 'mp2', at: from + at };
    }
  }
  return null;
}

/** Whether a frame of the kind comes next; the last of a file has none behind it, and is believed when it is the first too. */
async function followedBy(reader: ByteReader, at: number, isOne: (head: Buffer) => boolean): Promise<boolean> {
  if (at === reader.size) return true;
  const next = await reader.read(at, 16);
  return next.length >= 7 && isOne(next);
}

/** Bytes of a frame of AAC in ADTS; null when none begins here. */
function adtsLength(head: Buffer): number | null {
  if (head.length < 7 || head[0] !== 0xff || (head[1]! & 0xf6) !== 0xf0 || ((head[2]! >> 2) & 15) > 12) return null;
  const length = ((head[3]! & 3) << 11) | (head[4]! << 3) | (head[5]! >> 5);
  return length >= 7 ? length : null;
}
