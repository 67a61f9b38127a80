import type { Geometry, Pixels, Shape } from '../domain/annotation.ts';
import { farthestBoundary, iouOf, largestDeviation, sideDeviations } from '../geometry/overlap.ts';
import { type Matchable, matchShapes } from './shape-matching.rules.ts';

/** One object as it stands in both versions. */
export interface ComparedPair<Reference extends Matchable = Matchable> {
  mine: Shape;
  reference: Reference;
  /** Intersection over union, 0 to 1; null for what has no area. */
  iou: number | null;
  /** How far each side of mine lies from the reference's, in pixels: to the right and downwards above 0. Null unless both are upright boxes. */
  sides: { left: Pixels; top: Pixels; right: Pixels; bottom: Pixels } | null;
  /** The side, or for other shapes the point of the outline, that lies farthest from the reference, in pixels; null for tags. */
  largestPx: Pixels | null;
  /** For segments of sound: the boundary that lies farthest from the reference, in frames; null for other shapes. */
  largestFrames: number | null;
  classDiffers: boolean;
  /** What is written down differs; a reference of which no text is known differs from none. */
  textDiffers: boolean;
  /** A segment lies on another tier or is about another channel. */
  tierDiffers: boolean;
}

/** One annotation held against a reference: another version of it, a reviewer's, a model's. */
export interface VersionComparison<Reference extends Matchable = Matchable> {
  /** Those of the greatest deviation first. */
  pairs: ComparedPair<Reference>[];
  /** In the reference and not in mine. */
  missing: Reference[];
  /** In mine and not in the reference. */
  extra: Shape[];
  /** The farthest that any side lies off, in pixels; null where nothing is paired. */
  largestPx: Pixels | null;
  /** The farthest that any boundary of a segment lies off, in frames; null where no segments are paired. */
  largestFrames: number | null;
}

/** From this overlap on two shapes are the same object, seen differently. Low: what is compared is how far they differ. */
const sameFrom = 0.3;

/** Holds one annotation against a reference. Objects are paired as `matchShapes` says, from an overlap of 0.3 on. */
export function compareVersions<Reference extends Matchable>(
  mine: readonly Shape[],
  reference: readonly Reference[],
): VersionComparison<Reference> {
  const matched = matchShapes(mine, reference, sameFrom);
  const pairs = matched.map(([own, theirs]) => comparedPair(own, theirs));
  pairs.sort((a, b) => deviationOf(b) - deviationOf(a));
  const pairedMine = new Set<Shape>(matched.map(([own]) => own));
  const pairedReference = new Set<Reference>(matched.map(([, theirs]) => theirs));
  return {
    pairs,
    missing: reference.filter((shape) => !pairedReference.has(shape)),
    extra: mine.filter((shape) => !pairedMine.has(shape)),
    largestPx: greatest(pairs.map(({ largestPx }) => largestPx)),
    largestFrames: greatest(pairs.map(({ largestFrames }) => largestFrames)),
  };
}

/**
 * Whether the sentence "every side less than `tolerance` pixels from the reference" is true: nothing is missing, nothing is extra and no
 * side lies `tolerance` or farther off; exactly `tolerance` fails. Differences of class are another matter and not part of it.
 */
export function everySideWithin(comparison: VersionComparison, tolerance: Pixels): boolean {
  const { pairs, missing, extra } = comparison;
  const close = pairs.every(({ largestPx }) => largestPx === null || largestPx < tolerance);
  return pairs.length > 0 && missing.length === 0 && extra.length === 0 && close;
}

function comparedPair<Reference extends Matchable>(mine: Shape, reference: Reference): ComparedPair<Reference> {
  const [own, theirs] = [mine.geometry, reference.geometry];
  return {
    mine,
    reference,
    iou: iouOf(own, theirs),
    sides: bothBoxes(own, theirs) ? sideDeviations(theirs, own) : null,
    largestPx: largestDeviation(own, theirs),
    largestFrames: farthestBoundary(theirs, own),
    classDiffers: mine.label !== reference.label,
    textDiffers: reference.text !== undefined && (mine.text ?? '') !== reference.text,
    tierDiffers: tiersDiffer(own, theirs),
  };
}

/** Pictures are measured in pixels and recordings in frames; no annotation has both. */
const deviationOf = ({ largestPx, largestFrames }: ComparedPair): number => largestPx ?? largestFrames ?? -1;

function greatest(values: readonly (number | null)[]): number | null {
  return values.reduce((most, value) => (value !== null && value > (most ?? -1) ? value : most), null);
}

function tiersDiffer(a: Geometry, b: Geometry): boolean {
  return a.type === 'span' && b.type === 'span' && (a.tier !== b.tier || a.channel !== b.channel);
}

const bothBoxes = (a: Geometry, b: Geometry): boolean => a.type === 'box' && b.type === 'box';
