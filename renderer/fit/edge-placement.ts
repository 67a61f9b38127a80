import type { EdgeResponse } from './edge-response.ts';

/**
 * The course of an edge along a side: `bend` pixels further inside at the ends of its support than at its outermost point, which is
 * `middle` of the way along. A straight one has no bend. A box touches most things along such a course: a car's flank is straight, a
 * wheel, a head or a cell touches at one point and falls away as a parabola.
 */
export interface Course {
  /** Share of the side at which it is outermost. */
  readonly middle: number;
  /** Half the support, as a share of the side. */
  readonly half: number;
  readonly bend: number;
}

/** Points of an edge: where along its course (-1 to 1), at which position, and how much to rely on it. */
interface EdgePoint {
  readonly aside: number;
  readonly position: number;
  readonly weight: number;
}

/** Pixels around the course in which a segment's own edge is looked for. */
const searchAround = 2;
/** Rounds of leaving out what does not fit. */
const rounds = 3;

/**
 * Places an edge that was found along a course: each segment says where its own step is steepest, and a straight line across or a parabola
 * goes through these points, outliers counting less each round (Tukey's biweight). Adding responses along the course alone would place a
 * blurred round edge too far inside. Answers the position of the outermost point and its standard error, in pixels; null when the points do not
 * agree on one.
 */
export function placeEdge(
  response: EdgeResponse,
  course: Course,
  position: number,
  polarity: 1 | -1,
): { position: number; error: number } | null {
  const points = pointsAlong(response, course, position, polarity);
  const unknowns = course.bend === 0 ? 1 : 3;
  if (points.length < 2 * unknowns) return null;
  let factors = points.map(() => 1);
  let fitted: { at: (aside: number) => number; outermost: number; error: number } | null = null;
  for (let round = 0; round < rounds; round += 1) {
    const weighed = points.map((point, index) => ({ ...point, weight: point.weight * factors[index]! }));
    fitted = unknowns === 1 ? fitAcross(weighed) : fitParabola(weighed);
    if (!fitted) return null;
    const { at } = fitted;
    const residuals = points.map(({ aside, position: here }) => Math.abs(here - at(aside)));
    const limit = 4.685 * Math.max(1.4826 * median(residuals), 0.05);
    factors = residuals.map((residual) => (residual < limit ? (1 - (residual / limit) ** 2) ** 2 : 0));
  }
  return fitted && { position: fitted.outermost, error: fitted.error };
}

function pointsAlong(
  { segments, positions, steps, noise }: EdgeResponse,
  course: Course,
  position: number,
  polarity: 1 | -1,
): EdgePoint[] {
  const middle = course.middle * segments;
  const half = course.half * segments;
  const points: EdgePoint[] = [];
  const first = Math.max(Math.ceil(middle - half - 0.5), 0);
  const last = Math.min(Math.floor(middle + half - 0.5), segments - 1);
  for (let segment = first; segment <= last; segment += 1) {
    const aside = (segment + 0.5 - middle) / half;
    const expected = position + course.bend * aside * aside;
    const from = Math.max(Math.round(expected - searchAround), 1);
    const to = Math.min(Math.round(expected + searchAround), positions - 2);
    let best = -1;
    let most = 0;
    for (let at = from; at <= to; at += 1) {
      const step = polarity * steps[segment * positions + at]!;
      if (step > most) [best, most] = [at, step];
    }
    // A rise that goes on beyond what was searched belongs to another edge.
    if (best < 0 || most < noise) continue;
    const before = polarity * steps[segment * positions + best - 1]!;
    const after = polarity * steps[segment * positions + best + 1]!;
    if (before > most || after > most || before <= 0 || after <= 0) continue;
    // A blurred step answers with a Gaussian, whose logarithm is a parabola.
    const [rise, top, fall] = [Math.log(before), Math.log(most), Math.log(after)];
    const curve = rise - 2 * top + fall;
    if (curve >= 0) continue;
    const times = most / noise;
    points.push({
      aside,
      position: best + (0.5 * (rise - fall)) / curve,
      weight: (times * times) / (1 + (times * times) / 100),
    });
  }
  return points;
}

function fitAcross(points: readonly EdgePoint[]) {
  let sum = 0;
  let weights = 0;
  for (const { position, weight } of points) {
    sum += weight * position;
    weights += weight;
  }
  if (weights === 0) return null;
  const outermost = sum / weights;
  const spread = Math.sqrt(
    points.reduce((total, { position, weight }) => total + weight * (position - outermost) ** 2, 0) / weights,
  );
  return { at: () => outermost, outermost, error: spread / Math.sqrt(effective(points)) };
}

/** Least squares of `a + b t + c t^2`; null unless it opens inwards with its outermost point on the support. */
function fitParabola(points: readonly EdgePoint[]) {
  const moments = [0, 0, 0, 0, 0];
  const sums = [0, 0, 0];
  for (const { aside, position, weight } of points) {
    let power = weight;
    for (let order = 0; order <= 4; order += 1) {
      moments[order]! += power;
      if (order <= 2) sums[order]! += power * position;
      power *= aside;
    }
  }
  const [m0, m1, m2, m3, m4] = moments as [number, number, number, number, number];
  const [s0, s1, s2] = sums as [number, number, number];
  const determinant = m0 * (m2 * m4 - m3 * m3) - m1 * (m1 * m4 - m2 * m3) + m2 * (m1 * m3 - m2 * m2);
  if (Math.abs(determinant) < 1e-9 * m0 ** 3) return null;
  const a = (s0 * (m2 * m4 - m3 * m3) - m1 * (s1 * m4 - m3 * s2) + m2 * (s1 * m3 - m2 * s2)) / determinant;
  const b = (m0 * (s1 * m4 - m3 * s2) - s0 * (m1 * m4 - m2 * m3) + m2 * (m1 * s2 - s1 * m2)) / determinant;
  const c = (m0 * (m2 * s2 - m3 * s1) - m1 * (m1 * s2 - m2 * s1) + s0 * (m1 * m3 - m2 * m2)) / determinant;
  if (c <= 0 || Math.abs(b) > 2 * c) return null;
  const at = (aside: number) => a + b * aside + c * aside * aside;
  const spread = Math.sqrt(
    points.reduce((total, { aside, position, weight }) => total + weight * (position - at(aside)) ** 2, 0) / m0,
  );
  // A parabola's vertex is known half as well as a mean of as many points: factor 9/4 in variance.
  return { at, outermost: a - (b * b) / (4 * c), error: (1.5 * spread) / Math.sqrt(effective(points)) };
}

/** As how many equally trusted points they count (Kish). */
function effective(points: readonly EdgePoint[]): number {
  let sum = 0;
  let squares = 0;
  for (const { weight } of points) {
    sum += weight;
    squares += weight * weight;
  }
  return squares > 0 ? (sum * sum) / squares : 1;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
