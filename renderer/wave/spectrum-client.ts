import type { SpectrumSpec } from './spectrum.ts';

/** Samples of some channels of a stretch; they are used up. */
export interface SpectrumRequest {
  readonly id: number;
  readonly samples: readonly Float32Array<ArrayBuffer>[];
  readonly spec: SpectrumSpec;
  readonly rate: number;
  readonly columns: number;
}

/** Columns of each of the channels, as `spectrumColumns` makes them. */
export interface SpectrumAnswer {
  readonly id: number;
  readonly values: readonly Uint8Array<ArrayBuffer>[];
}

/** Computes spectra where they hold up nothing. */
export interface SpectrumWorker {
  columns(request: Omit<SpectrumRequest, 'id'>): Promise<SpectrumAnswer['values']>;
  dispose(): void;
}

/** The worker is started with the first request. */
export function createSpectrumWorker(startWorker: () => Worker = defaultWorker): SpectrumWorker {
  let worker: Worker | null = null;
  let lastId = 0;
  const waiting = new Map<number, PromiseWithResolvers<SpectrumAnswer['values']>>();

  const failAll = (): void => {
    for (const { reject } of waiting.values()) reject(new Error('the spectrum worker ended'));
    waiting.clear();
  };
  const start = (): Worker => {
    const started = startWorker();
    started.addEventListener('message', ({ data }: MessageEvent<SpectrumAnswer>) => {
      waiting.get(data.id)?.resolve(data.values);
      waiting.delete(data.id);
    });
    started.addEventListener('error', () => {
      started.terminate();
      worker = null;
      failAll();
    });
    return started;
  };

  return {
    columns(request) {
      worker ??= start();
      lastId += 1;
      const answer = Promise.withResolvers<SpectrumAnswer['values']>();
      waiting.set(lastId, answer);
      worker.postMessage({ ...request, id: lastId } satisfies SpectrumRequest, {
        transfer: request.samples.map(({ buffer }) => buffer),
      });
      return answer.promise;
    },
    dispose() {
      worker?.terminate();
      failAll();
    },
  };
}

function defaultWorker(): Worker {
  return new Worker(new URL('./spectrum-worker.ts', import.meta.url), { type: 'module' });
}
