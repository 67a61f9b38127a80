import type { AnnotationDoc, Geometry, Proposal, Shape } from '../domain/annotation.ts';
import type { SubmissionBody } from '../domain/entry-kinds.ts';
import { iouOf, largestDeviation } from '../geometry/overlap.ts';

type MachineShare = NonNullable<SubmissionBody['machine']>;

/** Pixels: a shape that went less far from its proposal was taken as it was. */
const sameWithin = 0.05;

/** How one shape stands to the proposal it was taken from; null for one made without. */
export function correctionOf({ id, geometry, label, proposal }: Shape): {
  /** Whether anything was changed. */
  corrected: boolean;
  correction: MachineShare['corrections'][number];
} | null {
  if (proposal === undefined) return null;
  const largest = largestDeviation(proposal.geometry, geometry);
  const farthest = farthestBoundary(proposal.geometry, geometry);
  const labelChanged = proposal.label !== label;
  // Masks have no corners to measure: their pixels tell.
  const iou = iouOf(proposal.geometry, geometry);
  const reshaped =
    geometry.type !== proposal.geometry.type ||
    (largest ?? 0) >= sameWithin ||
    (farthest ?? 0) > 0 ||
    (iou !== null && iou < 0.999);
  return {
    corrected: labelChanged || reshaped,
    correction: { object: id, iou, largest_px: largest, largest_frames: farthest, label_changed: labelChanged },
  };
}

/**
 * What became of a machine's proposals for one picture, as a submission keeps it; null where there were none. Proposals taken over, changed
 * and turned down are told from those that nobody decided about; a shape made without a proposal is the worker's own.
 */
export function machineShare(proposals: readonly Proposal[], doc: AnnotationDoc): MachineShare | null {
  const taken = doc.shapes.map(correctionOf).filter((each) => each !== null);
  if (proposals.length === 0 && taken.length === 0) return null;
  const proposed = new Map(proposals.map(({ id, model }) => [id as string, model]));
  // One that has been withdrawn since (a newer file of the model) was proposed all the same.
  for (const { proposal } of doc.shapes) if (proposal !== undefined) proposed.set(proposal.id, proposal.model);
  const used = new Set<string>(doc.shapes.flatMap(({ proposal }) => (proposal === undefined ? [] : [proposal.id])));
  const rejected = (doc.rejected ?? []).filter((id) => proposed.has(id) && !used.has(id)).length;
  const corrections = taken.filter(({ corrected }) => corrected);
  return {
    models: [...new Set([...proposed.values()].filter((model) => model !== null))].sort().slice(0, 20),
    proposed: proposed.size,
    accepted: taken.length - corrections.length,
    corrected: corrections.length,
    rejected,
    undecided: proposed.size - used.size - rejected,
    by_hand: doc.shapes.length - taken.length,
    transcripts: null,
    corrections: corrections.slice(0, 5000).map(({ correction }) => correction),
  };
}

/** Frames by which the boundary of a segment that moved farthest did so; null for what is no segment of sound. */
function farthestBoundary(from: Geometry, to: Geometry): number | null {
  if (from.type !== 'span' || to.type !== 'span') return null;
  return Math.max(Math.abs(to.start - from.start), Math.abs(to.end - from.end));
}
