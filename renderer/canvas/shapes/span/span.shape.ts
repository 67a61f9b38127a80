import type { SpanGeometry } from '#shared/domain/annotation.ts';
import type { ShapeKind } from '../shape-kind.ts';

/** A stretch of sound: it lies nowhere in a picture, so nothing on the canvas touches it. */
export const spanShape: ShapeKind<SpanGeometry> = {
  type: 'span',
  bounds: () => null,
  area: () => 0,
  contains: () => false,
  moved: (span) => span,
  resized: (span) => span,
};
