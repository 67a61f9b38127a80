import type { SoundFacts } from './sound.ts';
import type { SoundBytes } from './sound-bytes.ts';
import type { SoundTrack } from './sound-track.ts';
import { readWaveHeader } from './wave-header.ts';
import { waveSamples } from './wave-samples.ts';

/** Bytes of a piece: large enough that a request costs little beside it. */
const pieceBytes = 2 * 1024 * 1024;

/** Opens a WAVE file: every frame has its place, so there is nothing to index. */
export async function openWave(bytes: SoundBytes): Promise<SoundTrack> {
  const layout = await readWaveHeader(bytes.read, bytes.size);
  const { rate, channels, frames, frameBytes, dataAt } = layout;
  const samplesOf = waveSamples(layout);
  const pieceFrames = Math.ceil(pieceBytes / frameBytes);
  const fetchPiece = (from: number, to: number) => bytes.read(dataAt + from * frameBytes, dataAt + to * frameBytes);
  const facts: SoundFacts = { rate, channels, frames, exact: true };
  return {
    facts: layout.isCut ? { ...facts, damage: { lost: 0, firstLost: null, cut: true } } : facts,
    onFacts: null,
    async *decode(from, to) {
      const end = Math.min(to, frames);
      const endOf = (at: number) => Math.min(at + pieceFrames, end);
      let next = from < end ? fetchPiece(from, endOf(from)) : null;
      for (let at = from; next !== null; at = endOf(at)) {
        const piece = await next;
        const after = endOf(at);
        next = after < end ? fetchPiece(after, endOf(after)) : null;
        // Whoever stops in the middle doesn't hear of it when the piece after it fails.
        next?.catch(() => undefined);
        yield { at, samples: samplesOf(piece) };
      }
    },
    complete: (_, failed) => !failed,
    index: () => new Uint8Array(0),
    close: () => undefined,
  };
}
