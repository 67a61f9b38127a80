import type { Proposal } from '../domain/annotation.ts';

/** Orders of the queue: that of the files, or that in which a machine is unsure of what it proposes, the least sure first. */
export const queueOrders = ['file', 'least-confident', 'margin', 'entropy'] as const;
export type QueueOrder = (typeof queueOrders)[number];
/** An order by what a machine said. */
export type UncertaintyOrder = Exclude<QueueOrder, 'file'>;

/** How sure a machine is of its proposals for one photo, from 0 (not at all) to 1, in the sense of each order. */
export type Certainty = Readonly<Record<UncertaintyOrder, number>>;

/**
 * How sure a machine is of what it proposes for a photo; null where it gave no score at all.
 *
 * The three measures of uncertainty sampling (B. Settles, Active Learning Literature Survey, University of Wisconsin-Madison, Computer
 * Sciences Technical Report 1648, 2009, section 3.1), each turned round so that 1 is sure. A detection has one score p: it is there with
 * p and it is not with 1 - p, and a photo has many detections.
 * - least confident: the least p (uncertainty 1 - p of the one the machine is least sure of);
 * - margin: the least |p - (1 - p)| = |2p - 1| (the one that hangs most between being there and not);
 * - entropy: 1 - the mean of H(p) = -p log2 p - (1 - p) log2 (1 - p) over all of them.
 */
export function certaintyOf(proposals: readonly Pick<Proposal, 'score'>[]): Certainty | null {
  const scores = proposals.flatMap(({ score }) => (score === null ? [] : [score]));
  if (scores.length === 0) return null;
  let least = 1;
  let margin = 1;
  let entropy = 0;
  for (const p of scores) {
    least = Math.min(least, p);
    margin = Math.min(margin, Math.abs(2 * p - 1));
    entropy += binaryEntropy(p);
  }
  return { 'least-confident': least, margin: rounded(margin), entropy: rounded(1 - entropy / scores.length) };
}

/** To nine places: 0.3 and 0.7 are equally far from the middle, whatever the last bits say. */
function rounded(value: number): number {
  return Math.round(Math.max(0, value) * 1e9) / 1e9;
}

/** In bits: 1 at one half, 0 at 0 and 1. */
function binaryEntropy(p: number): number {
  if (p <= 0 || p >= 1) return 0;
  return -p * Math.log2(p) - (1 - p) * Math.log2(1 - p);
}
