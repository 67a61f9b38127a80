import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnnotationDoc, Shape } from '#shared/domain/annotation.ts';
import { annotationChange } from '#shared/rules/returns.rules.ts';

const idOf = (n: number) => `019a0000-0000-7000-8000-${n.toString(16).padStart(12, '0')}` as Shape['id'];
const box = (n: number, x: number, y: number, w: number, h: number, label: string | null = 'car'): Shape => ({
  id: idOf(n),
  label,
  geometry: { type: 'box', x, y, w, h },
  attributes: {},
  origin: 'hand',
});
const doc = (...shapes: Shape[]): AnnotationDoc => ({ version: 1, shapes });

describe('what a revision changed', () => {
  it('tells how far each side of a box moved', () => {
    const before = doc(box(1, 10, 10, 100, 50), box(2, 300, 10, 20, 20));
    const after = doc(box(1, 12, 10, 95, 53), box(2, 300, 10, 20, 20));
    expect(annotationChange(before, after)).toMatchObject({
      unchanged: 1,
      objects: [
        { what: 'changed', shapeId: idOf(1), classChanged: false, sides: { left: 2, top: 0, right: -3, bottom: 3 } },
      ],
    });
  });

  it('tells classes and attributes that changed', () => {
    const before = doc(box(1, 0, 0, 9, 9, 'car'), box(2, 20, 0, 9, 9));
    const other = { ...box(2, 20, 0, 9, 9), attributes: { occlusion: '30-70' } };
    const { objects } = annotationChange(before, doc(box(1, 0, 0, 9, 9, 'bus'), other));
    expect(objects).toMatchObject([
      { classChanged: true, labelBefore: 'car', label: 'bus', sides: null, reshaped: false },
      { classChanged: false, attributesChanged: true },
    ]);
  });

  it('tells what was written for a segment of sound and for a task of text, before and after', () => {
    const segment = (text?: string): Shape => ({
      ...box(1, 0, 0, 9, 9),
      geometry: { type: 'span', start: 0, end: 100, tier: 'speech', channel: null },
      ...(text === undefined ? {} : { text }),
    });
    expect(annotationChange(doc(segment()), doc(segment('你好'))).objects).toMatchObject([
      { text: { before: '', after: '你好' }, reshaped: false },
    ]);
    const turn = (content: string) => ({ role: 'user' as const, content, model: null, ratings: {} });
    const before = { text: 'The sky is blue.', categories: ['a'], shown: ['a', 'b'], turns: [turn('1'), turn('2')] };
    const after = { text: 'The sky is grey.', categories: ['b'], shown: ['b', 'a'], reason: 'It rained.' };
    const change = annotationChange({ ...doc(), answer: before }, { ...doc(), answer: after });
    expect(change.answer).toEqual([
      { field: 'text', text: { before: 'The sky is blue.', after: 'The sky is grey.' } },
      { field: 'categories', text: null },
      { field: 'reason', text: { before: '', after: 'It rained.' } },
      { field: 'turns', text: { before: '1\n\n2', after: '' } },
    ]);
    expect(annotationChange({ ...doc(), answer: before }, { ...doc(), answer: before }).answer).toEqual([]);
  });

  it('knows a box that was deleted and drawn anew by its overlap, the greatest first', () => {
    const before = doc(box(1, 0, 0, 100, 100));
    const after = doc(box(7, 20, 0, 100, 100), box(8, 1, 0, 100, 100));
    expect(annotationChange(before, after).objects).toMatchObject([
      { what: 'changed', shapeId: idOf(1), sides: { left: 1, right: 1 } },
      { what: 'added', shapeId: idOf(7), labelBefore: null },
    ]);
    // Two of three is the same box, one of two is not: exactly a half still is.
    expect(annotationChange(doc(box(1, 0, 0, 30, 10)), doc(box(2, 10, 0, 30, 10))).objects[0]?.what).toBe('changed');
    expect(annotationChange(doc(box(1, 0, 0, 30, 10)), doc(box(2, 11, 0, 30, 10))).objects.map((o) => o.what)).toEqual([
      'added',
      'removed',
    ]);
  });

  it('accounts for every object once, whatever was drawn', () => {
    const shape = fc.tuple(
      fc.integer({ min: 0, max: 12 }),
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 0, max: 30 }),
      fc.constantFrom('car', 'bus', null),
    );
    const docs = fc
      .uniqueArray(shape, { selector: ([n]) => n, maxLength: 12 })
      .map((all) => doc(...all.map(([n, x, y, w, label]) => box(n, x, y, w, w, label))));
    fc.assert(
      fc.property(docs, docs, (before, after) => {
        const { objects, unchanged } = annotationChange(before, after);
        const count = (what: string) => objects.filter((object) => object.what === what).length;
        expect(unchanged + count('changed') + count('removed')).toBe(before.shapes.length);
        expect(unchanged + count('changed') + count('added')).toBe(after.shapes.length);
        expect(annotationChange(before, before)).toEqual({ objects: [], answer: [], unchanged: before.shapes.length });
      }),
    );
  });
});
