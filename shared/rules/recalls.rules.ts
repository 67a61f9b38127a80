import type { Money } from '../domain/money.ts';
import type { PayRate } from '../domain/project.ts';
import { amountOfPieces } from './pay.rules.ts';

/** Pieces whose work was done while one rate was in force; null while none was. */
export interface PiecesAtRate {
  pieces: number;
  rate: PayRate | null;
}

/** An amount for each currency in order of its code, and the pieces no rate by the piece is known for. */
export interface PiecesWorth {
  amounts: Money[];
  piecesWithoutRate: number;
}

/**
 * What pieces are worth: pieces x rate in minor units, summed by currency. Pieces of work paid by the hour or by the day, or
 * without known terms, are counted and not guessed at; a rate of nothing is known, and is nothing.
 */
export function worthOfPieces(groups: readonly PiecesAtRate[]): PiecesWorth {
  const sums = new Map<string, number>();
  let piecesWithoutRate = 0;
  for (const { pieces, rate } of groups) {
    if (rate?.per === 'piece') {
      const { minor, currency } = amountOfPieces(rate.amount, pieces);
      sums.set(currency, (sums.get(currency) ?? 0) + minor);
    } else if (rate?.per !== 'none') piecesWithoutRate += pieces;
  }
  const amounts = [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([currency, minor]) => ({ minor, currency }));
  return { amounts, piecesWithoutRate };
}

/**
 * The pieces of a recall by the rate that was in force when each was done. `known` are those the ledger can name (the works named; the
 * pieces of the project or of the segment so far). Pieces beyond them count at the rate in force on the day of the recall; and
 * where fewer were recalled than are known, nobody can tell which, so all count at that rate - unless all were done at one.
 */
export function recalledAtRates(
  known: readonly PiecesAtRate[],
  pieces: number,
  onTheDay: PayRate | null,
): PiecesAtRate[] {
  const named = known.reduce((sum, group) => sum + group.pieces, 0);
  if (named > pieces) {
    const [first, ...more] = known.filter((group) => group.pieces > 0);
    const one = more.every(({ rate }) => JSON.stringify(rate) === JSON.stringify(first?.rate));
    return [{ pieces, rate: one && first !== undefined ? first.rate : onTheDay }];
  }
  const groups = pieces > named ? [...known, { pieces: pieces - named, rate: onTheDay }] : [...known];
  return groups.filter((group) => group.pieces > 0);
}

/** What is left of amounts, currency by currency; below nothing where more was taken than was there. */
export function amountsLeft(from: readonly Money[], taken: readonly Money[]): Money[] {
  const sums = new Map(from.map(({ minor, currency }) => [currency, minor]));
  for (const { minor, currency } of taken) sums.set(currency, (sums.get(currency) ?? 0) - minor);
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([currency, minor]) => ({ minor, currency }));
}

/** Whether a stated amount is another one than what was computed; amounts in several currencies never equal one. */
export function differsFromStated(stated: Money, computed: PiecesWorth): boolean {
  const [only, ...more] = computed.amounts;
  if (more.length > 0 || computed.piecesWithoutRate > 0) return true;
  if (only === undefined) return stated.minor !== 0;
  return only.minor !== stated.minor || only.currency !== stated.currency;
}
