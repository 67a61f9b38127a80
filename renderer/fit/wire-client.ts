import type { FitPicture } from './fit-client.ts';
import type { WirePoint } from './live-wire.ts';

/** What the worker is asked, in pixels of the bitmap. */
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

/** Pixels of the bitmap to each side of the seed that the wire can reach. */
const reach = 256;

/** Makes a client; the worker starts with the first seed. */
export function createWireClient(startWorker: () => Worker = defaultWorker): WireClient {
  const waiting = new Map<number, { resolve: (points: readonly WirePoint[]) => void; reject: (why: Error) => void }>();
  let worker: Worker | null = null;
  let last = 0;
  let from: { at: WirePoint; scale: { x: number; y: number } } | null = null;

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
    async seed({ bitmap, width, height }, at) {
      const scale = { x: bitmap.width / width, y: bitmap.height / height };
      const seed = { x: at.x * scale.x, y: at.y * scale.y };
      const x = Math.max(0, Math.floor(seed.x) - reach);
      const y = Math.max(0, Math.floor(seed.y) - reach);
      const w = Math.min(bitmap.width, Math.floor(seed.x) + reach) - x;
      const h = Math.min(bitmap.height, Math.floor(seed.y) + reach) - y;
      from = null;
      if (w <= 0 || h <= 0) return;
      const piece = await createImageBitmap(bitmap, x, y, w, h);
      const id = (last += 1);
      await ask({ id, what: 'seed', seed, bitmap: piece, x, y }, [piece]);
      // A later seed may have been taken meanwhile: the worker holds the last one, and so does this.
      if (id === last) from = { at, scale };
    },
    async to(at) {
      if (from === null) return [at];
      const { scale, at: start } = from;
      const id = (last += 1);
      const points = await ask({ id, what: 'to', to: { x: at.x * scale.x, y: at.y * scale.y } }, []);
      const inner = points.slice(1, -1).map(({ x, y }) => ({ x: x / scale.x, y: y / scale.y }));
      return [start, ...inner, at];
    },
    dispose: () => end('the wire client was disposed of'),
  };
}

function defaultWorker(): Worker {
  return new Worker(new URL('./wire-worker.ts', import.meta.url), { type: 'module' });
}
