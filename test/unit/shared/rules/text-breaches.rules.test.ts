import { describe, expect, it } from 'vitest';
import type { PassageGeometry, Shape } from '#shared/domain/annotation.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import type { TextAnswer, TextItem, TextKind, TextRules } from '#shared/domain/text.ts';
import { breachCounts, type TextBreach, textBreaches } from '#shared/rules/text-breaches.rules.ts';
import { nextShapeId } from '#test/support/codec-files.ts';

const labels: LabelSet = [{ key: 'wrong', color: '#ff0000' }];

const item = (kind: TextKind): TextItem => ({
  ...{ version: 1, kind, name: '1', prompt: [{ role: 'user', content: 'Why?' }], images: [], machine: null, extra: {} },
  candidates: ['a', 'b'].map((id) => ({ id, content: `answer ${id}`, model: null })),
});

const passage = (label: string | null, geometry: Omit<PassageGeometry, 'type'>, source?: string): Shape => ({
  ...{ id: nextShapeId() as Shape['id'], label, geometry: { type: 'passage', ...geometry }, origin: 'hand' },
  attributes: source === undefined ? {} : { source },
});

function check(kind: TextKind, answer: TextAnswer, text: TextRules = {}, shapes: Shape[] = []): TextBreach[] {
  return textBreaches({ item: item(kind), doc: { version: 1, shapes, answer }, labels, rules: { text } });
}

const names = (breaches: readonly TextBreach[]) =>
  breaches.map(({ rule, name }) => (name === null ? rule : `${rule} ${name}`));

describe('what is written', () => {
  it('keeps to its limits in the unit of the project, exactly at them too', () => {
    const text = Array.from({ length: 250 }, () => 'word').join(' ');
    const rules: TextRules = { longest: 250, lengthUnit: 'words' };
    expect(check('write', { text }, rules)).toEqual([]);
    expect(check('write', { text: `${text} more` }, rules)).toMatchObject([
      { rule: 'tooLong', found: 251, limit: 250 },
    ]);
    expect(check('correct', { text: '字'.repeat(9) }, { shortest: 10 })).toMatchObject([
      { rule: 'tooShort', found: 9, limit: 10 },
    ]);
  });

  it('has what must be in it and not what must not, each told at its place', () => {
    const rules: TextRules = { requiredParts: ['Source:'], forbiddenParts: ['as an AI'], finishedSentences: true };
    const text = 'As an AI I say İ as an ai';
    const found = check('write', { text }, rules);
    expect(names(found)).toEqual(['forbiddenPart as an AI', 'requiredPart Source:', 'unfinishedSentence']);
    expect(check('write', { text: 'As an AI, and as an AI.' }, rules).map(({ at }) => at?.start)).toEqual([0, 14, 23]);
    expect(check('write', { text: 'Done. source: “X.”' }, rules)).toEqual([]);
  });

  it.each(['好。', '“Yes!”', 'It is so [1].', 'so.[1]', '**Fine.**', 'a list:', '完。）'])('%s is finished', (text) => {
    expect(check('write', { text }, { finishedSentences: true })).toEqual([]);
  });

  it('is not empty, unless it was refused for a reason', () => {
    expect(names(check('write', {}))).toEqual(['emptyAnswer']);
    expect(names(check('write', { text: ' \n' }))).toEqual(['emptyAnswer']);
    expect(check('write', { refused: { reason: 'too-broad', words: '' } }, { longest: 1 })).toEqual([]);
    expect(names(check('write', { refused: { reason: 'other', words: ' ' } }))).toEqual(['refusalWords']);
  });

  it('names a source that some passage rests on', () => {
    const source = { id: 's1', title: 'T', address: '', quote: '', seen: null };
    const rules: TextRules = { requireSource: true };
    const tied = [passage('wrong', { field: 'answer', start: 0, end: 4 }, 's1')];
    expect(names(check('write', { text: 'Text.' }, rules))).toEqual(['noSource']);
    expect(names(check('write', { text: 'Text.', sources: [source] }, rules))).toEqual(['noSource T']);
    expect(check('write', { text: 'Text.', sources: [source] }, rules, tied)).toEqual([]);
  });
});

describe('what is judged', () => {
  it('is put into categories the project knows', () => {
    const rules: TextRules = { categories: [{ key: 'x' }, { key: 'y' }] };
    expect(names(check('categorise', {}, rules))).toEqual(['noCategory']);
    expect(names(check('categorise', { categories: ['x', 'z'] }, rules))).toEqual([
      'unknownCategory z',
      'tooManyCategories',
    ]);
    expect(check('categorise', { categories: ['x', 'y'] }, { ...rules, severalCategories: true })).toEqual([]);
  });

  it('is compared by every criterion and overall, a tie and both bad among the answers', () => {
    const rules: TextRules = { criteria: [{ name: 'truth', input: 'likert' }], requireReason: true };
    expect(names(check('compare', {}, rules))).toEqual(['notCompared truth', 'notCompared overall', 'noReason']);
    expect(check('compare', { preferences: { truth: 0, overall: 'both-bad' }, reason: 'r' }, rules)).toEqual([]);
  });

  it('is ranked and rated whole', () => {
    expect(names(check('rank', { ranking: [['b']] }))).toEqual(['notRanked a']);
    expect(check('rank', { ranking: [['b', 'a']] })).toEqual([]);
    const rules: TextRules = {
      criteria: [
        { name: 'safe', input: 'yes-no' },
        { name: 'good', input: 'likert', max: 7 },
        { name: 'share', input: 'number', min: 0, max: 1 },
      ],
    };
    const good = { safe: true, good: 7, share: 0.5 };
    expect(check('rate', { ratings: { a: good, b: good } }, rules)).toEqual([]);
    expect(names(check('rate', { ratings: { a: good, b: { safe: 1, good: 7.5 } } }, rules))).toEqual([
      'notRated share',
      'ratingValue safe',
      'ratingValue good',
    ]);
  });

  it('marks passages with labels of the project', () => {
    const shapes = [
      passage('wrong', { field: 'candidate.a', start: 0, end: 3 }),
      passage(null, { field: 'candidate.a', start: 4, end: 6 }),
    ];
    const found = check('mark', {}, {}, shapes);
    expect(found).toMatchObject([{ rule: 'requireLabel', shapes: [shapes[1]!.id], at: { start: 4, end: 6 } }]);
    expect(breachCounts(found)).toEqual([{ rule: 'requireLabel', count: 1 }]);
  });

  it('rates every reply of a conversation', () => {
    const said = { model: null, ratings: {} };
    const turns = [
      { role: 'user' as const, content: 'Hi', ...said },
      { role: 'assistant' as const, content: 'Hello', ...said },
    ];
    expect(names(check('converse', { turns: [] }))).toEqual(['emptyAnswer']);
    expect(check('converse', { turns })).toMatchObject([{ rule: 'notRated', at: { field: 'turn.1' } }]);
    expect(check('converse', { turns: [turns[0]!, { ...turns[1]!, ratings: { overall: 4 } }] })).toEqual([]);
  });
});
