import { levelsPerSecond } from '#shared/sound/noise-floor.ts';
import { packPeaks, unpackPeaks } from './peak-file.ts';
import { PeakPyramid } from './peak-pyramid.ts';
import { SoundBlocks } from './sound-blocks.ts';
import type { FromSoundWorker, ToSoundWorker } from './sound-protocol.ts';
import { SoundReads } from './sound-reads.ts';
import { columnFramesOf } from './sound-scan.ts';
import { type Columns, type Samples, type Sound, SoundError, type SoundFacts } from './sound.ts';
import { blockFramesOf } from './sound-track.ts';

/** Where what was found out about a recording is kept for the next time. */
export interface PeakCache {
  /** What is kept for the file as it stands; null when nothing is. Quick. */
  load(): Promise<Uint8Array<ArrayBuffer> | null>;
  /** What is kept for another file of the same content; null when there is none. Takes as long as reading all of it. */
  find(): Promise<Uint8Array<ArrayBuffer> | null>;
  keep(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
}

export interface OpenSoundOptions {
  /** Left out: nothing is kept. */
  readonly cache?: PeakCache;
  /** Ends the opening with an AbortError. */
  readonly signal?: AbortSignal;
  /** Most bytes of decoded sound that are kept. */
  readonly blockBytes?: number;
  readonly startWorker?: () => Worker;
}

/** Three minutes of speech in stereo, a quarter of an hour of a telephone. */
const usualBlockBytes = 48_000_000;
/**
 * Opens a recording at an address that answers Range requests. It can be read as soon as this resolves; peaks and levels come from the beginning
 * on, at once when they were kept.
 *
 * @throws SoundError which says why it can't be opened; an AbortError by `signal`
 */
export async function openSound(url: string, options: OpenSoundOptions = {}): Promise<Sound> {
  const worker = (options.startWorker ?? defaultWorker)();
  const stop = () => worker.terminate();
  try {
    options.signal?.throwIfAborted();
    const kept = await options.cache?.load().catch(() => null);
    options.signal?.throwIfAborted();
    const known = kept ? unpackPeaks(kept) : null;
    const facts = await opened(worker, new URL(url, document.baseURI).href, known?.index ?? null, options.signal);
    const sound = new OpenSound(worker, facts, options);
    if (known && sound.take(known)) return sound;
    tell(worker, { type: 'scan' });
    // Found when the going through has begun, it still ends that.
    void options.cache?.find().then(
      (found) => found && sound.takeLate(found),
      () => undefined,
    );
    return sound;
  } catch (error) {
    stop();
    throw error;
  }
}

function tell(worker: Worker, message: ToSoundWorker, transfer: Transferable[] = []): void {
  worker.postMessage(message, { transfer });
}

/** Has the worker open the recording. */
function opened(
  worker: Worker,
  url: string,
  index: Uint8Array<ArrayBuffer> | null,
  signal?: AbortSignal,
): Promise<SoundFacts> {
  return new Promise((resolve, reject) => {
    const end = () => {
      worker.removeEventListener('message', receive);
      worker.removeEventListener('error', fail);
    };
    const fail = () => {
      end();
      reject(new SoundError('unreadable'));
    };
    const receive = ({ data }: MessageEvent<FromSoundWorker>) => {
      if (data.type === 'decode') return void decodeFor(worker, data);
      if (data.type !== 'opened' && data.type !== 'failed') return;
      end();
      if (data.type === 'opened') resolve(data.facts);
      else reject(new SoundError(data.problem, data.what));
    };
    worker.addEventListener('message', receive);
    worker.addEventListener('error', fail);
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    tell(worker, { type: 'open', url, index });
  });
}

/**
 * Decodes a slice of an MP3 for the worker: the window's own decoder takes hundreds of frames at a time, which a worker's takes one by one.
 */
async function decodeFor(
  worker: Worker,
  { id, bytes, rate }: Extract<FromSoundWorker, { type: 'decode' }>,
): Promise<void> {
  let samples: Samples | null = null;
  try {
    const decoded = await contextOf(rate).decodeAudioData(bytes.buffer);
    samples = Array.from({ length: decoded.numberOfChannels }, (_, channel) => decoded.getChannelData(channel));
  } catch {
    // The worker knows what a slice that can't be decoded means.
  }
  tell(worker, { type: 'decoded', id, samples }, samples?.map(({ buffer }) => buffer) ?? []);
}

/** A context of each rate; nothing is ever played through it, and what it decodes is not brought to another rate. */
const contexts = new Map<number, OfflineAudioContext>();

function contextOf(rate: number): OfflineAudioContext {
  const context = contexts.get(rate) ?? new OfflineAudioContext(1, 1, rate);
  contexts.set(rate, context);
  return context;
}

class OpenSound implements Sound {
  facts: SoundFacts;
  scanned = 0;
  readonly #worker: Worker;
  readonly #cache: PeakCache | undefined;
  readonly #blocks: SoundBlocks;
  readonly #reads: SoundReads;
  readonly #listeners = new Set<() => void>();
  #pyramids: PeakPyramid[];
  /** Levels in dB, with room for more, and how many there are. */
  #levels: Float32Array<ArrayBuffer>[];
  #levelCount = 0;
  #disposed = false;
  /** Whether peaks and levels come from what was kept. */
  #isKnown = false;
  #isComplete = false;
  /** Blocks that peaks were asked of and that are not at hand; fetched when the asking is over. */
  #missing = new Set<number>();

  constructor(worker: Worker, facts: SoundFacts, options: OpenSoundOptions) {
    this.facts = facts;
    this.#worker = worker;
    this.#cache = options.cache;
    this.#blocks = new SoundBlocks(blockFramesOf(facts.rate), options.blockBytes ?? usualBlockBytes);
    this.#reads = new SoundReads(this.#blocks, (message) => tell(worker, message));
    this.#pyramids = this.#emptyPyramids();
    this.#levels = this.#emptyLevels();
    worker.addEventListener('message', ({ data }: MessageEvent<FromSoundWorker>) => this.#receive(data));
    worker.addEventListener('error', () => this.#reads.failAll(new SoundError('unreadable')));
  }

  async read(from: number, to: number, signal?: AbortSignal): Promise<Samples> {
    signal?.throwIfAborted();
    if (this.#disposed) throw new DOMException('the recording was closed', 'AbortError');
    const first = Math.min(Math.max(Math.floor(from), 0), this.facts.frames);
    const end = Math.min(Math.max(Math.ceil(to), first), this.facts.frames);
    return this.#reads.read(first, end, this.facts.channels, signal);
  }

  peaks(channel: number, from: number, to: number, columns: number): Columns {
    const out = new Float32Array(2 * columns).fill(Number.NaN);
    const pyramid = this.#pyramids[channel];
    if (!pyramid || !(to > from)) return out;
    pyramid.write(out, from, to);
    if ((to - from) / columns >= columnFramesOf(this.facts.rate)) return out;
    const missing = this.#blocks.write(out, channel, from, to, this.facts.frames);
    for (const block of missing) this.#want(block);
    return out;
  }

  levels(channel: number): Float32Array<ArrayBuffer> {
    return this.#levels[channel]?.subarray(0, this.#levelCount) ?? new Float32Array(0);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  dispose(): void {
    this.#disposed = true;
    this.#worker.terminate();
    this.#reads.failAll(new DOMException('the recording was closed', 'AbortError'));
    this.#blocks.clear();
    this.#listeners.clear();
  }

  /** Takes over what was kept. @returns false when it is not of this recording */
  take(known: NonNullable<ReturnType<typeof unpackPeaks>>): boolean {
    const { facts } = this;
    if (known.facts.rate !== facts.rate || known.facts.channels !== facts.channels) return false;
    if (facts.exact && facts.frames !== known.facts.frames) return false;
    this.facts = known.facts;
    this.#pyramids = this.#emptyPyramids();
    for (const [channel, columns] of known.columns.entries()) this.#pyramids[channel]!.append(columns);
    this.#levelCount = 0;
    this.#levels = this.#emptyLevels();
    this.#appendLevels(known.levels);
    this.scanned = known.facts.frames;
    this.#isKnown = true;
    return true;
  }

  /** Takes over what was found when the going through had begun already. */
  takeLate(bytes: Uint8Array<ArrayBuffer>): void {
    const known = unpackPeaks(bytes);
    if (this.#disposed || !known || this.#isComplete || !this.take(known)) return;
    tell(this.#worker, { type: 'stop-scan' });
    this.#announce();
  }

  #receive(message: FromSoundWorker): void {
    if (this.#disposed) return;
    if (message.type === 'decode') void decodeFor(this.#worker, message);
    else if (message.type === 'block') {
      this.#reads.receive(message.block, message.samples);
      this.#announce();
    } else if (message.type === 'read-done') this.#reads.done(message.id);
    else if (message.type === 'read-failed') {
      this.#reads.done(message.id, new SoundError(message.problem, message.what));
    } else if (message.type === 'facts') {
      this.facts = message.facts;
      this.#announce();
    } else if (message.type === 'scanned') this.#append(message);
    else if (message.type === 'complete') this.#complete(message);
  }

  #append({ frames, columns, levels }: Extract<FromSoundWorker, { type: 'scanned' }>): void {
    // The last report of a pass that was called off.
    if (this.#isKnown) return;
    for (const [channel, part] of columns.entries()) this.#pyramids[channel]?.append(part);
    this.#appendLevels(levels);
    this.scanned = frames;
    this.#announce();
  }

  #complete({ facts, index, isWhole }: Extract<FromSoundWorker, { type: 'complete' }>): void {
    // Until all was gone through, some containers tell places to a thousandth of a second only.
    if (this.#isKnown) return;
    if (!this.facts.exact) this.#blocks.clear();
    this.#isComplete = true;
    this.facts = facts;
    this.scanned = facts.frames;
    this.#announce();
    if (!this.#cache || !isWhole) return;
    const columns = this.#pyramids.map((pyramid) => pyramid.finest());
    const levels = this.#levels.map((channel) =>
      Int16Array.from(channel.subarray(0, this.#levelCount), (level) => Math.round(level * 100)),
    );
    // Without it the recording is gone through again the next time; nothing else is lost.
    void this.#cache.keep(packPeaks({ facts, columns, levels, index })).catch(() => undefined);
  }

  #appendLevels(levels: readonly Int16Array<ArrayBuffer>[]): void {
    const count = levels[0]?.length ?? 0;
    for (const [channel, part] of levels.entries()) {
      let room = this.#levels[channel]!;
      if (this.#levelCount + count > room.length) {
        room = new Float32Array(Math.max(this.#levelCount + count, Math.ceil(room.length * 1.5)));
        room.set(this.#levels[channel]!.subarray(0, this.#levelCount));
        this.#levels[channel] = room;
      }
      for (let at = 0; at < count; at += 1) room[this.#levelCount + at] = part[at]! / 100;
    }
    this.#levelCount += count;
  }

  /** Fetches a block for the next time that peaks are asked for. */
  #want(block: number): void {
    if (this.#missing.size === 0) setTimeout(() => this.#fetchMissing());
    this.#missing.add(block);
  }

  #fetchMissing(): void {
    const missing = this.#missing;
    this.#missing = new Set();
    if (!this.#disposed) this.#reads.fetch([...missing]);
  }

  #announce(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  #emptyPyramids(): PeakPyramid[] {
    const { channels, frames, rate } = this.facts;
    const columnFrames = columnFramesOf(rate);
    return Array.from({ length: channels }, () => new PeakPyramid(columnFrames, Math.ceil(frames / columnFrames)));
  }

  #emptyLevels(): Float32Array<ArrayBuffer>[] {
    const { channels, frames, rate } = this.facts;
    const count = Math.ceil((frames * levelsPerSecond) / rate);
    return Array.from({ length: channels }, () => new Float32Array(count));
  }
}

function defaultWorker(): Worker {
  return new Worker(new URL('./sound-worker.ts', import.meta.url), { type: 'module' });
}
