import type { AnnotationDoc, BoxGeometry, Geometry, Shape } from '../domain/annotation.ts';

/** How far each side of a box moved: pixels of the upright image, positive to the right and downwards. */
export interface SideMoves {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** How one object came out of a revision. An object that stayed as it was is not listed. */
export interface ChangedObject {
  what: 'changed' | 'added' | 'removed';
  /** Of the annotation before; of the one after when it was added. */
  shapeId: Shape['id'];
  /** Its class after the revision; the one it had when it was removed. */
  label: string | null;
  /** Its class before; null when it was added. */
  labelBefore: string | null;
  classChanged: boolean;
  /** Null when no side moved, and for what is no box. */
  sides: SideMoves | null;
  /** The outline is another one. */
  reshaped: boolean;
  attributesChanged: boolean;
}

export interface AnnotationChange {
  objects: ChangedObject[];
  /** Objects that are in both as they were. */
  unchanged: number;
}

/** Two shapes of different ids are one object from this overlap on: the same outline drawn anew. */
const sameFromOverlap = 0.5;

/**
 * What a revision changed between two annotations. Objects are matched by shape id; what is left over is matched by overlap
 * (intersection over union of at least a half, the greatest first), because a box is often deleted and drawn again.
 */
export function annotationChange(before: AnnotationDoc, after: AnnotationDoc): AnnotationChange {
  const pairs = matched(before.shapes, after.shapes);
  const matchedBefore = new Set(pairs.map(([shape]) => shape));
  const matchedAfter = new Set(pairs.map(([, shape]) => shape));
  const compared = pairs.map(([was, is]) => compareShapes(was, is));
  const changed = compared.filter((object) => object !== null);
  return {
    objects: [
      ...changed,
      ...after.shapes.filter((shape) => !matchedAfter.has(shape)).map((shape) => lone(shape, 'added')),
      ...before.shapes.filter((shape) => !matchedBefore.has(shape)).map((shape) => lone(shape, 'removed')),
    ],
    unchanged: compared.length - changed.length,
  };
}

/** Intersection over union of two boxes; 0 for boxes without an area. */
function overlap(a: BoxGeometry, b: BoxGeometry): number {
  const w = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  const h = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  if (w <= 0 || h <= 0) return 0;
  return (w * h) / (a.w * a.h + b.w * b.h - w * h);
}

const boxOf = (geometry: Geometry): BoxGeometry | null => (geometry.type === 'box' ? geometry : null);

function matched(before: readonly Shape[], after: readonly Shape[]): [Shape, Shape][] {
  const byId = new Map(after.map((shape) => [shape.id, shape]));
  const pairs: [Shape, Shape][] = [];
  const left: Shape[] = [];
  for (const shape of before) {
    const same = byId.get(shape.id);
    if (same === undefined) left.push(shape);
    else pairs.push([shape, same]);
    byId.delete(shape.id);
  }
  return [...pairs, ...matchedByOverlap(left, [...byId.values()])];
}

/** Pairs each shape with at most one other, the greatest overlap first; equal ones in drawing order. */
function matchedByOverlap(before: readonly Shape[], after: readonly Shape[]): [Shape, Shape][] {
  const boxes = [...after]
    .map((shape) => ({ shape, box: boxOf(shape.geometry) }))
    .filter((each): each is { shape: Shape; box: BoxGeometry } => each.box !== null)
    .sort((a, b) => a.box.x - b.box.x);
  const candidates: { was: Shape; is: Shape; share: number }[] = [];
  for (const was of before) {
    const box = boxOf(was.geometry);
    if (box === null) continue;
    for (const other of boxes) {
      // Sorted by their left side: nothing further can touch this one.
      if (other.box.x >= box.x + box.w) break;
      const share = overlap(box, other.box);
      if (share >= sameFromOverlap) candidates.push({ was, is: other.shape, share });
    }
  }
  candidates.sort((a, b) => b.share - a.share);
  const taken = new Set<Shape>();
  return candidates.flatMap(({ was, is }): [Shape, Shape][] => {
    if (taken.has(was) || taken.has(is)) return [];
    taken.add(was).add(is);
    return [[was, is]];
  });
}

function compareShapes(before: Shape, after: Shape): ChangedObject | null {
  const classChanged = before.label !== after.label;
  const sides = sideMoves(before.geometry, after.geometry);
  const reshaped = sides !== null || !equal(before.geometry, after.geometry);
  const attributesChanged = !equal(before.attributes, after.attributes);
  if (!classChanged && !reshaped && !attributesChanged) return null;
  return {
    what: 'changed',
    shapeId: before.id,
    label: after.label,
    labelBefore: before.label,
    classChanged,
    sides,
    reshaped,
    attributesChanged,
  };
}

function sideMoves(before: Geometry, after: Geometry): SideMoves | null {
  const [a, b] = [boxOf(before), boxOf(after)];
  if (a === null || b === null) return null;
  const sides = {
    left: b.x - a.x,
    top: b.y - a.y,
    right: b.x + b.w - (a.x + a.w),
    bottom: b.y + b.h - (a.y + a.h),
  };
  return Object.values(sides).some((moved) => moved !== 0) ? sides : null;
}

function lone(shape: Shape, what: 'added' | 'removed'): ChangedObject {
  return {
    what,
    shapeId: shape.id,
    label: shape.label,
    labelBefore: what === 'removed' ? shape.label : null,
    classChanged: false,
    sides: null,
    reshaped: false,
    attributesChanged: false,
  };
}

/** Whether two JSON values say the same; the order of names does not matter. */
function equal(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every(
    (name) =>
      Object.hasOwn(b, name) && equal((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name]),
  );
}
