import exifReader from 'exifreader';
import { imageSize } from 'image-size';
import { crc32 } from 'node:zlib';
import { findBytes, type ByteReader } from './byte-reader.ts';
import type { ImageFormat } from './image-format.ts';
import { tiffFacts } from './tiff-facts.ts';

/** What a file says of itself: its stored size in pixels, its EXIF orientation, and whether it is whole. */
export interface ImageFacts {
  width: number;
  height: number;
  /** EXIF orientation 1..8; 1 where none is given or where the window does not follow it. */
  orientation: number;
  /** Whether a cheap look finds it cut off or altered; what only decoding would find is the window's to say. */
  damaged: boolean;
}

/** Most bytes read to have a checksum or a frame list gone through; beyond it a file is taken at its word. */
const maxCheckedBytes = 64 * 1024 * 1024;
/** Most bytes of EXIF that are looked at: a JPEG segment holds no more, and the tag sits in the first few. */
const maxExifBytes = 64 * 1024;

/** The orientation in a block of EXIF (a TIFF structure); 1 when it says nothing sensible. */
function orientationOf(exif: Buffer): number {
  try {
    const tags = exifReader.load(exif, { expanded: true, includeTags: { exif: ['Orientation'] } });
    const value = Number(tags.exif?.Orientation?.value);
    return Number.isInteger(value) && value >= 1 && value <= 8 ? value : 1;
  } catch {
    // Broken metadata is no reason to refuse a photo.
    return 1;
  }
}

/**
 * A JPEG's facts by its markers: stray bytes between segments are stepped over as decoders do. Null when no frame begins.
 */
async function jpegFacts(reader: ByteReader): Promise<ImageFacts | null> {
  let orientation = 1;
  let size: { width: number; height: number } | null = null;
  let at = 2;
  while (at < reader.size) {
    const marker = await reader.read(at, 4);
    if (marker.length < 4) break;
    if (marker[0] !== 0xff || marker[1] === 0x00 || marker[1] === 0xff) {
      at += 1;
      continue;
    }
    const code = marker[1]!;
    // Markers without a length: TEM, RSTn, SOI.
    if (code === 0x01 || (code >= 0xd0 && code <= 0xd8)) {
      at += 2;
      continue;
    }
    if (code === 0xd9) break;
    const length = marker.readUInt16BE(2);
    if (code >= 0xc0 && code <= 0xcf && code !== 0xc4 && code !== 0xc8 && code !== 0xcc && size === null) {
      const frame = await reader.read(at + 5, 4);
      if (frame.length < 4) break;
      size = { height: frame.readUInt16BE(0), width: frame.readUInt16BE(2) };
    } else if (code === 0xe1 && orientation === 1) {
      const segment = await reader.read(at + 4, Math.min(length - 2, maxExifBytes));
      if (segment.toString('latin1', 0, 6) === 'Exif\0\0')
        orientation = orientationOf(Buffer.from(segment.subarray(6)));
    } else if (code === 0xda) {
      // The scan begins here. What ends a JPEG occurs nowhere in the data of a scan, but a video may follow it.
      const whole = (await findBytes(reader, Buffer.from([0xff, 0xd9]), at + 2 + length)) >= 0;
      return size === null ? null : { ...size, orientation, damaged: !whole };
    }
    at += 2 + length;
  }
  return size === null ? null : { ...size, orientation, damaged: true };
}

/** A PNG's facts by its chunks, each held against its checksum. Null when it does not begin with a header. */
async function pngFacts(reader: ByteReader): Promise<ImageFacts | null> {
  let size: { width: number; height: number } | null = null;
  let orientation = 1;
  let hasData = false;
  for (let at = 8; at + 12 <= reader.size;) {
    const head = await reader.read(at, 8);
    const length = head.readUInt32BE(0);
    const type = head.toString('latin1', 4, 8);
    const end = at + 12 + length;
    if (type === 'IHDR' && size === null) {
      const header = await reader.read(at + 8, 8);
      if (header.length < 8) return null;
      size = { width: header.readUInt32BE(0), height: header.readUInt32BE(4) };
    }
    if (size === null) return null;
    if (end > reader.size) return { ...size, orientation, damaged: true };
    // Only chunks that the picture depends on (upper case) count; a bad text chunk does no harm.
    const critical = (head[4]! & 0x20) === 0;
    if (critical && reader.size <= maxCheckedBytes) {
      const chunk = await reader.read(at + 4, length + 8);
      if (crc32(chunk.subarray(0, length + 4)) !== chunk.readUInt32BE(length + 4)) {
        return { ...size, orientation, damaged: true };
      }
    }
    if (type === 'eXIf')
      orientation = orientationOf(Buffer.from(await reader.read(at + 8, Math.min(length, maxExifBytes))));
    if (type === 'IDAT') hasData = true;
    if (type === 'IEND') return { ...size, orientation, damaged: !hasData };
    at = end;
  }
  return size === null ? null : { ...size, orientation, damaged: true };
}

/**
 * A WebP's facts. Its EXIF orientation is not followed, because the window does not (Chromium 156 does for JPEG and PNG only): boxes
 * are placed on what is seen.
 */
async function webpFacts(reader: ByteReader): Promise<ImageFacts | null> {
  const head = Buffer.from(await reader.read(0, 64));
  const { width, height } = imageSize(head);
  return { width, height, orientation: 1, damaged: head.readUInt32LE(4) + 8 > reader.size };
}

/**
 * A GIF's facts. Its frames may be larger than the screen they are drawn on, and a decoder makes room for a frame, so the largest
 * of both counts.
 */
async function gifFacts(reader: ByteReader): Promise<ImageFacts | null> {
  const file = await reader.read(0, Math.min(reader.size, maxCheckedBytes));
  if (file.length < 13) return null;
  let width = file.readUInt16LE(6);
  let height = file.readUInt16LE(8);
  const tableBytes = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1));
  const afterSubBlocks = (start: number): number => {
    let at = start;
    while (at < file.length && file[at] !== 0) at += file[at]! + 1;
    return at + 1;
  };
  for (let at = 13 + tableBytes(file[10]!); at < file.length;) {
    if (file[at] === 0x21) {
      at = afterSubBlocks(at + 2);
    } else if (file[at] === 0x2c && at + 10 <= file.length) {
      width = Math.max(width, file.readUInt16LE(at + 1) + file.readUInt16LE(at + 5));
      height = Math.max(height, file.readUInt16LE(at + 3) + file.readUInt16LE(at + 7));
      at = afterSubBlocks(at + 11 + tableBytes(file[at + 9]!));
    } else {
      break;
    }
  }
  return { width, height, orientation: 1, damaged: false };
}

/** The facts of a format whose header is small and in front. */
async function headerFacts(reader: ByteReader): Promise<ImageFacts | null> {
  const { width, height } = imageSize(Buffer.from(await reader.read(0, 1024 * 1024)));
  return { width, height: Math.abs(height), orientation: 1, damaged: false };
}

/**
 * Reads the facts of an image of a known format without decoding it. Null when its header makes no sense.
 *
 * AVIF turns itself by a property that the window applies while decoding; its EXIF orientation is ignored there and here.
 */
export async function readImageFacts(reader: ByteReader, format: ImageFormat): Promise<ImageFacts | null> {
  try {
    switch (format) {
      case 'jpeg':
        return await jpegFacts(reader);
      case 'png':
        return await pngFacts(reader);
      case 'webp':
        return await webpFacts(reader);
      case 'gif':
        return await gifFacts(reader);
      case 'avif':
      case 'bmp':
        return await headerFacts(reader);
      case 'tiff':
        return await tiffFacts(reader);
      case 'heif':
      case 'jxl':
      case 'svg':
        // Not shown, so nothing more is asked of them.
        return null;
    }
  } catch (error) {
    // The header reader throws on what it can't follow, and reading beyond the end of a cut-off file is a RangeError.
    if (error instanceof TypeError || error instanceof RangeError) return null;
    throw error;
  }
}
