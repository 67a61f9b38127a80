import type { SoundBlocks } from './sound-blocks.ts';
import type { ToSoundWorker } from './sound-protocol.ts';
import type { Samples } from './sound.ts';

/** A block on its way. */
interface Awaited {
  read: number;
  /** Who wants it; a block that nobody wants any more is called off with the others of its read. */
  readers: number;
  promise: Promise<Samples | null>;
  resolve(samples: Samples | null): void;
  reject(reason: unknown): void;
}

/** Reads of a recording put together from blocks: those at hand, those already on their way, and the rest asked of the worker in runs. */
export class SoundReads {
  readonly #blocks: SoundBlocks;
  readonly #tell: (message: ToSoundWorker) => void;
  readonly #awaited = new Map<number, Awaited>();
  #last = 0;

  constructor(blocks: SoundBlocks, tell: (message: ToSoundWorker) => void) {
    this.#blocks = blocks;
    this.#tell = tell;
  }

  /** Frames `from` to `to`; silence where a block turned out shorter. */
  async read(from: number, to: number, channels: number, signal?: AbortSignal): Promise<Samples> {
    const { frames } = this.#blocks;
    const out = Array.from({ length: channels }, () => new Float32Array(to - from));
    if (from === to) return out;
    const first = Math.floor(from / frames);
    const end = Math.ceil(to / frames);
    const copy = (block: number, samples: Samples) => {
      const begin = Math.max(from, block * frames);
      const stop = Math.min(to, block * frames + (samples[0]?.length ?? 0));
      if (stop <= begin) return;
      for (const [channel, whole] of out.entries()) {
        whole.set(samples[channel]!.subarray(begin - block * frames, stop - block * frames), begin - from);
      }
    };
    const wanted: number[] = [];
    for (let block = first; block < end; block += 1) {
      const found = this.#blocks.get(block);
      if (found) copy(block, found.samples);
      else wanted.push(block);
    }
    if (wanted.length === 0) return out;
    this.fetch(wanted);
    const waits = wanted.map((block) => this.#wait(block).then((samples) => samples && copy(block, samples)));
    const release = () => this.#release(wanted);
    try {
      await untilAborted(Promise.all(waits), signal);
    } finally {
      release();
    }
    return out;
  }

  /** Asks for blocks that are neither at hand nor on their way. */
  fetch(blocks: readonly number[]): void {
    const missing = blocks
      .filter((block) => !this.#blocks.has(block) && !this.#awaited.has(block))
      .toSorted((a, b) => a - b);
    for (let at = 0; at < missing.length;) {
      let end = at + 1;
      while (end < missing.length && missing[end] === missing[end - 1]! + 1) end += 1;
      this.#last += 1;
      for (const block of missing.slice(at, end)) this.#expect(block, this.#last);
      this.#tell({ type: 'read', id: this.#last, first: missing[at]!, end: missing[end - 1]! + 1 });
      at = end;
    }
  }

  /** A block came. */
  receive(block: number, samples: Samples): void {
    this.#blocks.set(block, samples);
    const awaited = this.#awaited.get(block);
    this.#awaited.delete(block);
    awaited?.resolve(samples);
  }

  /** A run is over: what of it didn't come is not there, or failed. */
  done(read: number, reason?: Error): void {
    for (const [block, awaited] of this.#awaited) {
      if (awaited.read !== read) continue;
      this.#awaited.delete(block);
      if (reason) awaited.reject(reason);
      else awaited.resolve(null);
    }
  }

  failAll(reason: Error): void {
    for (const { reject } of this.#awaited.values()) reject(reason);
    this.#awaited.clear();
  }

  #expect(block: number, read: number): void {
    const { promise, resolve, reject } = Promise.withResolvers<Samples | null>();
    // A block fetched for a picture alone has nobody who hears of its failing.
    promise.catch(() => undefined);
    this.#awaited.set(block, { read, readers: 0, promise, resolve, reject });
  }

  #wait(block: number): Promise<Samples | null> {
    const awaited = this.#awaited.get(block)!;
    awaited.readers += 1;
    return awaited.promise;
  }

  /** Takes a reader's name off blocks; a run that nobody reads any more is called off. */
  #release(blocks: readonly number[]): void {
    const left = new Set<number>();
    for (const block of blocks) {
      const awaited = this.#awaited.get(block);
      if (!awaited) continue;
      awaited.readers -= 1;
      if (awaited.readers === 0) left.add(awaited.read);
    }
    for (const read of left) {
      const isWanted = [...this.#awaited.values()].some((each) => each.read === read && each.readers > 0);
      if (isWanted) continue;
      this.#tell({ type: 'cancel', id: read });
      this.done(read);
    }
  }
}

function untilAborted<Value>(promise: Promise<Value>, signal?: AbortSignal): Promise<Value> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
