import type { EncodedPacket } from 'mediabunny';
import { SoundError, type Samples } from './sound.ts';

/** Packets that wait in a decoder, and decoded pieces that wait to be taken: enough to keep it busy. */
const mostWaiting = 24;
/** Frames that are joined into a piece: one at a time, packets would cost more than what is done with them. */
const pieceFrames = 32_768;

function samplesOf(data: AudioData): Float32Array<ArrayBuffer>[] {
  const samples = Array.from({ length: data.numberOfChannels }, (_, channel) => {
    const out = new Float32Array(data.numberOfFrames);
    data.copyTo(out, { planeIndex: channel, format: 'f32-planar' });
    return out;
  });
  data.close();
  return samples;
}

function join(pieces: readonly Samples[]): Samples {
  if (pieces.length === 1) return pieces[0]!;
  return pieces[0]!.map((_, channel) => {
    const out = new Float32Array(pieces.reduce((sum, piece) => sum + piece[channel]!.length, 0));
    let at = 0;
    for (const piece of pieces) {
      out.set(piece[channel]!, at);
      at += piece[channel]!.length;
    }
    return out;
  });
}

export interface DecodedPackets {
  readonly samples: Samples;
  readonly rate: number;
}

/**
 * Decodes packets one after the other.
 * @param onOutput called with the frames of each output in turn, as many as packets but for the codecs that are one behind
 * @throws SoundError `damaged`
 */
export async function* decodePackets(
  config: AudioDecoderConfig,
  packets: AsyncGenerator<EncodedPacket, void>,
  onOutput?: (frames: number) => void,
): AsyncGenerator<DecodedPackets, void> {
  let ready: Samples[] = [];
  let frames = 0;
  let rate = config.sampleRate;
  let failed = false;
  let wake: (() => void) | null = null;
  const decoder = new AudioDecoder({
    output(data) {
      rate = data.sampleRate;
      onOutput?.(data.numberOfFrames);
      frames += data.numberOfFrames;
      const samples = samplesOf(data);
      if (samples[0]!.length > 0) ready.push(samples);
      wake?.();
    },
    error() {
      failed = true;
      wake?.();
    },
  });
  const take = (): DecodedPackets => {
    const samples = join(ready);
    ready = [];
    frames = 0;
    return { samples, rate };
  };
  try {
    decoder.configure(config);
    decoder.addEventListener('dequeue', () => wake?.());
    let number = 0;
    for await (const packet of packets) {
      if (failed) throw new SoundError('damaged');
      // Its own time would be rounded, and negative before the recording begins, which a browser doesn't take.
      decoder.decode(
        new EncodedAudioChunk({ type: 'key', timestamp: number * 1000, data: packet.data as Uint8Array<ArrayBuffer> }),
      );
      number += 1;
      while (decoder.decodeQueueSize > mostWaiting && !failed) {
        if (frames >= pieceFrames) yield take();
        else await new Promise<void>((resolve) => (wake = resolve));
      }
      if (frames >= pieceFrames) yield take();
    }
    if (!failed) await decoder.flush().catch(() => (failed = true));
    if (ready.length > 0) yield take();
    if (failed) throw new SoundError('damaged');
  } finally {
    if (decoder.state !== 'closed') decoder.close();
  }
}
