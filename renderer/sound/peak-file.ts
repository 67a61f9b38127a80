import { columnFramesOf } from './sound-scan.ts';
import type { SoundFacts } from './sound.ts';

/** What is kept of a recording that was gone through, so that it need not be gone through again. */
export interface KnownPeaks {
  /** Exact. */
  readonly facts: SoundFacts;
  /** The finest peaks and the levels of each channel, as sound-scan.ts makes them. */
  readonly columns: readonly Int8Array<ArrayBuffer>[];
  readonly levels: readonly Int16Array<ArrayBuffer>[];
  /** What its track needs to be opened quickly. */
  readonly index: Uint8Array<ArrayBuffer>;
}

/** Changes with anything that makes other peaks of the same recording, so that old ones are made anew. */
const version = 1;
const mark = 0x4b50_4c43;
const headBytes = 64;

/** Packs what is known into one run of bytes: a head of eight numbers, then the parts in the order of their alignment. */
export function packPeaks({ facts, columns, levels, index }: KnownPeaks): Uint8Array<ArrayBuffer> {
  const columnBytes = columns[0]?.length ?? 0;
  const levelCount = levels[0]?.length ?? 0;
  const bytes = new Uint8Array(headBytes + index.length + facts.channels * (2 * levelCount + columnBytes));
  new Float64Array(bytes.buffer, 0, headBytes / 8).set([
    mark,
    version,
    facts.rate,
    facts.channels,
    facts.frames,
    index.length,
    levelCount,
    columnBytes,
  ]);
  let at = headBytes;
  bytes.set(index, at);
  at += index.length;
  for (const channel of levels) {
    bytes.set(new Uint8Array(channel.buffer, channel.byteOffset, channel.byteLength), at);
    at += channel.byteLength;
  }
  for (const channel of columns) {
    bytes.set(new Uint8Array(channel.buffer, channel.byteOffset, channel.byteLength), at);
    at += channel.byteLength;
  }
  return bytes;
}

/** Takes them apart again; null for what is not of this version or not whole. */
export function unpackPeaks(bytes: Uint8Array<ArrayBuffer>): KnownPeaks | null {
  if (bytes.length < headBytes) return null;
  const own = bytes.byteOffset === 0 ? bytes : bytes.slice();
  const head = new Float64Array(own.buffer, 0, headBytes / 8);
  const [found, foundVersion, rate, channels, frames, indexBytes, levelCount, columnBytes] = [...head] as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (found !== mark || foundVersion !== version) return null;
  if (own.length !== headBytes + indexBytes + channels * (2 * levelCount + columnBytes)) return null;
  if (columnBytes !== 2 * Math.ceil(frames / columnFramesOf(rate))) return null;
  let at = headBytes;
  const part = (length: number): Uint8Array<ArrayBuffer> => {
    at += length;
    return own.slice(at - length, at);
  };
  const index = part(indexBytes);
  const levels = Array.from({ length: channels }, () => new Int16Array(part(2 * levelCount).buffer));
  const columns = Array.from({ length: channels }, () => new Int8Array(part(columnBytes).buffer));
  return { facts: { rate, channels, frames, exact: true }, columns, levels, index };
}
