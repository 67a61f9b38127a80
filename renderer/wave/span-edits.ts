import type { AnnotationDoc, ShapeId } from '#shared/domain/annotation.ts';
import {
  changeTier,
  isSegment,
  moveBoundary,
  shiftSegments,
  type EditLimits,
  type SegmentEdit,
} from '#shared/rules/segment-edits.rules.ts';
import type { Segment } from '#shared/rules/sound-breaches.rules.ts';
import type { Stretch } from '#shared/sound/silences.ts';
import type { WaveScene } from './wave-scene.ts';
import type { SpanEdge } from './wave-view.ts';

/** The segments of an edit as they shall be. */
export function wantedSegments(edit: SegmentEdit | null): Segment[] {
  return (edit?.wanted ?? []).flatMap(({ after }) => (after && isSegment(after) ? [after] : []));
}

/** The stretch around a place in which a new segment may lie; null where it may not begin at all. */
export function freeAround(
  scene: WaveScene,
  tier: string,
  frame: number,
  { frames, noOverlap }: EditLimits,
): Stretch | null {
  let [start, end] = [0, frames ?? Infinity];
  if (noOverlap === undefined) return { start, end };
  for (const [key, { items }] of scene.segments.tiers) {
    if (noOverlap === 'tier' && key !== tier) continue;
    for (const item of items) {
      if (item.start < frame && item.end > frame) return null;
      if (item.end <= frame) start = Math.max(start, item.end);
      else if (item.start >= frame) end = Math.min(end, item.start);
    }
  }
  return { start, end };
}

/** The segment on the same tier that begins where this one ends, or the other way round. */
export function touching(scene: WaveScene, { id, geometry }: Segment, edge: 'start' | 'end'): Segment | null {
  const at = geometry[edge];
  let found: Segment | null = null;
  scene.segments.tiers.get(geometry.tier)?.visit(at - 1, at + 1, ({ shape, start, end }) => {
    if (shape.id !== id && end > start && (edge === 'end' ? start : end) === at) found = shape;
  });
  return found;
}

/** One boundary moved; with `neighbour` the one that it shares with that segment, each keeping a frame at least. */
export function boundaryEdit(
  doc: AnnotationDoc,
  segment: Segment,
  edge: 'start' | 'end',
  frame: number,
  limits: EditLimits,
  neighbour: Segment | null,
): SegmentEdit | null {
  if (!neighbour) return moveBoundary(doc, segment, edge, frame, limits);
  const [before, after] = edge === 'end' ? [segment, neighbour] : [neighbour, segment];
  const at = Math.min(Math.max(Math.round(frame), before.geometry.start + 1), after.geometry.end - 1);
  // Together they keep to what they had, so that nobody else is run into.
  const free = { frames: limits.frames };
  const edits = [moveBoundary(doc, before, 'end', at, free), moveBoundary(doc, after, 'start', at, free)];
  const wanted = edits.flatMap((edit) => edit?.wanted ?? []);
  return wanted.length === 2 ? { label: 'resize', wanted } : null;
}

/** How far segments can be shifted, asked once for a whole gesture. */
export function shiftRange(
  doc: AnnotationDoc,
  ids: readonly ShapeId[],
  limits: EditLimits,
): { least: number; most: number } {
  const far = (limits.frames ?? 2 ** 40) * 2;
  const reached = (by: number): number => {
    const [first] = wantedSegments(shiftSegments(doc, ids, by, limits));
    const before = first && doc.shapes.find(({ id }) => id === first.id);
    return first && before && isSegment(before) ? first.geometry.start - before.geometry.start : 0;
  };
  return { least: Math.min(reached(-far), 0), most: Math.max(reached(far), 0) };
}

/** Segments shifted and put on another tier; where they may not lie there, only shifted. */
export function movedSegments(
  doc: AnnotationDoc,
  ids: readonly ShapeId[],
  by: number,
  tier: string | null,
  limits: EditLimits,
): SegmentEdit | null {
  if (tier === null) return labelled(shiftSegments(doc, ids, by, limits), ids);
  // Where they come from does not limit them any more.
  const shifted = shiftSegments(doc, ids, by, limits.noOverlap === 'all' ? limits : { frames: limits.frames });
  const after = new Map(wantedSegments(shifted).map((segment) => [segment.id, segment]));
  const there = shifted ? { ...doc, shapes: doc.shapes.map((shape) => after.get(shape.id) ?? shape) } : doc;
  const moved = changeTier(there, ids, tier, limits);
  if (!moved) return labelled(shiftSegments(doc, ids, by, limits), ids);
  for (const segment of wantedSegments(moved)) after.set(segment.id, segment);
  return { label: shifted ? 'move' : 'tier', wanted: [...after].map(([id, segment]) => ({ id, after: segment })) };
}

/** One is moved; several are shifted. */
function labelled(edit: SegmentEdit | null, ids: readonly ShapeId[]): SegmentEdit | null {
  return edit && ids.length === 1 ? { ...edit, label: 'move' } : edit;
}

/** Boundaries of segments, or the segments as a whole, moved by so many frames. */
export function nudgedSegments(
  doc: AnnotationDoc,
  segments: readonly Segment[],
  edge: SpanEdge,
  by: number,
  limits: EditLimits,
): SegmentEdit | null {
  if (edge === 'both')
    return movedSegments(
      doc,
      segments.map(({ id }) => id),
      by,
      null,
      limits,
    );
  const wanted = segments.flatMap(
    (segment) => moveBoundary(doc, segment, edge, segment.geometry[edge] + by, limits)?.wanted ?? [],
  );
  return wanted.length > 0 ? { label: 'resize', wanted } : null;
}
