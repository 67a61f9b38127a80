import type { PassageGeometry, SpanGeometry } from '#shared/domain/annotation.ts';
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

/** A passage of text, which lies nowhere in a picture either. */
export const passageShape: ShapeKind<PassageGeometry> = {
  type: 'passage',
  bounds: () => null,
  area: () => 0,
  contains: () => false,
  moved: (passage) => passage,
  resized: (passage) => passage,
};
