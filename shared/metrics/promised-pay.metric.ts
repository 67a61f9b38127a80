import type { ProjectId } from '../domain/ids.ts';
import type { Money } from '../domain/money.ts';
import type { PayRate } from '../domain/project.ts';
import { nearestMinor } from '../rules/pay.rules.ts';

/** What one project saw on a day. */
export interface ProjectDay {
  /** null for work that was logged without a project. */
  projectId: ProjectId | null;
  /** The rate in force that day; null when no terms are known. */
  rate: PayRate | null;
  /** Tasks first submitted, and units stated of work done elsewhere. */
  pieces: number;
  /** Milliseconds of work paid by time, as a union. */
  paidMs: number;
}

export interface PromisedPay {
  pieces: number;
  /** One amount a currency, in order of currency code. */
  promised: Money[];
  /** Pieces whose pay is not known, because their project has no terms in force. */
  piecesWithoutTerms: number;
}

const hourMs = 3_600_000n;

/**
 * What a day's work is promised by the terms in force: pieces x rate, hours x rate (to the millisecond), or the day's rate when any of its time is
 * paid. Summed exactly for each currency and rounded to the minor unit once. What returns and recalls take away is not in it.
 */
export function promisedPay(projects: readonly ProjectDay[]): PromisedPay {
  // In minor units x milliseconds of an hour, so that hours stay whole numbers until the end.
  const sums = new Map<string, bigint>();
  const add = ({ currency, minor }: Money, times: bigint) =>
    sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(minor) * times);

  for (const { rate, pieces, paidMs } of projects) {
    if (rate?.per === 'piece' && pieces > 0) add(rate.amount, BigInt(pieces) * hourMs);
    if (rate?.per === 'hour' && paidMs > 0) add(rate.amount, BigInt(Math.round(paidMs)));
    if (rate?.per === 'day' && paidMs > 0) add(rate.amount, hourMs);
  }
  return {
    pieces: projects.reduce((sum, project) => sum + project.pieces, 0),
    promised: [...sums]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([currency, sum]) => ({ minor: nearestMinor(sum, hourMs), currency })),
    piecesWithoutTerms: projects.reduce((sum, { rate, pieces }) => sum + (rate === null ? pieces : 0), 0),
  };
}
