import type { AnnotationDoc, Shape, ShapeId } from '#shared/domain/annotation.ts';
import type { Segment } from '#shared/rules/sound-breaches.rules.ts';

/** The id of the segment of that number. */
export function spanId(number: number): ShapeId {
  return `00000000-0000-7000-8000-${String(number).padStart(12, '0')}` as ShapeId;
}

/** A segment of that number from `start` to `end`. */
export function span(number: number, start: number, end: number, tier = 'a', more: Partial<Shape> = {}): Segment {
  const geometry = { type: 'span', start, end, tier, channel: null } as const;
  return { id: spanId(number), label: 'valid', attributes: {}, origin: 'hand', ...more, geometry };
}

export function docOfSpans(...shapes: Shape[]): AnnotationDoc {
  return { version: 1, shapes };
}
