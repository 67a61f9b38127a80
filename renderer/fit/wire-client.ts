import type { FitPicture } from './fit-client.ts';
import type { WirePoint } from './live-wire.ts';

/** What the worker is asked, in pixels of the photo. */
export type WireRequest =
  | {
      readonly id: number;
      readonly what: 'seed';
      readonly seed: WirePoint;
      /** The piece around the seed, and where it lies in the picture. */
      readonly bitmap: ImageBitmap;
      readonly x: number;
      readonly y: number;
    }
  | { readonly id: number; readonly what: 'to'; readonly to: WirePoint };

/** What it answers. */
export type WireAnswer =
  { readonly id: number; readonly points: readonly WirePoint[] } | { readonly id: number; readonly failed: true };

/** A wire along the edges of a photo, traced in a worker. */
export interface WireClient {
  /** Takes the point (pixels of the photo) from which wires lead from now on. Rejects when the photo is gone. */
  seed(picture: FitPicture, at: WirePoint): Promise<void>;
  /** The wire from the seed to a point, both in pixels of the photo, its ends exactly where they were given. */
  to(at: WirePoint): Promise<readonly WirePoint[]>;
  dispose(): void;
}

/** Pixels to each side of the seed that the wire can reach. */
const reach = 256;

/** Makes a client; the worker starts with the first seed. */
export function createWireClient(startWorker: () => Worker = defaultWorker): WireClient {
  const waiting = new Map<number, { resolve: (points: readonly WirePoint[]) => void; reject: (why: Error) => void }>();
  let worker: Worker | null = null;
  let last = 0;
  let from: WirePoint | null = null;

  const end = (why: string) => {
    worker?.terminate();
    worker = null;
    from = null;
    for (const { reject } of waiting.values()) reject(new Error(why));
    waiting.clear();
  };
  const running = (): Worker => {
    if (worker) return worker;
    worker = startWorker();
    worker.addEventListener('message', ({ data }: MessageEvent<WireAnswer>) => {
      const asked = waiting.get(data.id);
      waiting.delete(data.id);
      if ('points' in data) asked?.resolve(data.points);
      else asked?.reject(new Error('the wire could not be traced'));
    });
    // The next seed starts another one.
    worker.addEventListener('error', () => end('the wire worker failed'));
    return worker;
  };
  const ask = (request: WireRequest, transfer: Transferable[]) =>
    new Promise<readonly WirePoint[]>((resolve, reject) => {
      waiting.set(request.id, { resolve, reject });
      running().postMessage(request, { transfer });
    });

  return {
    async seed(picture, at) {
      const x = Math.max(0, Math.floor(at.x) - reach);
      const y = Math.max(0, Math.floor(at.y) - reach);
      const width = Math.min(picture.width, Math.floor(at.x) + reach) - x;
      const height = Math.min(picture.height, Math.floor(at.y) + reach) - y;
      from = null;
      if (width <= 0 || height <= 0) return;
      const { bitmap } = await picture.piece({ x, y, width, height });
      const id = (last += 1);
      await ask({ id, what: 'seed', seed: at, bitmap, x, y }, [bitmap]);
      // A later seed may have been taken meanwhile: the worker holds the last one, and so does this.
      if (id === last) from = at;
    },
    async to(at) {
      if (from === null) return [at];
      const start = from;
      const id = (last += 1);
      const points = await ask({ id, what: 'to', to: at }, []);
      return [start, ...points.slice(1, -1), at];
    },
    dispose: () => end('the wire client was disposed of'),
  };
}

function defaultWorker(): Worker {
  return new Worker(new URL('./wire-worker.ts', import.meta.url), { type: 'module' });
}
