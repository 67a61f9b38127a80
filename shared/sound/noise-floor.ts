/**
 * Levels a second that everything here reckons with: one is the root mean square of ten milliseconds of a channel, in dB below full scale
 * (0 loudest, -120 nothing at all). The level `i` begins with the frame `floor(i * rate / levelsPerSecond)`.
 */
export const levelsPerSecond = 100;

/** Below this a level is no room any more but digital silence: a gate, a cut, a muted channel. It says nothing of the noise around it. */
export const digitalSilenceDb = -90;

/** The weakest share of what is heard in a window is taken to be noise, what lies above the other share to be loud speech. */
const [noiseShare, loudShare] = [0.1, 0.95];
/** Seconds of a window; a pause has to come within it, before or after. */
const windowSeconds = 20;
/** Seconds from one estimate to the next; between them the floor goes in a straight line. */
const stepSeconds = 0.5;
/** Share of a window that must be sound for it to say anything. */
const leastSound = 0.25;

const [lowest, binsPerDb] = [-120, 2];
const bins = -lowest * binsPerDb + 1;
const stepLevels = stepSeconds * levelsPerSecond;
const windowSteps = windowSeconds / stepSeconds;

/** What a channel's levels are to be held against, in dB, one value a level. */
export interface Background {
  /** What is heard while nobody speaks. */
  floor: Float32Array<ArrayBuffer>;
  /** How loud it is where it is loud: speech, or the noise itself where nobody speaks for long. */
  loud: Float32Array<ArrayBuffer>;
}

/**
 * The noise floor of a channel and how loud it gets, adapting to what happens.
 *
 * They are the 10th and the 95th percentile of the levels of 20 seconds: of those before and those after each moment the greater one, so that
 * they follow a jump of the noise at once (and are too great for some seconds on its quieter side). Digital silence is left out, and a window that holds hardly anything else takes those of the whole
 * recording.
 */
export function backgroundOf(levels: Float32Array): Background {
  const { floors, louds } = trailingPercentiles(levels);
  return { floor: spread(floors, levels.length), loud: spread(louds, levels.length) };
}

/**
 * How far the loudest channel lies above its noise floor, in dB, level by level.
 *
 * @param backgrounds of the same channels, where they are known already
 */
export function levelsAbove(
  channels: readonly Float32Array[],
  backgrounds: readonly Background[] = channels.map(backgroundOf),
): Float32Array<ArrayBuffer> {
  const above = new Float32Array(Math.max(0, ...channels.map(({ length }) => length))).fill(digitalSilenceDb);
  for (const [channel, levels] of channels.entries()) {
    const { floor } = backgrounds[channel]!;
    for (let i = 0; i < levels.length; i += 1) {
      const level = levels[i]!;
      // NaN, where nothing is known yet, is never greater.
      if (level >= digitalSilenceDb && level - floor[i]! > above[i]!) above[i] = level - floor[i]!;
    }
  }
  return above;
}

/** From percentiles of the windows that end with each step: of the window before and the one after each level the greater. */
function spread(trailing: Float64Array, length: number): Float32Array<ArrayBuffer> {
  const values = new Float32Array(length);
  const steps = trailing.length;
  const full = Math.min(windowSteps, steps) - 1;
  const at = (step: number): number => {
    const before = trailing[Math.max(step, full)]!;
    const after = trailing[Math.min(step + full, steps - 1)]!;
    return Math.max(before, after);
  };
  for (let step = 0; step < steps; step += 1) {
    const [here, next] = [at(step), at(Math.min(step + 1, steps - 1))];
    const from = step * stepLevels;
    const to = Math.min(from + stepLevels, length);
    const slope = (next - here) / stepLevels;
    for (let i = from; i < to; i += 1) values[i] = here + slope * (i - from);
  }
  return values;
}

/** Both percentiles of the window that ends with each step; of shorter ones at the beginning. */
function trailingPercentiles(levels: Float32Array): { floors: Float64Array; louds: Float64Array } {
  const steps = Math.ceil(levels.length / stepLevels);
  const whole = new Histogram();
  whole.add(levels, 0, levels.length, 1);
  const [quietest, loudest] = [noiseShare, loudShare].map((share) => whole.percentile(share, 1) ?? digitalSilenceDb);
  const window = new Histogram();
  const [floors, louds] = [new Float64Array(steps), new Float64Array(steps)];
  const enough = leastSound * Math.min(windowSteps * stepLevels, levels.length);
  for (let step = 0; step < steps; step += 1) {
    window.add(levels, step * stepLevels, (step + 1) * stepLevels, 1);
    const gone = step - windowSteps;
    if (gone >= 0) window.add(levels, gone * stepLevels, (gone + 1) * stepLevels, -1);
    floors[step] = window.percentile(noiseShare, enough) ?? quietest!;
    louds[step] = window.percentile(loudShare, enough) ?? loudest!;
  }
  return { floors, louds };
}

/** Counts of levels by half decibels; digital silence is not counted. */
class Histogram {
  readonly #counts = new Int32Array(bins);
  #total = 0;

  add(levels: Float32Array, from: number, to: number, by: 1 | -1): void {
    const end = Math.min(to, levels.length);
    const counts = this.#counts;
    let added = 0;
    for (let i = from; i < end; i += 1) {
      const level = levels[i]!;
      // A level that is not known (NaN) is not counted either.
      if (!(level >= digitalSilenceDb)) continue;
      const bin = Math.round((level - lowest) * binsPerDb);
      counts[bin < bins ? bin : bins - 1]! += by;
      added += by;
    }
    this.#total += added;
  }

  /** The level that `share` of those counted lie below; null where fewer than `enough` were. */
  percentile(share: number, enough: number): number | null {
    if (this.#total === 0 || this.#total < enough) return null;
    let left = share * this.#total;
    for (let bin = 0; bin < bins; bin += 1) {
      left -= this.#counts[bin]!;
      if (left < 0) return lowest + bin / binsPerDb;
    }
    return 0;
  }
}
