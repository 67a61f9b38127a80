import type { Samples } from '../sound.ts';

/**
 * Plays faster or slower without a change of pitch: WSOLA (Verhelst and Roelands 1993), waveform similarity overlap-add. The output is made
 * in hops. Each hop fades from where the sound of the hop before would go on by itself to another place of the source near the one that the
 * rate asks for: the place, within 10 ms, where the source looks most like what would have come by itself. So periods of a voice fall on
 * each other and nothing is heard of the seam.
 *
 * Played slowly, every hop is heard in part twice; were it shorter than this, hiss would begin to hum at the pitch of the hops.
 */
const slowHopSeconds = 0.025;
/** Played fast, much is left out; short hops leave out little at a time. */
const fastHopSeconds = 0.015;
/** How far from the place that the rate asks for the most similar one may lie. Twice this is the longest period (50 Hz) that fits. */
const reachSeconds = 0.01;
/** How much less a place counts that lies as far off as a hop is long: of the periods of a high voice the nearest is taken. */
const nearness = 0.2;
/** The rough search sees about this many samples a second. */
const coarseRate = 8000;

/** A piece of output, with where each of its hops lies in the source. */
export interface StretchedPiece {
  readonly samples: Samples;
  /** Source frames (counted from the first one pushed) heard at output frames 0, `hop`, 2 `hop` ... of this piece, and at its end. */
  readonly sources: Float64Array;
}

/** A stretch of sound that goes in at one rate and comes out at another. */
export interface TimeStretch {
  /** Output frames between two entries of `sources`. */
  readonly hop: number;
  /** Takes in more of the source. As many arrays each time, all of one length. */
  push(samples: Samples): void;
  /** Nothing more comes: the rest can be made. */
  end(): void;
  /** All output that is certain by now; null when there is none yet, and when all was taken. */
  pull(): StretchedPiece | null;
}

/** The source frame (with its fraction) that is heard at output frame `at` of a piece; exact at hops and straight between them. */
export function sourceAt(sources: Float64Array, hop: number, frames: number, at: number): number {
  const last = sources.length - 1;
  if (last < 1 || at >= frames) return sources[last] ?? 0;
  if (at <= 0) return sources[0]!;
  const index = Math.min(Math.floor(at / hop), last - 1);
  const begin = index * hop;
  const end = Math.min(begin + hop, frames);
  const share = (at - begin) / (end - begin);
  return sources[index]! + (sources[index + 1]! - sources[index]!) * share;
}

/** The part of the source that is still needed, with the mix that likeness is looked for in. */
interface Window {
  /** Source frame of index 0 of the arrays; a multiple of `step`. */
  base: number;
  /** Source frames pushed so far. */
  received: number;
  readonly step: number;
  channels: Float32Array<ArrayBuffer>[];
  /** One channel for all. */
  mix: Float32Array<ArrayBuffer>;
  /** Sums of `step` frames of the mix. */
  coarse: Float32Array<ArrayBuffer>;
}

function createWindow(channels: number, step: number): Window {
  const empty = () => new Float32Array(0);
  return {
    base: 0,
    received: 0,
    step,
    channels: Array.from({ length: channels }, empty),
    mix: empty(),
    coarse: empty(),
  };
}

/** Appends samples, and lets go of everything before source frame `needed`. */
function append(window: Window, samples: Samples, needed: number): void {
  const count = samples[0]?.length ?? 0;
  const { step } = window;
  const held = window.received - window.base;
  const dropped = Math.min(Math.max(Math.floor((needed - window.base) / step) * step, 0), held - (held % step));
  const kept = held - dropped;
  const fits = kept + count <= window.mix.length;
  const capacity = fits ? window.mix.length : Math.ceil(((kept + count) * 1.5) / step) * step;
  const moved = (old: Float32Array<ArrayBuffer>, from: number, to: number, size: number) => {
    const target = fits ? old : new Float32Array(size);
    if (fits) target.copyWithin(0, from, to);
    else target.set(old.subarray(from, to));
    return target;
  };
  window.channels = window.channels.map((channel) => moved(channel, dropped, held, capacity));
  window.mix = moved(window.mix, dropped, held, capacity);
  window.coarse = moved(window.coarse, dropped / step, Math.floor(held / step), capacity / step);
  window.base += dropped;
  window.received += count;
  const { mix, coarse } = window;
  mix.fill(0, kept, kept + count);
  // Each channel counts less than the one before, so that two that are each other's opposite do not cancel out.
  let weight = 1;
  for (const [index, channel] of window.channels.entries()) {
    const added = samples[index]!;
    channel.set(added, kept);
    for (let at = 0; at < count; at += 1) mix[kept + at]! += weight * added[at]!;
    weight *= 0.75;
  }
  for (let at = Math.floor(kept / step); (at + 1) * step <= kept + count; at += 1) {
    let sum = 0;
    for (let inner = at * step; inner < (at + 1) * step; inner += 1) sum += mix[inner]!;
    coarse[at] = sum;
  }
}

/**
 * The index in `samples` from `low` to `high` where what follows is most like `pattern` (the correlation over the root of the energy is
 * highest), by `nearness` less the farther off; the one nearest to `wished` of equal ones. Looks at every `stride`-th sample of the pattern.
 */
function mostAlike(
  samples: Float32Array,
  pattern: Float32Array,
  [low, high, wished]: readonly [low: number, high: number, wished: number],
  stride = 1,
): number {
  const { length } = pattern;
  let energy = 1e-9;
  for (let at = low; at < low + length; at += 1) energy += samples[at]! * samples[at]!;
  let best = wished;
  let bestScore = -Infinity;
  for (let place = low; place <= high; place += 1) {
    let product = 0;
    for (let at = 0; at < length; at += stride) product += pattern[at]! * samples[place + at]!;
    const apart = (place - wished) / length;
    const likeness = product / Math.sqrt(energy);
    const score = likeness - nearness * apart * apart * Math.abs(likeness);
    if (score > bestScore || (score === bestScore && Math.abs(place - wished) < Math.abs(best - wished))) {
      bestScore = score;
      best = place;
    }
    energy = Math.max(energy + samples[place + length]! ** 2 - samples[place]! ** 2, 1e-9);
  }
  return best;
}

/** Finds the place of the next hop from `low` to `high`, first roughly, then to the sample. All in source frames. */
function findPlace(
  window: Window,
  hop: number,
  follow: number,
  [low, high, wished]: readonly [low: number, high: number, wished: number],
): number {
  const { base, step, mix, coarse } = window;
  const inside = follow - base;
  const pattern = mix.subarray(inside, inside + hop);
  if (step === 1) return mostAlike(mix, pattern, [low - base, high - base, wished - base]) + base;
  const outline = new Float32Array(Math.floor(hop / step));
  for (let at = 0; at < outline.length * step; at += 1) outline[Math.floor(at / step)]! += pattern[at]!;
  const first = Math.ceil((low - base) / step);
  const last = Math.floor((high - base) / step);
  if (last < first) return wished;
  const rough = mostAlike(coarse, outline, [first, last, Math.round((wished - base) / step)]) * step;
  const from = Math.max(rough - step, low - base);
  const to = Math.min(rough + step, high - base);
  return mostAlike(mix, pattern, [from, to, rough], Math.max(Math.floor(step / 3), 1)) + base;
}

/**
 * Makes a stretch that is `rate` times as fast (0.5 to 2); `sampleRate` is the frames a second of source and output alike. From `n` frames
 * come exactly `round(n / rate)`: the first is the first of the source and the last the last. What comes out does not depend on how the
 * source was cut into pushes. At rate 1 it is the source, bit by bit.
 */
export function createTimeStretch(rate: number, channels: number, sampleRate: number): TimeStretch {
  const hop = Math.max(Math.round((rate < 1 ? slowHopSeconds : fastHopSeconds) * sampleRate), 8);
  const reach = Math.max(Math.round(reachSeconds * sampleRate), 4);
  const window = createWindow(channels, Math.max(Math.floor(sampleRate / coarseRate), 1));
  const rising = Float32Array.from({ length: hop }, (_, at) => 0.5 - 0.5 * Math.cos((Math.PI * (at + 0.5)) / hop));
  let ended = false;
  /** The hop to be made next. */
  let turn = 0;
  /** Where the hop before began in the source. */
  let before = -hop;
  let finished = false;

  const wishedPlace = () => Math.round((turn + 1) * hop * rate) - hop;
  const outputLength = () => Math.round(window.received / rate);
  /** Whether hop `turn` can be made, and is not the last: what it looks at is there, and at least two hops remain. */
  const certain = () => {
    if (outputLength() - turn * hop < 2 * hop) return false;
    return (
      ended || (window.received >= wishedPlace() + reach + 2 * hop + window.step && window.received >= before + 3 * hop)
    );
  };

  const place = (): number => {
    const follow = before + hop;
    if (rate === 1) return follow;
    const wished = wishedPlace();
    // What comes by itself must remain inside the source, and time never runs backwards.
    const latest = window.received - 2 * hop - window.step;
    const low = Math.max(Math.min(wished - reach, latest), before, 0);
    const high = Math.max(Math.min(wished + reach, latest), low);
    // Where going on by itself is near enough, there is no seam at all.
    if (Math.abs(follow - wished) <= reach / 2 && follow >= low && follow <= high) return follow;
    return high === low ? low : findPlace(window, hop, follow, [low, high, Math.min(Math.max(wished, low), high)]);
  };

  /** Writes `frames` frames at `at` of the output: the first hop fades from `follow` to `chosen`, the rest is what comes after. */
  const write = (output: Samples, at: number, follow: number, chosen: number, frames: number) => {
    const { base, received } = window;
    for (const [index, channel] of window.channels.entries()) {
      const target = output[index]!;
      const sample = (frame: number) => (frame >= base && frame < received ? channel[frame - base]! : 0);
      if (follow === chosen && follow >= base && follow + frames <= received) {
        target.set(channel.subarray(follow - base, follow - base + frames), at);
        continue;
      }
      const fading = Math.min(hop, frames);
      for (let frame = 0; frame < fading; frame += 1) {
        const share = rising[fading === hop ? frame : Math.floor(((frame + 0.5) * hop) / fading)]!;
        const old = sample(follow + frame);
        target[at + frame] = old + (sample(chosen + frame) - old) * share;
      }
      for (let frame = fading; frame < frames; frame += 1) target[at + frame] = sample(chosen + frame);
    }
  };

  return {
    hop,
    push(samples) {
      append(window, samples, Math.min(before, wishedPlace() - reach) - window.step);
    },
    end() {
      ended = true;
    },
    pull() {
      if (finished) return null;
      const places: number[] = [];
      const firstTurn = turn;
      const firstBefore = before;
      while (certain()) {
        before = place();
        places.push(before);
        turn += 1;
      }
      const rest = ended ? outputLength() - turn * hop : 0;
      finished = ended;
      const frames = places.length * hop + rest;
      if (frames === 0) return null;
      const samples = window.channels.map(() => new Float32Array(frames));
      const sources: number[] = [firstBefore + hop];
      let earlier = firstBefore;
      for (const [index, chosen] of places.entries()) {
        write(samples, index * hop, earlier + hop, chosen, hop);
        sources.push(chosen + hop);
        earlier = chosen;
      }
      if (rest > 0) {
        const chosen = window.received - rest;
        write(samples, (turn - firstTurn) * hop, earlier + hop, chosen, rest);
        if (rest > hop) sources.push(chosen + hop);
        sources.push(window.received);
      }
      return { samples, sources: Float64Array.from(sources) };
    },
  };
}
