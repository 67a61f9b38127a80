import { describe, expect, it } from 'vitest';
import {
  change as changeSchema,
  type Proposal,
  shape as shapeSchema,
  type ShapeId,
} from '#shared/domain/annotation.ts';
import { acceptance, rejection, undecidedProposals } from '#shared/rules/proposals.rules.ts';
import { applyChange, emptyDoc, invertChange } from '#shared/rules/undo-journal.rules.ts';

let made = 0;
const newId = () => `01920000-0000-7000-8000-${(made += 1).toString(16).padStart(12, '0')}` as ShapeId;
const proposal = (score: number | null): Proposal => ({
  id: newId(),
  label: 'car',
  geometry: { type: 'box', x: 1, y: 2, w: 3, h: 4 },
  attributes: { parked: true },
  score,
  model: 'yolo',
  extra: { coco: { id: 7 } },
});

describe('proposals of a machine', () => {
  it('come with the least sure first, and those without a score last', () => {
    const [sure, unsure, silent] = [proposal(0.9), proposal(0.2), proposal(null)];
    expect(undecidedProposals([silent, sure, unsure], emptyDoc)).toEqual([unsure, sure, silent]);
  });

  it('become shapes that know what they were, in one step that can be taken back', () => {
    const [one, two] = [proposal(0.9), proposal(0.2)];
    const { change, ids } = acceptance(emptyDoc, [one, two], newId)!;
    expect(changeSchema.parse(change)).toEqual(change);
    const doc = applyChange(emptyDoc, change);
    expect(doc.shapes.map(({ id }) => id)).toEqual(ids);
    const { extra, ...kept } = one;
    const { geometry, attributes } = one;
    expect(doc.shapes[0]).toEqual({
      id: ids[0],
      label: 'car',
      geometry,
      attributes,
      origin: 'machine',
      proposal: kept,
      extra,
    });
    expect(shapeSchema.parse(doc.shapes[0])).toEqual(doc.shapes[0]);
    expect(undecidedProposals([one, two], doc)).toEqual([]);
    expect(undecidedProposals([one, two], applyChange(doc, invertChange(change)))).toHaveLength(2);
    expect(acceptance(emptyDoc, [], newId)).toBeNull();
  });

  it('are turned down once, and undone as everything else is', () => {
    const [one, two] = [proposal(0.9), proposal(0.2)];
    const first = rejection(emptyDoc, [one.id])!;
    const doc = applyChange(emptyDoc, first);
    expect(undecidedProposals([one, two], doc)).toEqual([two]);
    expect(rejection(doc, [one.id])).toBeNull();
    const second = rejection(doc, [one.id, two.id])!;
    expect(applyChange(doc, second).rejected).toEqual([one.id, two.id]);
    expect(applyChange(applyChange(doc, second), invertChange(second))).toEqual(doc);
    expect(applyChange(doc, invertChange(first))).toEqual(emptyDoc);
  });
});
