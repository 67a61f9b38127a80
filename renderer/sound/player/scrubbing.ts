import type { SoundFacts } from '../sound.ts';
import type { PlayerOutput } from './player-output.ts';
import type { RecentBlocks } from './recent-blocks.ts';
import { fadeIn, fadeOut, fadeSeconds } from './sound-pieces.ts';

/** Long enough to tell a vowel from a breath, short enough to follow a hand. */
const grainSeconds = 0.09;
/** The next grain begins when this much of the one before is over. */
const grainGapSeconds = 0.075;

/** On which side of a boundary the grain lies that is heard while it is dragged. */
export type ScrubSide = 'before' | 'after';

/** Lets hear what lies beside a place that a hand is moving. */
export interface Scrubber {
  /** Plays a grain as soon as the one before is over; of several asked for meanwhile only the last. */
  scrub(frame: number, side: ScrubSide): void;
  /** Plays no more grains; the one that sounds goes out by itself. */
  stop(): void;
}

/** Makes a scrubber; the output is opened with the first grain. */
export function createScrubber(
  blocks: RecentBlocks,
  facts: Pick<SoundFacts, 'rate' | 'channels'>,
  out: () => PlayerOutput,
): Scrubber {
  const length = Math.round(grainSeconds * facts.rate);
  let wanted: { from: number; to: number } | null = null;
  let reading: AbortController | null = null;
  let pause: ReturnType<typeof setTimeout> | undefined;

  const sounded = async (from: number, to: number, signal: AbortSignal): Promise<boolean> => {
    const grain = Array.from({ length: facts.channels }, () => new Float32Array(to - from));
    let at = from;
    while (at < to) {
      const samples = await blocks.read(at, to, signal);
      const frames = samples[0]?.length ?? 0;
      if (frames === 0) break;
      for (const [channel, values] of samples.entries()) grain[channel]!.set(values, at - from);
      at += frames;
    }
    if (at === from || signal.aborted) return false;
    const fading = Math.round(fadeSeconds * facts.rate);
    fadeIn(grain, fading);
    fadeOut(grain, fading);
    const output = out();
    output.wake();
    const buffer = output.context.createBuffer(facts.channels, to - from, facts.rate);
    for (const [channel, values] of grain.entries()) buffer.copyToChannel(values, channel);
    const node = output.context.createBufferSource();
    node.buffer = buffer;
    node.connect(output.input);
    node.addEventListener('ended', () => node.disconnect());
    node.start();
    output.rest();
    return true;
  };

  const next = async () => {
    if (!wanted || reading) return;
    const { from, to } = wanted;
    wanted = null;
    reading = new AbortController();
    const { signal } = reading;
    // What can't be read is not heard; playing it says why.
    const heard = await sounded(from, to, signal).catch(() => false);
    if (signal.aborted) return;
    const goOn = () => {
      reading = null;
      void next();
    };
    if (heard) pause = setTimeout(goOn, grainGapSeconds * 1000);
    else goOn();
  };

  return {
    scrub(frame, side) {
      const from = side === 'after' ? frame : Math.max(frame - length, 0);
      const to = side === 'after' ? frame + length : frame;
      wanted = to > from ? { from, to } : null;
      void next();
    },
    stop() {
      wanted = null;
      reading?.abort();
      reading = null;
      clearTimeout(pause);
    },
  };
}
