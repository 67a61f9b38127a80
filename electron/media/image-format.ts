/** Image formats told apart by their first bytes; the name of a file says nothing about it. */
export type ImageFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif' | 'bmp' | 'tiff' | 'heif' | 'jxl' | 'svg';

/**
 * Media types of the formats that the window can decode: TIFF by a library, the others by the browser. The rest are known by name
 * and told as unsupported.
 */
export const shownAs: Partial<Record<ImageFormat, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
  bmp: 'image/bmp',
  tiff: 'image/tiff',
};

const startsWith = (head: Buffer, hex: string, at = 0): boolean =>
  head.subarray(at, at + hex.length / 2).toString('hex') === hex;

/** The brands of an ISO base media file: major and compatible. */
function isoBrands(head: Buffer): string[] {
  if (head.toString('latin1', 4, 8) !== 'ftyp') return [];
  const end = Math.min(head.length, head.readUInt32BE(0), 256);
  const brands = [head.toString('latin1', 8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(head.toString('latin1', at, at + 4));
  return brands;
}

/**
 * The format of a file by its first bytes (256 are enough), or null when they are no image's. SVG is recognised only to be
 * refused by name: it is a program, not a photo.
 */
export function sniffImage(head: Buffer): ImageFormat | null {
  if (startsWith(head, 'ffd8ff')) return 'jpeg';
  if (startsWith(head, '89504e470d0a1a0a')) return 'png';
  if (head.length >= 12 && head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP') {
    return 'webp';
  }
  if (/^GIF8[79]a$/.test(head.toString('latin1', 0, 6))) return 'gif';
  if (startsWith(head, '49492a00') || startsWith(head, '4d4d002a') || startsWith(head, '49492b00')) return 'tiff';
  // A bitmap says the size of its header, which rules out text that happens to begin with BM.
  if (
    head.length >= 26 &&
    head.toString('latin1', 0, 2) === 'BM' &&
    [12, 40, 52, 56, 64, 108, 124].includes(head[14]!)
  ) {
    return 'bmp';
  }
  if (startsWith(head, 'ff0a') || startsWith(head, '0000000c4a584c200d0a870a')) return 'jxl';
  if (head.length >= 12) {
    const brands = isoBrands(head);
    if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return 'avif';
    if (brands.some((brand) => /^(heic|heix|heim|heis|hevc|hevx|mif1|msf1)$/.test(brand))) return 'heif';
  }
  const text = head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart()
    .toLowerCase();
  if (text.startsWith('<svg') || (/^<(\?xml|!doctype|!--)/.test(text) && text.includes('<svg'))) return 'svg';
  return null;
}
