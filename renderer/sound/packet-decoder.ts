import type { EncodedPacket } from 'mediabunny';
import { SoundError, type Samples } from './sound.ts';

/** Packets that wait in a decoder, and decoded pieces that wait to be taken: enough to keep it busy. */
const mostWaiting = 24;
/** Frames that are joined into a piece: one at a time, packets would cost more than what is done with them. */
const pieceFrames = 32_768;

/** Room for decoded samples, one array a channel, which is used again for the next piece: new memory costs more than what is done in it. */
class PieceRoom {
  /** Frames in it. */
  frames = 0;
  #channels: Float32Array<ArrayBuffer>[] = [];

  /** Room for so many frames more, behind those that are there; all of it has to be written. */
  more(channels: number, frames: number): Samples {
    const end = this.frames + frames;
    while (this.#channels.length < channels) this.#channels.push(new Float32Array(0));
    this.#channels = this.#channels.map((before) => {
      if (before.length >= end) return before;
      const larger = new Float32Array(Math.max(2 * pieceFrames, 2 * end));
      larger.set(before.subarray(0, this.frames));
      return larger;
    });
    const room = this.#channels.slice(0, channels).map((channel) => channel.subarray(this.frames, end));
    this.frames = end;
    return room;
  }

  /** What is in it, as views. */
  samples(channels: number): Samples {
    return this.#channels.slice(0, channels).map((channel) => channel.subarray(0, this.frames));
  }
}

export interface DecodedPackets {
  /** Hold until the next ones are asked for. */
  readonly samples: Samples;
  readonly rate: number;
}

/** What is heard of while packets are decoded. */
export interface PacketNotes {
  /** Each output in turn, as many as packets but for the codecs that are one behind. */
  onOutput?(frames: number): void;
  /** The output is silence: its packet could not be decoded. Called before `onOutput`. */
  onLost?(frames: number): void;
}

/** How long a packet that gave nothing is: as the one before it, unless its container clearly says otherwise. */
function lostFrames(packet: EncodedPacket, rate: number, before: number): number {
  const own = Math.round(packet.duration * rate);
  return before > 0 && (own <= 0 || Math.abs(own - before) <= rate / 900) ? before : Math.max(own, 0);
}

/** Packets in a row that can't be decoded, behind which nothing else is expected. */
const mostLost = 2000;

/** Decoders one after another: the first, and a new one behind each packet that one broke down at. */
class PacketDecoder {
  rate: number;
  failed = false;
  wake: (() => void) | null = null;
  readonly #config: AudioDecoderConfig;
  readonly #notes: PacketNotes;
  /** What was decoded and not taken yet, and what was taken last. */
  #room = new PieceRoom();
  #spare = new PieceRoom();
  /** Channels of what comes out; 0 before anything did. */
  #channels: number;
  /** Frames of the last output. */
  #before = 0;
  #decoder: AudioDecoder;
  /** Packets that the decoder was given and that it has not answered. */
  #sent: EncodedPacket[] = [];
  /** Packets that it was given, and those of them that are answered. */
  #given = 0;
  #answered = 0;
  /** Lost before it was known how many channels there are. */
  #lostBefore: EncodedPacket[] = [];
  #lostInRow = 0;
  #isFirst = true;

  constructor(config: AudioDecoderConfig, notes: PacketNotes, channels: number) {
    this.#config = config;
    this.#notes = notes;
    this.#channels = channels;
    this.rate = config.sampleRate;
    this.#decoder = this.#start();
  }

  get waiting(): number {
    return this.#decoder.decodeQueueSize;
  }

  /** Whether packets were lost and nothing ever came out. */
  get isMute(): boolean {
    return this.#lostBefore.length > 0;
  }

  /** Frames that were decoded and not taken yet. */
  get frames(): number {
    return this.#room.frames;
  }

  /** Takes them; they hold until the next ones are taken. */
  take(): DecodedPackets {
    const taken = this.#room;
    this.#room = this.#spare;
    this.#room.frames = 0;
    this.#spare = taken;
    return { samples: taken.samples(this.#channels), rate: this.rate };
  }

  give(packet: EncodedPacket): void {
    // Its own time would be rounded, and negative before the recording begins, which a browser doesn't take.
    const data = packet.data as Uint8Array<ArrayBuffer>;
    this.#decoder.decode(new EncodedAudioChunk({ type: 'key', timestamp: this.#given * 1000, data }));
    this.#sent.push(packet);
    this.#given += 1;
  }

  /**
   * Goes on with a new decoder behind the packet at which the last one broke down.
   * @throws SoundError `damaged` when nothing came out for very long
   */
  goOn(): void {
    if (this.#lostInRow >= mostLost) throw new SoundError('damaged');
    this.failed = false;
    const [culprit, ...rest] = this.#sent;
    // One that gives nothing for the first packet it is given had nothing to give for this one.
    if (culprit && !this.#isSilentFirst(this.#answered)) this.#lose(culprit);
    this.#isFirst = false;
    this.#sent = [];
    this.#given = 0;
    this.#answered = 0;
    this.#decoder = this.#start();
    for (const packet of rest) this.give(packet);
  }

  /** Waits for all that was given. */
  async finish(): Promise<void> {
    do {
      if (this.failed) this.goOn();
      await this.#decoder.flush().catch(() => (this.failed = true));
    } while (this.failed);
    this.#answer(this.#given);
  }

  close(): void {
    if (this.#decoder.state !== 'closed') this.#decoder.close();
  }

  #start(): AudioDecoder {
    const decoder = new AudioDecoder({
      output: (data) => {
        // Answers come in order, and while the packet that they belong to is the last that was taken out of the queue.
        this.#answer(this.#given - decoder.decodeQueueSize - 1);
        this.#sent.shift();
        this.#answered += 1;
        this.#lostInRow = 0;
        this.#put(data);
        this.wake?.();
      },
      error: () => {
        this.failed = true;
        this.wake?.();
      },
    });
    decoder.configure(this.#config);
    decoder.addEventListener('dequeue', () => this.wake?.());
    return decoder;
  }

  /** Packets before the one of that number that have no answer get none any more. */
  #answer(number: number): void {
    while (this.#answered < number && this.#sent.length > 0) {
      const packet = this.#sent.shift()!;
      if (!this.#isSilentFirst(this.#answered)) this.#lose(packet);
      this.#answered += 1;
    }
  }

  /** Whether it is as it should be that nothing comes out for a packet: Vorbis needs two for the first sound. */
  #isSilentFirst(number: number): boolean {
    return this.#isFirst && number === 0 && this.#config.codec === 'vorbis';
  }

  #put(data: AudioData): void {
    this.rate = data.sampleRate;
    this.#channels = data.numberOfChannels;
    const lost = this.#lostBefore;
    this.#lostBefore = [];
    this.#before = data.numberOfFrames;
    for (const packet of lost) this.#silence(packet);
    this.#notes.onOutput?.(data.numberOfFrames);
    for (const [planeIndex, out] of this.#room.more(this.#channels, data.numberOfFrames).entries()) {
      data.copyTo(out, { planeIndex, format: 'f32-planar' });
    }
    data.close();
  }

  #lose(packet: EncodedPacket): void {
    this.#lostInRow += 1;
    if (this.#channels > 0) this.#silence(packet);
    else this.#lostBefore.push(packet);
  }

  #silence(packet: EncodedPacket): void {
    const frames = lostFrames(packet, this.rate, this.#before);
    this.#notes.onLost?.(frames);
    this.#notes.onOutput?.(frames);
    for (const out of this.#room.more(this.#channels, frames)) out.fill(0);
  }
}

/**
 * Decodes packets one after the other. One that can't be decoded is silence of its length.
 * @param channels of the recording, 0 as long as nothing was decoded
 * @throws SoundError `damaged` when none can be, or very many in a row can't
 */
export async function* decodePackets(
  config: AudioDecoderConfig,
  packets: AsyncGenerator<EncodedPacket, void>,
  notes: PacketNotes = {},
  channels = 0,
): AsyncGenerator<DecodedPackets, void> {
  const decoder = new PacketDecoder(config, notes, channels);
  try {
    for await (const packet of packets) {
      while (decoder.failed) decoder.goOn();
      decoder.give(packet);
      while (decoder.waiting > mostWaiting && !decoder.failed) {
        if (decoder.frames >= pieceFrames) yield decoder.take();
        else await new Promise<void>((resolve) => (decoder.wake = resolve));
      }
      if (decoder.frames >= pieceFrames) yield decoder.take();
    }
    await decoder.finish();
    if (decoder.isMute) throw new SoundError('damaged');
    if (decoder.frames > 0) yield decoder.take();
  } finally {
    decoder.close();
  }
}
