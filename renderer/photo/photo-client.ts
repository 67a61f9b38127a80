import type { Histogram, LookTables } from './look.ts';
import { PhotoError } from './photo-decoding.ts';
import type { FromPhotoWorker, PhotoFile, PhotoPiece, PixelArea, ToPhotoWorker } from './photo-protocol.ts';
import { createByteCache, tileKey, type TileFeed, type TileId } from './tiles.ts';

/** A photo that is open in the worker. */
export interface DecodedPhoto {
  /** Its pixels, or fewer of them when it is large. Belongs to the photo. */
  readonly bitmap: ImageBitmap;
  /** Upright size of the whole photo, pixels. */
  readonly width: number;
  readonly height: number;
  /** Whether the bitmap has every pixel. */
  readonly full: boolean;
  /** Whether its values are deeper than 8 bits. */
  readonly deep: boolean;
  /** Whether nothing shows through it, as far as its format tells. */
  readonly opaque: boolean;
  /** An area in the photo's own pixels, whole numbers inside the photo. Rejects when the photo is gone. */
  piece(area: PixelArea): Promise<PhotoPiece>;
  /** The photo in tiles, as it is or changed by tables; null for one whose bitmap has every pixel. */
  tiles(tables: LookTables | null): TileFeed | null;
  close(): void;
}

/** Photos decoded in a worker. */
export interface PhotoClient {
  /** Rejects with PhotoError when there is no picture, with another error when the host is away or `signal` ends it. */
  open(file: PhotoFile, signal: AbortSignal): Promise<DecodedPhoto>;
  /** A copy changed by tables; whoever asks closes it. */
  adjust(bitmap: ImageBitmap, tables: LookTables): Promise<ImageBitmap>;
  histogram(bitmap: ImageBitmap): Promise<Histogram>;
  dispose(): void;
}

/** Bytes of tiles kept beyond those on screen: a screen of the usual size holds some 12 of 1 MB. */
const tileBudget = 40_000_000;
/** Longer side of the copy that a histogram is made of. */
const histogramSide = 1000;

interface Waiting {
  resolve(answer: FromPhotoWorker): void;
  reject(reason: Error): void;
}

/** A feed with what the worker gives to it. */
interface OwnFeed extends TileFeed {
  receive(tile: TileId, bitmap: ImageBitmap): void;
  /** Another feed was shown meanwhile, and what this one had asked for is forgotten. */
  resume(): void;
  clear(): void;
}

function createFeed(ask: (tiles: readonly TileId[]) => void): OwnFeed {
  const listeners = new Set<(id: TileId) => void>();
  let wanted = new Set<string>();
  let asked = '';
  const tiles = createByteCache<ImageBitmap>(
    tileBudget,
    ({ width, height }) => width * height * 4,
    (bitmap) => bitmap.close(),
    (key) => wanted.has(key),
  );
  return {
    get: (id) => tiles.get(tileKey(id)),
    want(ids) {
      wanted = new Set(ids.map(tileKey));
      const missing = ids.filter((id) => !tiles.has(tileKey(id)));
      const next = missing.map(tileKey).join(' ');
      if (next === asked) return;
      asked = next;
      ask(missing);
    },
    onTile(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    receive(tile, bitmap) {
      tiles.set(tileKey(tile), bitmap);
      // What is asked for from now on is asked for anew.
      asked = asked
        .split(' ')
        .filter((key) => key !== tileKey(tile))
        .join(' ');
      for (const listener of listeners) listener(tile);
    },
    resume() {
      asked = '';
    },
    clear() {
      tiles.clear();
      listeners.clear();
    },
  };
}

/** Makes a client; the worker starts with it, so that it is there when the first photo comes. */
export function createPhotoClient(startWorker: () => Worker = defaultWorker): PhotoClient {
  const waiting = new Map<string, Waiting>();
  const feeds = new Map<number, OwnFeed>();
  let worker: Worker | null = null;
  let last = 0;
  let disposed = false;

  const end = (reason: string) => {
    worker?.terminate();
    worker = null;
    for (const { reject } of waiting.values()) reject(new Error(reason));
    waiting.clear();
  };
  const receive = ({ data }: MessageEvent<FromPhotoWorker>) => {
    if (data.type === 'tile') {
      const feed = feeds.get(data.feed);
      if (feed) feed.receive(data.tile, data.bitmap);
      else data.bitmap.close();
      return;
    }
    const key = 'photo' in data ? `photo ${data.photo}` : `${data.id}`;
    const asker = waiting.get(key);
    waiting.delete(key);
    if (data.type === 'refused') asker?.reject(new Error('the photo is gone'));
    else asker?.resolve(data);
  };
  const running = (): Worker => {
    if (worker) return worker;
    worker = startWorker();
    worker.addEventListener('message', receive);
    // The next photo starts another one.
    worker.addEventListener('error', () => end('the photo worker failed'));
    return worker;
  };
  const tell = (message: ToPhotoWorker, transfer: Transferable[] = []) => running().postMessage(message, { transfer });
  const ask = (key: string, message: ToPhotoWorker, transfer: Transferable[] = []): Promise<FromPhotoWorker> =>
    new Promise((resolve, reject) => {
      if (disposed) throw new Error('the photo client was disposed of');
      waiting.set(key, { resolve, reject });
      tell(message, transfer);
    });
  const number = (): number => (last += 1);

  const decoded = (photo: number, answer: Extract<FromPhotoWorker, { type: 'opened' }>): DecodedPhoto => {
    const { bitmap, width, height, full, deep, opaque } = answer;
    const own = new Map<number, OwnFeed>();
    const known = new Map<LookTables | null, OwnFeed>();
    return {
      bitmap,
      width,
      height,
      full,
      deep,
      opaque,
      async piece(area) {
        const id = number();
        // The bitmap at hand needs no worker.
        if (full && !deep) {
          const piece = await createImageBitmap(bitmap, area.x, area.y, area.width, area.height);
          return { bitmap: piece, deep: null, channels: 3 };
        }
        const found = await ask(`${id}`, { type: 'piece', id, photo, area });
        if (found.type !== 'piece') throw new Error('the photo is gone');
        return found.piece;
      },
      tiles(tables) {
        if (full) return null;
        const present = known.get(tables);
        if (present) {
          present.resume();
          return present;
        }
        // Those as the photo is are kept for the key that shows it so; of the changed ones only the last.
        for (const [other, feed] of known) {
          if (other === null) continue;
          feed.clear();
          known.delete(other);
        }
        const feed = number();
        const made = createFeed((tiles) => tell({ type: 'want', photo, feed, tables, tiles }));
        known.set(tables, made);
        own.set(feed, made);
        feeds.set(feed, made);
        return made;
      },
      close() {
        bitmap.close();
        for (const [feed, each] of own) {
          feeds.delete(feed);
          each.clear();
        }
        if (!disposed) tell({ type: 'close', photo });
      },
    };
  };

  running();
  return {
    async open(file, signal) {
      const photo = number();
      const answer = await ask(`photo ${photo}`, { type: 'open', photo, file });
      if (answer.type === 'failed' && answer.problem !== 'away') throw new PhotoError(answer.problem);
      if (answer.type !== 'opened') throw new Error('the host is away');
      const made = decoded(photo, answer);
      if (!signal.aborted) return made;
      made.close();
      throw new DOMException('no longer wanted', 'AbortError');
    },
    async adjust(bitmap, tables) {
      const id = number();
      const copy = await createImageBitmap(bitmap);
      const answer = await ask(`${id}`, { type: 'adjust', id, bitmap: copy, tables }, [copy]);
      if (answer.type !== 'adjusted') throw new Error('the picture could not be changed');
      return answer.bitmap;
    },
    async histogram(bitmap) {
      const id = number();
      const shrink = Math.min(1, histogramSide / Math.max(bitmap.width, bitmap.height));
      const copy = await createImageBitmap(bitmap, {
        resizeWidth: Math.max(1, Math.round(bitmap.width * shrink)),
        resizeHeight: Math.max(1, Math.round(bitmap.height * shrink)),
        resizeQuality: 'pixelated',
      });
      const answer = await ask(`${id}`, { type: 'histogram', id, bitmap: copy }, [copy]);
      if (answer.type !== 'histogram') throw new Error('the picture could not be read');
      return answer.histogram;
    },
    dispose() {
      disposed = true;
      end('the photo client was disposed of');
      for (const feed of feeds.values()) feed.clear();
      feeds.clear();
    },
  };
}

function defaultWorker(): Worker {
  return new Worker(new URL('./photo-worker.ts', import.meta.url), { type: 'module' });
}
