import { difference, intersection, union, type Geom } from 'polyclip-ts';
import type { Pixels, PolygonGeometry } from '../domain/annotation.ts';

type Ring = [Pixels, Pixels][];

/** Everything that lies in any of the polygons. At least one. */
export function unite(first: PolygonGeometry, ...others: readonly PolygonGeometry[]): PolygonGeometry {
  return polygonOf(union(regionOf(first), ...others.map(regionOf)))!;
}

/** What lies in both; null where that is nothing. */
export function intersect(a: PolygonGeometry, b: PolygonGeometry): PolygonGeometry | null {
  return polygonOf(intersection(regionOf(a), regionOf(b)));
}

/** What lies in the first and not in the second; null where nothing is left. */
export function subtract(from: PolygonGeometry, gone: PolygonGeometry): PolygonGeometry | null {
  return polygonOf(difference(regionOf(from), regionOf(gone)));
}

function regionOf({ parts }: PolygonGeometry): Geom {
  return parts.map(({ outer, holes }) => [outer, ...holes]);
}

/** The library repeats the first point of a ring at its end; ours do not. */
function polygonOf(region: readonly (readonly Ring[])[]): PolygonGeometry | null {
  const parts = region.map(([outer, ...holes]) => ({ outer: open(outer!), holes: holes.map(open) }));
  return parts.length === 0 ? null : { type: 'polygon', parts };
}

function open(ring: Ring): Ring {
  const [first, last] = [ring[0]!, ring.at(-1)!];
  return first[0] === last[0] && first[1] === last[1] ? ring.slice(0, -1) : ring;
}
