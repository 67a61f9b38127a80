import type { Rect, Size } from '#renderer/canvas/geometry.ts';

/** A square of a photo at one of its sizes: level 0 is the photo itself, each further level half the size of the one before. */
export interface TileId {
  readonly level: number;
  readonly column: number;
  readonly row: number;
}

/** The tiles of a photo that are at hand, and those that are wanted. */
export interface TileFeed {
  /** The tile when it is at hand; it stays whoever gave it's. */
  get(id: TileId): ImageBitmap | undefined;
  /** What is looked at now, the most important first; what is not named any more need not be made. */
  want(ids: readonly TileId[]): void;
  /** Hears of each tile that came to hand until the returned function is called. */
  onTile(listener: (id: TileId) => void): () => void;
}

/** Pixels of a side of a tile (less at the right and lower edge of the photo). */
export const tileSide = 512;

export function tileKey({ level, column, row }: TileId): string {
  return `${level}/${column}/${row}`;
}

/** The coarsest level that has a pixel for every device pixel at `k` device pixels per image pixel. */
export function tileLevel(k: number): number {
  return Math.max(Math.floor(Math.log2(1 / k) + 0.01), 0);
}

/** The part of a photo that a tile shows, image pixels. */
export function tileArea({ level, column, row }: TileId, size: Size): Rect {
  const side = tileSide * 2 ** level;
  return {
    left: column * side,
    top: row * side,
    right: Math.min((column + 1) * side, size.width),
    bottom: Math.min((row + 1) * side, size.height),
  };
}

/** The tiles of a level that touch an area (image pixels), widened by `margin` of a tile, those near its middle first. */
export function tilesIn(area: Rect, level: number, size: Size, margin = 0): TileId[] {
  const side = tileSide * 2 ** level;
  const last = { column: Math.ceil(size.width / side) - 1, row: Math.ceil(size.height / side) - 1 };
  const left = Math.max(Math.floor(area.left / side - margin), 0);
  const top = Math.max(Math.floor(area.top / side - margin), 0);
  const right = Math.min(Math.ceil(area.right / side + margin) - 1, last.column);
  const bottom = Math.min(Math.ceil(area.bottom / side + margin) - 1, last.row);
  const middle = { x: (area.left + area.right) / 2 / side - 0.5, y: (area.top + area.bottom) / 2 / side - 0.5 };
  const tiles: { id: TileId; away: number }[] = [];
  for (let row = top; row <= bottom; row += 1) {
    for (let column = left; column <= right; column += 1) {
      const away = (column - middle.x) ** 2 + (row - middle.y) ** 2;
      tiles.push({ id: { level, column, row }, away });
    }
  }
  return tiles.sort((a, b) => a.away - b.away).map(({ id }) => id);
}

/** Things kept while there is room for them; what was used longest ago goes first. */
export interface ByteCache<Value> {
  get(key: string): Value | undefined;
  has(key: string): boolean;
  set(key: string, value: Value): void;
  clear(): void;
  readonly bytes: number;
}

/** A cache of `budget` bytes. `isKept` says what is in use and stays even beyond that; `drop` gives back what goes. */
export function createByteCache<Value>(
  budget: number,
  bytesOf: (value: Value) => number,
  drop: (value: Value) => void,
  isKept: (key: string) => boolean,
): ByteCache<Value> {
  const values = new Map<string, Value>();
  let bytes = 0;
  const remove = (key: string, value: Value): void => {
    values.delete(key);
    bytes -= bytesOf(value);
    drop(value);
  };
  return {
    get bytes() {
      return bytes;
    },
    get(key) {
      const value = values.get(key);
      if (value === undefined) return undefined;
      values.delete(key);
      values.set(key, value);
      return value;
    },
    has: (key) => values.has(key),
    set(key, value) {
      const before = values.get(key);
      if (before !== undefined) remove(key, before);
      values.set(key, value);
      bytes += bytesOf(value);
      for (const [oldest, old] of values) {
        if (bytes <= budget) break;
        if (oldest !== key && !isKept(oldest)) remove(oldest, old);
      }
    },
    clear() {
      for (const [key, value] of values) remove(key, value);
    },
  };
}
