import type { ByteReader } from './byte-reader.ts';

/** The head of a frame of MPEG sound (ISO 11172-3, 13818-3, and the extension called 2.5). */
export interface FrameHeader {
  layer: 1 | 2 | 3;
  /** Frames a second. */
  rate: number;
  channels: number;
  /** Bytes of the whole, and how many frames of sound are in it. */
  bytes: number;
  samples: number;
  /** Bytes between the head and where a table of contents stands. */
  side: number;
}

const rates = [44_100, 48_000, 32_000];
/** kbit/s by index, for layers 1 to 3 of MPEG 1 and of MPEG 2. */
const bitrates: Readonly<Record<string, readonly number[]>> = {
  '1-1': [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  '1-2': [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  '1-3': [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  '2-1': [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  '2-2': [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
/** The least that is spent on a second of sound: bytes at 8 kbit/s. */
const leastBytesPerSecond = 1000;

/** The head that begins here; null when none does. Free format, which nobody writes, is none. */
export function frameHeader(head: Buffer): FrameHeader | null {
  if (head.length < 4 || head[0] !== 0xff || (head[1]! & 0xe0) !== 0xe0) return null;
  const version = (head[1]! >> 3) & 3;
  const layer = 4 - ((head[1]! >> 1) & 3);
  const [bitrateIndex, rateIndex] = [head[2]! >> 4, (head[2]! >> 2) & 3];
  if (version === 1 || layer === 4 || bitrateIndex === 0 || bitrateIndex === 15 || rateIndex === 3) return null;
  const first = version === 3;
  const kbits = bitrates[first ? `1-${layer}` : layer === 1 ? '2-1' : '2-2']![bitrateIndex - 1]!;
  const rate = rates[rateIndex]! / (first ? 1 : version === 2 ? 2 : 4);
  const channels = head[3]! >> 6 === 3 ? 1 : 2;
  const samples = layer === 1 ? 384 : layer === 3 && !first ? 576 : 1152;
  const padding = (head[2]! >> 1) & 1;
  const slot = layer === 1 ? 4 : 1;
  const bytes = (Math.floor((samples / 8 / slot) * ((kbits * 1000) / rate)) + padding) * slot;
  const side = first ? (channels === 1 ? 17 : 32) : channels === 1 ? 9 : 17;
  return { layer: layer as FrameHeader['layer'], rate, channels, bytes, samples, side };
}

/**
 * What the first frame of an MP3 says. Its length only where a table of contents (Xing, Info, VBRI) counts the frames and the file is
 * large enough to hold so many: without one nobody knows before it was gone through.
 */
export async function mp3Facts(
  reader: ByteReader,
  at: number,
): Promise<{ rate: number; channels: number; frames: number | null } | null> {
  const head = Buffer.from(await reader.read(at, 200));
  const frame = frameHeader(head);
  if (frame === null) return null;
  const { rate, channels } = frame;
  const frames = countedFrames(head, frame.side);
  const length = frames === null ? null : frames * frame.samples;
  const possible = length !== null && length / rate <= reader.size / leastBytesPerSecond + 1;
  return { rate, channels, frames: possible ? length : null };
}

function countedFrames(head: Buffer, side: number): number | null {
  const xing = 4 + side;
  const name = head.toString('latin1', xing, xing + 4);
  if ((name === 'Xing' || name === 'Info') && head.length >= xing + 12) {
    return (head.readUInt32BE(xing + 4) & 1) === 0 ? null : head.readUInt32BE(xing + 8);
  }
  if (head.toString('latin1', 36, 40) === 'VBRI' && head.length >= 54) return head.readUInt32BE(50);
  return null;
}
