import { afterAc, bitsAt, dcAt, segment, type JpegIndex } from './jpeg-index.ts';

/** A part of a JPEG, pixels as stored. */
export interface JpegCrop {
  /** A JPEG file of its own. */
  readonly file: Uint8Array<ArrayBuffer>;
  /** Where it lies in the whole, and its size: the part asked for, widened to whole MCUs. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** MCUs around the part asked for: decoders interpolate colour across their edges. */
const margin = 1;

/** Every DC size 0..15 as a code of five bits, so that any first value can be written: symbols in order of their codes. */
const dcCodes = [0, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ...Array.from({ length: 16 }, (_, size) => size)];

/** Writes bits with a zero after each 0xff. */
class BitWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;
  #bits = 0;
  #count = 0;

  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity);
  }

  /** Up to 16 bits. */
  put(bits: number, count: number): void {
    this.#bits = (this.#bits << count) | bits;
    this.#count += count;
    while (this.#count >= 8) {
      this.#count -= 8;
      this.#byte((this.#bits >>> this.#count) & 255);
    }
  }

  /** Fills the last byte with ones, as a scan ends. */
  finish(): Uint8Array<ArrayBuffer> {
    if (this.#count > 0) this.put((1 << (8 - this.#count)) - 1, 8 - this.#count);
    return this.#bytes.subarray(0, this.#length);
  }

  #byte(value: number): void {
    if (this.#length + 2 > this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#length++] = value;
    if (value === 255) this.#bytes[this.#length++] = 0;
  }
}

function putDc(writer: BitWriter, difference: number): void {
  const magnitude = Math.abs(difference);
  const size = 32 - Math.clz32(magnitude);
  writer.put(size, 5);
  if (size > 0) writer.put(difference < 0 ? difference + (1 << size) - 1 : difference, size);
}

function putBits(writer: BitWriter, scan: Uint8Array, from: number, to: number): void {
  let at = from;
  for (; at + 16 <= to; at += 16) writer.put(bitsAt(scan, at), 16);
  if (at < to) writer.put(bitsAt(scan, at) >> (16 - (to - at)), to - at);
}

interface McuRange {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

function putScan(index: JpegIndex, { left, top, right, bottom }: McuRange): Uint8Array<ArrayBuffer> {
  const { components, columns, scan, positions, predictors } = index;
  const first = positions[top * columns + left]!;
  const last = positions[(bottom - 1) * columns + right - 1]!;
  const share = (right - left) / columns;
  const writer = new BitWriter(Math.ceil(((last - first) / 8) * share * 1.3) + 4096);
  const written = components.map(() => 0);
  const read = components.map(() => 0);
  for (let row = top; row < bottom; row += 1) {
    for (let column = left; column < right; column += 1) {
      const mcu = row * columns + column;
      // Read afresh at every MCU, which steps over restarts as well.
      let position = positions[mcu]!;
      for (let which = 0; which < components.length; which += 1) {
        const { across, down, dc, ac } = components[which]!;
        read[which] = predictors[mcu * components.length + which]!;
        for (let block = across * down; block > 0; block -= 1) {
          const found = dcAt(scan, position, dc);
          position += found >>> 16;
          read[which]! += (found & 0xffff) - 0x8000;
          putDc(writer, read[which]! - written[which]!);
          written[which] = read[which]!;
          const end = afterAc(scan, position, ac);
          putBits(writer, scan, position, end);
          position = end;
        }
      }
    }
  }
  return writer.finish();
}

/**
 * A JPEG of the part of an indexed one that holds `width` x `height` pixels from (x, y) on, all inside it. Its pixels are
 * the same, those at the outermost edge of the widened part left aside.
 */
export function cropJpeg(index: JpegIndex, x: number, y: number, width: number, height: number): JpegCrop {
  const { mcuWidth, mcuHeight, columns, rows, components } = index;
  const range: McuRange = {
    left: Math.max(Math.floor(x / mcuWidth) - margin, 0),
    top: Math.max(Math.floor(y / mcuHeight) - margin, 0),
    right: Math.min(Math.ceil((x + width) / mcuWidth) + margin, columns),
    bottom: Math.min(Math.ceil((y + height) / mcuHeight) + margin, rows),
  };
  const area = {
    x: range.left * mcuWidth,
    y: range.top * mcuHeight,
    width: Math.min(range.right * mcuWidth, index.width) - range.left * mcuWidth,
    height: Math.min(range.bottom * mcuHeight, index.height) - range.top * mcuHeight,
  };
  const frame = [8, area.height >> 8, area.height & 255, area.width >> 8, area.width & 255, components.length];
  for (const { id, across, down, quantization } of components) frame.push(id, (across << 4) | down, quantization);
  const tables = new Set(components.map(({ dcTable }) => dcTable));
  const parts = [
    Uint8Array.of(0xff, 0xd8),
    ...index.kept,
    segment(0xc0, frame),
    ...[...tables].map((table) => segment(0xc4, [table, ...dcCodes])),
    index.scanHeader,
    putScan(index, range),
    Uint8Array.of(0xff, 0xd9),
  ];
  const file = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return { file, ...area };
}
