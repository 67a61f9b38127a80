import { SoundError } from '../sound.ts';
import type { PlayerOutput } from './player-output.ts';
import { fadeIn, fadeSeconds, type Piece, type SoundPieces } from './sound-pieces.ts';
import { sourceAt } from './time-stretch.ts';

/** Sound is set down so far ahead of what is heard: enough for a busy window or a slow disk. */
export const aheadSeconds = 0.75;
/** Less than this ahead: it may run dry, and is made to go out without a click if it does. */
const drySeconds = 0.15;
/** How long what was heard is remembered. */
const rememberedSeconds = 0.5;

interface Placed {
  /** Frames of the recording's rate from the beginning of the context's time. */
  readonly begin: number;
  readonly frames: number;
  readonly sources: Float64Array;
  readonly hop: number;
  readonly node: AudioBufferSourceNode;
}

/** One stretch of playing without a jump: pieces set down one after the other on the time of a context. */
export interface PlayerRun {
  /** Sets down what is due. To be called often. */
  fill(): void;
  /** The frame of the recording that sounds at a time; where it will begin, before. Stands still where there is a gap. */
  frameAt(time: number): number;
  /** Whether something sounds at a time, or nothing is missing that should. */
  soundsAt(time: number): boolean;
  /** When the first piece begins; null as long as there is none. */
  readonly begins: number | null;
  /** When the last piece is over; null as long as more may come. */
  readonly ends: number | null;
  /** Why no more comes; null when all did. */
  readonly failure: SoundError | null;
  /** Pieces held at the moment. */
  readonly held: number;
  /** Goes out at a time, and sets nothing more down. */
  breakOff(time: number): void;
}

/**
 * Starts a run. It begins at `at` seconds of the context's time, or as soon as the first piece is there when that is later; a time is moved
 * to whole frames, so that every piece begins exactly where the one before ends.
 * @param from the frame of the recording it begins with
 * @param changed called when a piece was set down and when no more comes
 */
export function startRun(
  output: PlayerOutput,
  pieces: SoundPieces,
  start: { readonly from: number; readonly at: number; readonly rate: number },
  changed: () => void,
): PlayerRun {
  const { context } = output;
  const { rate } = start;
  const gain = context.createGain();
  gain.channelInterpretation = 'discrete';
  gain.connect(output.input);
  let placed: Placed[] = [];
  let first: number | null = null;
  // A time made from whole frames is those frames again, whatever its last bit says.
  let next = Math.ceil(start.at * rate - 1e-6);
  let done = false;
  let stopAt = Infinity;
  let filling = false;
  let failure: SoundError | null = null;
  /** When the sound is made to go out because nothing follows yet. */
  let drying: number | null = null;

  const endOf = ({ begin, frames }: Placed) => begin + frames;

  const release = (piece: Placed) => {
    piece.node.disconnect();
    piece.node.buffer = null;
  };

  const place = ({ samples, frames, sources, hop }: Piece) => {
    const earliest = Math.ceil(output.soon() * rate);
    const begin = Math.max(next, earliest);
    if (first !== null && begin > next) fadeIn(samples, Math.round(fadeSeconds * rate));
    if (drying !== null) {
      gain.gain.cancelScheduledValues(drying);
      gain.gain.setValueAtTime(1, begin > next ? begin / rate : context.currentTime);
      drying = null;
    }
    const buffer = context.createBuffer(samples.length, frames, rate);
    for (const [channel, values] of samples.entries()) buffer.copyToChannel(values, channel);
    const node = context.createBufferSource();
    node.buffer = buffer;
    node.connect(gain);
    node.start(begin / rate);
    placed.push({ begin, frames, sources, hop, node });
    first ??= begin;
    next = begin + frames;
  };

  const forget = () => {
    const heard = output.heard() * rate;
    const kept = placed.filter((piece, index) => {
      // The last one says where it stands still.
      if (index === placed.length - 1 || endOf(piece) > heard - rememberedSeconds * rate) return true;
      release(piece);
      return false;
    });
    if (kept.length < placed.length) placed = kept;
  };

  const dry = () => {
    const left = next / rate - context.currentTime;
    if (done || first === null || drying !== null || left > drySeconds || left < fadeSeconds) return;
    drying = next / rate - fadeSeconds;
    gain.gain.setValueAtTime(1, drying);
    gain.gain.linearRampToValueAtTime(0, next / rate);
  };

  const fill = async () => {
    if (filling || stopAt < Infinity || done) return;
    filling = true;
    try {
      while (stopAt === Infinity && next / rate - context.currentTime < aheadSeconds) {
        const piece = await pieces.next();
        if (stopAt < Infinity) break;
        if (!piece) {
          done = true;
          break;
        }
        place(piece);
        changed();
      }
    } catch (reason) {
      done = true;
      failure = reason instanceof SoundError ? reason : new SoundError('unreadable');
    }
    filling = false;
    if (done && stopAt === Infinity) changed();
  };

  return {
    fill() {
      forget();
      if (stopAt < Infinity) return;
      void fill();
      dry();
    },
    frameAt(time) {
      const at = time * rate;
      const piece = placed.findLast(({ begin }) => begin <= at) ?? placed[0];
      if (!piece) return start.from;
      return sourceAt(piece.sources, piece.hop, piece.frames, at - piece.begin);
    },
    soundsAt: (time) => done || (first !== null && time * rate < next),
    get begins() {
      return first === null ? null : first / rate;
    },
    get ends() {
      return done ? next / rate : null;
    },
    get failure() {
      return failure;
    },
    get held() {
      return placed.length;
    },
    breakOff(time) {
      const from = Math.max(time, context.currentTime);
      if (from >= stopAt) return;
      stopAt = from;
      gain.gain.cancelScheduledValues(0);
      gain.gain.setValueAtTime(1, from);
      gain.gain.linearRampToValueAtTime(0, from + fadeSeconds);
      for (const piece of placed) piece.node.stop(from + fadeSeconds);
      const last = placed.at(-1)?.node;
      if (last) last.addEventListener('ended', () => gain.disconnect());
      else gain.disconnect();
    },
  };
}
