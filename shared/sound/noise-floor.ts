/**
 * Levels a second that everything here reckons with: one is the root mean square of ten milliseconds of a channel, in dB below full scale
 * (0 loudest, -120 nothing at all).
 */
export const levelsPerSecond = 100;

/** Below this a level is no room any more but digital silence: a gate, a cut, a muted channel. It says nothing of the noise around it. */
export const digitalSilenceDb = -85;

/** The weakest share of what is heard in a window is taken to be noise. */
const noiseShare = 0.1;
/** Seconds of a window; a pause has to come within it, before or after. */
const windowSeconds = 8;
/** Seconds from one estimate to the next; between them the floor goes in a straight line. */
const stepSeconds = 0.5;
/** Share of a window that must be sound for it to say anything. */
const leastSound = 0.25;

const [lowest, binsPerDb] = [-120, 2];
const bins = -lowest * binsPerDb + 1;
const stepLevels = stepSeconds * levelsPerSecond;
const windowSteps = windowSeconds / stepSeconds;

/**
 * The noise floor of a channel, in dB, one value a level: what is heard while nobody speaks.
 *
 * It is the 10th percentile of the levels of 8 seconds: of those before and those after each moment the greater one, so that it follows a jump
 * of the noise at once. Digital silence is left out of it, and a window that holds hardly anything else takes the floor of the whole
 * recording.
 */
export function noiseFloor(levels: Float32Array): Float32Array<ArrayBuffer> {
  const floor = new Float32Array(levels.length);
  if (levels.length === 0) return floor;
  const trailing = trailingFloors(levels);
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
    const to = Math.min(from + stepLevels, levels.length);
    for (let i = from; i < to; i += 1) floor[i] = here + ((next - here) * (i - from)) / stepLevels;
  }
  return floor;
}

/** How far the loudest channel lies above its noise floor, in dB, level by level. */
export function levelsAbove(channels: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const above = new Float32Array(Math.max(0, ...channels.map(({ length }) => length))).fill(digitalSilenceDb);
  for (const levels of channels) {
    const floor = noiseFloor(levels);
    for (let i = 0; i < levels.length; i += 1) {
      const level = levels[i]!;
      // NaN, where nothing is known yet, is never greater.
      if (level >= digitalSilenceDb && level - floor[i]! > above[i]!) above[i] = level - floor[i]!;
    }
  }
  return above;
}

/** The floor of the window that ends with each step; of shorter ones at the beginning. */
function trailingFloors(levels: Float32Array): Float64Array {
  const steps = Math.ceil(levels.length / stepLevels);
  const whole = new Histogram();
  whole.add(levels, 0, levels.length, 1);
  const overall = whole.percentile(noiseShare, 1) ?? digitalSilenceDb;
  const window = new Histogram();
  const floors = new Float64Array(steps);
  const enough = leastSound * Math.min(windowSteps * stepLevels, levels.length);
  for (let step = 0; step < steps; step += 1) {
    window.add(levels, step * stepLevels, (step + 1) * stepLevels, 1);
    if (step >= windowSteps)
      window.add(levels, (step - windowSteps) * stepLevels, (step - windowSteps + 1) * stepLevels, -1);
    floors[step] = window.percentile(noiseShare, enough) ?? overall;
  }
  return floors;
}

/** Counts of levels by half decibels; digital silence is not counted. */
class Histogram {
  readonly #counts = new Int32Array(bins);
  #total = 0;

  add(levels: Float32Array, from: number, to: number, by: 1 | -1): void {
    const end = Math.min(to, levels.length);
    for (let i = from; i < end; i += 1) {
      const level = levels[i]!;
      // A level that is not known (NaN) is not counted either.
      if (!(level >= digitalSilenceDb)) continue;
      this.#counts[Math.min(bins - 1, Math.round((level - lowest) * binsPerDb))]! += by;
      this.#total += by;
    }
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
