import {
  ADTS,
  CustomSource,
  EncodedPacketSink,
  FLAC,
  Input,
  MATROSKA,
  MP4,
  OGG,
  QTFF,
  WEBM,
  type EncodedPacket,
  type InputAudioTrack,
} from 'mediabunny';
import { id3Bytes } from './mp3-frame.ts';
import { canJoinOpus, joinOpusPackets } from './opus-joining.ts';
import { decodePackets, type PacketNotes } from './packet-decoder.ts';
import { PacketPlaces, placeSeconds } from './packet-places.ts';
import { SoundError, type Samples, type SoundFacts } from './sound.ts';
import type { SoundBytes } from './sound-bytes.ts';
import type { SoundPiece, SoundTrack } from './sound-track.ts';
import { mostChannels } from './wave-header.ts';

/** Seconds that a decoder needs before what it gives is what it gives in one go; none where nothing depends on what was before. */
const leadSeconds: Readonly<Record<string, number>> = { aac: 0.4, mp3: 1, opus: 1, vorbis: 0.2 };

/** Containers whose times are those of samples; in the others they are rounded to a thousandth of a second. */
const exactFormats = new Set(['MP4', 'QuickTime File Format', 'Ogg', 'FLAC', 'ADTS']);
/** Containers that say how long the sound is, where what is decoded is longer. */
const trimmedFormats = new Set(['MP4', 'QuickTime File Format', 'Ogg']);

/** Bytes that may lie behind the last packet without being sound: a page of Ogg, tags. */
const mostBehind = 70_000;

/** Seconds by which the end of what was decoded may lie before the one that the container tells. */
const endSeconds = 0.25;

/** Frames by which beginnings of packets differ, so that a rounded time can be told for the right one. */
const gridFrames: Readonly<Record<string, number>> = { opus: 120, aac: 1024, vorbis: 64 };

/** What is known of a track before anything is decoded. */
interface PackedSound {
  readonly input: Input;
  readonly sink: EncodedPacketSink;
  readonly config: AudioDecoderConfig;
  readonly codec: string;
  readonly format: string;
  /** Time of the first packet, seconds. */
  readonly begin: number;
  /** Samples that Opus says come before the sound. */
  readonly preSkip: number;
  /** Seconds by the container; null when it was cut off before it says so. */
  readonly duration: number | null;
  /** Seconds that the bytes would last at the rate they begin with. */
  readonly guess: number;
  readonly bytes: SoundBytes;
}

/**
 * Opens FLAC, Ogg, MP4, QuickTime, Matroska, WebM and ADTS. The recording begins where the container says that the sound does, past what an
 * encoder put before it, and its time is that of the samples one after another: gaps in what the container says are not filled.
 *
 * @throws SoundError `no-sound`, `unsupported-codec` with its name, `damaged`
 */
export async function openPackets(bytes: SoundBytes, known: Uint8Array<ArrayBuffer> | null): Promise<SoundTrack> {
  const input = new Input({
    formats: [FLAC, OGG, MP4, QTFF, WEBM, MATROSKA, ADTS],
    source: new CustomSource({ getSize: () => bytes.size, read: bytes.read, prefetchProfile: 'network' }),
  });
  try {
    const packed = await examine(input, bytes);
    const first = await firstSamples(packed);
    return new PacketTrack(packed, first, known);
  } catch (error) {
    input.dispose();
    throw error instanceof SoundError ? error : new SoundError('damaged');
  }
}

async function examine(input: Input, bytes: SoundBytes): Promise<PackedSound> {
  const format = await input.getFormat().then(
    ({ name }) => name,
    () => {
      // It began like one of them.
      throw new SoundError('damaged');
    },
  );
  const [track] = await input.getAudioTracks();
  // A file that was cut off before its own list of tracks has none at all.
  if (!track) throw new SoundError((await input.getTracks()).length === 0 ? 'damaged' : 'no-sound');
  const codec = await track.getCodec();
  const config = await track.getDecoderConfig();
  if (!codec || !config) throw new SoundError('unsupported-codec', await codecName(track));
  if (config.numberOfChannels > mostChannels) {
    throw new SoundError('unsupported-codec', `${config.numberOfChannels} channels`);
  }
  const isSupported = await AudioDecoder.isConfigSupported(config).then(
    ({ supported }) => supported === true,
    () => false,
  );
  if (!isSupported) throw new SoundError('unsupported-codec', config.codec);
  const { own, preSkip } = withoutSkip(codec, config);
  const sink = new EncodedPacketSink(track);
  // What is not told is looked for: in FLAC, by going through all of its frames.
  const duration = (await track.getDurationFromMetadata()) ?? (await track.computeDuration().catch(() => null));
  return {
    input,
    sink,
    config: own,
    codec,
    format,
    begin: await track.getFirstTimestamp(),
    preSkip,
    duration,
    guess: duration ?? (await guessedSeconds(sink, bytes.size)),
    bytes,
  };
}

/** How long a file lasts if all of it is like its first packets. */
async function guessedSeconds(sink: EncodedPacketSink, size: number): Promise<number> {
  let bytes = 0;
  let seconds = 0;
  for await (const packet of fewPackets(sink, 100)) {
    bytes += packet.byteLength;
    seconds = packet.timestamp + packet.duration;
  }
  return bytes > 0 ? (seconds * size) / bytes : 1;
}

/** The codec of a track that has none we know, in the words of the file. */
async function codecName(track: InputAudioTrack): Promise<string | null> {
  const id = await track.getInternalCodecId();
  return typeof id === 'string' && id !== '' ? id : null;
}

/**
 * Opus's header says how many samples to leave out at the beginning, which a decoder does whenever it begins, in the middle of a recording too.
 * We have it leave out none, and do it ourselves.
 */
function withoutSkip(codec: string, config: AudioDecoderConfig): { own: AudioDecoderConfig; preSkip: number } {
  const { description } = config;
  if (codec !== 'opus' || !description) return { own: config, preSkip: 0 };
  const head = ArrayBuffer.isView(description)
    ? new Uint8Array(description.buffer as ArrayBuffer, description.byteOffset, description.byteLength).slice()
    : new Uint8Array(description as ArrayBuffer).slice();
  if (head.length < 19) return { own: config, preSkip: 0 };
  const view = new DataView(head.buffer);
  const preSkip = view.getUint16(10, true);
  view.setUint16(10, 0, true);
  return { own: { ...config, description: head }, preSkip };
}

/** The first that comes out, for what only a decoder knows: rate and channels. */
async function firstSamples({ config, sink }: PackedSound): Promise<{ rate: number; channels: number }> {
  for await (const { samples, rate } of decodePackets(config, fewPackets(sink, 8)))
    return { rate, channels: samples.length };
  throw new SoundError('damaged');
}

async function* fewPackets(sink: EncodedPacketSink, most: number): AsyncGenerator<EncodedPacket, void> {
  let count = 0;
  for await (const packet of sink.packets()) {
    yield packet;
    count += 1;
    if (count === most) return;
  }
}

/** What a pass from the beginning came upon. */
interface Pass {
  lost: number;
  firstLost: number | null;
  /** Of packets. */
  bytes: number;
  /** The number of the last packet; in Ogg its place in the file. */
  last: number;
  /** Whether an error of the container's reader ended it. */
  failed: boolean;
  /** Whether the file ends in the middle of something. */
  endsInside: boolean;
}

/** Where the last page of Ogg begins in bytes; -1 when none does. */
function lastPage(bytes: Uint8Array): number {
  for (let at = bytes.length - 27; at >= 0; at -= 1) {
    // Its capture pattern and its version.
    if (
      bytes[at] === 79 &&
      bytes[at + 1] === 103 &&
      bytes[at + 2] === 103 &&
      bytes[at + 3] === 83 &&
      bytes[at + 4] === 0
    )
      return at;
  }
  return -1;
}

class PacketTrack implements SoundTrack {
  facts: SoundFacts;
  onFacts: (() => void) | null = null;
  readonly #packed: PackedSound;
  readonly #places = new PacketPlaces();
  /** Decoded frames before the recording begins. */
  readonly #skip: number;
  /** Decoded frames from its beginning at most, by the container. */
  readonly #most: number;
  #pass: Pass = { lost: 0, firstLost: null, bytes: 0, last: 0, failed: false, endsInside: false };

  constructor(
    packed: PackedSound,
    { rate, channels }: { rate: number; channels: number },
    known: Uint8Array<ArrayBuffer> | null,
  ) {
    this.#packed = packed;
    const { preSkip, begin, duration, guess, format } = packed;
    this.#skip = preSkip > 0 ? preSkip : Math.max(Math.round(-begin * rate), 0);
    const length = Math.max(Math.round(((duration ?? guess) - Math.max(begin, 0)) * rate), 1);
    this.#most = trimmedFormats.has(format) && duration !== null ? length : Number.POSITIVE_INFINITY;
    const frames = known ? this.#places.fromBytes(known) : null;
    this.facts = { rate, channels, frames: frames ?? length, exact: frames !== null };
  }

  async *decode(from: number, to: number): AsyncGenerator<SoundPiece, void> {
    const isPass = from === 0 && to === Number.POSITIVE_INFINITY && !this.facts.exact;
    const { config } = this.#packed;
    const lead = (leadSeconds[this.#packed.codec] ?? 0) * this.facts.rate;
    const start = await this.#startOf(from + this.#skip, lead);
    if (!start) return;
    const { rate: ownRate, channels } = this.facts;
    const notes = isPass ? this.#takePlaces() : null;
    let raw = start.frame;
    const packets = this.#packets(start.packet, notes);
    for await (const { samples, rate } of decodePackets(config, packets, notes ?? {}, channels)) {
      if (rate !== ownRate) throw new SoundError('damaged');
      const at = raw - this.#skip;
      raw += samples[0]!.length;
      const piece = this.#trimmed(at, samples, from);
      if (piece) yield piece;
      if (raw - this.#skip >= Math.min(to, this.#most)) return;
    }
  }

  complete(frames: number, failed: boolean): boolean {
    const { duration, begin, bytes } = this.#packed;
    const { lost, firstLost, endsInside } = this.#pass;
    const { rate, ...others } = this.facts;
    const promised = duration === null ? 0 : duration - Math.max(begin, 0);
    const isShort = frames / rate < promised - endSeconds;
    const isWhole = !failed && !this.#pass.failed && !isShort && bytes.size - this.#reach() <= mostBehind;
    const cut = !isWhole || endsInside;
    this.facts = { ...others, rate, frames: Math.max(frames, 1), exact: true };
    if (cut || lost > 0) this.facts = { ...this.facts, damage: { lost, firstLost, cut } };
    return isWhole;
  }

  /** How far into the file the pass got: a reader of Ogg or ADTS that comes upon what it can't make sense of takes it for the end. */
  #reach(): number {
    const { format, bytes } = this.#packed;
    if (format === 'Ogg') return this.#pass.last;
    return format === 'ADTS' ? id3Bytes(bytes.head) + this.#pass.bytes : bytes.size;
  }

  /** Whether a file that does not say how long it is ends in the middle of a page or of a frame. */
  async #endsInside(): Promise<boolean> {
    const { format, bytes } = this.#packed;
    if (format === 'Ogg') {
      const tail = await bytes.read(Math.max(bytes.size - mostBehind, 0), bytes.size);
      const at = lastPage(tail);
      const laces = tail.subarray(at + 27, at + 27 + (tail[at + 26] ?? 0));
      return at >= 0 && at + 27 + laces.length + laces.reduce((sum, lace) => sum + lace, 0) > tail.length;
    }
    if (format !== 'ADTS') return false;
    const [first = 0, second = 0] = await bytes.read(this.#reach(), this.#reach() + 2);
    return first === 0xff && (second & 0xf6) === 0xf0;
  }

  index(): Uint8Array<ArrayBuffer> {
    return this.facts.exact ? this.#places.toBytes(this.facts.frames) : new Uint8Array(0);
  }

  close(): void {
    this.#packed.input.dispose();
  }

  /** What is given to a decoder from `start` on. */
  async *#packets(
    start: EncodedPacket,
    notes: { onPacket(packet: EncodedPacket): void; onEnd(): void } | null,
  ): AsyncGenerator<EncodedPacket, void> {
    const { codec, config } = this.#packed;
    const packed = this.#packedFrom(start, notes);
    for await (const packet of codec === 'opus' && canJoinOpus(config) ? joinOpusPackets(packed) : packed) {
      notes?.onPacket(packet);
      yield packet;
    }
    if (notes) this.#pass.endsInside = await this.#endsInside();
  }

  /** The packets of the file from `start` on. */
  async *#packedFrom(start: EncodedPacket, notes: { onEnd(): void } | null): AsyncGenerator<EncodedPacket, void> {
    // One by one: the library's own way of reading ahead forgets what it has read when it comes upon something damaged.
    for (let packet: EncodedPacket | null = start; packet !== null;) {
      yield packet;
      packet = await this.#packed.sink.getNextPacket(packet).catch((error: unknown) => {
        if (error instanceof SoundError) throw error;
        // Where a file was cut off in the middle of a packet, the recording ends before it.
        notes?.onEnd();
        return null;
      });
    }
  }

  /** The packet to begin with so that frame `raw` comes out right, and the frame that comes out first. Frames as decoded, from the first on. */
  async #startOf(raw: number, lead: number): Promise<{ packet: EncodedPacket; frame: number } | null> {
    const { sink, codec, format, begin } = this.#packed;
    const first = await sink.getFirstPacket();
    if (!first) return null;
    const wanted = raw - lead;
    if (wanted <= 0) return { packet: first, frame: 0 };
    if (this.facts.exact || this.#places.reach >= wanted) {
      const place = this.#places.before(wanted);
      const packet = place && (await sink.getPacket(place.seconds + 1e-6));
      if (place && packet) return { packet, frame: place.frame };
      return { packet: first, frame: 0 };
    }
    const { rate } = this.facts;
    // Ogg's times are those past what is left out; elsewhere they count from the first packet.
    const isPastSkip = codec === 'opus' && format === 'Ogg';
    const seconds = isPastSkip ? (wanted - this.#skip) / rate : begin + wanted / rate;
    const packet = await sink.getPacket(Math.max(seconds, begin));
    if (!packet || packet.timestamp <= begin) return { packet: first, frame: 0 };
    // A Vorbis decoder gives nothing for the packet it begins with.
    const heard = codec === 'vorbis' ? await sink.getNextPacket(packet) : packet;
    if (!heard) return { packet: first, frame: 0 };
    const frame = isPastSkip ? heard.timestamp * rate + this.#skip : (heard.timestamp - begin) * rate;
    const grid = exactFormats.has(format) ? 1 : (gridFrames[codec] ?? 1);
    return { packet, frame: Math.round(frame / grid) * grid };
  }

  /** Leaves out what lies before the recording, behind it, and before what was asked for. */
  #trimmed(at: number, samples: Samples, from: number): SoundPiece | null {
    const skip = Math.max(from - at, 0);
    const end = Math.min(samples[0]!.length, (this.facts.exact ? this.facts.frames : this.#most) - at);
    if (end <= skip) return null;
    const { channels } = this.facts;
    const same = Array.from({ length: channels }, (_, channel) => samples[Math.min(channel, samples.length - 1)]!);
    if (skip === 0 && end === samples[0]!.length && samples.length === channels) return { at, samples };
    return { at: at + skip, samples: same.map((channel) => channel.slice(skip, end)) };
  }

  /**
   * Keeps places while the whole recording is gone through. Outputs come in the order of packets; Vorbis gives none for the first, so that the
   * n-th is that of packet n + 1, and just that comes out first of a decoder that begins with packet n.
   */
  #takePlaces(): PacketNotes & { onPacket(packet: EncodedPacket): void; onEnd(): void } {
    const places = this.#places;
    places.clear();
    const pass: Pass = { lost: 0, firstLost: null, bytes: 0, last: 0, failed: false, endsInside: false };
    this.#pass = pass;
    const waiting: { output: number; seconds: number }[] = [];
    let nextPlace = Number.NEGATIVE_INFINITY;
    let packets = 0;
    let outputs = 0;
    let raw = 0;
    return {
      onPacket({ timestamp, byteLength, sequenceNumber }) {
        pass.bytes += byteLength;
        pass.last = sequenceNumber;
        if (timestamp >= nextPlace) {
          waiting.push({ output: packets, seconds: timestamp });
          nextPlace = timestamp + placeSeconds;
        }
        packets += 1;
      },
      onEnd() {
        pass.failed = true;
      },
      onLost: (frames) => {
        pass.lost += frames;
        pass.firstLost ??= Math.max(raw - this.#skip, 0);
      },
      onOutput(frames) {
        const next = waiting[0];
        if (next && next.output === outputs) {
          waiting.shift();
          places.add(next.seconds, raw);
        }
        outputs += 1;
        raw += frames;
      },
    };
  }
}
