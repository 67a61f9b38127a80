import { describe, expect, it } from 'vitest';
import { percentText } from '#shared/metrics/unifying-accuracy.metric.ts';
import { amountOfTime, commissionAfterReturns, outcomeOfRecall, type ReturnSchedule } from '#shared/rules/pay.rules.ts';

const yuan = (amount: number) => ({ minor: amount * 100, currency: 'CNY' });
const hour = 3_600_000;

describe('recall', () => {
  it('of six of eight tasks at 60 yuan leaves 120 of 480: 360 lost, 75 %', () => {
    const outcome = outcomeOfRecall(yuan(60), 8, 6);
    expect(outcome).toMatchObject({ expected: yuan(480), received: yuan(120), lost: yuan(360) });
    expect(percentText(outcome.lostShare, 0)).toBe('75');
  });
});

describe('return penalty', () => {
  const schedule: ReturnSchedule = { free: 1, firstPercent: 20, laterPercent: 10, how: 'additive' };
  const left = (returns: number, how: ReturnSchedule['how'] = 'additive') =>
    commissionAfterReturns(yuan(60), returns, { ...schedule, how }).minor;

  it('leaves 100, 80, 70 and 60 % after one, two, three and four returns', () => {
    expect([0, 1, 2, 3, 4].map((returns) => left(returns))).toEqual([6000, 6000, 4800, 4200, 3600]);
  });

  it('compounds where the schedule says so, and never takes more than there is', () => {
    expect([1, 2, 3].map((returns) => left(returns, 'compounding'))).toEqual([6000, 4800, 4320]);
    expect(left(50)).toBe(0);
  });
});

describe('time at a rate', () => {
  it('of 27 hours at 20 yuan an hour is 540 yuan', () => {
    expect(amountOfTime(yuan(20), 27 * hour)).toEqual(yuan(540));
  });

  it('is rounded once, to the nearest minor unit', () => {
    expect(amountOfTime({ minor: 100, currency: 'CNY' }, hour / 200)).toEqual({ minor: 1, currency: 'CNY' });
    expect(amountOfTime({ minor: 100, currency: 'CNY' }, hour / 200 - 1)).toEqual({ minor: 0, currency: 'CNY' });
  });
});
