import { describe, expect, it } from 'vitest';
import { type AttributeSpec, labelSet, type LabelSet } from '#shared/domain/label-set.ts';
import {
  initialAttributes,
  keepingOf,
  sharedAttributes,
  startingWith,
  withAttribute,
  withInitial,
  withoutAttribute,
} from '#shared/rules/label-attributes.rules.ts';

const spec = (name: string, more: Partial<AttributeSpec> = {}): AttributeSpec => ({
  name,
  input: 'checkbox',
  values: [],
  initial: null,
  required: false,
  mutable: true,
  ...more,
});
const plain: LabelSet = ['car', 'bus', 'cone'].map((key) => ({ key, color: '#102030' }));
const names = (labels: LabelSet) => labels.map(({ attributes = [] }) => attributes.map(({ name }) => name).join());

describe('questions of classes', () => {
  it('are told once with the classes that ask them in the same words', () => {
    const labels = withAttribute(withAttribute(plain, { spec: spec('parked'), labels: ['car', 'bus'] }), {
      spec: spec('parked', { required: true }),
      labels: ['cone'],
    });
    expect(labelSet.parse(labels)).toEqual(labels);
    expect(sharedAttributes(labels)).toEqual([
      { spec: spec('parked'), labels: ['car', 'bus'] },
      { spec: spec('parked', { required: true }), labels: ['cone'] },
    ]);
  });

  it('take the place of the one they replace, and leave the classes that no longer ask', () => {
    const first = { spec: spec('parked'), labels: ['car', 'bus'] };
    const labels = withAttribute(withAttribute(plain, first), { spec: spec('lights'), labels: ['car'] });
    expect(names(labels)).toEqual(['parked,lights', 'parked', '']);
    const renamed = withAttribute(labels, { spec: spec('standing'), labels: ['car', 'cone'] }, first);
    expect(names(renamed)).toEqual(['standing,lights', '', 'standing']);
    expect(renamed[1]).toEqual(plain[1]);
  });

  it('are asked once under one name', () => {
    const labels = withAttribute(plain, { spec: spec('parked'), labels: ['car'] });
    const again = withAttribute(labels, { spec: spec('parked', { required: true }), labels: ['car', 'bus'] });
    expect(sharedAttributes(again)).toEqual([{ spec: spec('parked', { required: true }), labels: ['car', 'bus'] }]);
    expect(withoutAttribute(again, sharedAttributes(again)[0]!)).toEqual(plain);
  });

  it('stay with a class that is typed anew, as its colour does', () => {
    const labels = withAttribute(plain, { spec: spec('parked'), labels: ['car'] });
    const typed: LabelSet = [
      { key: 'tram', color: '#ffffff' },
      { key: 'car', name: 'Car', color: '#ffffff' },
    ];
    expect(keepingOf(typed, labels)).toEqual([typed[0], { ...labels[0], name: 'Car' }]);
  });

  it('start a new object with what they say', () => {
    const label = withAttribute(plain, { spec: spec('parked', { initial: false }), labels: ['car'] })[0];
    expect(initialAttributes(withAttribute([label!], { spec: spec('lights'), labels: ['car'] })[0])).toEqual({
      parked: false,
    });
    expect(initialAttributes(undefined)).toEqual({});
  });

  it('are answered for an object by what its class starts with, where it has no answer', () => {
    const [label] = withAttribute(plain, { spec: spec('parked', { initial: false }), labels: ['car'] });
    expect(withInitial(label, { lights: true })).toEqual({ lights: true, parked: false });
    const answered = { parked: true };
    expect(withInitial(label, answered)).toBe(answered);
    expect(withInitial(undefined, answered)).toBe(answered);
  });

  it('start with another answer from here on, in the classes named alone', () => {
    const shared = { spec: spec('parked'), labels: ['car', 'bus'] };
    const labels = withAttribute(withAttribute(plain, shared), { spec: spec('lights'), labels: ['car'] });
    const begun = startingWith(labels, new Set(['car', 'cone']), 'parked', true);
    expect(begun.map((label) => initialAttributes(label))).toEqual([{ parked: true }, {}, {}]);
    expect(labelSet.parse(begun)).toEqual(begun);
    expect(startingWith(begun, new Set(['car']), 'parked', null)).toEqual(labels);
  });
});
