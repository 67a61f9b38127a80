import { id3Bytes, isLike, readMp3Frame, readMp3Tag, type Mp3Frame, type Mp3Tag } from './mp3-frame.ts';
import { indexStep, Mp3Index, walkFrames } from './mp3-index.ts';
import type { SoundBytes } from './sound-bytes.ts';
import { SoundError, type Samples, type SoundFacts } from './sound.ts';
import type { SoundTrack } from './sound-track.ts';

/** Decodes bytes of whole frames: as many samples as the frames have. Null when it can't. */
export type DecodeFrames = (bytes: Uint8Array<ArrayBuffer>, rate: number) => Promise<Samples | null>;

/** Bytes searched for the first frame. */
const searchBytes = 256 * 1024;
/** Frames of a slice when much is decoded; a slice costs a little by itself, and is memory until it is gone through. */
const sliceFrames = 512;
/** Bytes that a frame may refer back to, and the frames that a decoder needs before what it gives is what it would give anyway. */
const reservoirBytes = 511;
const leadFrames = 3;
/** Most bytes of a frame's header, checksum and side information, which hold no sound that others may refer to. */
const sideBytes = 38;
/** Samples by which every decoder is late: those of its own filters (528) and one. What LAME writes as delay comes on top. */
const decoderDelay = 529;

/**
 * Opens an MP3 of constant or variable bit rate. Its time is that of its frames, counted from the first of sound: neither a bit rate nor
 * what a header says of the length is believed. Where the encoder wrote down (in LAME's part of the Xing header) how many samples it put
 * before the sound and behind it, they are left out, as ffmpeg does; without, every sample of every frame counts, as ffmpeg counts then.
 *
 * @param decode decodes slices of the stream
 */
export async function openMp3(
  bytes: SoundBytes,
  decode: DecodeFrames,
  known: Uint8Array<ArrayBuffer> | null,
): Promise<SoundTrack> {
  const start = await findStart(bytes);
  const track = new Mp3Track(bytes, decode, start);
  if (known === null || !track.restore(known)) void track.indexAll();
  return track;
}

interface Mp3Start {
  frame: Mp3Frame;
  tag: Mp3Tag | null;
  /** Where the first frame of sound begins. */
  first: number;
}

/** Whether a file that begins so, or goes on so behind a tag, may be an MPEG audio stream. */
export function looksLikeMp3(head: Uint8Array, at: number): boolean {
  return firstFrame(head, at) !== null;
}

/** The first of three frames that follow one another (or of as many as the bytes hold). */
function firstFrame(bytes: Uint8Array, from: number): { at: number; frame: Mp3Frame } | null {
  for (let at = from; at + 4 <= bytes.length; at += 1) {
    const frame = readMp3Frame(bytes, at);
    if (frame === null) continue;
    if (frame.layer !== 3) {
      if (at === from) return { at, frame };
      continue;
    }
    const second = at + frame.bytes;
    const next = readMp3Frame(bytes, second);
    if (!isLike(frame, next)) continue;
    const third = second + next!.bytes;
    if (third + 4 > bytes.length || isLike(frame, readMp3Frame(bytes, third))) return { at, frame };
  }
  return null;
}

async function findStart(bytes: SoundBytes): Promise<Mp3Start> {
  const from = id3Bytes(bytes.head);
  const part = await bytes.read(from, from + searchBytes);
  const found = firstFrame(part, 0);
  if (!found) throw new SoundError('damaged');
  const { at, frame } = found;
  if (frame.layer !== 3) throw new SoundError('unsupported-codec', `MPEG Layer ${'I'.repeat(frame.layer)}`);
  const tag = readMp3Tag(part, at, frame);
  return { frame, tag, first: from + at + (tag ? frame.bytes : 0) };
}

class Mp3Track implements SoundTrack {
  facts: SoundFacts;
  onFacts: (() => void) | null = null;
  readonly #bytes: SoundBytes;
  readonly #decode: DecodeFrames;
  readonly #start: Mp3Start;
  readonly #index: Mp3Index;
  /** Samples left out at the beginning. */
  readonly #skip: number;
  #indexed = false;
  #closed = false;
  #problem: unknown = null;
  #waiting: (() => void)[] = [];

  constructor(bytes: SoundBytes, decode: DecodeFrames, start: Mp3Start) {
    this.#bytes = bytes;
    this.#decode = decode;
    this.#start = start;
    const { frame, tag, first } = start;
    this.#index = new Mp3Index(frame, first);
    this.#skip = tag?.delay == null ? 0 : tag.delay + decoderDelay;
    const guess = tag?.frames ?? Math.round((bytes.size - first) / frame.bytes);
    this.facts = { rate: frame.rate, channels: frame.channels, frames: this.#lengthOf(guess), exact: false };
  }

  restore(known: Uint8Array<ArrayBuffer>): boolean {
    if (!this.#index.fromBytes(known, this.#bytes.size)) return false;
    this.#settle();
    return true;
  }

  /** Goes through the whole file for the places of its frames: a second for hours of sound, so that any place can be played soon. */
  async indexAll(): Promise<void> {
    try {
      let at = this.#start.first;
      let rest: Uint8Array<ArrayBuffer> = new Uint8Array(0);
      for await (const piece of this.#bytes.stream(at)) {
        if (this.#closed) return;
        const both = new Uint8Array(rest.length + piece.length);
        both.set(rest);
        both.set(piece, rest.length);
        const done = this.#index.add(both, at, at + both.length === this.#bytes.size);
        at += done;
        rest = both.subarray(done);
        this.#wake();
      }
      if (this.#index.frames === 0) throw new SoundError('damaged');
      this.#settle();
      this.onFacts?.();
    } catch (error) {
      this.#problem = error;
    }
    this.#wake();
  }

  async *decode(from: number, to: number): ReturnType<SoundTrack['decode']> {
    const { samples } = this.#start.frame;
    let frame = Math.floor((from + this.#skip) / samples);
    const wanted = () => Math.ceil((Math.min(to, this.#indexed ? this.facts.frames : to) + this.#skip) / samples);
    const sliceFrom = (at: number) => this.#slice(at, Math.min(at + sliceFrames, wanted()));
    let next = sliceFrom(frame);
    for (;;) {
      const slice = await next;
      if (slice === null) return;
      frame += slice.frames;
      const more = frame < wanted();
      if (more) {
        // The next one is decoded while this one is gone through.
        next = sliceFrom(frame);
        next.catch(() => undefined);
      }
      const piece = this.#trimmed(slice.at, slice.samples, from);
      if (piece) yield piece;
      if (!more) return;
    }
  }

  complete(_: number, failed: boolean): boolean {
    // The index knew the length already.
    if (failed) this.facts = { ...this.facts, damage: { lost: 0, firstLost: null, cut: true } };
    return !failed;
  }

  index(): Uint8Array<ArrayBuffer> {
    return this.#indexed ? this.#index.toBytes() : new Uint8Array(0);
  }

  close(): void {
    this.#closed = true;
  }

  /** Leaves out what lies before the recording, behind it, and before what was asked for. `at` counts from the first frame. */
  #trimmed(at: number, samples: Samples, from: number): { at: number; samples: Samples } | null {
    const begin = at - this.#skip;
    const skip = Math.max(from - begin, 0);
    const end = this.#indexed ? this.facts.frames - begin : Number.POSITIVE_INFINITY;
    const length = Math.min(samples[0]!.length, end);
    if (length <= skip) return null;
    if (skip === 0 && length === samples[0]!.length) return { at: begin, samples };
    return { at: begin + skip, samples: samples.map((channel) => channel.slice(skip, length)) };
  }

  /** Decodes frames `first` to `end` or, at the end of the stream, as many as there are; null when there are none. */
  async #slice(first: number, end: number): Promise<{ at: number; frames: number; samples: Samples } | null> {
    await this.#indexTo(end);
    const until = Math.min(end, this.#index.frames);
    if (first >= until) return null;
    const begin = this.#leadOf(first);
    const after = Math.ceil(until / indexStep) * indexStep;
    const bytesEnd = after < this.#index.frames ? this.#index.placeOf(after) : this.#index.end;
    const read = await this.#bytes.read(this.#index.placeOf(begin), bytesEnd);
    const { frame } = this.#start;
    const kept = new Uint8Array(read.length);
    let length = 0;
    let number = begin;
    walkFrames(read, frame, true, (at, { bytes }) => {
      if (number === until) return false;
      kept.set(read.subarray(at, at + bytes), length);
      length += bytes;
      number += 1;
      return true;
    });
    const decoded = await this.#decode(kept.slice(0, length), frame.rate);
    if (decoded === null && first === 0) throw new SoundError('damaged', 'MP3');
    const skip = (first - begin) * frame.samples;
    const count = (until - first) * frame.samples;
    // Frames that a decoder gives nothing for are silence: what comes behind them keeps its place.
    const samples = Array.from({ length: this.facts.channels }, (_, channel) => {
      const found = decoded?.[Math.min(channel, decoded.length - 1)]?.subarray(skip, skip + count);
      if (found?.length === count && skip === 0 && found.byteLength === found.buffer.byteLength) return found;
      const out = new Float32Array(count);
      if (found) out.set(found);
      return out;
    });
    return { at: first * frame.samples, frames: until - first, samples };
  }

  /** The frame to begin decoding with, so that `first` comes out as in one go: a place of the index, enough bytes before. */
  #leadOf(first: number): number {
    let begin = Math.floor(Math.max(first - leadFrames, 0) / indexStep) * indexStep;
    const target = Math.floor(first / indexStep) * indexStep;
    while (begin > 0) {
      const between = this.#index.placeOf(Math.max(target, begin)) - this.#index.placeOf(begin);
      const sound = between - (Math.max(target, begin) - begin) * sideBytes;
      if (sound >= reservoirBytes) break;
      begin -= indexStep;
    }
    return begin;
  }

  /** Waits until so many frames, or all, have their place. */
  async #indexTo(end: number): Promise<void> {
    // One step more than asked for, so that the place behind the last one is known too.
    while (!this.#indexed && this.#index.frames <= end + indexStep) {
      if (this.#problem) throw this.#problem;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  #settle(): void {
    this.#indexed = true;
    const { frames } = this.#index;
    this.facts = { ...this.facts, frames: this.#lengthOf(frames), exact: true };
    const promised = this.#start.tag?.frames ?? 0;
    if (promised > frames + 1) this.facts = { ...this.facts, damage: { lost: 0, firstLost: null, cut: true } };
  }

  /** Samples that count, of so many frames. */
  #lengthOf(frames: number): number {
    const { frame, tag } = this.#start;
    // Where the header speaks of another number of frames, the end was cut off or something put behind it.
    const padding = tag?.padding != null && tag.frames === frames ? Math.max(tag.padding - decoderDelay, 0) : 0;
    return Math.max(frames * frame.samples - this.#skip - padding, 1);
  }
}
