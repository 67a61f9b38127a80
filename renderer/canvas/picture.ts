import type { Rect, Size } from './geometry.ts';
import type { Picture } from './image-canvas.ts';
import type { Placement } from './layer.ts';
import { sharpFrom } from './style.ts';

/**
 * A picture with smaller copies of itself. Zoomed out, drawing from the full picture costs time and looks coarse; from a
 * copy at half, a quarter ... of its size it does neither. A copy is made when it is first needed, aside; until it is
 * there, what is there is drawn.
 */
export interface PictureSource {
  /** The upright size in image pixels. */
  readonly size: Size;
  /** Paints the part of the picture that lies in `area` (device pixels; the context is clipped to it). */
  paint(context: CanvasRenderingContext2D, area: Rect, placement: Placement): void;
  /** Gives the copies back; the picture itself belongs to whoever gave it. */
  dispose(): void;
}

/** Source pixels around a painted area that are drawn too, so that no seam shows where two areas meet. */
const margin = 2;

/** Opens a picture of `size` image pixels; `onReady` is called when a better copy is ready to be painted. */
export function openPicture(picture: Picture, size: Size, onReady: () => void): PictureSource {
  const full = { width: naturalWidth(picture), height: naturalHeight(picture) };
  const copies = new Map<number, ImageBitmap>();
  const asked = new Set<number>();
  let disposed = false;

  const makeCopy = async (level: number): Promise<void> => {
    if (asked.has(level)) return;
    asked.add(level);
    try {
      const copy = await createImageBitmap(picture, {
        resizeWidth: Math.max(Math.round(full.width / 2 ** level), 1),
        resizeHeight: Math.max(Math.round(full.height / 2 ** level), 1),
        resizeQuality: 'medium',
      });
      if (disposed) return copy.close();
      copies.set(level, copy);
      onReady();
    } catch {
      // No room for a copy, or the picture was closed by its owner: the picture itself goes on being drawn.
    }
  };

  /** The best copy at hand for drawing at `k` device pixels per image pixel: not coarser than that, or else the nearest. */
  const sourceFor = (k: number): Picture => {
    const perSourcePixel = (k * size.width) / full.width;
    const level = Math.max(Math.floor(Math.log2(1 / perSourcePixel) + 0.01), 0);
    if (level > 0 && !copies.has(level)) void makeCopy(level);
    for (let finer = level; finer > 0; finer -= 1) {
      const copy = copies.get(finer);
      if (copy) return copy;
    }
    return picture;
  };

  return {
    size,
    paint(context, area, placement) {
      const { k, x, y, ratio } = placement;
      const source = sourceFor(k);
      const width = naturalWidth(source);
      const height = naturalHeight(source);
      // Device pixels per pixel of the copy that is drawn.
      const kx = (k * size.width) / width;
      const ky = (k * size.height) / height;
      const left = Math.max(Math.floor((area.left - x) / kx) - margin, 0);
      const top = Math.max(Math.floor((area.top - y) / ky) - margin, 0);
      const right = Math.min(Math.ceil((area.right - x) / kx) + margin, width);
      const bottom = Math.min(Math.ceil((area.bottom - y) / ky) + margin, height);
      if (right <= left || bottom <= top) return;
      context.imageSmoothingEnabled = k / ratio < sharpFrom;
      context.drawImage(
        source,
        left,
        top,
        right - left,
        bottom - top,
        x + left * kx,
        y + top * ky,
        (right - left) * kx,
        (bottom - top) * ky,
      );
    },
    dispose() {
      disposed = true;
      for (const copy of copies.values()) copy.close();
      copies.clear();
    },
  };
}

function naturalWidth(picture: Picture): number {
  return picture instanceof HTMLImageElement ? picture.naturalWidth : picture.width;
}

function naturalHeight(picture: Picture): number {
  return picture instanceof HTMLImageElement ? picture.naturalHeight : picture.height;
}
