import { id3Bytes } from './mp3-frame.ts';
import { looksLikeMp3, openMp3, type DecodeFrames } from './mp3-track.ts';
import type { SoundBytes } from './sound-bytes.ts';
import { SoundError } from './sound.ts';
import type { SoundTrack } from './sound-track.ts';
import { isWave } from './wave-header.ts';
import { openWave } from './wave-track.ts';

const latin = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));

/** What is recognised and not read, by the first bytes: so that the message can name it. */
const otherFormats: readonly [start: string, at: number, name: string][] = [
  ['FORM', 0, 'AIFF'],
  ['.snd', 0, 'AU'],
  ['caff', 0, 'Core Audio Format'],
  ['#!AMR', 0, 'AMR'],
  ['0&\u00b2u', 0, 'Windows Media'],
  ['.RMF', 0, 'RealMedia'],
  ['MAC ', 0, "Monkey's Audio"],
  ['wvpk', 0, 'WavPack'],
  ['NIST_1A', 0, 'NIST SPHERE'],
  ['riff', 0, 'Wave64'],
  ['AVI ', 8, 'AVI'],
  ['FLV', 0, 'Flash Video'],
];

/** The beginnings of what the demuxer library reads. */
function isPacked(head: Uint8Array): boolean {
  const start = latin(head, 0, 4);
  const isBoxed = ['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip'].includes(latin(head, 4, 8));
  const isEbml = start === '\u001aE\u00df\u00a3';
  return start === 'fLaC' || start === 'OggS' || isBoxed || isEbml;
}

/** The sync word of an ADTS frame: that of MPEG audio, with layer 0. */
const isAdts = (bytes: Uint8Array, at: number) => bytes[at] === 0xff && (bytes[at + 1]! & 0xf6) === 0xf0;

/**
 * Opens a recording by what its bytes say it is.
 * @throws SoundError which names what can't be read
 */
export async function openTrack(
  bytes: SoundBytes,
  decode: DecodeFrames,
  known: Uint8Array<ArrayBuffer> | null,
): Promise<SoundTrack> {
  const { head } = bytes;
  if (isWave(head)) return openWave(bytes);
  const tagBytes = id3Bytes(head);
  const start = tagBytes === 0 ? head : await bytes.read(tagBytes, tagBytes + head.length);
  if (isPacked(start) || isAdts(start, 0)) {
    const { openPackets } = await import('./packet-track.ts');
    return openPackets(bytes, known);
  }
  const other = otherFormats.find(([text, at]) => latin(start, at, at + text.length) === text);
  if (other) throw new SoundError('unsupported-format', other[2]);
  if (looksLikeMp3(start, 0)) return openMp3(bytes, decode, known);
  throw new SoundError('unsupported-format');
}
