import { describe, expect, it } from 'vitest';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { PayRate } from '#shared/domain/project.ts';
import { promisedPay, type ProjectDay } from '#shared/metrics/promised-pay.metric.ts';

const hour = 3_600_000;
const day = (rate: PayRate | null, pieces: number, paidMs = 0): ProjectDay => ({
  projectId: 'p' as ProjectId,
  rate,
  pieces,
  paidMs,
});
const per = (unit: 'piece' | 'hour' | 'day', minor: number, currency = 'CNY'): PayRate => ({
  per: unit,
  amount: { minor, currency },
});

describe('promised pay', () => {
  it('of eight tasks at 60 yuan is 480 yuan', () => {
    expect(promisedPay([day(per('piece', 6000), 8)])).toEqual({
      pieces: 8,
      promised: [{ minor: 48_000, currency: 'CNY' }],
      piecesWithoutTerms: 0,
    });
  });

  it('adds what is of one currency, keeps currencies apart, and rounds once', () => {
    const thirds = [1, 2, 3].map(() => day(per('hour', 100), 0, hour / 3));
    expect(promisedPay([...thirds, day(per('day', 2000, 'USD'), 0, 1), day(per('day', 2000, 'USD'), 0, 0)])).toEqual({
      pieces: 0,
      promised: [
        { minor: 100, currency: 'CNY' },
        { minor: 2000, currency: 'USD' },
      ],
      piecesWithoutTerms: 0,
    });
  });

  it('tells pieces that no amount is known for from pieces that pay nothing', () => {
    expect(promisedPay([day(null, 3), day({ per: 'none' }, 4), day(per('hour', 100), 5)])).toEqual({
      pieces: 12,
      promised: [],
      piecesWithoutTerms: 3,
    });
  });
});
