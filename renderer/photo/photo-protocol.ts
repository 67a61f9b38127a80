import type { Histogram, LookTables } from './look.ts';
import type { TileId } from './tiles.ts';

/** What is known of a photo before it is decoded. Sizes are upright pixels, null when the core could not tell. */
export interface PhotoFile {
  /** Absolute: a worker's own address is that of its script. */
  readonly url: string;
  readonly width: number | null;
  readonly height: number | null;
  /** EXIF orientation 1..8. */
  readonly orientation: number;
}

/** Upright image pixels. */
export interface PixelArea {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What the worker is told. `photo` and `id` are numbers that the window gives out. */
export type ToPhotoWorker =
  | { readonly type: 'open'; readonly photo: number; readonly file: PhotoFile }
  | { readonly type: 'close'; readonly photo: number }
  /** From now on only these tiles are wanted of this photo, in this order. */
  | {
      readonly type: 'want';
      readonly photo: number;
      readonly feed: number;
      readonly tables: LookTables | null;
      readonly tiles: readonly TileId[];
    }
  | { readonly type: 'piece'; readonly id: number; readonly photo: number; readonly area: PixelArea }
  | { readonly type: 'adjust'; readonly id: number; readonly bitmap: ImageBitmap; readonly tables: LookTables }
  | { readonly type: 'histogram'; readonly id: number; readonly bitmap: ImageBitmap };

/** A part of a photo in its own pixels. */
export interface PhotoPiece {
  readonly bitmap: ImageBitmap;
  /** The values as the file has them when they are deeper than 8 bits; `channels` a pixel, row by row. */
  readonly deep: Uint16Array | null;
  readonly channels: number;
}

/** What it answers. */
export type FromPhotoWorker =
  | {
      readonly type: 'opened';
      readonly photo: number;
      readonly bitmap: ImageBitmap;
      readonly width: number;
      readonly height: number;
      /** Whether the bitmap has every pixel of the photo. */
      readonly full: boolean;
      readonly deep: boolean;
      /** Whether nothing shows through it, as far as its format tells. */
      readonly opaque: boolean;
    }
  | { readonly type: 'failed'; readonly photo: number; readonly problem: 'damaged' | 'unreadable' | 'away' }
  | { readonly type: 'tile'; readonly feed: number; readonly tile: TileId; readonly bitmap: ImageBitmap }
  | { readonly type: 'piece'; readonly id: number; readonly piece: PhotoPiece }
  | { readonly type: 'adjusted'; readonly id: number; readonly bitmap: ImageBitmap }
  | { readonly type: 'histogram'; readonly id: number; readonly histogram: Histogram }
  | { readonly type: 'refused'; readonly id: number };
