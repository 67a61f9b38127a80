import { describe, expect, it } from 'vitest';
import type { LabelSet } from '#shared/domain/label-set.ts';
import { answersGiven, anyObject, isFiltering, isMeant } from '#shared/rules/object-filter.rules.ts';
import { box } from '#test/support/canvas-workbench.ts';

const spec = { values: [] as string[], required: false, mutable: false, initial: null };
const labels: LabelSet = [
  {
    key: 'car',
    color: '#112233',
    attributes: [
      { ...spec, name: 'occluded', title: 'Occlusion', input: 'radio', values: ['none', 'half', 'most'] },
      { ...spec, name: 'seats', input: 'number' },
    ],
  },
  { key: 'tree', color: '#445566' },
];
const shape = (label: string | null, attributes: Record<string, string | number> = {}) => ({
  ...box(0, 0, 5, 5),
  label,
  attributes,
});

describe('which objects are meant', () => {
  it('all, those of a class, those with an answer, those without one', () => {
    const [half, none, tree] = [shape('car', { occluded: 'half', seats: 4 }), shape('car'), shape('tree')];
    const meant = (filter: Partial<typeof anyObject>) =>
      [half, none, tree].filter((each) => isMeant({ ...anyObject, ...filter }, each));
    expect(meant({})).toEqual([half, none, tree]);
    expect(meant({ label: 'car' })).toEqual([half, none]);
    expect(meant({ attribute: 'occluded', value: 'half' })).toEqual([half]);
    expect(meant({ attribute: 'seats', value: '4' })).toEqual([half]);
    expect(meant({ label: 'car', attribute: 'occluded', value: null })).toEqual([none]);
    expect([isFiltering(anyObject), isFiltering({ ...anyObject, attribute: 'seats' })]).toEqual([false, true]);
  });

  it('are chosen among the answers that were given, in the order they are asked in', () => {
    const shapes = [shape('car', { occluded: 'most' }), shape('car', { occluded: 'none', seats: 2 }), shape('tree')];
    expect(answersGiven(labels, shapes)).toEqual([
      { name: 'occluded', title: 'Occlusion', values: ['none', 'most', null] },
      { name: 'seats', title: 'seats', values: ['2', null] },
    ]);
    expect(answersGiven(labels, [shape('tree')])).toEqual([]);
  });
});
