import { type Background, backgroundOf, digitalSilenceDb, levelsPerSecond } from './noise-floor.ts';

/** A stretch of a recording in frames, half open. */
export interface Stretch {
  start: number;
  end: number;
}

/** Where nothing is said: in each channel, and in all of them at once. In order, none touching the next. */
export interface Quiet {
  channels: readonly (readonly Stretch[])[];
  all: readonly Stretch[];
}

export interface QuietOptions {
  /** Silence is what lies less than this above the noise floor, in dB; left out: what `silenceAbove` says. */
  silenceDb?: number | undefined;
  /** Shorter stretches are left out; seconds. */
  minSeconds?: number | undefined;
}

/** Where a project does not say: dB above the noise floor under which it is silent, in a recording that has that much room below its speech. */
export const defaultSilenceDb = 12;
/** In a noisy one: this share of what lies between its noise and its speech, and so much at least. */
const [silenceShare, leastSilenceDb] = [0.35, 4];

/** Seconds: what is quiet for a shorter time is part of a word. */
const defaultMinSeconds = 0.1;
/** Levels: so short a sound (a click, a drop) does not end a silence. */
const bump = 3;

/** dB above the noise floor under which it is silent, level by level: what the project says, or what the recording has room for. */
export function silenceAbove({ floor, loud }: Background, silenceDb: number | undefined): Float32Array<ArrayBuffer> {
  const above = new Float32Array(floor.length);
  if (silenceDb !== undefined) return above.fill(silenceDb);
  for (let i = 0; i < above.length; i += 1) {
    above[i] = Math.max(leastSilenceDb, Math.min(defaultSilenceDb, silenceShare * (loud[i]! - floor[i]!)));
  }
  return above;
}

/**
 * The quiet stretches of one channel, told from its levels, to ten milliseconds. Levels that are not known yet are never quiet.
 *
 * @param background of these levels, where it is known already
 */
export function quietStretches(
  levels: Float32Array,
  rate: number,
  { silenceDb, minSeconds = defaultMinSeconds }: QuietOptions = {},
  background: Background = backgroundOf(levels),
): Stretch[] {
  const { floor } = background;
  const above = silenceAbove(background, silenceDb);
  const perLevel = rate / levelsPerSecond;
  const least = minSeconds * levelsPerSecond;
  const found: Stretch[] = [];
  const keep = (from: number, to: number) => {
    if (to - from >= least) found.push({ start: Math.floor(from * perLevel), end: Math.floor(to * perLevel) });
  };
  let [from, to] = [-1, -1];
  for (let i = 0; i < levels.length; i += 1) {
    const level = levels[i]!;
    if (!(level < digitalSilenceDb || level < floor[i]! + above[i]!)) continue;
    if (from >= 0 && i - to > bump) {
      keep(from, to);
      from = i;
    } else if (from < 0) from = i;
    to = i + 1;
  }
  if (from >= 0) keep(from, to);
  return found;
}

/** The quiet stretches of each channel, and those common to all. */
export function quietOfChannels(
  levels: readonly Float32Array[],
  rate: number,
  options: QuietOptions = {},
  backgrounds: readonly Background[] = levels.map(backgroundOf),
): Quiet {
  const channels = levels.map((each, channel) => quietStretches(each, rate, options, backgrounds[channel]));
  const least = (options.minSeconds ?? defaultMinSeconds) * rate;
  const [first = [], ...others] = channels;
  const all = others
    .reduce<readonly Stretch[]>(commonStretches, first)
    .filter(({ start, end }) => end - start >= least);
  return { channels, all };
}

/** The quiet stretches that count for what is about this channel; null: about all of them. */
export function quietFor({ channels, all }: Quiet, channel: number | null): readonly Stretch[] {
  return (channel === null ? undefined : channels[channel]) ?? all;
}

/** What two lists of stretches, each in order, have in common. */
export function commonStretches(a: readonly Stretch[], b: readonly Stretch[]): Stretch[] {
  const found: Stretch[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [one, other] = [a[i]!, b[j]!];
    const [start, end] = [Math.max(one.start, other.start), Math.min(one.end, other.end)];
    if (end > start) found.push({ start, end });
    if (one.end < other.end) i += 1;
    else j += 1;
  }
  return found;
}

/** The parts of stretches (in order) that lie within `start` to `end`. */
export function stretchesWithin(stretches: readonly Stretch[], start: number, end: number): Stretch[] {
  const found: Stretch[] = [];
  for (let i = firstEndingAfter(stretches, start); i < stretches.length && stretches[i]!.start < end; i += 1) {
    const stretch = stretches[i]!;
    found.push({ start: Math.max(start, stretch.start), end: Math.min(end, stretch.end) });
  }
  return found;
}

/** The place of the first stretch that ends after a frame; how many there are, when none does. */
export function firstEndingAfter(stretches: readonly Stretch[], frame: number): number {
  let [low, high] = [0, stretches.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stretches[middle]!.end > frame) high = middle;
    else low = middle + 1;
  }
  return low;
}
