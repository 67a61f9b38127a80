import { deepRasterOf, type DeepRaster } from './deep-raster.ts';
import { applyLook, histogramOf, type LookTables } from './look.ts';
import { decodeSmaller, decodeWhole, fetchPhoto, PhotoError, previewSize, wantsPreview } from './photo-decoding.ts';
import type { FromPhotoWorker, PhotoFile, PhotoPiece, PixelArea, ToPhotoWorker } from './photo-protocol.ts';
import { openSource, rasterSource, type PhotoSource } from './photo-source.ts';
import { tileArea, type TileId } from './tiles.ts';

/**
 * Decodes photos away from the window. What the window gets of a large one is a smaller picture at once, and then the tiles
 * that it looks at; the photo itself stays here, packed as it came where that is possible.
 */
interface OpenPhoto {
  blob: Blob;
  orientation: number;
  /** Made when a part is first wanted. */
  source: Promise<PhotoSource> | null;
  wanted: { feed: number; tables: LookTables | null; tiles: readonly TileId[] };
}

/** Milliseconds in which the window paints a photo that has just come. */
const indexAfterMs = 300;

const photos = new Map<number, OpenPhoto>();
const closed = new Set<number>();

function send(message: FromPhotoWorker, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}

/** A raster of what the browser cannot decode; null where it can. */
async function rasterOf(blob: Blob): Promise<DeepRaster | null> {
  try {
    return await deepRasterOf(blob);
  } catch {
    throw new PhotoError('damaged');
  }
}

/** The picture of a source, smaller when it is large. */
async function firstOf(source: PhotoSource): Promise<{ bitmap: ImageBitmap; full: boolean }> {
  const { width, height } = source;
  const full = !wantsPreview(width, height);
  const size = full ? { width, height } : previewSize(width, height);
  const canvas = new OffscreenCanvas(size.width, size.height);
  await source.draw(contextOf(canvas), { x: 0, y: 0, width, height }, size.width / width);
  return { bitmap: canvas.transferToImageBitmap(), full };
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (!context) throw new RangeError('no room for a picture');
  context.imageSmoothingQuality = 'medium';
  return context;
}

async function open(photo: number, { url, width, height, orientation }: PhotoFile): Promise<void> {
  const blob = await fetchPhoto(url);
  const raster = await rasterOf(blob);
  const entry: OpenPhoto = { blob, orientation, source: null, wanted: { feed: 0, tables: null, tiles: [] } };
  if (raster) {
    entry.source = rasterSource(raster);
    const source = await entry.source;
    const { bitmap, full } = await firstOf(source);
    announce(photo, entry, { bitmap, full, width: source.width, height: source.height }, raster.deep !== null);
    return;
  }
  const decoded = await (wantsPreview(width, height) ? decodeSmaller(blob, width!, height!) : decodeWhole(blob));
  announce(photo, entry, decoded, false);
  // Taken apart once the window has painted, so that the first tile need not wait for it.
  if (decoded.full) return;
  setTimeout(() => {
    if (photos.has(photo)) void sourceOf(entry).catch(() => undefined);
  }, indexAfterMs);
}

function announce(
  photo: number,
  entry: OpenPhoto,
  { bitmap, full, width, height }: { bitmap: ImageBitmap; full: boolean; width: number; height: number },
  deep: boolean,
): void {
  if (closed.delete(photo)) {
    bitmap.close();
    void entry.source?.then((source) => source.close());
    return;
  }
  photos.set(photo, entry);
  const opaque = entry.blob.type === 'image/jpeg';
  send({ type: 'opened', photo, bitmap, full, width, height, deep, opaque }, [bitmap]);
}

function sourceOf(entry: OpenPhoto): Promise<PhotoSource> {
  entry.source ??= openSource(entry.blob, entry.orientation);
  return entry.source;
}

function adjusted(canvas: OffscreenCanvas, context: OffscreenCanvasRenderingContext2D, tables: LookTables): void {
  const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
  applyLook(pixels.data, tables);
  context.putImageData(pixels, 0, 0);
}

async function makeTile(source: PhotoSource, tile: TileId, tables: LookTables | null): Promise<ImageBitmap> {
  const { left, top, right, bottom } = tileArea(tile, source);
  const scale = 1 / 2 ** tile.level;
  const canvas = new OffscreenCanvas(
    Math.max(Math.round((right - left) * scale), 1),
    Math.max(Math.round((bottom - top) * scale), 1),
  );
  const context = contextOf(canvas);
  await source.draw(context, { x: left, y: top, width: right - left, height: bottom - top }, scale);
  if (tables) adjusted(canvas, context, tables);
  return canvas.transferToImageBitmap();
}

let making = false;

/** Makes wanted tiles one after another; what is wanted may change between two of them. */
async function makeTiles(): Promise<void> {
  if (making) return;
  making = true;
  for (let next = nextTile(); next; next = nextTile()) {
    const { entry, tile, feed, tables } = next;
    try {
      const bitmap = await makeTile(await sourceOf(entry), tile, tables);
      send({ type: 'tile', feed, tile, bitmap }, [bitmap]);
    } catch {
      // Without its tiles the smaller picture stays.
      entry.wanted = { ...entry.wanted, tiles: [] };
    }
  }
  making = false;
}

function nextTile(): { entry: OpenPhoto; tile: TileId; feed: number; tables: LookTables | null } | null {
  for (const entry of photos.values()) {
    const { feed, tables, tiles } = entry.wanted;
    const [tile, ...rest] = tiles;
    if (!tile) continue;
    entry.wanted = { feed, tables, tiles: rest };
    return { entry, tile, feed, tables };
  }
  return null;
}

async function pieceOf(photo: number, area: PixelArea): Promise<PhotoPiece> {
  const entry = photos.get(photo);
  if (!entry) throw new PhotoError('unreadable');
  const source = await sourceOf(entry);
  const canvas = new OffscreenCanvas(area.width, area.height);
  await source.draw(contextOf(canvas), area, 1);
  return { bitmap: canvas.transferToImageBitmap(), ...source.deep(area) };
}

function drawn(bitmap: ImageBitmap): { canvas: OffscreenCanvas; context: OffscreenCanvasRenderingContext2D } {
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new RangeError('no room for a picture');
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return { canvas, context };
}

async function answer(message: Extract<ToPhotoWorker, { id: number }>): Promise<void> {
  const { id } = message;
  if (message.type === 'piece') {
    const piece = await pieceOf(message.photo, message.area);
    return send({ type: 'piece', id, piece }, [piece.bitmap]);
  }
  const { canvas, context } = drawn(message.bitmap);
  if (message.type === 'adjust') {
    adjusted(canvas, context, message.tables);
    const bitmap = canvas.transferToImageBitmap();
    return send({ type: 'adjusted', id, bitmap }, [bitmap]);
  }
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  return send({ type: 'histogram', id, histogram: histogramOf(data) });
}

function close(photo: number): void {
  const entry = photos.get(photo);
  if (!entry) return void closed.add(photo);
  photos.delete(photo);
  entry.wanted = { feed: 0, tables: null, tiles: [] };
  entry.source?.then((source) => source.close()).catch(() => undefined);
}

function receive(message: ToPhotoWorker): void {
  switch (message.type) {
    case 'open':
      open(message.photo, message.file).catch((error: unknown) => {
        closed.delete(message.photo);
        const problem = error instanceof PhotoError ? error.problem : 'away';
        send({ type: 'failed', photo: message.photo, problem });
      });
      return;
    case 'close':
      return close(message.photo);
    case 'want': {
      const entry = photos.get(message.photo);
      if (entry) entry.wanted = message;
      return void makeTiles();
    }
    default:
      answer(message).catch(() => send({ type: 'refused', id: message.id }));
  }
}

self.addEventListener('message', ({ data }: MessageEvent<ToPhotoWorker>) => receive(data));
