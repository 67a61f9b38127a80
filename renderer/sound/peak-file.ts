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
const version = 2;
const mark = 0x4b50_4c43;
const headBytes = 88;

/** Packs what is known into one run of bytes: a head of eleven numbers, then the parts in the order of their alignment. */
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
    facts.damage?.lost ?? 0,
    facts.damage?.firstLost ?? -1,
    facts.damage?.cut ? 1 : 0,
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
  const [found, foundVersion, rate = 0, channels = 0, frames = 0, indexBytes = 0, levelCount = 0, columnBytes = 0] =
    head;
  const [lost = 0, firstLost = -1, cut = 0] = head.subarray(8);
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
  const facts: SoundFacts = { rate, channels, frames, exact: true };
  if (lost === 0 && cut === 0) return { facts, columns, levels, index };
  const damage = { lost, firstLost: firstLost < 0 ? null : firstLost, cut: cut === 1 };
  return { facts: { ...facts, damage }, columns, levels, index };
}
