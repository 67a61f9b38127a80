import type { TagGeometry } from '#shared/domain/annotation.ts';
import type { ShapeKind } from '../shape-kind.ts';

/** Says something of the whole picture: it lies nowhere, so nothing on the canvas touches it. */
export const tagShape: ShapeKind<TagGeometry> = {
  type: 'tag',
  bounds: () => null,
  area: () => 0,
  contains: () => false,
  moved: (tag) => tag,
  resized: (tag) => tag,
};
