import type { Geometry } from '#shared/domain/annotation.ts';
import { drawnBoxKind } from './box/box-drawn.shape.ts';
import type { DrawnKind } from './drawn-kind.ts';
import { drawnEllipseKind } from './ellipse/ellipse-drawn.shape.ts';
import { drawnMaskKind } from './mask/mask-drawn.shape.ts';
import { drawnPointKind } from './point/point-drawn.shape.ts';
import { drawnPolygonKind } from './polygon/polygon-drawn.shape.ts';
import { drawnPolylineKind } from './polyline/polyline-drawn.shape.ts';
import { drawnRotatedBoxKind } from './rotated-box/rotated-box-drawn.shape.ts';

/** Tags and spans of sound lie nowhere in a picture, so there is no way to draw one. */
export type DrawnGeometry = Exclude<Geometry, { type: 'tag' | 'span' | 'passage' }>;

type GeometryOf<Type extends Geometry['type']> = Extract<Geometry, { type: Type }>;

const drawnKinds: { readonly [Type in DrawnGeometry['type']]: DrawnKind<GeometryOf<Type>> } = {
  box: drawnBoxKind,
  'rotated-box': drawnRotatedBoxKind,
  polygon: drawnPolygonKind,
  polyline: drawnPolylineKind,
  point: drawnPointKind,
  ellipse: drawnEllipseKind,
  mask: drawnMaskKind,
};

/** How shapes of this geometry's kind are drawn; null for what is not drawn on the picture. */
export function drawnKindOf<G extends Geometry>(geometry: G): DrawnKind<G> | null {
  if (geometry.type === 'tag' || geometry.type === 'span' || geometry.type === 'passage') return null;
  return drawnKinds[geometry.type] as unknown as DrawnKind<G>;
}
