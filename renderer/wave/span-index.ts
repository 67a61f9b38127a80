import type { Geometry, ShapeId, SpanGeometry } from '#shared/domain/annotation.ts';
import { Intervals } from './intervals.ts';

/** What can be laid out in time: a segment, or a proposal of one. */
export interface Timed {
  readonly id: ShapeId;
  readonly label: string | null;
  readonly text?: string | undefined;
  readonly geometry: SpanGeometry;
}

/** A segment with its place among the others. */
export interface Placed<T extends Timed = Timed> {
  /** As the document has it; another object where it says something else at the same place. */
  shape: T;
  readonly start: number;
  readonly end: number;
  /** Its number in time, from 1, over all tiers. */
  readonly number: number;
  /** Segments of a tier that overlap share its height: which share this one has, and of how many. */
  readonly lane: number;
  readonly lanes: number;
}

/** All segments by tier and by id. */
export interface SpanIndex<T extends Timed = Timed> {
  /** Tiers that have something, in the order in which they are met. */
  readonly tiers: ReadonlyMap<string, Intervals<Placed<T>>>;
  readonly byId: ReadonlyMap<ShapeId, Placed<T>>;
}

/** Puts segments in order, by start and then by end; whatever has no place in time is left out. */
export function indexSpans<S extends { readonly id: ShapeId; readonly geometry: Geometry }, T extends S & Timed>(
  shapes: readonly S[],
): SpanIndex<T> {
  const timed = shapes.filter((shape): shape is T => shape.geometry.type === 'span');
  timed.sort((a, b) => a.geometry.start - b.geometry.start || a.geometry.end - b.geometry.end);
  const stacks = new Map<string, Stack<T>>();
  const byId = new Map<ShapeId, Placed<T>>();
  for (const [at, shape] of timed.entries()) {
    const { tier } = shape.geometry;
    let stack = stacks.get(tier);
    if (!stack) stacks.set(tier, (stack = new Stack()));
    byId.set(shape.id, stack.place(shape, at + 1));
  }
  return { tiers: new Map([...stacks].map(([tier, { items }]) => [tier, new Intervals(items)])), byId };
}

/**
 * Puts what stands in segments now into their places, where nothing else is different: no segment more or fewer, none elsewhere.
 * @returns the segments that say something else; null where their places are to be found anew
 */
export function updateSpans<S extends { readonly id: ShapeId; readonly geometry: Geometry }, T extends S & Timed>(
  index: SpanIndex<T>,
  before: readonly S[],
  after: readonly S[],
): { was: S; is: S }[] | null {
  if (before.length !== after.length) return null;
  const changed: { was: S; is: S }[] = [];
  for (let at = 0; at < after.length; at += 1) {
    const [was, is] = [before[at]!, after[at]!];
    if (was === is) continue;
    if (was.id !== is.id || was.geometry !== is.geometry) return null;
    changed.push({ was, is });
  }
  for (const { is } of changed) {
    const placed = index.byId.get(is.id);
    if (placed) placed.shape = is as unknown as T;
  }
  return changed;
}

/** Gives each of a run of overlapping segments the first share of the height that is free where it begins. */
class Stack<T extends Timed> {
  readonly items: Placed<T>[] = [];
  #run: { lanes: number }[] = [];
  #ends: number[] = [];
  #furthest = -Infinity;

  place(shape: T, number: number): Placed<T> {
    const { start, end } = shape.geometry;
    if (start >= this.#furthest) {
      this.#run = [];
      this.#ends = [];
    }
    this.#furthest = Math.max(this.#furthest, end);
    const free = this.#ends.findIndex((other) => other <= start);
    const lane = free < 0 ? this.#ends.length : free;
    this.#ends[lane] = end;
    const placed = { shape, start, end, number, lane, lanes: this.#ends.length };
    this.#run.push(placed);
    if (free < 0) for (const other of this.#run) other.lanes = this.#ends.length;
    this.items.push(placed);
    return placed;
  }
}
