import type { Proposal } from '../domain/annotation.ts';
import type { LabelSet } from '../domain/label-set.ts';
import { withInitial } from './label-attributes.rules.ts';

/**
 * A machine's segments of one recording as a project keeps them. What heard speech and names no class is of the first class that takes a
 * transcript, with what that class begins with. Where no segment names a speaker and the project has exactly one, all are that one's.
 * @param tiers speakers known to the project or in the recording's draft
 */
export function heardProposals(
  proposals: readonly Proposal[],
  { labels, tiers }: { labels: LabelSet; tiers: readonly string[] },
): Proposal[] {
  const spoken = labels.find(({ noTranscript }) => noTranscript !== true);
  const speakers = new Set(tiers.filter((tier) => tier !== ''));
  const [only] = speakers.size === 1 ? speakers : [];
  const unnamed = proposals.every(({ geometry }) => geometry.type !== 'span' || geometry.tier === '');
  return proposals.map((proposal) => {
    const { geometry, label, attributes } = proposal;
    if (geometry.type !== 'span') return proposal;
    return {
      ...proposal,
      ...(label === null && spoken && { label: spoken.key, attributes: withInitial(spoken, attributes) }),
      ...(unnamed && only !== undefined && { geometry: { ...geometry, tier: only } }),
    };
  });
}
