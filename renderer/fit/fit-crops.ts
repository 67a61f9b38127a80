import { boxSides, neighboursOf, type BoxEdges, type BoxSide } from './box-side.ts';
import { defaultSearch, searchReach } from './edge-search.ts';

/** Whole pixels of a picture. */
export interface PixelArea {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A box smaller than this (pixels, with its surroundings) is cut out in one piece. */
const onePiece = 120_000;

/**
 * Which parts of a picture measuring and snapping a box look at: one around a small box, else a strip along each side. Null where
 * nothing of the picture is there.
 */
export function areasAround(
  box: BoxEdges,
  size: { readonly width: number; readonly height: number },
): Readonly<Record<BoxSide, PixelArea>> | null {
  const { out, inside } = searchReach(defaultSearch);
  const around = clipped(
    { left: box.left - out, top: box.top - out, right: box.right + out, bottom: box.bottom + out },
    size,
  );
  if (!around) return null;
  if (around.width * around.height <= onePiece) return { left: around, top: around, right: around, bottom: around };
  const areas: Partial<Record<BoxSide, PixelArea>> = {};
  for (const side of boxSides) {
    const [from, to] = neighboursOf(side);
    const inwards = side === 'left' || side === 'top';
    const across = inwards ? [box[side] - out, box[side] + inside] : [box[side] - inside, box[side] + out];
    const along = [box[from] - out, box[to] + out];
    const [[left, right], [top, bottom]] = from === 'top' ? [across, along] : [along, across];
    const area = clipped({ left: left!, top: top!, right: right!, bottom: bottom! }, size);
    if (!area) return null;
    areas[side] = area;
  }
  return areas as Record<BoxSide, PixelArea>;
}

function clipped({ left, top, right, bottom }: BoxEdges, size: { width: number; height: number }): PixelArea | null {
  const x = Math.max(Math.floor(left), 0);
  const y = Math.max(Math.floor(top), 0);
  const width = Math.min(Math.ceil(right), size.width) - x;
  const height = Math.min(Math.ceil(bottom), size.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}
