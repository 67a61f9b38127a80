import { boxSides, type BoxEdges, type BoxSide } from './box-side.ts';
import { areasAround } from './fit-crops.ts';
import type { BoxFit } from './fit-meter.ts';

/** The photo as it is decoded: `bitmap` may be smaller than the photo's `width` x `height`. */
export interface FitPicture {
  readonly bitmap: ImageBitmap;
  readonly width: number;
  readonly height: number;
}

/** What the worker is asked. Everything in pixels of the bitmap. */
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
    const areas = areasAround(box, picture.bitmap);
    if (!areas) return null;
    const apart = boxSides.some((side) => areas[side] !== areas.left);
    const pieces = await Promise.all(
      (apart ? boxSides : (['left'] as const)).map(async (side) => {
        const { x, y, width, height } = areas[side];
        return { bitmap: await createImageBitmap(picture.bitmap, x, y, width, height), x, y };
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
      const scale = scaleOf(picture);
      const answer = await ask(picture, scaled(box, scale), 'measure');
      if (answer === null) return nothing;
      if (!('fit' in answer)) throw new Error('the box could not be measured');
      const { fit } = answer;
      const inPhoto = (side: BoxSide) => {
        const found = fit[side];
        return (
          found && { ...found, distance: found.distance / (side === 'left' || side === 'right' ? scale.x : scale.y) }
        );
      };
      return { left: inPhoto('left'), top: inPhoto('top'), right: inPhoto('right'), bottom: inPhoto('bottom') };
    },
    async snap(picture, box, sides = boxSides) {
      const scale = scaleOf(picture);
      const answer = await ask(picture, scaled(box, scale), sides);
      if (answer === null) return box;
      if (!('box' in answer)) throw new Error('the box could not be snapped');
      const back = scaled(answer.box, { x: 1 / scale.x, y: 1 / scale.y });
      const snapped: Record<BoxSide, number> = { ...box };
      for (const side of sides) {
        const limit = side === 'left' || side === 'right' ? picture.width : picture.height;
        snapped[side] = Math.min(Math.max(back[side], 0), limit);
      }
      return snapped;
    },
    dispose() {
      disposed = true;
      end('the fit client was disposed of');
    },
  };
}

function scaleOf({ bitmap, width, height }: FitPicture): { x: number; y: number } {
  return { x: bitmap.width / width, y: bitmap.height / height };
}

function scaled({ left, top, right, bottom }: BoxEdges, by: { x: number; y: number }): BoxEdges {
  return { left: left * by.x, top: top * by.y, right: right * by.x, bottom: bottom * by.y };
}

function defaultWorker(): Worker {
  return new Worker(new URL('./fit-worker.ts', import.meta.url), { type: 'module' });
}
