import { boxSides, type BoxEdges, type BoxSide } from './box-side.ts';
import { areasAround } from './fit-crops.ts';
import type { BoxFit } from './fit-meter.ts';

/** A photo that gives away its pixels by areas, whole numbers inside it, as they are in the file. */
export interface FitPicture {
  readonly width: number;
  readonly height: number;
  piece(area: { x: number; y: number; width: number; height: number }): Promise<{ readonly bitmap: ImageBitmap }>;
}

/** What the worker is asked. Everything in pixels of the photo. */
export interface FitRequest {
  readonly id: number;
  readonly box: BoxEdges;
  /** Sides to snap, or to measure all. */
  readonly what: 'measure' | readonly BoxSide[];
  /** One for all sides or one for each, in the order of `boxSides`; `x` and `y` are where they lie in the picture. */
  readonly pieces: readonly { readonly bitmap: ImageBitmap; readonly x: number; readonly y: number }[];
}

/** What it answers. */
export type FitAnswer =
  | { readonly id: number; readonly fit: BoxFit }
  | { readonly id: number; readonly box: BoxEdges }
  | { readonly id: number; readonly failed: true };

/** Measures and snaps boxes in a worker, which gets only the pieces of the photo that it has to look at. */
export interface FitClient {
  /** Distances in pixels of the photo. Rejects when the photo is gone or the client was disposed of. */
  measure(picture: FitPicture, box: BoxEdges): Promise<BoxFit>;
  /** The box with the sides moved that have an edge near them, within the photo. Rejects like `measure`. */
  snap(picture: FitPicture, box: BoxEdges, sides?: readonly BoxSide[]): Promise<BoxEdges>;
  dispose(): void;
}

const nothing: BoxFit = { left: null, top: null, right: null, bottom: null };

/** Makes a client; the worker starts with the first request. */
export function createFitClient(startWorker: () => Worker = defaultWorker): FitClient {
  const waiting = new Map<number, { resolve: (answer: FitAnswer) => void; reject: (reason: Error) => void }>();
  let worker: Worker | null = null;
  let disposed = false;
  let last = 0;

  const end = (reason: string) => {
    worker?.terminate();
    worker = null;
    for (const { reject } of waiting.values()) reject(new Error(reason));
    waiting.clear();
  };
  const running = (): Worker => {
    if (worker) return worker;
    worker = startWorker();
    worker.addEventListener('message', ({ data }: MessageEvent<FitAnswer>) => {
      waiting.get(data.id)?.resolve(data);
      waiting.delete(data.id);
    });
    // The next request starts another one.
    worker.addEventListener('error', () => end('the fit worker failed'));
    return worker;
  };
  const ask = async (picture: FitPicture, box: BoxEdges, what: FitRequest['what']): Promise<FitAnswer | null> => {
    const areas = areasAround(box, picture);
    if (!areas) return null;
    const apart = boxSides.some((side) => areas[side] !== areas.left);
    const pieces = await Promise.all(
      (apart ? boxSides : (['left'] as const)).map(async (side) => {
        const { x, y, width, height } = areas[side];
        const { bitmap } = await picture.piece({ x, y, width, height });
        return { bitmap, x, y };
      }),
    );
    if (disposed) throw new Error('the fit client was disposed of');
    last += 1;
    const request: FitRequest = { id: last, box, what, pieces };
    return new Promise((resolve, reject) => {
      waiting.set(request.id, { resolve, reject });
      running().postMessage(request, { transfer: pieces.map(({ bitmap }) => bitmap) });
    });
  };

  return {
    async measure(picture, box) {
      const answer = await ask(picture, box, 'measure');
      if (answer === null) return nothing;
      if (!('fit' in answer)) throw new Error('the box could not be measured');
      return answer.fit;
    },
    async snap(picture, box, sides = boxSides) {
      const answer = await ask(picture, box, sides);
      if (answer === null) return box;
      if (!('box' in answer)) throw new Error('the box could not be snapped');
      const snapped: Record<BoxSide, number> = { ...box };
      for (const side of sides) {
        const limit = side === 'left' || side === 'right' ? picture.width : picture.height;
        snapped[side] = Math.min(Math.max(answer.box[side], 0), limit);
      }
      return snapped;
    },
    dispose() {
      disposed = true;
      end('the fit client was disposed of');
    },
  };
}

function defaultWorker(): Worker {
  return new Worker(new URL('./fit-worker.ts', import.meta.url), { type: 'module' });
}
