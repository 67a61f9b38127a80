import { describe, expect, it } from 'vitest';
import type { PayRate } from '#shared/domain/project.ts';
import { amountsLeft, differsFromStated, recalledAtRates, worthOfPieces } from '#shared/rules/recalls.rules.ts';

const piece = (minor: number, currency = 'CNY'): PayRate => ({ per: 'piece', amount: { minor, currency } });
const hour: PayRate = { per: 'hour', amount: { minor: 2000, currency: 'CNY' } };

describe('what recalled pieces lose', () => {
  it('is pieces x rate: six of eight tasks at 60 yuan lose 360 of 480', () => {
    const expected = worthOfPieces([{ pieces: 8, rate: piece(6000) }]);
    const lost = worthOfPieces(recalledAtRates([{ pieces: 6, rate: piece(6000) }], 6, piece(6000)));
    expect([expected.amounts, lost.amounts]).toEqual([
      [{ minor: 48_000, currency: 'CNY' }],
      [{ minor: 36_000, currency: 'CNY' }],
    ]);
    expect(amountsLeft(expected.amounts, lost.amounts)).toEqual([{ minor: 12_000, currency: 'CNY' }]);
  });

  it('goes by the rate when each piece was done, and by that of the day for those it does not name', () => {
    const known = [
      { pieces: 2, rate: piece(100) },
      { pieces: 3, rate: piece(50) },
    ];
    expect(worthOfPieces(recalledAtRates(known, 6, piece(10))).amounts).toEqual([{ minor: 360, currency: 'CNY' }]);
    // Fewer than are known: nobody can tell which.
    expect(worthOfPieces(recalledAtRates(known, 4, piece(10))).amounts).toEqual([{ minor: 40, currency: 'CNY' }]);
    expect(recalledAtRates([{ pieces: 9, rate: piece(7) }], 4, piece(10))).toEqual([{ pieces: 4, rate: piece(7) }]);
  });

  it('counts what no rate by the piece is known for, and keeps currencies apart', () => {
    const groups = [
      { pieces: 1, rate: null },
      { pieces: 2, rate: hour },
      { pieces: 4, rate: { per: 'none' } as const },
      { pieces: 1, rate: piece(5, 'USD') },
      { pieces: 1, rate: piece(7) },
    ];
    expect(worthOfPieces(groups)).toEqual({
      amounts: [
        { minor: 7, currency: 'CNY' },
        { minor: 5, currency: 'USD' },
      ],
      piecesWithoutRate: 3,
    });
  });

  it('differs from what was stated by amount, by currency, and when it is not known whole', () => {
    const computed = { amounts: [{ minor: 7, currency: 'CNY' }], piecesWithoutRate: 0 };
    expect(differsFromStated({ minor: 7, currency: 'CNY' }, computed)).toBe(false);
    expect(differsFromStated({ minor: 8, currency: 'CNY' }, computed)).toBe(true);
    expect(differsFromStated({ minor: 7, currency: 'USD' }, computed)).toBe(true);
    expect(differsFromStated({ minor: 7, currency: 'CNY' }, { ...computed, piecesWithoutRate: 1 })).toBe(true);
    expect(differsFromStated({ minor: 0, currency: 'CNY' }, { amounts: [], piecesWithoutRate: 0 })).toBe(false);
  });
});
