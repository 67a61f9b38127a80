import type { PolygonGeometry, Shape, ShapeId } from '#shared/domain/annotation.ts';
import { geometryContains } from '#shared/geometry/intervals.ts';
import { subtract, unite } from '#shared/geometry/regions.ts';
import { rectBetween, unionOf, type Point } from '../../geometry.ts';
import { slicedShape } from '../../shapes/cutting.ts';
import type { Place } from '../../shapes/paths.ts';
import { mappedPath, toPlace } from '../../shapes/paths.ts';
import { withSharedVertices, type PathPoint } from '../../snapping.ts';
import type { ToolEffect, ToolView } from '../tool.ts';
import type { PathTool } from '../tool-state.ts';

/** Tools whose line is a shape of its own. */
export function makesShape(tool: PathTool): tool is 'polygon' | 'polyline' {
  return tool === 'polygon' || tool === 'polyline';
}

/** Tools whose line is closed. */
export function isRing(tool: PathTool): boolean {
  return tool === 'polygon' || tool === 'hole' || tool === 'part';
}

/** The fewest points that are something. */
export function fewest(tool: PathTool): number {
  return isRing(tool) ? 3 : 2;
}

/**
 * The shape that a line begun at a point is for: a new one, or for rings the selected polygon, or else for a hole the topmost
 * one there. Null where there is none. (A cut finds what it cuts when it is done.)
 */
export function targetOf(tool: PathTool, at: Point, view: ToolView): ShapeId | null {
  if (makesShape(tool) || tool === 'slice') return view.newId();
  const isPolygon = (id: ShapeId | undefined): boolean =>
    id !== undefined && view.shape(id)?.geometry.type === 'polygon';
  const [only, ...others] = view.selection;
  if (only !== undefined && others.length === 0 && isPolygon(only)) return only;
  return tool === 'hole' ? (view.shapesAt(at).find(isPolygon) ?? null) : null;
}

/** The shape that points make so far; a polygon of two points is still a line, and one point is nothing. */
export function shapeOfPath(
  tool: 'polygon' | 'polyline',
  id: ShapeId,
  points: readonly Point[],
  view: ToolView,
): Shape | null {
  if (points.length < 2) return null;
  const places = points.map(({ x, y }): Place => [x, y]);
  const closed = tool === 'polygon' && places.length >= 3;
  return {
    id,
    label: view.label,
    geometry: closed
      ? { type: 'polygon', parts: [{ outer: places, holes: [] }] }
      : { type: 'polyline', points: places },
    attributes: {},
    origin: 'hand',
  };
}

/** What is to be done when a line is finished. */
export function endOf(tool: PathTool, id: ShapeId, points: readonly PathPoint[], view: ToolView): ToolEffect[] {
  if (tool === 'slice') return sliceEffects(points, view);
  const shared = withSharedVertices(points, (each) => view.shape(each));
  if (makesShape(tool)) {
    const shape = shapeOfPath(tool, id, points, view);
    if (!shape) return [];
    return [
      { type: 'commit', label: 'draw', shapes: [...shared, shape] },
      { type: 'select', ids: [id] },
    ];
  }
  const target = view.shape(id);
  if (target?.geometry.type !== 'polygon') return [];
  const ring = points.map(({ x, y }): Place => [x, y]);
  const geometry = tool === 'hole' ? withHole(target.geometry, ring) : withPart(target.geometry, ring);
  // What a hole takes away completely stays: deleting is done on purpose, not by cutting.
  if (!geometry) return [];
  return [{ type: 'commit', label: 'reshape', shapes: [...shared, { ...target, geometry }] }];
}

/** A ring wholly inside one part becomes a hole as it was drawn; one that crosses an outline is cut out of it. */
function withHole(polygon: PolygonGeometry, ring: Place[]): PolygonGeometry | null {
  const cut: PolygonGeometry = { type: 'polygon', parts: [{ outer: ring, holes: [] }] };
  const part = polygon.parts.findIndex(({ outer, holes }) =>
    isInside(ring, { type: 'polygon', parts: [{ outer, holes }] }),
  );
  if (part < 0 || touches(polygon, cut)) return rounded(subtract(polygon, cut));
  const parts = polygon.parts.map((each, index) =>
    index === part ? { outer: each.outer, holes: [...each.holes, ring] } : each,
  );
  return { type: 'polygon', parts };
}

/** A ring apart from the others becomes a part as it was drawn; one that touches another is joined to it. */
function withPart(polygon: PolygonGeometry, ring: Place[]): PolygonGeometry {
  const added: PolygonGeometry = { type: 'polygon', parts: [{ outer: ring, holes: [] }] };
  const apart = !isInside(ring.slice(0, 1), polygon) && !touches(polygon, added);
  if (apart) return { type: 'polygon', parts: [...polygon.parts, ...added.parts] };
  return rounded(unite(polygon, added))!;
}

function isInside(places: readonly Place[], polygon: PolygonGeometry): boolean {
  return places.every(([x, y]) => geometryContains(polygon, x, y));
}

/** True where an edge of one crosses an edge of the other, or one has a vertex inside the other's area on either side. */
function touches(a: PolygonGeometry, b: PolygonGeometry): boolean {
  const edges = (polygon: PolygonGeometry): [Place, Place][] =>
    polygon.parts.flatMap(({ outer, holes }) =>
      [outer, ...holes].flatMap((ring) =>
        ring.map((place, index): [Place, Place] => [place, ring[(index + 1) % ring.length]!]),
      ),
    );
  const others = edges(b);
  return edges(a).some((edge) => others.some((other) => crosses(edge, other)));
}

function crosses([a, b]: [Place, Place], [c, d]: [Place, Place]): boolean {
  if (Math.max(a[0], b[0]) < Math.min(c[0], d[0]) || Math.max(c[0], d[0]) < Math.min(a[0], b[0])) return false;
  if (Math.max(a[1], b[1]) < Math.min(c[1], d[1]) || Math.max(c[1], d[1]) < Math.min(a[1], b[1])) return false;
  const side = (p: Place, q: Place, r: Place): number =>
    Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]));
  return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
}

/** Cuts the selected polygons and masks, or with none selected every one that the line goes through. */
function sliceEffects(line: readonly Point[], view: ToolView): ToolEffect[] {
  const area = unionOf(line.map((point) => rectBetween(point, point)))!;
  const chosen = view.selection.map((id) => view.shape(id)).filter((shape) => shape !== undefined);
  const cut = (chosen.length > 0 ? chosen : view.shapesIn(area)).flatMap((shape) => {
    const pieces = slicedShape(shape, line, () => view.newId());
    return pieces ? [pieces] : [];
  });
  const pieces = cut.flat();
  if (pieces.length === 0) return [];
  const only = cut.length === 1 ? cut[0]![0]!.id : null;
  return [
    { type: 'commit', label: 'slice', shapes: pieces, ...(only === null ? {} : { above: only }) },
    { type: 'select', ids: pieces.map(({ id }) => id) },
  ];
}

/** Places as a hand would make them: what two outlines cut each other at has no end of digits. */
function rounded(polygon: PolygonGeometry | null): PolygonGeometry | null {
  return polygon && mappedPath(polygon, ([x, y]) => toPlace({ x, y }));
}
