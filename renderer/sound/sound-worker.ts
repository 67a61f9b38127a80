import { openTrack } from './open-track.ts';
import { openBytes } from './sound-bytes.ts';
import type { FromSoundWorker, ToSoundWorker } from './sound-protocol.ts';
import { SoundScan, type ScannedPart } from './sound-scan.ts';
import { SoundError, type Samples } from './sound.ts';
import { blockFramesOf, type SoundTrack } from './sound-track.ts';

/** Decodes one recording away from the window: blocks as they are asked for, and all of it once for its peaks, when nobody asks. */
let track: SoundTrack | null = null;
let scanning = 0;
/** Reads under way or waiting. */
const reads = new Set<number>();
let wakeScan: (() => void) | null = null;
let lastDecode = 0;
const decoding = new Map<number, (samples: Samples | null) => void>();

/** Frames gone through between two reports, in seconds of sound. */
const reportSeconds = 10;

function send(message: FromSoundWorker, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}

const problemOf = (error: unknown) =>
  error instanceof SoundError
    ? { problem: error.problem, what: error.what }
    : ({ problem: 'damaged', what: null } as const);

const buffersOf = (samples: Samples): Transferable[] => samples.map(({ buffer }) => buffer);

function decodeInWindow(bytes: Uint8Array<ArrayBuffer>, rate: number): Promise<Samples | null> {
  lastDecode += 1;
  const id = lastDecode;
  return new Promise((resolve) => {
    decoding.set(id, resolve);
    send({ type: 'decode', id, bytes, rate }, [bytes.buffer]);
  });
}

async function open(url: string, index: Uint8Array<ArrayBuffer> | null): Promise<void> {
  try {
    const opened = await openTrack(await openBytes(url), decodeInWindow, index);
    // What can't be decoded at its very beginning is refused now, not when it is to be played.
    const { rate } = opened.facts;
    for await (const { samples } of opened.decode(0, Math.ceil(rate / 20))) if (samples[0]!.length > 0) break;
    track = opened;
    opened.onFacts = () => send({ type: 'facts', facts: opened.facts });
    send({ type: 'opened', facts: opened.facts });
  } catch (error) {
    send({ type: 'failed', ...problemOf(error) });
  }
}

/** Decodes blocks and sends each when it is whole. */
async function read(opened: SoundTrack, id: number, first: number, end: number): Promise<void> {
  const blockFrames = blockFramesOf(opened.facts.rate);
  const { channels } = opened.facts;
  let block = first;
  let filled = 0;
  let samples: Samples = [];
  const begin = () => {
    samples = Array.from({ length: channels }, () => new Float32Array(blockFrames));
    filled = 0;
  };
  const put = (whole: Samples) => {
    send({ type: 'block', block, samples: whole }, buffersOf(whole));
    block += 1;
  };
  begin();
  for await (const piece of opened.decode(first * blockFrames, end * blockFrames)) {
    let used = piece.at < first * blockFrames ? first * blockFrames - piece.at : 0;
    const { length } = piece.samples[0]!;
    while (used < length && block < end) {
      const count = Math.min(blockFrames - filled, length - used);
      for (const [channel, out] of samples.entries()) {
        out.set(piece.samples[channel]!.subarray(used, used + count), filled);
      }
      filled += count;
      used += count;
      if (filled < blockFrames) continue;
      put(samples);
      begin();
    }
    if (!reads.has(id) || block === end) return;
  }
  if (filled > 0) put(samples.map((channel) => channel.slice(0, filled)));
}

async function answerRead(id: number, first: number, end: number): Promise<void> {
  reads.add(id);
  try {
    if (track) await read(track, id, first, end);
    send({ type: 'read-done', id });
  } catch (error) {
    send({ type: 'read-failed', id, ...problemOf(error) });
  } finally {
    reads.delete(id);
    if (reads.size === 0) wakeScan?.();
  }
}

/** Waits as long as somebody reads. */
async function readsDone(): Promise<void> {
  while (reads.size > 0) await new Promise<void>((resolve) => (wakeScan = resolve));
}

function report(frames: number, { columns, levels }: ScannedPart): void {
  send(
    { type: 'scanned', frames, columns, levels },
    [...columns, ...levels].map(({ buffer }) => buffer),
  );
}

/** Puts what was scanned since the last report into one. */
function joined(parts: readonly ScannedPart[]): ScannedPart {
  if (parts.length === 1) return parts[0]!;
  const channels = parts[0]!.columns.length;
  const columns: Int8Array<ArrayBuffer>[] = [];
  const levels: Int16Array<ArrayBuffer>[] = [];
  for (let channel = 0; channel < channels; channel += 1) {
    columns.push(new Int8Array(parts.reduce((sum, part) => sum + part.columns[channel]!.length, 0)));
    levels.push(new Int16Array(parts.reduce((sum, part) => sum + part.levels[channel]!.length, 0)));
    let column = 0;
    let level = 0;
    for (const part of parts) {
      columns[channel]!.set(part.columns[channel]!, column);
      levels[channel]!.set(part.levels[channel]!, level);
      column += part.columns[channel]!.length;
      level += part.levels[channel]!.length;
    }
  }
  return { columns, levels };
}

async function scan(opened: SoundTrack): Promise<void> {
  scanning += 1;
  const own = scanning;
  const { rate, channels } = opened.facts;
  const state = new SoundScan(rate, channels);
  let parts: ScannedPart[] = [];
  let reported = 0;
  const flush = () => {
    if (parts.length > 0) report(state.frames, joined(parts));
    parts = [];
    reported = state.frames;
  };
  let failed = false;
  try {
    for await (const { samples } of opened.decode(0, Number.POSITIVE_INFINITY)) {
      if (own !== scanning) return;
      parts.push(state.add(samples));
      if (state.frames - reported >= reportSeconds * rate) flush();
      await readsDone();
      if (own !== scanning) return;
    }
  } catch (error) {
    // A recording that is damaged from here on ends here; one that can't be read for now is not known to its end.
    if (error instanceof SoundError && error.problem === 'unreadable') return flush();
    failed = true;
  }
  parts.push(state.finish());
  flush();
  const isWhole = opened.complete(state.frames, failed);
  const index = opened.index();
  send({ type: 'complete', facts: opened.facts, index, isWhole }, [index.buffer]);
}

self.addEventListener('message', ({ data }: MessageEvent<ToSoundWorker>) => {
  if (data.type === 'open') void open(data.url, data.index);
  else if (data.type === 'read') void answerRead(data.id, data.first, data.end);
  else if (data.type === 'cancel') reads.delete(data.id);
  else if (data.type === 'decoded') {
    decoding.get(data.id)?.(data.samples);
    decoding.delete(data.id);
  } else if (data.type === 'stop-scan') scanning += 1;
  else if (track) void scan(track);
});
