import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PayTerms } from '#shared/domain/project.ts';
import { payAccount, type PaidPiece, type RecallOfWork } from '#shared/metrics/pay-period.metric.ts';
import { lessMoney, sumMoney } from '#shared/rules/pay.rules.ts';

const terms: PayTerms = {
  effectiveFrom: '2026-01-01',
  rate: { per: 'piece', amount: { minor: 6000, currency: 'CNY' } },
  taskKind: null,
  bonuses: [],
  returnPenalty: { free: 1, firstPercent: 20, laterPercent: 10, how: 'additive' },
  promisedPayment: null,
  note: null,
};
const termsOf = () => [terms];

const days = ['2026-11-01', '2026-11-02', '2026-11-03'];
const somePieces = fc
  .array(
    fc.record({
      projectId: fc.constantFrom('p', 'q', null),
      taskKind: fc.constantFrom('boxes', null),
      day: fc.constantFrom(...days),
      count: fc.integer({ min: 1, max: 5 }),
      returns: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 5 }),
    }),
    { maxLength: 8 },
  )
  .map((pieces) => pieces.map((piece, at): PaidPiece => ({ ...piece, id: String(at) })));
/** Recalls of single pieces of work, whose amounts stay where the work was done. */
const recallsOf = (pieces: readonly PaidPiece[]) =>
  fc.array(fc.tuple(fc.nat(9), fc.integer({ min: 1, max: 6 })), { maxLength: 4 }).map((some) =>
    some.flatMap(([at, take], n): RecallOfWork[] => {
      const piece = pieces[at];
      if (piece === undefined) return [];
      const taken = Math.min(take, piece.count);
      const works = [{ pieceId: piece.id, count: piece.count }];
      return [{ id: `r${n}`, projectId: piece.projectId, day: null, pieces: taken, statedLoss: null, works }];
    }),
  );
const work = somePieces.chain((pieces) => fc.tuple(fc.constant(pieces), recallsOf(pieces)));

const expectedOf = (pieces: readonly PaidPiece[], recalls: readonly RecallOfWork[]) =>
  sumMoney(payAccount({ pieces, recalls, time: [], termsOf }).projects.flatMap(({ expected }) => expected));

describe('pay of a period', () => {
  it('sums projects and days to the whole, and never expects less than nothing', () => {
    fc.assert(
      fc.property(work, ([pieces, recalls]) => {
        const whole = expectedOf(pieces, recalls);
        const parts = days.map((day) =>
          expectedOf(
            pieces.filter((piece) => piece.day === day),
            recalls,
          ),
        );
        expect(sumMoney(parts.flat())).toEqual(whole);
        for (const { minor } of whole) expect(minor).toBeGreaterThanOrEqual(0);
        const { projects, outcomes } = payAccount({ pieces, recalls, time: [], termsOf });
        for (const pay of projects) {
          expect(pay.expected).toEqual(lessMoney(pay.promised, [...pay.lostToRecalls, ...pay.lostToReturns]));
        }
        for (const { piece, recalled } of outcomes) expect(recalled).toBeLessThanOrEqual(piece.count);
      }),
    );
  });

  it('does not depend on the order in which work is given', () => {
    fc.assert(
      fc.property(work, ([pieces, recalls]) => {
        expect(expectedOf([...pieces].reverse(), recalls)).toEqual(expectedOf(pieces, recalls));
      }),
    );
  });
});
