import type { AnnotationDoc, Change, Proposal, Shape, ShapeId } from '../domain/annotation.ts';
import { changeOf } from './undo-journal.rules.ts';

/** Proposals that are neither taken nor turned down, the one the machine is least sure of first; without a score in order of coming. */
export function undecidedProposals(proposals: readonly Proposal[], doc: AnnotationDoc): Proposal[] {
  const decided = new Set<ShapeId>(doc.rejected);
  for (const { proposal } of doc.shapes) if (proposal !== undefined) decided.add(proposal.id);
  return proposals.filter(({ id }) => !decided.has(id)).sort((a, b) => (a.score ?? 2) - (b.score ?? 2));
}

/** The step that takes proposals over as shapes, each knowing what it was; null for none. */
export function acceptance(
  doc: AnnotationDoc,
  proposals: readonly Proposal[],
  newId: () => ShapeId,
): { change: Change; ids: ShapeId[] } | null {
  const shapes = proposals.map((each): Shape => {
    const { extra, ...proposal } = each;
    const { label, geometry, text, attributes } = proposal;
    const words = text === undefined ? {} : { text };
    return { id: newId(), label, geometry, ...words, attributes, origin: 'machine', proposal, ...(extra && { extra }) };
  });
  const change = changeOf(
    doc,
    'accept',
    shapes.map((after) => ({ id: after.id, after })),
  );
  return change && { change, ids: shapes.map(({ id }) => id) };
}

/** The step that turns proposals down; null where all of them are turned down already. */
export function rejection(doc: AnnotationDoc, ids: readonly ShapeId[]): Change | null {
  const before = [...(doc.rejected ?? [])];
  const fresh = ids.filter((id) => !before.includes(id));
  return fresh.length === 0 ? null : { label: 'reject', edits: [], rejected: { before, after: [...before, ...fresh] } };
}
