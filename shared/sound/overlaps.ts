import type { Proposal } from '../domain/annotation.ts';

/**
 * Proposals of which none overlaps another, whatever their tiers and channels: where two do, the surer one has the stretch, and the other what
 * is left of it on either side, as far as that is not shorter than `shortest`. In order of time.
 *
 * @param proposals segments; of each tier and channel by itself none overlaps another
 * @param shortest frames
 */
export function withoutOverlaps(proposals: readonly Omit<Proposal, 'id'>[], shortest: number): Omit<Proposal, 'id'>[] {
  const taken: Omit<Proposal, 'id'>[] = [];
  for (const proposal of proposals.toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0))) {
    const { geometry } = proposal;
    if (geometry.type !== 'span') continue;
    let from = geometry.start;
    for (let at = firstEndingAfter(taken, from); from < geometry.end; at += 1) {
      const [start, end] = bounds(taken[at]);
      const to = Math.min(start, geometry.end);
      if (to - from >= shortest || (from === geometry.start && to === geometry.end)) {
        taken.splice(at, 0, { ...proposal, geometry: { ...geometry, start: from, end: to } });
        at += 1;
      }
      from = end;
    }
  }
  return taken;
}

/** Where a segment lies; beyond everything for none. */
function bounds(segment: Omit<Proposal, 'id'> | undefined): readonly [start: number, end: number] {
  const geometry = segment?.geometry;
  return geometry?.type === 'span' ? [geometry.start, geometry.end] : [Infinity, Infinity];
}

/** The first of segments in order that ends behind a frame. */
function firstEndingAfter(segments: readonly Omit<Proposal, 'id'>[], frame: number): number {
  let [low, high] = [0, segments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bounds(segments[middle])[1] > frame) high = middle;
    else low = middle + 1;
  }
  return low;
}
