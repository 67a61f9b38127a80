import { decode as decodePng } from 'fast-png';
import { decode as decodeTiff, type TiffIfd } from 'tiff';
import { stretchRange } from './look.ts';

/** Pixels that the browser cannot decode itself, as stored. */
export interface DeepRaster {
  readonly width: number;
  readonly height: number;
  /** What is shown: RGBA, 8 bits. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  /** The values as the file has them, when they have more than 8 bits; `channels` a pixel. */
  readonly deep: Uint16Array | Float32Array | null;
  readonly channels: number;
  /** EXIF orientation 1..8, still to be applied. */
  readonly orientation: number;
}

/** Most pixels of a picture decoded here: all of it is in memory, up to 12 bytes a pixel. */
const maxPixels = 120_000_000;

/** Decodes a file that the browser cannot (TIFF) or would show nearly black (16 bits of grey); null for any other. */
export async function deepRasterOf(blob: Blob): Promise<DeepRaster | null> {
  if (blob.type === 'image/tiff') return deepTiff(new Uint8Array(await blob.arrayBuffer()));
  if (blob.type !== 'image/png' || !isDeepGreyPng(new Uint8Array(await blob.slice(0, 32).arrayBuffer()))) return null;
  return deepPng(new Uint8Array(await blob.arrayBuffer()));
}

/** Whether a PNG has one channel of 16 bits (with or without alpha), by its first bytes. The browser would show such a picture nearly black. */
export function isDeepGreyPng(head: Uint8Array): boolean {
  return head[1] === 0x50 && head[24] === 16 && (head[25] === 0 || head[25] === 4);
}

/** Decodes a greyscale PNG of 16 bits; its darkest and brightest values are spread over what a screen shows. */
export function deepPng(file: Uint8Array): DeepRaster {
  const { width, height, data, channels } = decodePng(file);
  if (!(data instanceof Uint16Array)) throw new RangeError('not 16 bits');
  const rgba = greyToRgba(data, width * height, channels, 0);
  return { width, height, rgba, deep: data, channels, orientation: 1 };
}

/** Tags of TIFF 6.0 that are looked at here. */
const tags = { bits: 258, photometric: 262, orientation: 274, samples: 277, planar: 284 } as const;
const cmyk = 5;
const rgb = 2;

/**
 * Decodes the first page of a TIFF: 1, 8 and 16 bits and floating point; grey, palette, RGB and CMYK; plain, LZW and Deflate.
 * @throws RangeError for what is too large; an error for other kinds
 */
export async function deepTiff(file: Uint8Array<ArrayBuffer>): Promise<DeepRaster> {
  const bytes = file.slice();
  const [facts] = decodeTiff(bytes, { ignoreImageData: true, pages: [0] });
  if (!facts) throw new RangeError('no page');
  const { width, height, samplesPerPixel: channels } = facts;
  if (!(width > 0 && height > 0) || width * height > maxPixels || channels > 8) throw new RangeError('size');
  if (channels > 1 && facts.get(tags.planar) === 2) throw new RangeError('separate planes');
  await checkStrips(bytes, facts);
  const orientation = Number(facts.get(tags.orientation) ?? 1);
  const isCmyk = facts.get(tags.photometric) === cmyk;
  // The library reads neither turned pictures nor CMYK; their pixels are stored like any others.
  setShort(bytes, tags.orientation, 1);
  if (isCmyk) setShort(bytes, tags.photometric, rgb);
  const [page] = decodeTiff(bytes, { pages: [0] });
  if (!page) throw new RangeError('no page');
  const deep = page.data instanceof Uint8Array ? null : page.data instanceof Uint16Array ? page.data : null;
  const rgba = isCmyk ? cmykToRgba(page, channels) : toRgba(page, channels);
  return { width, height, rgba, deep, channels, orientation: orientation >= 1 && orientation <= 8 ? orientation : 1 };
}

/** Sets a SHORT in the first directory of a TIFF; nothing when the tag is not there. */
function setShort(bytes: Uint8Array, tag: number, value: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = bytes[0] === 0x49;
  const directory = view.getUint32(4, little);
  for (let entry = 0; entry < view.getUint16(directory, little); entry += 1) {
    const at = directory + 2 + entry * 12;
    if (view.getUint16(at, little) === tag) view.setUint16(at + 8, value, little);
  }
}

/** Holds each compressed piece against the room that its pixels take, before anything unpacks it. */
async function checkStrips(bytes: Uint8Array<ArrayBuffer>, page: TiffIfd): Promise<void> {
  const offsets = page.tiled ? page.tileOffsets : page.stripOffsets;
  const counts = page.tiled ? page.tileByteCounts : page.stripByteCounts;
  const rows = page.tiled ? page.tileHeight! : Math.min(page.rowsPerStrip || page.height, page.height);
  const columns = page.tiled ? page.tileWidth! : page.width;
  const room = Math.ceil((columns * rows * page.samplesPerPixel * page.bitsPerSample) / 8) + 1024;
  if (room > maxPixels * 8) throw new RangeError('size of a piece');
  for (const [index, offset] of offsets.entries()) {
    const count = counts?.[index] ?? 0;
    if (page.compression === 1) continue;
    // Packed larger than unpacked: an LZW piece of that size could unfold to a thousand times its room.
    if (count > room * 2 + 4096) throw new RangeError('packed size');
    if (page.compression === 8 || page.compression === 32946) {
      await checkInflated(bytes.subarray(offset, offset + count), room);
    }
  }
}

async function checkInflated(packed: Uint8Array<ArrayBuffer>, room: number): Promise<void> {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate'));
  let length = 0;
  for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > room) throw new RangeError('unpacked size');
  }
}

function toRgba(page: TiffIfd, channels: number): Uint8ClampedArray<ArrayBuffer> {
  const { data, type, palette } = page;
  const count = page.width * page.height;
  if (type === 3 && palette) {
    const rgba = new Uint8ClampedArray(count * 4);
    for (let pixel = 0; pixel < count; pixel += 1) {
      const [r, g, b] = palette[data[pixel * channels]!] ?? [0, 0, 0];
      rgba.set([r >> 8, g >> 8, b >> 8, 255], pixel * 4);
    }
    return rgba;
  }
  if (type !== rgb) return greyToRgba(data, count, channels, page.bitsPerSample === 1 ? 1 : 0);
  const scale = data instanceof Uint8Array ? 1 : data instanceof Uint16Array ? 255 / 65535 : 255;
  const rgba = new Uint8ClampedArray(count * 4).fill(255);
  for (let pixel = 0; pixel < count; pixel += 1) {
    const from = pixel * channels;
    for (let channel = 0; channel < 3; channel += 1) rgba[pixel * 4 + channel] = data[from + channel]! * scale;
  }
  return rgba;
}

/** Naive conversion, as where no profile is followed: what is not ink is light. */
function cmykToRgba(page: TiffIfd, channels: number): Uint8ClampedArray<ArrayBuffer> {
  const { data } = page;
  const full = data instanceof Uint16Array ? 65535 : 255;
  const count = page.width * page.height;
  const rgba = new Uint8ClampedArray(count * 4).fill(255);
  for (let pixel = 0; pixel < count; pixel += 1) {
    const from = pixel * channels;
    const light = 1 - data[from + 3]! / full;
    for (let channel = 0; channel < 3; channel += 1) {
      rgba[pixel * 4 + channel] = 255 * (1 - data[from + channel]! / full) * light;
    }
  }
  return rgba;
}

/**
 * Grey values as RGBA. 8 bits are shown as they are (`one`: the value that is white, else 255); more are spread between the
 * values where nearly all lie, since a scan of 12 bits in 16 would be black otherwise.
 */
function greyToRgba(
  data: ArrayLike<number> & { readonly BYTES_PER_ELEMENT: number },
  count: number,
  channels: number,
  one: number,
): Uint8ClampedArray<ArrayBuffer> {
  const deep = data.BYTES_PER_ELEMENT > 1;
  const { low, high } = deep ? greyWindow(data, count, channels) : { low: 0, high: one || 255 };
  const by = 255 / (high - low);
  const rgba = new Uint8ClampedArray(count * 4);
  const words = new Uint32Array(rgba.buffer);
  for (let pixel = 0; pixel < count; pixel += 1) {
    const value = Math.min(Math.max(Math.round((data[pixel * channels]! - low) * by), 0), 255);
    words[pixel] = 0xff000000 | (value << 16) | (value << 8) | value;
  }
  return rgba;
}

/** The window of deep grey values: where nearly all lie, in 4,096 steps of what occurs. */
export function greyWindow(data: ArrayLike<number>, count: number, channels: number): { low: number; high: number } {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let pixel = 0; pixel < count; pixel += 1) {
    const value = data[pixel * channels]!;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (!(most > least)) return { low: Math.min(least, 0), high: Math.max(most, 1) };
  const steps = 4095;
  const counts = new Uint32Array(steps + 1);
  const by = steps / (most - least);
  for (let pixel = 0; pixel < count; pixel += 1) counts[Math.floor((data[pixel * channels]! - least) * by)]! += 1;
  const { low, high } = stretchRange(counts);
  return { low: least + low / by, high: least + high / by };
}
