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

/** Makes the cache; the worker starts with the first request. */
export function createThumbs(startWorker: () => Worker = defaultWorker): Thumbs {
  const known = new Map<string, ImageBitmap | null>();
  const listeners = new Map<string, Set<() => void>>();
  let worker: Worker | null = null;

  const receive = ({ data }: MessageEvent<ThumbAnswer>) => {
    known.set(data.key, data.bitmap);
    for (const [oldest, bitmap] of known) {
      if (known.size <= kept) break;
      bitmap?.close();
      known.delete(oldest);
    }
    for (const listener of listeners.get(data.key) ?? []) listener();
  };
  const running = (): Worker => {
    if (!worker) {
      worker = startWorker();
      worker.addEventListener('message', receive);
    }
    return worker;
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
      if (first && !known.has(key)) running().postMessage({ key, url, side } satisfies ThumbRequest);
      return () => {
        set.delete(listener);
        if (set.size > 0) return;
        listeners.delete(key);
        if (!known.has(key)) worker?.postMessage({ forget: key });
      };
    },
    dispose() {
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
