import type { PolygonGeometry } from '#shared/domain/annotation.ts';
import { areaOf } from '#shared/geometry/area.ts';
import { geometryContains, intervalsAt } from '#shared/geometry/intervals.ts';
import { ringArea } from '#shared/geometry/points.ts';
import type { Point } from '../geometry.ts';
import { crossingOf } from './crossing.ts';
import { toPlace, type Place } from './paths.ts';

type Part = PolygonGeometry['parts'][number];

/**
 * The pieces that a drawn line cuts a polygon into, the largest first; null where it does not go right through. Both sides of
 * a cut are made of the same vertices. Ends of the line that stop inside cut nothing; parts that are not cut stay with the
 * largest piece.
 */
export function slicedPolygon(polygon: PolygonGeometry, line: readonly Point[]): PolygonGeometry[] | null {
  const whole: Part[] = [];
  const pieces: Part[] = [];
  for (const part of polygon.parts) {
    const cut = slicedPart(part, line.map(toPlace));
    if (cut.length > 1) pieces.push(...cut);
    else whole.push(part);
  }
  if (pieces.length === 0) return null;
  const sorted = pieces
    .map((part): PolygonGeometry => ({ type: 'polygon', parts: [part] }))
    .toSorted((a, b) => areaOf(b) - areaOf(a));
  const [largest, ...others] = sorted;
  return [{ type: 'polygon', parts: [...largest!.parts, ...whole] }, ...others];
}

/** A stretch of outline or cut between two nodes. */
interface Stretch {
  readonly a: number;
  readonly b: number;
  readonly isCut: boolean;
}

/** The outlines and the cut of one part as a plane graph: its faces are the pieces. */
interface Graph {
  readonly places: readonly Place[];
  readonly stretches: readonly Stretch[];
}

function slicedPart(part: Part, line: readonly Place[]): Part[] {
  let graph = graphOf(part, line);
  for (;;) {
    const faces = facesOf(graph);
    // A stretch of the cut with the same face on both sides (an end that stops inside, a bridge to a hole) cuts nothing.
    const left = graph.stretches.filter((stretch, at) => !stretch.isCut || faces.of[2 * at] !== faces.of[2 * at + 1]);
    if (left.length === graph.stretches.length) {
      return left.some(({ isCut }) => isCut) ? piecesOf(faces.rings, part) : [part];
    }
    graph = { places: graph.places, stretches: left };
  }
}

function graphOf(part: Part, line: readonly Place[]): Graph {
  const places: Place[] = [];
  const known = new Map<string, number>();
  const nodeAt = (place: Place): number => {
    const key = `${place[0]},${place[1]}`;
    let node = known.get(key);
    if (node === undefined) {
      node = places.push(place) - 1;
      known.set(key, node);
    }
    return node;
  };
  const outlines = [part.outer, ...part.holes].flatMap((ring) =>
    ring.map((place, index): [Place, Place] => [place, ring[(index + 1) % ring.length]!]),
  );
  const cuts = line.slice(1).map((place, index): [Place, Place] => [line[index]!, place]);
  /** Nodes on each stretch with how far along they lie. */
  const onOutline = outlines.map((): [along: number, node: number][] => []);
  const onCut = cuts.map((): [along: number, node: number][] => []);
  for (const [at, cut] of cuts.entries()) {
    for (const [index, outline] of outlines.entries()) {
      const met = crossingOf(cut, outline);
      if (!met) continue;
      const node = nodeAt(met.place);
      onCut[at]!.push([met.along, node]);
      onOutline[index]!.push([met.alongOther, node]);
    }
    for (let other = 0; other < at; other += 1) {
      const met = crossingOf(cut, cuts[other]!);
      if (!met) continue;
      const node = nodeAt(met.place);
      onCut[at]!.push([met.along, node]);
      onCut[other]!.push([met.alongOther, node]);
    }
  }
  const stretches = new Map<string, Stretch>();
  const add = (ends: [Place, Place], between: [number, number][], isCut: boolean): void => {
    const nodes = [
      nodeAt(ends[0]),
      ...between.toSorted(([one], [other]) => one - other).map(([, node]) => node),
      nodeAt(ends[1]),
    ];
    for (const [index, b] of nodes.entries()) {
      const a = nodes[index - 1];
      if (a === undefined || a === b) continue;
      const key = a < b ? `${a} ${b}` : `${b} ${a}`;
      if (stretches.has(key)) continue;
      if (isCut && !isWithin(part, places[a]!, places[b]!)) continue;
      stretches.set(key, { a, b, isCut });
    }
  };
  // The outlines first: where the cut runs along one, it is the outline that counts.
  for (const [index, outline] of outlines.entries()) add(outline, onOutline[index]!, false);
  for (const [index, cut] of cuts.entries()) add(cut, onCut[index]!, true);
  return { places, stretches: [...stretches.values()] };
}

function isWithin(part: Part, a: Place, b: Place): boolean {
  return geometryContains({ type: 'polygon', parts: [part] }, (a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
}

interface Faces {
  /** The face on the one side of a stretch (at twice its place) and on the other (the place after). */
  readonly of: readonly number[];
  readonly rings: readonly Place[][];
}

/** Walks around every face, at each node taking the next stretch clockwise. */
function facesOf({ places, stretches }: Graph): Faces {
  // Half-stretches: 2i runs from a to b, 2i + 1 back.
  const from = (half: number): number => (half % 2 === 0 ? stretches[half >> 1]!.a : stretches[half >> 1]!.b);
  const to = (half: number): number => from(half ^ 1);
  const angleOf = (half: number): number => {
    const [a, b] = [places[from(half)]!, places[to(half)]!];
    return Math.atan2(b[1] - a[1], b[0] - a[0]);
  };
  const leaving = Map.groupBy(
    stretches.flatMap((_, at) => [2 * at, 2 * at + 1]),
    from,
  );
  /** By half-stretch: the one to take after it. */
  const next: number[] = [];
  for (const halves of leaving.values()) {
    const sorted = halves.map((half) => ({ half, angle: angleOf(half) })).sort((one, other) => one.angle - other.angle);
    for (const [index, { half }] of sorted.entries()) {
      next[half ^ 1] = sorted[(index + sorted.length - 1) % sorted.length]!.half;
    }
  }
  const of: number[] = [];
  const rings: Place[][] = [];
  for (let start = 0; start < 2 * stretches.length; start += 1) {
    if (of[start] !== undefined) continue;
    const ring: Place[] = [];
    for (let half = start; of[half] === undefined; half = next[half]!) {
      of[half] = rings.length;
      ring.push(places[from(half)]!);
    }
    rings.push(ring);
  }
  return { of, rings };
}

/** From the walks around faces the pieces of the part: walks the other way round are holes of the piece they lie in. */
function piecesOf(rings: readonly Place[][], part: Part): Part[] {
  const areas = rings.map(ringArea);
  const outers = rings
    .map((ring, at) => ({ ring, area: areas[at]! }))
    .filter(({ area }) => area > 0)
    .map((face) => ({ ...face, holes: [] as Place[][], places: new Set(face.ring.map(String)) }));
  for (const [at, ring] of rings.entries()) {
    if (areas[at]! >= 0) continue;
    const [x, y] = ring[0]!;
    const around = outers
      .filter(
        ({ places, area, ring: outer }) =>
          area > -areas[at]! &&
          !ring.some((place) => places.has(String(place))) &&
          geometryContains(polygonOf({ outer, holes: [] }), x, y),
      )
      .toSorted((a, b) => a.area - b.area)[0];
    around?.holes.push(ring.toReversed());
  }
  const whole = polygonOf(part);
  return outers
    .map(({ ring, holes }): Part => ({ outer: ring, holes }))
    .filter((piece) => {
      const inside = pointInside(piece);
      return inside !== null && geometryContains(whole, inside.x, inside.y);
    });
}

/** A point well inside a piece: on the line halfway between two heights of its vertices, in the middle of where it is widest. */
function pointInside(part: Part): Point | null {
  const heights = [...new Set(part.outer.map(([, y]) => y))].sort((a, b) => a - b);
  let best: (Point & { width: number }) | null = null;
  const step = Math.max(1, Math.floor(heights.length / 16));
  for (let index = step; index < heights.length; index += step) {
    const y = (heights[index]! + heights[index - 1]!) / 2;
    const inside = intervalsAt(polygonOf(part), y);
    for (let at = 0; at < inside.length; at += 2) {
      const width = inside[at + 1]! - inside[at]!;
      if (width > (best?.width ?? 0)) best = { x: (inside[at]! + inside[at + 1]!) / 2, y, width };
    }
  }
  return best;
}

function polygonOf(part: Part): PolygonGeometry {
  return { type: 'polygon', parts: [part] };
}
