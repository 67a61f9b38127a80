import type { AnnotationDoc, Shape, ShapeId } from '#shared/domain/annotation.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import { objectOf } from '#shared/rules/sequence.rules.ts';
import { clampMove, type Point, type Size } from './geometry.ts';
import { boundsOfAll, movedShape } from './shapes/shape-kinds.ts';

/** Image pixels to the right and down that a copy lies from what it was copied from. */
const copyStep = 10;
/** After this many copies on one spot the next lies on the last. */
const stepsTried = 100;

/** What was copied last, for every photo and canvas of the window. */
let held: readonly Shape[] = [];

/** Takes shapes to be pasted. */
export function holdCopies(shapes: readonly Shape[]): void {
  held = shapes;
}

export function heldCopies(): readonly Shape[] {
  return held;
}

/** Where copies go to. */
export interface CopyTarget {
  readonly doc: AnnotationDoc;
  readonly labels: LabelSet;
  /** The picture's size while shapes are to stay inside it, else null. */
  readonly bounds: Size | null;
  newId(): ShapeId;
}

/**
 * Copies of shapes as new ones of a document, all moved alike: where they were, or the first of steps right and down from there that is
 * not taken by a shape alike. Each was made by hand; on a photo that has nothing of the same object it is that object. A class that
 * the label set does not have is left out, and so is a tag that the photo has.
 */
export function placedCopies(shapes: readonly Shape[], { doc, labels, bounds, newId }: CopyTarget): Shape[] {
  const known = new Set(labels.map(({ key }) => key));
  const there = new Set(doc.shapes.map(objectOf));
  const tagged = new Set(doc.shapes.filter(({ geometry }) => geometry.type === 'tag').map(({ label }) => label));
  const copies = shapes.map((shape): Shape => {
    const { attributes, geometry } = shape;
    const label = shape.label !== null && known.has(shape.label) ? shape.label : null;
    const of = objectOf(shape);
    const sequence = there.has(of) ? {} : { sequence: { of } };
    return { id: newId(), label, geometry, attributes, origin: 'hand', ...sequence };
  });
  const wanted = copies.filter(({ geometry, label }) => geometry.type !== 'tag' || !tagged.has(label));
  const by = freeStep(wanted, doc, bounds);
  return wanted.map((shape) => movedShape(shape, by.x, by.y));
}

/** How far the copies are moved. */
function freeStep(copies: readonly Shape[], doc: AnnotationDoc, bounds: Size | null): Point {
  const around = boundsOfAll(copies);
  const first = copies.find(({ geometry }) => geometry.type !== 'tag');
  if (!around || !first) return { x: 0, y: 0 };
  const taken = new Set(doc.shapes.map((shape) => JSON.stringify(shape.geometry)));
  let by: Point = { x: 0, y: 0 };
  // Where there is no room to the right and below, to the left and above.
  for (const way of [1, -1]) {
    for (let step = 0; step < stepsTried; step += 1) {
      const far = way * step * copyStep;
      const next = bounds ? clampMove(around, far, far, bounds) : { x: far, y: far };
      if (step > 0 && next.x === by.x && next.y === by.y) break;
      by = next;
      if (!taken.has(JSON.stringify(movedShape(first, by.x, by.y).geometry))) return by;
    }
  }
  return by;
}
