import type { AnnotationDoc, Pixels, Shape, ShapeId } from '../domain/annotation.ts';
import type { LabelSet } from '../domain/label-set.ts';
import type { CheckableRules } from '../domain/project.ts';
import { type Bounds, boundsOf } from '../geometry/bounds.ts';
import { iouOf } from '../geometry/overlap.ts';
import { answerBreaches, breachOf, countsOf, type RuleBreach } from './answer-breaches.rules.ts';

/** What can be wrong with the annotation of a picture. Rules of the guideline, and answers its label set asks for. */
export const imageRules = [
  'requireLabel',
  'insideImage',
  'minBoxPx',
  'duplicateIou',
  'requiredAttributes',
  'attributeValue',
  'requiredTags',
  'fitTolerancePx',
] as const;
export type ImageRule = (typeof imageRules)[number];

/** One breach of a rule; measures are in pixels or as overlap. */
export type Breach = RuleBreach<ImageRule>;

/** What an annotation is checked against. */
export interface CheckedPicture {
  doc: AnnotationDoc;
  labels: LabelSet;
  /** Of the guideline in force; an empty object where there is none. */
  rules: CheckableRules;
  /** Upright size; null while it is not known, and nothing is then said about the edges. */
  size: { width: Pixels; height: Pixels } | null;
  /** For shapes that were measured: how far the side that fits worst lies from the nearest edge. */
  fits?: ReadonlyMap<ShapeId, Pixels>;
}

/** Pixels by which a shape may lie outside for no other reason than arithmetic. */
const slack = 1e-6;

/** Every breach, by rule in the order of `imageRules` and by drawing order within. Nothing is checked that no rule asks for. */
export function imageBreaches(picture: CheckedPicture): Breach[] {
  const { doc } = picture;
  const labels = new Map(picture.labels.map((label) => [label.key, label]));
  const found = doc.shapes.flatMap((shape) => [
    ...labelBreach(shape, picture, labels),
    ...placeBreaches(shape, picture),
    ...answerBreaches(shape, picture.rules, (shape.label !== null && labels.get(shape.label)?.attributes) || []),
    ...fitBreach(shape, picture),
  ]);
  found.push(...duplicates(doc.shapes, picture.rules.duplicateIou), ...missingTags(doc.shapes, picture.rules));
  return imageRules.flatMap((rule) => found.filter((breach) => breach.rule === rule));
}

/**
 * Whether one is asked about a breach before submitting. How a box fits is advice: where the strongest edge lies is not always where the
 * object ends.
 */
export function isAskedAbout({ rule }: Breach): boolean {
  return rule !== 'fitTolerancePx';
}

/** How often each rule is broken, as a submission keeps it. */
export function breachCounts(breaches: readonly Breach[]): { rule: ImageRule; count: number }[] {
  return countsOf(imageRules, breaches);
}

function labelBreach(shape: Shape, { rules }: CheckedPicture, labels: ReadonlyMap<string, unknown>): Breach[] {
  if (rules.requireLabel !== true || (shape.label !== null && labels.has(shape.label))) return [];
  return [breachOf('requireLabel', shape)];
}

function placeBreaches(shape: Shape, { rules, size }: CheckedPicture): Breach[] {
  const bounds = boundsOf(shape.geometry);
  if (bounds === null) return [];
  const breaches: Breach[] = [];
  if (rules.insideImage === true && size !== null) {
    const out = Math.max(-bounds.x, -bounds.y, bounds.x + bounds.w - size.width, bounds.y + bounds.h - size.height);
    if (out > slack) breaches.push(breachOf('insideImage', shape, { found: out, limit: 0 }));
  }
  const side = smallestSide(shape, bounds);
  if (rules.minBoxPx !== undefined && side !== null && side < rules.minBoxPx) {
    breaches.push(breachOf('minBoxPx', shape, { found: side, limit: rules.minBoxPx }));
  }
  return breaches;
}

/** Width or height, whichever is less, of a shape that has an area; a turned box by its own sides. */
function smallestSide({ geometry }: Shape, bounds: Bounds): Pixels | null {
  switch (geometry.type) {
    case 'rotated-box':
      return Math.min(geometry.w, geometry.h);
    case 'ellipse':
      return 2 * Math.min(geometry.rx, geometry.ry);
    case 'box':
    case 'polygon':
    case 'mask':
      return Math.min(bounds.w, bounds.h);
    case 'polyline':
    case 'point':
    case 'tag':
    case 'span':
    case 'passage':
      return null;
  }
}

function fitBreach(shape: Shape, { rules, fits }: CheckedPicture): Breach[] {
  const [limit, found] = [rules.fitTolerancePx, fits?.get(shape.id)];
  // Exactly the tolerance fails: "less than 3 pixels".
  if (limit === undefined || found === undefined || found < limit) return [];
  return [breachOf('fitTolerancePx', shape, { found, limit })];
}

/** Pairs of one class that overlap by more than the limit; the later drawn one is the one to look at. */
function duplicates(shapes: readonly Shape[], limit: number | undefined): Breach[] {
  if (limit === undefined) return [];
  const placed = shapes
    .map((shape, order) => ({ shape, order, at: boundsOf(shape.geometry) }))
    .filter((each): each is { shape: Shape; order: number; at: Bounds } => each.at !== null)
    .sort((a, b) => a.at.x - b.at.x);
  const found: { breach: Breach; order: number }[] = [];
  for (const [i, { shape, order, at }] of placed.entries()) {
    for (let next = i + 1; next < placed.length; next += 1) {
      const other = placed[next]!;
      // Sorted by their left side: nothing further can touch this one.
      if (other.at.x >= at.x + at.w) break;
      if (other.shape.label !== shape.label || other.at.y >= at.y + at.h || other.at.y + other.at.h <= at.y) continue;
      const iou = iouOf(shape.geometry, other.shape.geometry);
      if (iou === null || iou <= limit) continue;
      const [under, above] = order < other.order ? [shape, other.shape] : [other.shape, shape];
      const breach = breachOf('duplicateIou', above, { shapes: [above.id, under.id], found: iou, limit });
      found.push({ breach, order: Math.max(order, other.order) });
    }
  }
  return found.sort((a, b) => a.order - b.order).map(({ breach }) => breach);
}

function missingTags(shapes: readonly Shape[], { requiredTags = [] }: CheckableRules): Breach[] {
  const there = new Set(shapes.filter(({ geometry }) => geometry.type === 'tag').map(({ label }) => label));
  return requiredTags
    .filter((name) => !there.has(name))
    .map((name) => ({ rule: 'requiredTags', shapes: [], name, found: null, limit: null }));
}
