import { decode, encode } from 'fast-png';
import type { MaskGeometry } from '../../domain/annotation.ts';
import { maskFromPixels, maskPixels } from '../../geometry/mask-runs.ts';
import { fromBase64, toBase64 } from '../../proofs/base64.ts';
import { RowError } from './json-objects.codec.ts';

/** Most pixels of a mask picture: one of more would be unpacked from a few kilobytes into gigabytes. */
const maxPixels = 100_000_000;
/** Characters of its text at most. */
const maxText = 64 * 1024 * 1024;

/**
 * A mask from a PNG in Base64 whose top left pixel lies at `x, y` of the photo. Any pixel that is not 0 (in its colour, or that is opaque)
 * is painted.
 * @throws RowError `mask-unreadable`, `mask-too-large`, `mask-empty`
 */
export function maskOfPng(text: string, x: number, y: number): MaskGeometry {
  if (text.length > maxText) throw new RowError('mask-too-large');
  const bytes = bytesOf(text);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // A PNG begins with its signature, the length and name of its header, and its size.
  if (bytes.length < 33 || view.getUint32(0) !== 0x89504e47 || view.getUint32(12) !== 0x49484452) {
    throw new RowError('mask-unreadable');
  }
  const [w, h] = [view.getUint32(16), view.getUint32(20)];
  if (w === 0 || h === 0) throw new RowError('mask-unreadable');
  if (w > 100_000 || h > 100_000 || w * h > maxPixels) throw new RowError('mask-too-large');
  const mask = maskFromPixels({ x, y, w, h, pixels: paintedPixels(bytes, w, h) });
  if (mask === null) throw new RowError('mask-empty');
  if (mask.runs.length > 2_000_000) throw new RowError('mask-too-large');
  return mask;
}

function bytesOf(text: string): Uint8Array {
  try {
    return fromBase64(text.replace(/\s+/g, '').replace(/^data:image\/png;base64,/, ''));
  } catch {
    throw new RowError('mask-unreadable');
  }
}

function paintedPixels(bytes: Uint8Array, w: number, h: number): Uint8Array {
  let decoded;
  try {
    decoded = decode(bytes);
  } catch {
    throw new RowError('mask-unreadable');
  }
  const { data, channels, depth } = decoded;
  const pixels = new Uint8Array(w * h);
  if (depth < 8) {
    // Several pixels a byte, each row beginning with a byte of its own.
    const [perByte, rowBytes] = [8 / depth, Math.ceil((w * depth) / 8)];
    for (let row = 0; row < h; row += 1) {
      for (let column = 0; column < w; column += 1) {
        const byte = data[row * rowBytes + Math.floor(column / perByte)]!;
        const shift = 8 - depth * ((column % perByte) + 1);
        pixels[row * w + column] = ((byte >> shift) & (2 ** depth - 1)) === 0 ? 0 : 1;
      }
    }
    return pixels;
  }
  const hasAlpha = channels === 2 || channels === 4;
  const colours = hasAlpha ? channels - 1 : channels;
  for (let i = 0; i < w * h; i += 1) {
    let painted = false;
    for (let c = 0; c < colours; c += 1) painted ||= data[i * channels + c]! !== 0;
    pixels[i] = painted && (!hasAlpha || data[i * channels + colours]! !== 0) ? 1 : 0;
  }
  return pixels;
}

/** A mask as a PNG of its own rectangle in Base64: grey, 0 and 255. */
export function pngOfMask(mask: MaskGeometry): string {
  const data = maskPixels(mask).map((pixel) => pixel * 255);
  return toBase64(encode({ width: mask.w, height: mask.h, data, depth: 8, channels: 1 }));
}
