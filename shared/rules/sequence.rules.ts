import type { AnnotationDoc, Geometry, Shape, ShapeId } from '../domain/annotation.ts';
import type { Json } from '../domain/json.ts';
import type { LabelSet } from '../domain/label-set.ts';

/** The object that a shape is of, over all photos of a sequence: named by the shape that the first copy was taken from. */
export function objectOf({ id, sequence }: Shape): ShapeId {
  return sequence?.of ?? id;
}

/** Whether a person put the shape where it is: it was drawn there, pasted, or moved after it was carried there or filled in. */
export function isKey({ geometry, sequence }: Shape): boolean {
  return sequence?.placed === undefined || !sameGeometry(sequence.placed, geometry);
}

/**
 * The same object on another photo: a shape of its own at the same place, of the same class. Answers that may not differ
 * within a sequence are taken along; those that may are taken along too, unless the class says what a new object starts with: then
 * they start with that. It was not proposed by a machine nor read from a file there, so it counts as made by hand.
 */
export function carriedShape(shape: Shape, labels: LabelSet, id: ShapeId): Shape {
  const specs = labels.find(({ key }) => key === shape.label)?.attributes ?? [];
  const anew = specs.filter(({ mutable, initial }) => mutable && initial !== null);
  return {
    id,
    label: shape.label,
    geometry: shape.geometry,
    attributes: {
      ...shape.attributes,
      ...Object.fromEntries(anew.map(({ name, initial }) => [name, initial as Json])),
    },
    origin: 'hand',
    sequence: { of: objectOf(shape), placed: shape.geometry },
  };
}

/**
 * A geometry between two of the same kind, `share` of the way from the first (0) to the second (1): every measure in a straight line, an
 * angle the short way round. Null for kinds that have no measure in common from one photo to the next (outlines, lines, masks, tags).
 */
export function geometryBetween(from: Geometry, to: Geometry, share: number): Geometry | null {
  const mix = (a: number, b: number): number => (a === b ? a : a * (1 - share) + b * share);
  if (from.type === 'box' && to.type === 'box') {
    return {
      type: 'box',
      x: mix(from.x, to.x),
      y: mix(from.y, to.y),
      w: mix(from.w, to.w),
      h: mix(from.h, to.h),
    };
  }
  if (from.type === 'point' && to.type === 'point') {
    return { type: 'point', x: mix(from.x, to.x), y: mix(from.y, to.y) };
  }
  if (from.type === 'rotated-box' && to.type === 'rotated-box') {
    const middle = {
      cx: mix(from.cx, to.cx),
      cy: mix(from.cy, to.cy),
      angle: angleBetween(from.angle, to.angle, share),
    };
    return { type: 'rotated-box', ...middle, w: mix(from.w, to.w), h: mix(from.h, to.h) };
  }
  if (from.type === 'ellipse' && to.type === 'ellipse') {
    const middle = {
      cx: mix(from.cx, to.cx),
      cy: mix(from.cy, to.cy),
      angle: angleBetween(from.angle, to.angle, share),
    };
    return { type: 'ellipse', ...middle, rx: mix(from.rx, to.rx), ry: mix(from.ry, to.ry) };
  }
  return null;
}

/** Degrees, above -180 and up to 180; half a turn goes clockwise. */
function angleBetween(from: number, to: number, share: number): number {
  const way = ((((to - from + 180) % 360) + 360) % 360) - 180;
  const angle = from + (way === -180 ? 180 : way) * share;
  const turned = ((((angle + 180) % 360) + 360) % 360) - 180;
  return turned === -180 ? 180 : turned;
}

/** A later (or earlier) photo as interpolation looks at it. */
export interface SequencePhoto {
  readonly doc: AnnotationDoc;
}

/** The shape on another photo that ends a stretch, and how many photos away it is. */
export interface KeyShape {
  readonly shape: Shape;
  /** 1: the very next photo. */
  readonly steps: number;
}

/**
 * The other key image of an object: the nearest of the photos given, in their order, where a person put a shape of it; copies that lie
 * where they were carried or filled in are passed over, as the frames between two keyframes of a track are. Where none of them has the
 * object, it is the nearest photo with exactly one shape of the same class and kind, provided that this photo has only this one:
 * then there is no doubt which object is meant. Null when there is none.
 */
export function keyShapeOf(from: Shape, here: AnnotationDoc, photos: readonly SequencePhoto[]): KeyShape | null {
  const known = photos.map(({ doc }) => sameObject(doc, from));
  const key = known.findIndex((shape) => shape && isKey(shape));
  if (key >= 0) return { shape: known[key]!, steps: key + 1 };
  const alike = (doc: AnnotationDoc): Shape[] =>
    doc.shapes.filter(({ label, geometry }) => label === from.label && geometry.type === from.geometry.type);
  if (from.label === null || known.some((shape) => shape) || alike(here).length !== 1) return null;
  const at = photos.findIndex(({ doc }) => alike(doc).length > 0);
  const [only, ...others] = at < 0 ? [] : alike(photos[at]!.doc);
  return only && others.length === 0 ? { shape: only, steps: at + 1 } : null;
}

/** The shape of the same object, of the same kind. */
function sameObject(doc: AnnotationDoc, from: Shape): Shape | undefined {
  return doc.shapes.find((each) => objectOf(each) === objectOf(from) && each.geometry.type === from.geometry.type);
}

/**
 * What each photo between two key images gets of an object, nearest first: a new shape, or the one that was carried there with its
 * place corrected. Empty where the kind can't be interpolated.
 */
export function filledBetween(
  from: Shape,
  key: KeyShape,
  photos: readonly SequencePhoto[],
  labels: LabelSet,
  newId: () => ShapeId,
): Shape[] {
  return photos.slice(0, key.steps - 1).flatMap(({ doc }, at) => {
    const geometry = geometryBetween(from.geometry, key.shape.geometry, (at + 1) / key.steps);
    if (!geometry) return [];
    const shape = sameObject(doc, from) ?? sameObject(doc, key.shape) ?? carriedShape(from, labels, newId());
    return [{ ...shape, geometry, sequence: { of: objectOf(from), placed: geometry } }];
  });
}

function sameGeometry(a: Geometry, b: Geometry): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
