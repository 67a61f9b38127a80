import { describe, expect, it } from 'vitest';
import type { Proposal } from '#shared/domain/annotation.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import { heardProposals } from '#shared/rules/transcript-import.rules.ts';
import { span } from '#test/support/spans.ts';

const labels: LabelSet = [
  { key: 'noise', name: 'Noise', color: '#000000', noTranscript: true, attributes: [] },
  {
    key: 'valid',
    name: 'Valid',
    color: '#00ff00',
    attributes: [
      { name: 'accent', input: 'select', values: ['none', 'some'], required: true, mutable: false, initial: 'none' },
    ],
  },
];

function heard(number: number, tier: string, more: Partial<Proposal> = {}): Proposal {
  const { id, geometry } = span(number, number * 10, number * 10 + 5, tier);
  return { id, geometry, label: null, attributes: {}, score: null, model: 'whisper', text: 'words', ...more };
}

describe('what a machine heard, as a project keeps it', () => {
  it('is of the first class that takes a transcript, with what that class begins with', () => {
    const [first, second] = heardProposals([heard(1, 'A'), heard(2, 'A', { label: 'noise' })], { labels, tiers: [] });
    expect(first).toMatchObject({ label: 'valid', attributes: { accent: 'none' }, text: 'words' });
    expect(second).toEqual(heard(2, 'A', { label: 'noise' }));
    expect(heardProposals([heard(1, 'A')], { labels: [labels[0]!], tiers: [] })[0]!.label).toBeNull();
  });

  it('is of the only speaker there is, where it names none', () => {
    const tiersOf = (proposals: Proposal[], tiers: string[]) =>
      heardProposals(proposals, { labels, tiers }).map(({ geometry }) => geometry.type === 'span' && geometry.tier);
    expect(tiersOf([heard(1, ''), heard(2, '')], ['Li'])).toEqual(['Li', 'Li']);
    expect(tiersOf([heard(1, '')], ['', 'Li', 'Li'])).toEqual(['Li']);
    // Whose it is of two nobody said, and who is named in part is told apart from the others.
    expect(tiersOf([heard(1, '')], ['Li', 'Wang'])).toEqual(['']);
    expect(tiersOf([heard(1, '')], [])).toEqual(['']);
    expect(tiersOf([heard(1, ''), heard(2, 'B')], ['Li'])).toEqual(['', 'B']);
  });
});
