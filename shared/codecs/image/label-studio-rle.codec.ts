import type { MaskGeometry } from '../../domain/annotation.ts';
import type { Json } from '../../domain/json.ts';
import type { RleProblem } from './coco-rle.codec.ts';
import { createRuns, maskOfRowRuns, rowRunsOfMask } from './row-runs.codec.ts';

/**
 * Label Studio's run lengths of a brush: the photo as red, green, blue and opacity of each pixel, row by row, packed into bits.
 *
 * A head says how many values there are (32 bits), how long each is (5 bits, less one) and four lengths of counts (4 bits each, less one).
 * Then follow blocks: one bit tells a run of one value from values one by one, two bits which length its count has, then the count less
 * one, then the value or values. What is painted is not transparent. Written from the format's behaviour; no code of it is used.
 */
const valueBits = 8;
const countBits = [3, 4, 8, 16] as const;
const channels = 4;
/** Bytes of one brush at most: more than the largest photo shown needs if every other pixel were painted. */
const maxBytes = 64 * 1024 * 1024;

interface Size {
  width: number;
  height: number;
}

/** A mask from the bytes of a brush; or why there is none. */
export function maskOfBrush(bytes: readonly Json[], { width, height }: Size): MaskGeometry | RleProblem {
  if (bytes.length > maxBytes) return 'mask-too-large';
  const bits = createBitReader(bytes);
  const total = bits.read(32);
  if (total !== width * height * channels) return 'mask-unreadable';
  const length = bits.read(5) + 1;
  const counts = [bits.read(4) + 1, bits.read(4) + 1, bits.read(4) + 1, bits.read(4) + 1];
  const painted = createRuns();
  for (let at = 0; at < total;) {
    const isRun = bits.read(1) === 1;
    const end = at + 1 + bits.read(counts[bits.read(2)]!);
    if (end > total || bits.overrun()) return 'mask-unreadable';
    if (isRun) {
      // Pixels whose opacity, the last of their four values, lies in the run.
      const [first, last] = [Math.ceil((at - 3) / channels), Math.floor((end - channels) / channels)];
      if (bits.read(length) > 0 && last >= first) painted.paint(first, last - first + 1);
      at = end;
    } else {
      for (; at < end; at += 1) {
        if (bits.read(length) > 0 && at % channels === channels - 1) painted.paint((at - channels + 1) / channels, 1);
      }
    }
    if (bits.overrun()) return 'mask-unreadable';
  }
  return maskOfRowRuns({ x: 0, y: 0, w: width, h: height, runs: painted.done(width * height) });
}

/** The bytes of a mask as a brush, opaque where it is painted; null when nothing of it lies in the photo. */
export function brushOfMask(mask: MaskGeometry, size: Size): { bytes: number[]; cut: boolean } | null {
  const rows = rowRunsOfMask(mask, size);
  if (rows === null) return null;
  const bits = createBitWriter();
  bits.write(size.width * size.height * channels, 32);
  bits.write(valueBits - 1, 5);
  for (const count of countBits) bits.write(count - 1, 4);
  for (const [i, run] of rows.runs.entries()) {
    for (let left = run * channels; left > 0;) {
      const fitting = countBits.findIndex((count) => left <= 2 ** count);
      const index = fitting < 0 ? countBits.length - 1 : fitting;
      const length = Math.min(left, 2 ** countBits[index]!);
      bits.write(1, 1);
      bits.write(index, 2);
      bits.write(length - 1, countBits[index]!);
      bits.write(i % 2 === 1 ? 255 : 0, valueBits);
      left -= length;
    }
  }
  return { bytes: bits.done(), cut: rows.cut };
}

function createBitReader(bytes: readonly Json[]) {
  let [at, broken] = [0, false];
  const bit = (): number => {
    const byte = bytes[at >> 3];
    if (typeof byte !== 'number' || !Number.isInteger(byte) || byte < 0 || byte > 255) {
      broken = true;
      return 0;
    }
    const value = (byte >> (7 - (at & 7))) & 1;
    at += 1;
    return value;
  };
  return {
    /** The next bits as a number; 0 once there are no more. */
    read(count: number): number {
      let value = 0;
      for (let i = 0; i < count; i += 1) value = value * 2 + bit();
      return value;
    },
    overrun: () => broken,
  };
}

function createBitWriter() {
  const bytes: number[] = [];
  let [byte, used] = [0, 0];
  return {
    write(value: number, count: number): void {
      for (let i = count - 1; i >= 0; i -= 1) {
        byte = byte * 2 + (Math.floor(value / 2 ** i) % 2);
        used += 1;
        if (used < 8) continue;
        bytes.push(byte);
        [byte, used] = [0, 0];
      }
    },
    done(): number[] {
      if (used > 0) bytes.push(byte * 2 ** (8 - used));
      return bytes;
    },
  };
}
