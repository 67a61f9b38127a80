import type { Geometry, Shape } from '#shared/domain/annotation.ts';
import { areaOf } from '#shared/geometry/area.ts';
import { boundsOf } from '#shared/geometry/bounds.ts';
import type { useText } from '#renderer/i18n/i18n.ts';
import type { useFormat } from '#renderer/i18n/use-format.ts';

type Text = ReturnType<typeof useText>;
type Format = ReturnType<typeof useFormat>;

/** A shape in words, for a screen reader: what it is and how large. */
export function describedShape({ geometry }: Shape, t: Text, format: Format): string {
  const number = (value: number): string => format.number(value, 0);
  const bounds = boundsOf(geometry);
  const size = { w: number(bounds?.w ?? 0), h: number(bounds?.h ?? 0) };
  switch (geometry.type) {
    case 'box':
    case 'tag':
    case 'span':
    case 'passage':
      return t(`work.canvas.described.${geometry.type}`, size);
    case 'rotated-box':
      return t('work.canvas.described.rotated-box', {
        w: number(geometry.w),
        h: number(geometry.h),
        angle: format.number(geometry.angle, 1),
      });
    case 'ellipse':
      return t('work.canvas.described.ellipse', {
        w: number(2 * geometry.rx),
        h: number(2 * geometry.ry),
        angle: format.number(geometry.angle, 1),
      });
    case 'polygon':
    case 'polyline':
      return t(`work.canvas.described.${geometry.type}`, { ...size, points: number(pointsOf(geometry)) });
    case 'point':
      return t('work.canvas.described.point', { x: format.number(geometry.x, 1), y: format.number(geometry.y, 1) });
    case 'mask':
      return t('work.canvas.described.mask', { area: number(areaOf(geometry)) });
  }
}

/** The size of a shape as a list shows it, in image pixels; empty for what has none. */
export function sizeText(geometry: Geometry): string {
  if (geometry.type === 'rotated-box') return `${Math.round(geometry.w)} × ${Math.round(geometry.h)}`;
  const bounds = geometry.type === 'point' ? null : boundsOf(geometry);
  return bounds ? `${Math.round(bounds.w)} × ${Math.round(bounds.h)}` : '';
}

function pointsOf(geometry: Extract<Geometry, { type: 'polygon' | 'polyline' }>): number {
  if (geometry.type === 'polyline') return geometry.points.length;
  return geometry.parts.reduce(
    (sum, { outer, holes }) => sum + outer.length + holes.reduce((more, hole) => more + hole.length, 0),
    0,
  );
}
