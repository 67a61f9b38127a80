import { describe, expect, it } from 'vitest';
import type { ShapeId } from '#shared/domain/annotation.ts';
import type { Json } from '#shared/domain/json.ts';
import type { TextAnswer, TextItem, TextKind } from '#shared/domain/text.ts';
import { sameAnswer } from '#shared/metrics/machine.metric.ts';
import { answersTheTask, comparedJudgements, judgementOf } from '#shared/rules/judgement-form.rules.ts';

const candidates = [
  { id: 'a', content: 'one', model: 'davinci' },
  { id: 'b', content: 'two', model: 'curie' },
  { id: 'c', content: 'three', model: null },
];

/** Whether both say the same; null where the machine's answer is none. */
function agree(kind: TextKind, own: Json, machine: Json, among = candidates): boolean | null {
  const compared = comparedJudgements({ kind, candidates: among }, own, machine);
  return compared && sameAnswer(compared.own, compared.machine);
}

describe('a judgement and a machine’s answer', () => {
  it('are the same categories in any order', () => {
    expect(agree('categorise', { categories: ['x', 'y'] }, ['y', 'x'])).toBe(true);
    expect(agree('categorise', { categories: ['x'] }, 'x')).toBe(true);
    expect(agree('categorise', { categories: ['x'] }, { label: 'x', score: 0.4 })).toBe(true);
    expect(agree('categorise', { categories: ['x', 'y'] }, 'x')).toBe(false);
    expect(agree('categorise', { categories: ['x'] }, { score: 1 })).toBeNull();
    expect(agree('categorise', {}, 'x')).toBe(false);
  });

  it('prefer the same answer, whatever order they were shown in', () => {
    const second = { shown: ['b', 'a'], preferences: { overall: 2, style: -1 } };
    expect(agree('compare', second, 'a')).toBe(true);
    expect(agree('compare', second, 'left')).toBe(true);
    expect(agree('compare', second, 'davinci')).toBe(true);
    expect(agree('compare', second, '1')).toBe(true);
    expect(agree('compare', second, 'b')).toBe(false);
    expect(agree('compare', second, -1)).toBe(true);
    expect(agree('compare', { preferences: { overall: -1 } }, 'a')).toBe(true);
    expect(agree('compare', { preferences: { overall: 0 } }, 'tie')).toBe(true);
    expect(agree('compare', { preferences: { overall: 'both-bad' } }, 'Both bad')).toBe(true);
    expect(agree('compare', second, { preference: 'a' })).toBe(true);
    expect(agree('compare', second, 'z')).toBeNull();
  });

  it('rank the same, ties in any order', () => {
    const own = { ranking: [['b', 'a'], ['c']] };
    expect(agree('rank', own, [['a', 'b'], 'c'])).toBe(true);
    expect(agree('rank', own, 'a=b > c')).toBe(true);
    expect(agree('rank', own, ['a', 'b', 'c'])).toBe(false);
    expect(agree('rank', own, ['a', 'z'])).toBeNull();
  });

  it('are compared in the ratings the machine gave and no others', () => {
    const one = candidates.slice(0, 1);
    const own = { ratings: { a: { helpful: 4, true: false } } };
    expect(agree('rate', own, { helpful: 4 }, one)).toBe(true);
    expect(agree('rate', own, { helpful: 3 }, one)).toBe(false);
    expect(agree('rate', { ratings: { a: { helpful: 4 } } }, 4, one)).toBe(true);
    expect(agree('rate', own, { a: { helpful: 4, true: false } })).toBe(true);
    expect(agree('rate', own, 4)).toBeNull();
    expect(comparedJudgements({ kind: 'rate', candidates: one }, {}, 4)?.own).toBeNull();
  });

  it('are the same text, the same passages; a refusal is no answer of a machine’s', () => {
    expect(agree('correct', { text: 'Yes. ' }, 'Yes.')).toBe(true);
    const passages = { passages: [{ field: 'prompt.0', start: 1, end: 3, label: 'wrong' }] };
    expect(agree('mark', passages, [{ start: 1, end: 3, label: 'wrong' }])).toBe(true);
    expect(agree('mark', passages, [{ start: 1, end: 3, labels: ['harmful'] }])).toBe(false);
    expect(agree('mark', {}, [])).toBe(true);
    expect(agree('categorise', { refused: { reason: 'vulgar', words: '' }, categories: ['x'] }, 'x')).toBe(false);
    expect(agree('converse', { turns: [] }, 'x')).toBeNull();
  });

  it('seals the answer with the passages', () => {
    const passage = { type: 'passage', field: 'answer', start: 0, end: 2 } as const;
    const shape = { id: '1' as ShapeId, label: 'x', geometry: passage, attributes: {}, origin: 'hand' as const };
    expect(judgementOf({ version: 1, shapes: [shape], answer: { reason: 'r' } })).toEqual({
      reason: 'r',
      passages: [{ field: 'answer', start: 0, end: 2, label: 'x' }],
    });
  });
});

describe('an answer', () => {
  const item = (kind: TextItem['kind']) => ({
    kind,
    candidates: ['a', 'b'].map((id) => ({ id, content: id, model: null })),
  });
  const says = (kind: TextItem['kind'], answer: TextAnswer) =>
    answersTheTask(item(kind), { version: 1, shapes: [], answer });

  it('says nothing to the task until the task’s own question is answered', () => {
    expect(says('compare', { preferences: { helpful: 1 } })).toBe(false);
    expect(says('compare', { preferences: { overall: 0 } })).toBe(true);
    expect(says('categorise', { categories: [] })).toBe(false);
    expect(says('rank', { ranking: [['b']] })).toBe(false);
    expect(says('rank', { ranking: [['b', 'a']] })).toBe(true);
    expect(says('rate', { ratings: { a: { good: true } } })).toBe(false);
    expect(says('write', { text: ' ' })).toBe(false);
    expect(says('write', { refused: { reason: 'other', words: 'x' } })).toBe(true);
    expect(says('mark', {})).toBe(true);
  });
});
