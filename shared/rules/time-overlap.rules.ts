import type { Instant, Source } from '../domain/time.ts';

/** A stretch in a lane; half open, so one that ends when another begins does not overlap it. */
export interface Stretch {
  start: Instant;
  end: Instant;
}

/**
 * The lane in which a stretch of time must stand alone, or null when it may overlap anything.
 *
 * Presence and activity are one at a time. One may wait for several things at once, so what is waited for is a lane of its own. Measured
 * and stated time are kept apart: a stated stretch may lie beside a measured one, and totals are unions. Imported time is as
 * it came.
 * @param spent what of a `time.spent` entry matters; a lane that was erased overlaps nothing
 */
export function ownLane(spent: { lane?: string; what?: string; source: Source }): string | null {
  const { lane, what, source } = spent;
  if (source === 'imported' || lane === undefined) return null;
  return lane === 'waiting' ? `${source}/${lane}/${what ?? ''}` : `${source}/${lane}`;
}

/**
 * Which neighbour a stretch overlaps, if any. It is enough to look at the stretch that starts before or with it and the one
 * that starts next, provided each stretch that was touched is looked at: neighbours that do not overlap pair by pair do not
 * overlap at all.
 * @param before the last of the lane that starts at or before `stretch.start`; @param after the first that starts later
 */
export function overlappedNeighbour<S extends Stretch>(
  stretch: Stretch,
  before: S | undefined,
  after: S | undefined,
): S | null {
  if (before && before.end > stretch.start) return before;
  if (after && after.start < stretch.end) return after;
  return null;
}
