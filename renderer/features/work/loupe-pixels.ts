import type { DecodedPhoto } from '#renderer/photo/photo-client.ts';
import type { PixelArea } from '#renderer/photo/photo-protocol.ts';

/** A square of the photo's own pixels around a point; beyond the photo's edges there is nothing (alpha 0). */
export interface PixelPatch {
  /** The image pixel of the first one; may be negative. */
  readonly x: number;
  readonly y: number;
  readonly side: number;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

/** The colour of one pixel as the file has it; `values` when they are deeper than 8 bits. */
export interface PixelColor {
  readonly rgb: readonly [number, number, number];
  readonly values: readonly number[] | null;
}

/** Gives away true pixels near the pointer, at once when they are at hand. */
export interface LoupePixels {
  /** The patch around an image pixel, `reach` pixels to each side; null while it is on its way. */
  patch(x: number, y: number, reach: number): PixelPatch | null;
  /** Null outside the photo and while it is on its way. */
  color(x: number, y: number): PixelColor | null;
  dispose(): void;
}

/** Pixels of a side of what is fetched at once, so that most movements find their pixels there. */
const fetched = 256;

interface Held {
  readonly area: PixelArea;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  readonly deep: Uint16Array | null;
  readonly channels: number;
}

/** Pixels of a photo for a loupe; `onReady` is called when what was on its way has come. */
export function createLoupePixels(photo: DecodedPhoto, onReady: () => void): LoupePixels {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  let held: Held | null = null;
  let wanted: PixelArea | null = null;
  let busy = false;
  let disposed = false;

  const read = (bitmap: ImageBitmap, { x, y, width, height }: PixelArea): Uint8ClampedArray<ArrayBuffer> => {
    canvas.width = width;
    canvas.height = height;
    context!.drawImage(bitmap, -x, -y);
    return context!.getImageData(0, 0, width, height).data;
  };
  const fetchWanted = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    while (wanted && !disposed) {
      const area = wanted;
      wanted = null;
      try {
        const { bitmap, deep, channels } = await photo.piece(area);
        held = { area, rgba: read(bitmap, { ...area, x: 0, y: 0 }), deep, channels };
        bitmap.close();
      } catch {
        // The photo is gone; so is the loupe in a moment.
        break;
      }
    }
    busy = false;
    if (!disposed) onReady();
  };
  /** What holds an area, fetched when it is not at hand. */
  const holding = (area: PixelArea): Held | null => {
    if (held && contains(held.area, area)) return held;
    if (photo.full && !photo.deep) {
      held = { area, rgba: read(photo.bitmap, area), deep: null, channels: 3 };
      return held;
    }
    const around = widened(area, photo);
    if (!wanted || !contains(wanted, area)) wanted = around;
    void fetchWanted();
    return null;
  };

  return {
    patch(x, y, reach) {
      const side = 2 * reach + 1;
      const area = clipped(x - reach, y - reach, side, photo);
      if (!context || !area) return null;
      const from = holding(area);
      return from && { x: x - reach, y: y - reach, side, rgba: cut(from, area, x - reach, y - reach, side) };
    },
    color(x, y) {
      const area = clipped(x, y, 1, photo);
      const from = area && context && holding(area);
      if (!from) return null;
      const pixel = (y - from.area.y) * from.area.width + x - from.area.x;
      const [r, g, b] = from.rgba.subarray(pixel * 4, pixel * 4 + 3);
      const values = from.deep && [...from.deep.subarray(pixel * from.channels, (pixel + 1) * from.channels)];
      return { rgb: [r!, g!, b!], values };
    },
    dispose() {
      disposed = true;
      held = null;
    },
  };
}

function contains(outer: PixelArea, inner: PixelArea): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

function clipped(
  x: number,
  y: number,
  side: number,
  { width, height }: { readonly width: number; readonly height: number },
): PixelArea | null {
  const [left, top] = [Math.max(x, 0), Math.max(y, 0)];
  const [right, bottom] = [Math.min(x + side, width), Math.min(y + side, height)];
  return right > left && bottom > top ? { x: left, y: top, width: right - left, height: bottom - top } : null;
}

function widened(area: PixelArea, { width, height }: { readonly width: number; readonly height: number }): PixelArea {
  const [w, h] = [Math.min(Math.max(area.width, fetched), width), Math.min(Math.max(area.height, fetched), height)];
  const middle = (from: number, size: number, room: number, limit: number) =>
    Math.min(Math.max(Math.round(from + size / 2 - room / 2), 0), limit - room);
  return { x: middle(area.x, area.width, w, width), y: middle(area.y, area.height, h, height), width: w, height: h };
}

function cut(
  { area, rgba }: Held,
  part: PixelArea,
  x: number,
  y: number,
  side: number,
): Uint8ClampedArray<ArrayBuffer> {
  const patch = new Uint8ClampedArray(side * side * 4);
  for (let row = 0; row < part.height; row += 1) {
    const from = ((part.y + row - area.y) * area.width + part.x - area.x) * 4;
    patch.set(rgba.subarray(from, from + part.width * 4), ((part.y + row - y) * side + part.x - x) * 4);
  }
  return patch;
}
