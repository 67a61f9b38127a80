import type { Change, Geometry, Shape } from '#shared/domain/annotation.ts';
import { unionOf, type Rect } from '../geometry.ts';
import { boxShape } from './box/box.shape.ts';
import { ellipseShape } from './ellipse/ellipse.shape.ts';
import { maskShape } from './mask/mask.shape.ts';
import { pointShape } from './point/point.shape.ts';
import { polygonShape } from './polygon/polygon.shape.ts';
import { polylineShape } from './polyline/polyline.shape.ts';
import { rotatedBoxShape } from './rotated-box/rotated-box.shape.ts';
import type { ShapeKind } from './shape-kind.ts';
import { passageShape, spanShape } from './span/span.shape.ts';
import { tagShape } from './tag/tag.shape.ts';

type GeometryOf<Type extends Geometry['type']> = Extract<Geometry, { type: Type }>;

/** Every kind of shape; a new one is a folder beside `box/`, a row here and a row in drawn-kinds.ts. */
const shapeKinds: { readonly [Type in Geometry['type']]: ShapeKind<GeometryOf<Type>> } = {
  box: boxShape,
  'rotated-box': rotatedBoxShape,
  polygon: polygonShape,
  polyline: polylineShape,
  point: pointShape,
  ellipse: ellipseShape,
  mask: maskShape,
  tag: tagShape,
  span: spanShape,
  passage: passageShape,
};

/** Bounds of outlines that are long to walk along; geometries are values, so they never change. */
const known = new WeakMap<Geometry, Rect | null>();

/** The kind that a geometry is of. */
export function kindOf<G extends Geometry>(geometry: G): ShapeKind<G> {
  return shapeKinds[geometry.type] as unknown as ShapeKind<G>;
}

/** The smallest rectangle around a geometry (image pixels); null for what lies nowhere in it. */
export function boundsOf(geometry: Geometry): Rect | null {
  if (geometry.type === 'box') return boxShape.bounds(geometry);
  let bounds = known.get(geometry);
  if (bounds === undefined) known.set(geometry, (bounds = kindOf(geometry).bounds(geometry)));
  return bounds;
}

/** The smallest rectangle around all of the shapes that lie in the picture; null when none does. */
export function boundsOfAll(shapes: readonly Shape[]): Rect | null {
  return unionOf(shapes.map(({ geometry }) => boundsOf(geometry)).filter((bounds) => bounds !== null));
}

/** The shape moved by image pixels; the very same object when it does not move. */
export function movedShape(shape: Shape, dx: number, dy: number): Shape {
  if (dx === 0 && dy === 0) return shape;
  return withGeometry(shape, kindOf(shape.geometry).moved(shape.geometry, dx, dy));
}

/** The shape turned clockwise about its centre; the very same object where its kind can't be turned. */
export function turnedShape(shape: Shape, degrees: number): Shape {
  const turned = kindOf(shape.geometry).turned?.(shape.geometry, degrees);
  return turned ? withGeometry(shape, turned) : shape;
}

/** What dragging a handle of such a geometry is called in the journal. */
export function dragLabelOf(geometry: Geometry, handle: string): Change['label'] {
  return kindOf(geometry).dragLabel?.(handle) ?? 'resize';
}

/** The shape with another geometry; the very same object when it is the same geometry. */
export function withGeometry(shape: Shape, geometry: Geometry): Shape {
  return geometry === shape.geometry ? shape : { ...shape, geometry };
}
