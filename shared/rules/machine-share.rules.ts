import type { AnnotationDoc, Geometry, Proposal, Shape, ShapeId } from '../domain/annotation.ts';
import type { SubmissionBody } from '../domain/entry-kinds.ts';
import { farthestBoundary, iouOf, largestDeviation } from '../geometry/overlap.ts';
import { characterErrors } from './transcript-distance.rules.ts';
import { joinedText } from './transcript-join.rules.ts';

type MachineShare = NonNullable<SubmissionBody['machine']>;

/** Pixels: a shape that went less far from its proposal was taken as it was. */
const sameWithin = 0.05;

/** How a shape, or the parts of one that was split, stand to the proposal they were taken from; null for what was made without. */
export function correctionOf(...parts: readonly [Shape, ...Shape[]]): {
  /** Whether anything was changed. */
  corrected: boolean;
  correction: MachineShare['corrections'][number];
} | null {
  const [{ id, proposal }] = parts;
  if (proposal === undefined) return null;
  const geometry = wholeOf(parts.map((part) => part.geometry));
  const largest = largestDeviation(proposal.geometry, geometry);
  const farthest = farthestBoundary(proposal.geometry, geometry);
  const labelChanged = parts.some(({ label }) => label !== proposal.label);
  // Masks have no corners to measure: their pixels tell.
  const iou = iouOf(proposal.geometry, geometry);
  const reshaped =
    parts.length > 1 ||
    geometry.type !== proposal.geometry.type ||
    (largest ?? 0) >= sameWithin ||
    (farthest ?? 0) > 0 ||
    placedElsewhere(proposal.geometry, geometry) ||
    (iou !== null && iou < 0.999);
  return {
    corrected: labelChanged || reshaped || parts.some(({ text }) => (text ?? '') !== (proposal.text ?? '')),
    correction: { object: id, iou, largest_px: largest, largest_frames: farthest, label_changed: labelChanged },
  };
}

/**
 * What became of a machine's proposals for one picture, as a submission keeps it; null where there were none. Proposals taken over, changed
 * and turned down are told from those that nobody decided about; a shape made without a proposal is the worker's own.
 */
export function machineShare(proposals: readonly Proposal[], doc: AnnotationDoc): MachineShare | null {
  const over = takenOver(doc);
  const taken = over.map((parts) => correctionOf(...parts)).filter((each) => each !== null);
  if (proposals.length === 0 && taken.length === 0) return null;
  const proposed = new Map(proposals.map(({ id, model }) => [id as string, model]));
  // One that has been withdrawn since (a newer file of the model) was proposed all the same.
  for (const { proposal } of doc.shapes) if (proposal !== undefined) proposed.set(proposal.id, proposal.model);
  const used = new Set<string>(over.map(([{ proposal }]) => proposal!.id));
  const rejected = (doc.rejected ?? []).filter((id) => proposed.has(id) && !used.has(id)).length;
  const corrections = taken.filter(({ corrected }) => corrected);
  return {
    models: [...new Set([...proposed.values()].filter((model) => model !== null))].sort().slice(0, 20),
    proposed: proposed.size,
    accepted: taken.length - corrections.length,
    corrected: corrections.length,
    rejected,
    undecided: proposed.size - used.size - rejected,
    by_hand: doc.shapes.filter(({ proposal }) => proposal === undefined).length,
    transcripts: transcriptsOf(proposals, doc, over),
    corrections: corrections.slice(0, 5000).map(({ correction }) => correction),
  };
}

type Parts = readonly [Shape, ...Shape[]];

/** The shapes taken over from proposals: each by itself, and the segments that one was split into together, in time. */
function takenOver({ shapes }: AnnotationDoc): Parts[] {
  const segments = new Map<ShapeId, Shape[]>();
  const alone: Parts[] = [];
  for (const shape of shapes) {
    if (shape.proposal === undefined) continue;
    const before = segments.get(shape.proposal.id);
    if (shape.geometry.type !== 'span') alone.push([shape]);
    else if (before === undefined) segments.set(shape.proposal.id, [shape]);
    else before.push(shape);
  }
  for (const [first, ...others] of segments.values()) {
    const parts = [first!, ...others].sort((a, b) => startOf(a) - startOf(b));
    alone.push([parts[0]!, ...parts.slice(1)]);
  }
  return alone;
}

const startOf = ({ geometry }: Pick<Shape, 'geometry'>): number => (geometry.type === 'span' ? geometry.start : 0);

/** The geometry of a shape; of several segments of sound the stretch from the beginning of the first to the end of the last. */
function wholeOf(geometries: readonly Geometry[]): Geometry {
  const spans = geometries.filter((geometry) => geometry.type === 'span');
  const [first] = spans;
  if (first === undefined || spans.length < geometries.length) return geometries[0]!;
  const [start, end] = [spans.map((span) => span.start), spans.map((span) => span.end)];
  return { ...first, start: Math.min(...start), end: Math.max(...end) };
}

const placedElsewhere = (a: Geometry, b: Geometry): boolean =>
  a.type === 'span' && b.type === 'span' && (a.tier !== b.tier || a.channel !== b.channel);

/**
 * How much of what a machine wrote had to be changed, over the segments taken from a proposal with a text; null where there are none. What a
 * machine wrote for a segment is the text of its proposal, and of those turned down that lie in it by half of their time: merging takes one
 * proposal over and turns the others down, and their words stand in the merged segment.
 */
function transcriptsOf(
  proposals: readonly Proposal[],
  { rejected = [] }: AnnotationDoc,
  taken: readonly Parts[],
): MachineShare['transcripts'] {
  const turnedDown = new Set<string>(rejected);
  for (const [{ proposal }] of taken) turnedDown.delete(proposal!.id);
  const merged = proposals.filter(({ id, text }) => text !== undefined && turnedDown.has(id));
  let [characters, edits, count] = [0, 0, 0];
  for (const parts of taken) {
    const own = parts[0].proposal!;
    if (own.text === undefined) continue;
    const whole = wholeOf(parts.map(({ geometry }) => geometry));
    const machine = [own, ...merged.filter(({ geometry }) => liesIn(geometry, whole))].sort(
      (a, b) => startOf(a) - startOf(b),
    );
    const errors = characterErrors(
      machine.map(({ text }) => text).reduce(joinedText) ?? '',
      parts.map(({ text }) => text).reduce(joinedText) ?? '',
    );
    characters += errors.characters;
    edits += errors.edits;
    count += 1;
  }
  return count === 0 ? null : { characters, edits };
}

function liesIn(part: Geometry, whole: Geometry): boolean {
  if (part.type !== 'span' || whole.type !== 'span' || part.tier !== whole.tier) return false;
  const shared = Math.min(part.end, whole.end) - Math.max(part.start, whole.start);
  return shared > 0 && 2 * shared >= part.end - part.start;
}
