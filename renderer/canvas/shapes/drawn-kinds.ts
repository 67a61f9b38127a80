import type { Geometry } from '#shared/domain/annotation.ts';
import { drawnBoxKind } from './box/box-drawn.shape.ts';
import type { DrawnKind } from './drawn-kind.ts';

type GeometryOf<Type extends Geometry['type']> = Extract<Geometry, { type: Type }>;

const drawnKinds: { readonly [Type in Geometry['type']]?: DrawnKind<GeometryOf<Type>> } = {
  box: drawnBoxKind,
};

/** How shapes of this geometry's kind are drawn. */
export function drawnKindOf<G extends Geometry>(geometry: G): DrawnKind<G> {
  return drawnKinds[geometry.type] as unknown as DrawnKind<G>;
}
