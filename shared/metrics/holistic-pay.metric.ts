import type { Money } from '../domain/money.ts';
import { amountOfPieces, nearestMinor } from '../rules/pay.rules.ts';

/** What the owner says work, expertise and productivity should count for. Percentages are whole numbers. */
export interface HolisticWeights {
  ratePerHour: Money;
  /** What an hour that nobody pays today counts for, in per cent of an hour. */
  unpaidPercent: number;
  /** What a year of this work adds to the pay of time, in per cent. */
  yearPercent: number;
  /** What a certificate in force adds to the pay of time, in per cent. */
  certificatePercent: number;
  /** What a piece adds, in minor units of the currency of the rate. */
  perPieceMinor: number;
}

/** What of a period it is computed from. */
export interface HolisticFacts {
  /** Milliseconds worked that are paid today, and that are not; together all work time. */
  paidMs: number;
  unpaidMs: number;
  /** Whole months of this work up to the last day of the period. */
  months: number;
  /** Certificates in force on the last day of the period, each name once. */
  certificates: number;
  pieces: number;
}

export interface HolisticPay {
  time: Money;
  expertise: Money;
  productivity: Money;
  /** The three together. */
  total: Money;
}

/**
 * Holistic pay: what all work time, expertise and productivity would have paid.
 *
 * time = rate x (paid hours + unpaid hours x unpaid %);
 * expertise = time x (months / 12 x year % + certificates x certificate %);
 * productivity = pieces x what a piece adds;
 * total = time + expertise + productivity.
 *
 * Each part is exact and rounded once, so that the parts sum to the total. It says what work would be worth under the owner's own weights, and
 * compares nobody with anybody.
 */
export function holisticPay(facts: HolisticFacts, weights: HolisticWeights): HolisticPay {
  const { currency } = weights.ratePerHour;
  const whole = (value: number) => BigInt(Math.round(value));
  // Minor units x milliseconds x per cent.
  const weighted =
    whole(weights.ratePerHour.minor) *
    (whole(facts.paidMs) * 100n + whole(facts.unpaidMs) * whole(weights.unpaidPercent));
  const added =
    whole(facts.months) * whole(weights.yearPercent) +
    12n * whole(facts.certificates) * whole(weights.certificatePercent);
  const hours = 3_600_000n * 100n;
  const time = { minor: nearestMinor(weighted, hours), currency };
  const expertise = { minor: nearestMinor(weighted * added, hours * 1200n), currency };
  const productivity = amountOfPieces({ minor: weights.perPieceMinor, currency }, facts.pieces);
  return {
    time,
    expertise,
    productivity,
    total: { minor: time.minor + expertise.minor + productivity.minor, currency },
  };
}

/** Whole months from a day to another; 0 when it is not before it. Days are ISO dates. */
export function monthsBetween(since: string, until: string): number {
  if (since >= until) return 0;
  const [fromYear, fromMonth, fromDay] = since.split('-').map(Number) as [number, number, number];
  const [toYear, toMonth, toDay] = until.split('-').map(Number) as [number, number, number];
  return Math.max(0, (toYear - fromYear) * 12 + toMonth - fromMonth - (toDay < fromDay ? 1 : 0));
}
