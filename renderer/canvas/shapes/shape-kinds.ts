import type { Geometry, Shape } from '#shared/domain/annotation.ts';
import { boxShape } from './box/box.shape.ts';
import type { ShapeKind } from './shape-kind.ts';

type GeometryOf<Type extends Geometry['type']> = Extract<Geometry, { type: Type }>;

/** Every kind of shape; a new one is a folder beside `box/`, a row here and a row in drawn-kinds.ts. */
const shapeKinds: { readonly [Type in Geometry['type']]?: ShapeKind<GeometryOf<Type>> } = {
  box: boxShape,
};

/** The kind that a geometry is of. */
export function kindOf<G extends Geometry>(geometry: G): ShapeKind<G> {
  return shapeKinds[geometry.type] as unknown as ShapeKind<G>;
}

/** The shape moved by image pixels; the very same object when it does not move. */
export function movedShape(shape: Shape, dx: number, dy: number): Shape {
  if (dx === 0 && dy === 0) return shape;
  return { ...shape, geometry: kindOf(shape.geometry).moved(shape.geometry, dx, dy) };
}
