import type { BoxEdges } from '#renderer/fit/box-side.ts';
import type { LuminanceCrop } from '#renderer/fit/luminance.ts';
import { seeded } from '#test/support/seeded.ts';

/** A made picture of one object whose box is known to a fraction of a pixel. */
export interface FitScene {
  readonly crop: LuminanceCrop;
  readonly truth: BoxEdges;
  readonly regime: Regime;
  readonly form: 'rectangle' | 'ellipse';
  readonly blur: number;
  /** Step between object and ground over the spread of the noise. */
  readonly contrastToNoise: number;
}

/** What the light was like. `contrast` and `ground` are grey levels of 255, `read` the spread of noise without light. */
interface Regime {
  readonly name: 'day' | 'low light' | 'low contrast';
  readonly ground: readonly [number, number];
  readonly contrast: readonly [number, number];
  readonly texture: readonly [number, number];
  /** Spread of shot noise at full light, grey levels. */
  readonly shot: readonly [number, number];
  readonly read: readonly [number, number];
}

const regimes: readonly Regime[] = [
  { name: 'day', ground: [60, 190], contrast: [30, 110], texture: [0, 10], shot: [0, 8], read: [0, 2] },
  { name: 'low light', ground: [10, 40], contrast: [12, 50], texture: [0, 3], shot: [4, 16], read: [1, 4] },
  { name: 'low contrast', ground: [60, 190], contrast: [8, 25], texture: [0, 3], shot: [0, 4], read: [0.5, 2] },
];

/** Normally distributed numbers (Box-Muller). */
export function gaussian(next: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

const margin = 34;

/** Draws the scene of one seed: rectangle or ellipse of 16 to 400 pixels, every light, blur of 0 to 3 pixels. */
export function makeScene(seed: number): FitScene {
  const next = seeded(seed);
  const between = (low: number, high: number) => low + (high - low) * next();
  const regime = regimes[seed % regimes.length]!;
  const form = next() < 0.5 ? 'rectangle' : 'ellipse';
  const long = Math.exp(between(Math.log(24), Math.log(400)));
  const short = Math.max(16, long * between(0.35, 1));
  const [w, h] = next() < 0.5 ? [long, short] : [short, long];
  const left = margin + next();
  const top = margin + next();
  const truth = { left, top, right: left + w, bottom: top + h };
  const width = Math.ceil(truth.right) + margin;
  const height = Math.ceil(truth.bottom) + margin;
  const blur = between(0, 3);
  const ground = between(...regime.ground);
  const sign = ground > 128 || (ground > 60 && next() < 0.5) ? -1 : 1;
  const contrast = between(...regime.contrast);
  const texture = between(...regime.texture);

  const values = new Float32Array(width * height);
  const outside = valueNoise(width, height, next);
  const inside = valueNoise(width, height, next);
  const share = form === 'rectangle' ? rectangleShare(truth) : ellipseShare(truth);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      const part = share(x, y);
      values[at] = ground + sign * contrast * part + texture * (part * inside[at]! + (1 - part) * outside[at]!);
    }
  }
  blurInPlace(values, width, height, blur);
  const shot = between(...regime.shot);
  const read = between(...regime.read);
  const normal = gaussian(next);
  for (let at = 0; at < values.length; at += 1) {
    const light = Math.max(values[at]!, 0);
    const spread = Math.sqrt((shot * shot * light) / 255 + read * read);
    values[at] = Math.min(Math.max(Math.round(light + spread * normal()), 0), 255) / 255;
  }
  const spread = Math.sqrt((shot * shot * ground) / 255 + read * read);
  const contrastToNoise = contrast / Math.max(spread, 0.3);
  return { crop: { x: 0, y: 0, width, height, values }, truth, regime, form, blur, contrastToNoise };
}

/** Share of pixel (x, y) that a rectangle covers, exactly. */
function rectangleShare({ left, top, right, bottom }: BoxEdges): (x: number, y: number) => number {
  return (x, y) =>
    Math.min(Math.max(Math.min(x + 1, right) - Math.max(x, left), 0), 1) *
    Math.min(Math.max(Math.min(y + 1, bottom) - Math.max(y, top), 0), 1);
}

/** The same for an ellipse, from 8 x 8 points. */
function ellipseShare({ left, top, right, bottom }: BoxEdges): (x: number, y: number) => number {
  const a = (right - left) / 2;
  const b = (bottom - top) / 2;
  const far = (x: number, y: number) => ((x - left) / a - 1) ** 2 + ((y - top) / b - 1) ** 2;
  const slack = 2 / Math.min(a, b);
  return (x, y) => {
    const middle = Math.sqrt(far(x + 0.5, y + 0.5));
    if (middle > 1 + slack) return 0;
    if (middle < 1 - slack) return 1;
    let inside = 0;
    for (let index = 0; index < 64; index += 1) {
      if (far(x + ((index & 7) + 0.5) / 8, y + ((index >> 3) + 0.5) / 8) <= 1) inside += 1;
    }
    return inside / 64;
  };
}

/** Smooth noise of two sizes, spread about 1. */
function valueNoise(width: number, height: number, next: () => number): Float32Array {
  const values = new Float32Array(width * height);
  for (const [cell, share] of [
    [5 + 6 * next(), 1],
    [14 + 20 * next(), 1.4],
  ] as const) {
    const columns = Math.ceil(width / cell) + 2;
    const grid = Float32Array.from({ length: columns * (Math.ceil(height / cell) + 2) }, () => 2 * next() - 1);
    const ease = (t: number) => t * t * (3 - 2 * t);
    for (let y = 0; y < height; y += 1) {
      const row = Math.floor(y / cell);
      const v = ease(y / cell - row);
      for (let x = 0; x < width; x += 1) {
        const column = Math.floor(x / cell);
        const u = ease(x / cell - column);
        const at = row * columns + column;
        const upper = grid[at]! * (1 - u) + grid[at + 1]! * u;
        const lower = grid[at + columns]! * (1 - u) + grid[at + columns + 1]! * u;
        values[y * width + x]! += share * (upper * (1 - v) + lower * v);
      }
    }
  }
  return values;
}

/** Gaussian blur, one direction after the other. */
export function blurInPlace(values: Float32Array, width: number, height: number, sigma: number): void {
  if (sigma < 0.05) return;
  const reach = Math.ceil(3 * sigma);
  const kernel = Float64Array.from({ length: 2 * reach + 1 }, (_, at) =>
    Math.exp(-((at - reach) ** 2) / (2 * sigma ** 2)),
  );
  const sum = kernel.reduce((total, weight) => total + weight, 0);
  const pass = (count: number, length: number, start: (line: number) => number, stride: number) => {
    const line = new Float32Array(length);
    for (let index = 0; index < count; index += 1) {
      const origin = start(index);
      for (let at = 0; at < length; at += 1) line[at] = values[origin + at * stride]!;
      for (let at = 0; at < length; at += 1) {
        let total = 0;
        for (let tap = -reach; tap <= reach; tap += 1) {
          total += kernel[tap + reach]! * line[Math.min(Math.max(at + tap, 0), length - 1)]!;
        }
        values[origin + at * stride] = total / sum;
      }
    }
  };
  pass(height, width, (y) => y * width, 1);
  pass(width, height, (x) => x, width);
}

/** A box with each side moved by up to `most` pixels, evenly, either way. */
export function movedBox(box: BoxEdges, most: number, next: () => number): BoxEdges {
  const by = () => (2 * next() - 1) * most;
  return { left: box.left + by(), top: box.top + by(), right: box.right + by(), bottom: box.bottom + by() };
}
