import type { PlainPicture } from '#renderer/canvas/image-canvas.ts';

/** Cells of the difference hash: nine columns make eight differences a row. */
const columns = 9;
const rows = 8;
/** Each cell is the mean of this many samples a side, so that a reduced decode and a full one agree. */
const samples = 8;

/**
 * The 64-bit difference hash of a grey picture: for each of 8 rows, whether a cell is brighter than its right neighbour, first
 * cell in the highest bit (dHash, N. Krawetz 2013, "Kind of Like That"). `grey` holds 9 x 8 brightnesses, row by row.
 * Sixteen hex digits.
 */
export function differenceHash(grey: ArrayLike<number>): string {
  let bits = 0n;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column + 1 < columns; column += 1) {
      const at = row * columns + column;
      bits = (bits << 1n) | (grey[at]! > grey[at + 1]! ? 1n : 0n);
    }
  }
  return bits.toString(16).padStart(16, '0');
}

/** 9 x 8 mean brightnesses (Rec. 601 luma, 0..255) of RGBA pixels, `width` x `height` a multiple of 9 x 8. */
export function greyCells(rgba: ArrayLike<number>, width: number, height: number): number[] {
  const [cellWidth, cellHeight] = [width / columns, height / rows];
  const cells = Array.from({ length: columns * rows }, () => 0);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4;
      const luma = 0.299 * rgba[at]! + 0.587 * rgba[at + 1]! + 0.114 * rgba[at + 2]!;
      cells[Math.floor(y / cellHeight) * columns + Math.floor(x / cellWidth)]! += luma / (cellWidth * cellHeight);
    }
  }
  return cells;
}

/** The difference hash of an upright picture; null when the browser gives its pixels not away. */
export function likenessOf(picture: PlainPicture): string | null {
  const width = columns * samples;
  const height = rows * samples;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) return null;
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, width, height);
  return differenceHash(greyCells(context.getImageData(0, 0, width, height).data, width, height));
}
