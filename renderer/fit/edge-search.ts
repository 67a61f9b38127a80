import { edgeResponse, kernelReach, type EdgeResponse } from './edge-response.ts';
import { placeEdge, type Course } from './edge-placement.ts';
import type { SideStrip } from './side-strip.ts';

/** The edge that was found across one side. */
export interface FoundEdge {
  /** Pixels from the side to the edge; positive: the edge lies inside the box. */
  readonly depth: number;
  /** Mean step along the edge, grey values 0 to 1. */
  readonly strength: number;
  /** How far the edge stands out from noise and texture, in standard deviations of what chance gives. */
  readonly significance: number;
  /** 0 (a guess) to 1 (nothing else comes near it). */
  readonly confidence: number;
}

export interface EdgeSearchOptions {
  /** Pixels to look at on either side of the side. */
  readonly window: number;
  /** Significance below which there is no edge. */
  readonly threshold: number;
  /** Scales in pixels, coarse to fine. */
  readonly scales: readonly number[];
  /** Pixels after which an edge counts 1/e of one at the side: of equal edges the nearest is meant. */
  readonly nearness: number;
  /** How many times its noise a segment may count, softly; keeps one strong corner from outvoting a whole side. */
  readonly softLimit: number;
}

export const defaultSearch: EdgeSearchOptions = {
  window: 12,
  threshold: 5,
  scales: [2, 1],
  nearness: 12,
  softLimit: 20,
};

/** Pixels that a curved edge is followed inwards from its outermost point. */
const curveDepth = 4;

/** Columns that a search needs outside and inside of the side. */
export function searchReach({ window, scales }: EdgeSearchOptions): { out: number; inside: number } {
  const reach = kernelReach(Math.max(...scales));
  return { out: window + reach + 1, inside: window + reach + curveDepth + 2 };
}

function coursesFor(segments: number): Course[] {
  const courses: Course[] = [{ middle: 0.5, half: 0.5, bend: 0 }];
  for (const half of [0.3, 0.17]) {
    for (let middle = half; middle <= 1 - half + 1e-9; middle += half / 2) courses.push({ middle, half, bend: 0 });
  }
  for (const half of [0.7, 0.5, 0.36, 0.26, 0.18, 0.13]) {
    if (half * segments < 2) continue;
    const count = Math.ceil(1.6 / half);
    for (let index = 0; index <= count; index += 1) {
      courses.push({ middle: 0.1 + (0.8 * index) / count, half, bend: curveDepth });
    }
  }
  return courses;
}

interface Score {
  /** Significance, signed as the step is: positive when the inside is brighter. */
  readonly value: number;
  readonly course: Course;
  /** Position in the response, not always whole. */
  readonly position: number;
}

/** What one scale says about every course at every place. */
class ScaleSearch {
  readonly response: EdgeResponse;
  readonly #votes: Float32Array;
  /** Segments counted as independent: neighbours that are alike say the same thing twice. */
  readonly #independent: number;

  constructor(strip: SideStrip, sigma: number, softLimit: number) {
    this.response = edgeResponse(strip, sigma);
    const { steps, noise, likeness } = this.response;
    this.#votes = steps.map((step) => {
      const times = step / noise;
      return times / (1 + Math.abs(times) / softLimit);
    });
    this.#independent = (1 - likeness) / (1 + likeness);
  }

  significance(course: Course, position: number): number {
    const { sum, count } = this.#along(this.#votes, course, position);
    return count === 0 ? 0 : (sum / Math.sqrt(count)) * Math.sqrt(this.#independent);
  }

  /** Mean step along the course, grey values. */
  strength(course: Course, position: number): number {
    const { sum, count } = this.#along(this.response.steps, course, position);
    return count === 0 ? 0 : sum / count;
  }

  #along(values: Float32Array, course: Course, position: number): { sum: number; count: number } {
    const { segments, positions } = this.response;
    const middle = course.middle * segments;
    const half = course.half * segments;
    const first = Math.max(Math.ceil(middle - half - 0.5), 0);
    const last = Math.min(Math.floor(middle + half - 0.5), segments - 1);
    let sum = 0;
    let count = 0;
    for (let segment = first; segment <= last; segment += 1) {
      const aside = (segment + 0.5 - middle) / half;
      const at = position + course.bend * aside * aside;
      const whole = Math.floor(at);
      if (whole < 0 || whole + 1 >= positions) continue;
      const share = at - whole;
      const index = segment * positions + whole;
      sum += values[index]! * (1 - share) + values[index + 1]! * share;
      count += 1;
    }
    return { sum, count };
  }
}

/** Looks for the edge that a side is meant to lie on; null when nothing stands out from noise. */
export function findEdge(strip: SideStrip, options: EdgeSearchOptions = defaultSearch): FoundEdge | null {
  const courses = coursesFor(strip.segments);
  let search = new ScaleSearch(strip, options.scales[0]!, options.softLimit);
  const depthOf = (position: number) => search.response.first + position + strip.baseDepth;
  const near = (depth: number) => Math.exp(-Math.abs(depth) / options.nearness);

  const ranked = bestByPosition(search, courses, (position) => Math.abs(depthOf(position)) <= options.window);
  const weighed = hillsOf(ranked).map((score) => ({
    ...score,
    weight: Math.abs(score.value) * near(depthOf(score.position)),
  }));
  const winner = weighed.reduce<(typeof weighed)[number] | null>(
    (best, score) => (best === null || score.weight > best.weight ? score : best),
    null,
  );
  if (!winner || Math.abs(winner.value) < options.threshold) return null;

  let best = refine(search, winner);
  for (const sigma of options.scales.slice(1)) {
    const finer = new ScaleSearch(strip, sigma, options.softLimit);
    const from = { ...best, position: best.position + search.response.first - finer.response.first };
    const found = refine(finer, { ...from, value: 0 });
    // A finer look places the edge better, as long as it sees the same edge at all.
    if (Math.abs(found.position - from.position) > 1.5 || Math.abs(found.value) < options.threshold) break;
    if (Math.sign(found.value) !== Math.sign(winner.value)) break;
    best = found;
    search = finer;
  }
  const placed = placeEdge(search.response, best.course, best.position, best.value > 0 ? 1 : -1);
  const position =
    placed && Math.abs(placed.position - best.position) < 2 && placed.error < 0.5 ? placed.position : best.position;
  const rival = weighed
    .filter((score) => Math.abs(score.position - winner.position) > 2.5)
    .reduce((most, { weight }) => Math.max(most, weight), 0);
  const clear = 1 - Math.exp((options.threshold - Math.abs(winner.value)) / options.threshold);
  return {
    depth: depthOf(position),
    strength: Math.abs(search.strength(best.course, best.position)),
    significance: Math.abs(winner.value),
    confidence: Math.min(Math.max(clear * (1 - 0.5 * Math.min(rival / winner.weight, 1)), 0), 1),
  };
}

/** The course with the greatest significance at each whole position that `allowed` lets through. */
function bestByPosition(
  search: ScaleSearch,
  courses: readonly Course[],
  allowed: (position: number) => boolean,
): Score[] {
  const scores: Score[] = [];
  for (let position = 0; position < search.response.positions; position += 1) {
    if (!allowed(position)) continue;
    let best: Score | null = null;
    for (const course of courses) {
      const value = search.significance(course, position);
      if (best === null || Math.abs(value) > Math.abs(best.value)) best = { value, course, position };
    }
    if (best) scores.push(best);
  }
  return scores;
}

/**
 * The tops among scores of neighbouring positions. Nearness chooses between edges; within the rise of one edge it would only pull the
 * find towards the side.
 */
function hillsOf(scores: readonly Score[]): Score[] {
  const size = (index: number) => Math.abs(scores[index]?.value ?? 0);
  return scores.filter((_, index) =>
    [1, 2].every((by) => size(index) > size(index - by) && size(index) >= size(index + by)),
  );
}

/** Goes from a rough find to the top of the hill it stands on, in place, extent and middle of the course. */
function refine(search: ScaleSearch, start: Score): Score {
  let best: Score = start.value === 0 ? { ...start, value: search.significance(start.course, start.position) } : start;
  for (const step of [1, 0.5, 0.25, 0.125]) {
    for (let round = 0; round < 6; round += 1) {
      const before = best.value;
      for (const [course, position] of around(best, step)) {
        const value = search.significance(course, position);
        if (Math.abs(value) > Math.abs(best.value) + 1e-9) best = { value, course, position };
      }
      if (best.value === before) break;
    }
  }
  return { ...best, position: best.position + vertex(search, best) };
}

function around({ course, position }: Score, step: number): readonly (readonly [Course, number])[] {
  const moves: (readonly [Course, number])[] = [
    [course, position - step],
    [course, position + step],
  ];
  if (course.bend === 0) return moves;
  const wider = 1 + 0.2 * step;
  const aside = 0.1 * course.half * step;
  for (const half of [course.half * wider, course.half / wider]) {
    if (half <= 1) for (const shift of [0, -step, step]) moves.push([{ ...course, half }, position + shift]);
  }
  for (const middle of [course.middle - aside, course.middle + aside]) {
    if (middle >= 0 && middle <= 1) moves.push([{ ...course, middle }, position]);
  }
  return moves;
}

/** Top of the parabola through three scores, half a pixel apart, from the middle one. */
function vertex(search: ScaleSearch, { course, position }: Score): number {
  const before = Math.abs(search.significance(course, position - 0.5));
  const here = Math.abs(search.significance(course, position));
  const after = Math.abs(search.significance(course, position + 0.5));
  const curve = before - 2 * here + after;
  return curve < 0 ? Math.min(Math.max((0.25 * (before - after)) / curve, -0.25), 0.25) : 0;
}
