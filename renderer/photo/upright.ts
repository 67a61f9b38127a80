/** The tag of EXIF that says how a picture lies. */
const tagOrientation = 0x0112;

/**
 * The EXIF orientation (1..8) that a WebP file carries; 1 when it carries none. Browsers turn JPEG and PNG by their EXIF but leave WebP
 * as it is stored, so whoever decodes one turns it by this.
 */
export function webpOrientation(file: DataView): number {
  if (file.byteLength < 30 || tagAt(file, 0) !== 'RIFF' || tagAt(file, 8) !== 'WEBP') return 1;
  for (let at = 12; at + 8 <= file.byteLength;) {
    const length = file.getUint32(at + 4, true);
    if (tagAt(file, at) === 'EXIF') {
      const end = Math.min(at + 8 + length, file.byteLength);
      return exifOrientation(new DataView(file.buffer, file.byteOffset + at + 8, end - at - 8));
    }
    at += 8 + length + (length % 2);
  }
  return 1;
}

function tagAt(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((step) => view.getUint8(at + step)));
}

/** The orientation in a TIFF structure, with or without the `Exif` mark that some writers put before it. */
function exifOrientation(block: DataView): number {
  const tiff = block.byteLength > 14 && tagAt(block, 0) === 'Exif' ? 6 : 0;
  if (block.byteLength < tiff + 14) return 1;
  const little = block.getUint16(tiff) === 0x4949;
  const directory = tiff + block.getUint32(tiff + 4, little);
  if (directory + 2 > block.byteLength) return 1;
  const count = block.getUint16(directory, little);
  for (let entry = 0; entry < count; entry += 1) {
    const at = directory + 2 + entry * 12;
    if (at + 12 > block.byteLength) return 1;
    if (block.getUint16(at, little) !== tagOrientation) continue;
    const value = block.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/**
 * The matrix (a, b, c, d, e, f of a canvas transform) that draws a picture of `width` x `height` stored pixels upright, and the size it
 * has then. Orientations as in EXIF 2.32, tag 274.
 */
export function uprightTransform(
  orientation: number,
  width: number,
  height: number,
): { matrix: [number, number, number, number, number, number]; width: number; height: number } {
  const turned = orientation >= 5;
  const size = turned ? { width: height, height: width } : { width, height };
  switch (orientation) {
    case 2:
      return { matrix: [-1, 0, 0, 1, width, 0], ...size };
    case 3:
      return { matrix: [-1, 0, 0, -1, width, height], ...size };
    case 4:
      return { matrix: [1, 0, 0, -1, 0, height], ...size };
    case 5:
      return { matrix: [0, 1, 1, 0, 0, 0], ...size };
    case 6:
      return { matrix: [0, 1, -1, 0, height, 0], ...size };
    case 7:
      return { matrix: [0, -1, -1, 0, height, width], ...size };
    case 8:
      return { matrix: [0, -1, 1, 0, 0, width], ...size };
    default:
      return { matrix: [1, 0, 0, 1, 0, 0], ...size };
  }
}
