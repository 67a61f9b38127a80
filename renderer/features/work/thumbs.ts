/** What the worker is asked for: a picture whose shorter side has about `side` pixels. */
export interface ThumbRequest {
  key: string;
  /** Absolute: a worker's own address is that of its script. */
  url: string;
  side: number;
}

/** What it answers; null when there is no picture. */
export interface ThumbAnswer {
  key: string;
  bitmap: ImageBitmap | null;
  /** The same, packed to be kept. */
  packed: Blob | null;
}

/** Where pictures made before are kept, by the keys they are asked for with. */
export interface ThumbCache {
  /** Those that are there, as packed pictures. Rejects when it cannot be asked. */
  get(keys: readonly string[]): Promise<ReadonlyMap<string, Blob>>;
  keep(key: string, packed: Blob): void;
}

/** Small pictures by task, decoded in a worker when a row comes into view and kept for a while. */
export interface Thumbs {
  /** The picture when it is here; null when there is none to be had; undefined while it is not known. */
  get(key: string): ImageBitmap | null | undefined;
  /** Asks for a picture until the returned function is called. `listener` is called when it is known. */
  want(key: string, url: string, listener: () => void): () => void;
  dispose(): void;
}

/** Pictures kept: at 84 x 63 pixels some 20 kB each. */
const kept = 600;
const side = 84;

/** Most pictures asked for at once. */
const askedAtOnce = 100;

/** Shows pictures that were kept, and has the others made; the worker starts with the first of those. */
export function createThumbs(cache: ThumbCache, startWorker: () => Worker = defaultWorker): Thumbs {
  const known = new Map<string, ImageBitmap | null>();
  const listeners = new Map<string, Set<() => void>>();
  let worker: Worker | null = null;

  /** Asked for since the last look into the cache, with their addresses. */
  const asked = new Map<string, string>();
  let disposed = false;

  const learn = (key: string, bitmap: ImageBitmap | null) => {
    known.set(key, bitmap);
    for (const [oldest, old] of known) {
      if (known.size <= kept) break;
      old?.close();
      known.delete(oldest);
    }
    for (const listener of listeners.get(key) ?? []) listener();
  };
  const receive = ({ data }: MessageEvent<ThumbAnswer>) => {
    learn(data.key, data.bitmap);
    if (data.packed) cache.keep(data.key, data.packed);
  };
  const running = (): Worker => {
    if (!worker) {
      worker = startWorker();
      worker.addEventListener('message', receive);
    }
    return worker;
  };

  /** Looks into the cache for what was asked for in this turn; the worker makes what is not there. */
  const look = async (): Promise<void> => {
    const batch = [...asked].slice(0, askedAtOnce);
    for (const [key] of batch) asked.delete(key);
    if (asked.size > 0) void look();
    const found = await cache.get(batch.map(([key]) => key)).catch(() => new Map<string, Blob>());
    for (const [key, url] of batch) {
      const packed = found.get(key);
      const bitmap = packed && (await createImageBitmap(packed).catch(() => null));
      if (disposed) return bitmap?.close();
      if (bitmap) learn(key, bitmap);
      else if (listeners.has(key)) running().postMessage({ key, url, side } satisfies ThumbRequest);
    }
  };

  return {
    get(key) {
      const bitmap = known.get(key);
      if (bitmap !== undefined) {
        // Looked at last, forgotten last.
        known.delete(key);
        known.set(key, bitmap);
      }
      return bitmap;
    },
    want(key, url, listener) {
      const set = listeners.get(key) ?? new Set();
      const first = set.size === 0;
      set.add(listener);
      listeners.set(key, set);
      if (first && !known.has(key)) {
        if (asked.size === 0) queueMicrotask(() => void look());
        asked.set(key, url);
      }
      return () => {
        set.delete(listener);
        if (set.size > 0) return;
        listeners.delete(key);
        asked.delete(key);
        if (!known.has(key)) worker?.postMessage({ forget: key });
      };
    },
    dispose() {
      disposed = true;
      worker?.terminate();
      worker = null;
      for (const bitmap of known.values()) bitmap?.close();
      known.clear();
      listeners.clear();
    },
  };
}

function defaultWorker(): Worker {
  return new Worker(new URL('./thumb-worker.ts', import.meta.url), { type: 'module' });
}
