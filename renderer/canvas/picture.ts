import { tileArea, tileLevel, tilesIn, tileSide, type TileFeed, type TileId } from '#renderer/photo/tiles.ts';
import type { Rect, Size } from './geometry.ts';
import type { PlainPicture, Picture } from './image-canvas.ts';
import type { Placement } from './layer.ts';
import { toImageArea } from './shape-painting.ts';
import { gridFrom, sharpFrom, style } from './style.ts';

/**
 * A picture with smaller copies of itself. Zoomed out, drawing from the full picture costs time and looks coarse; from a
 * copy at half, a quarter ... of its size it does neither. A copy is made when it is first needed, aside; until it is
 * there, what is there is drawn. Of a large photo there are tiles instead for looking closely.
 */
export interface PictureSource {
  /** The upright size in image pixels. */
  readonly size: Size;
  /** Whether nothing shows through it. */
  readonly opaque: boolean;
  /** Whether nothing of `area` (device pixels) is seen of what was painted before the picture. */
  hides(area: Rect, placement: Placement): boolean;
  /** Paints the part of the picture that lies in `area` (device pixels; the context is clipped to it). */
  paint(context: CanvasRenderingContext2D, area: Rect, placement: Placement): void;
  /** What the whole view shows now (device pixels); asks for the tiles of it. */
  look(area: Rect, placement: Placement): void;
  /** Gives the copies back; the picture itself belongs to whoever gave it. */
  dispose(): void;
}

/** Source pixels around a painted area that are drawn too, so that no seam shows where two areas meet. */
const margin = 2;
/** Device pixels by which what is painted of a picture may differ from where its edges are. */
const softEdge = 2;
/** A reduced picture may be drawn this much larger than it is before tiles are worth their while. */
const coarseBeyond = 1.1;
/** Share of a tile beyond the view that is asked for as well, so that a pan finds it there. */
const tilesAround = 0.5;

/**
 * Opens a picture of `size` image pixels; `onReady` is called when a part (null: all) can be painted better than before. `opaque`:
 * nothing shows through it.
 */
export function openPicture(
  picture: Picture,
  size: Size,
  opaque: boolean,
  onReady: (area: Rect | null) => void,
): PictureSource {
  return 'base' in picture
    ? openTiles(picture.base, picture.tiles, size, opaque, onReady)
    : openCopies(picture, size, opaque, () => onReady(null));
}

function openCopies(picture: PlainPicture, size: Size, opaque: boolean, onReady: () => void): PictureSource {
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
  const sourceFor = (k: number): PlainPicture => {
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
    opaque,
    hides: (area, placement) => opaque && covers(size, area, placement),
    paint(context, area, placement) {
      paintStretched(context, sourceFor(placement.k), size, area, placement);
    },
    look: () => undefined,
    dispose() {
      disposed = true;
      for (const copy of copies.values()) copy.close();
      copies.clear();
    },
  };
}

/** A photo of which only a smaller picture is whole; where that would be coarse, tiles lie over it as they come. */
function openTiles(
  base: ImageBitmap,
  feed: TileFeed,
  size: Size,
  opaque: boolean,
  onReady: (area: Rect | null) => void,
): PictureSource {
  const copies = openCopies(base, size, opaque, () => onReady(null));
  let level = 0;
  const stop = feed.onTile((id) => {
    if (id.level === level) onReady(tileArea(id, size));
  });
  const isCoarse = (k: number): boolean => k * size.width > base.width * coarseBeyond;
  return {
    size,
    opaque,
    hides: copies.hides,
    look(area, placement) {
      level = tileLevel(placement.k);
      feed.want(isCoarse(placement.k) ? tilesIn(toImageArea(area, placement), level, size, tilesAround) : []);
    },
    paint(context, area, placement) {
      if (!isCoarse(placement.k)) return copies.paint(context, area, placement);
      const found = tilesIn(toImageArea(area, placement), tileLevel(placement.k), size).map(
        (id) => [id, feed.get(id)] as const,
      );
      // What tiles cover entirely need not be painted twice.
      if (found.some(([, tile]) => !tile)) copies.paint(context, area, placement);
      for (const [id, tile] of found) if (tile) paintTile(context, tile, id, placement);
    },
    dispose() {
      stop();
      feed.want([]);
      copies.dispose();
    },
  };
}

/** Whether a picture lies under all of an area, even without its antialiased and rounded edges. */
function covers({ width, height }: Size, area: Rect, { k, x, y }: Placement): boolean {
  return (
    x + softEdge <= area.left &&
    y + softEdge <= area.top &&
    x + width * k - softEdge >= area.right &&
    y + height * k - softEdge >= area.bottom
  );
}

function paintTile(
  context: CanvasRenderingContext2D,
  tile: ImageBitmap,
  { level, column, row }: TileId,
  { k, x, y, ratio }: Placement,
): void {
  const step = k * 2 ** level;
  const [left, top] = [x + column * tileSide * step, y + row * tileSide * step];
  // Edges on whole device pixels, each the same for both tiles that share it: no seam.
  const edges = [left, top, left + tile.width * step, top + tile.height * step].map(Math.round) as [
    number,
    number,
    number,
    number,
  ];
  context.imageSmoothingEnabled = k / ratio < sharpFrom;
  context.drawImage(tile, edges[0], edges[1], edges[2] - edges[0], edges[3] - edges[1]);
}

function paintStretched(
  context: CanvasRenderingContext2D,
  source: PlainPicture,
  size: Size,
  area: Rect,
  { k, x, y, ratio }: Placement,
): void {
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
  context.imageSmoothingEnabled = k / ratio < sharpFrom || width < size.width;
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
}

/** Draws a hairline between pixels, once they are large enough to hold one. */
export function paintPixelGrid(
  context: CanvasRenderingContext2D,
  size: Size,
  area: Rect,
  { k, x, y, ratio }: Placement,
): void {
  if (k / ratio < gridFrom) return;
  const line = Math.max(Math.round(ratio), 1);
  const [left, top] = [Math.max(area.left, x), Math.max(area.top, y)];
  const right = Math.min(area.right, x + size.width * k);
  const bottom = Math.min(area.bottom, y + size.height * k);
  if (right <= left || bottom <= top) return;
  context.fillStyle = style.grid;
  for (let column = Math.ceil((left - x) / k); x + column * k < right; column += 1) {
    context.fillRect(Math.round(x + column * k), top, line, bottom - top);
  }
  for (let row = Math.ceil((top - y) / k); y + row * k < bottom; row += 1) {
    context.fillRect(left, Math.round(y + row * k), right - left, line);
  }
}

function naturalWidth(picture: PlainPicture): number {
  return 'naturalWidth' in picture ? picture.naturalWidth : picture.width;
}

function naturalHeight(picture: PlainPicture): number {
  return 'naturalHeight' in picture ? picture.naturalHeight : picture.height;
}
