import type { BoxGeometry, Geometry } from '#shared/domain/annotation.ts';

/** A geometry that a test knows to be a box. */
export function boxOf(geometry: Geometry | null | undefined): BoxGeometry {
  if (geometry?.type !== 'box') throw new Error(`a box, not ${geometry?.type ?? 'nothing'}`);
  return geometry;
}
