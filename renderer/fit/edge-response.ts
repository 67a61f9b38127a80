import type { SideStrip } from './side-strip.ts';

/** How strongly each segment of a strip steps from dark to bright (positive) at each pixel boundary. */
export interface EdgeResponse {
  readonly segments: number;
  readonly positions: number;
  /** Depth of position 0, whole pixels from the strip's base. */
  readonly first: number;
  /** Grey value of the step, segment by segment. */
  readonly steps: Float32Array;
  /** Spread of `steps` where there is no edge, robustly estimated. */
  readonly noise: number;
  /** How much alike neighbouring segments are where there is no edge, 0 to 1. */
  readonly likeness: number;
}

/** Pixels on either side of a boundary that its response looks at. */
export function kernelReach(sigma: number): number {
  return Math.ceil(3 * sigma);
}

/** Rounding to 8 bits alone spreads grey values by this much. */
const roundingNoise = 1 / 255 / Math.sqrt(12);

/** Half of a derivative of a Gaussian, by distance from the boundary; the weights of one side add up to 1. */
function halfKernel(sigma: number): Float64Array {
  const half = Float64Array.from({ length: kernelReach(sigma) }, (_, index) => {
    const distance = index + 0.5;
    return distance * Math.exp(-(distance * distance) / (2 * sigma * sigma));
  });
  const sum = half.reduce((total, weight) => total + weight, 0);
  return half.map((weight) => weight / sum);
}

/**
 * First derivative across the side at scale `sigma` (pixels), in units of the step's height: a sharp step of 0.2 answers 0.2.
 * The noise is 1.4826 times a median absolute value, as for a normal distribution: edges in less than half of the places do not shift it.
 */
export function edgeResponse(strip: SideStrip, sigma: number): EdgeResponse {
  const half = halfKernel(sigma);
  const reach = half.length;
  const positions = strip.columns - 2 * reach + 1;
  const steps = new Float32Array(strip.segments * positions);
  for (let segment = 0; segment < strip.segments; segment += 1) {
    const row = segment * strip.columns + reach;
    for (let position = 0; position < positions; position += 1) {
      let sum = 0;
      for (let index = 0; index < reach; index += 1) {
        sum += half[index]! * (strip.values[row + position + index]! - strip.values[row + position - 1 - index]!);
      }
      steps[segment * positions + position] = sum;
    }
  }
  const energy = 2 * half.reduce((total, weight) => total + weight * weight, 0);
  const floor = (roundingNoise * Math.sqrt(energy)) / Math.sqrt(strip.linesEach);
  const apart = differencesAlong(steps, strip.segments, positions);
  const noise = Math.max(1.4826 * Math.min(medianSize(steps), medianSize(apart)), floor);
  return {
    segments: strip.segments,
    positions,
    first: strip.first + reach,
    steps,
    noise,
    likeness: likenessOf(steps, strip.segments, positions, noise),
  };
}

/**
 * Differences of segments a quarter of the side apart, scaled to the spread of one: an edge along the side is the same in both and
 * drops out, which it would not from the responses themselves when it is blurred over much of the strip.
 */
function differencesAlong(steps: Float32Array, segments: number, positions: number): Float32Array {
  const lag = Math.max(segments >> 2, 1) * positions;
  return Float32Array.from(
    { length: Math.max(steps.length - lag, 0) },
    (_, at) => (steps[at + lag]! - steps[at]!) / Math.SQRT2,
  );
}

function medianSize(values: Float32Array): number {
  const sizes = values.map(Math.abs).sort();
  return sizes[sizes.length >> 1] ?? Infinity;
}

/** Correlation of neighbouring segments; edges, being few and large, are cut down to twice the noise first. */
function likenessOf(steps: Float32Array, segments: number, positions: number, noise: number): number {
  const limit = 2 * noise;
  const cut = (value: number) => Math.min(Math.max(value, -limit), limit);
  const perPosition: number[] = [];
  for (let position = 0; position < positions; position += 1) {
    let product = 0;
    let square = 0;
    for (let segment = 1; segment < segments; segment += 1) {
      const here = cut(steps[segment * positions + position]!);
      const before = cut(steps[(segment - 1) * positions + position]!);
      product += here * before;
      square += (here * here + before * before) / 2;
    }
    perPosition.push(square > 0 ? product / square : 0);
  }
  perPosition.sort((a, b) => a - b);
  return Math.min(Math.max(perPosition[positions >> 1] ?? 0, 0), 0.5);
}
