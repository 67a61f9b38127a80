import { describe, expect, it } from 'vitest';
import { effectiveRate, trainingTime, worthOfTime } from '#shared/metrics/training.metric.ts';

const hour = 3_600_000;
const yuan = (amount: number) => ({ minor: amount * 100, currency: 'CNY' });

describe('training', () => {
  it('of three unpaid nine-hour days is 27 hours, worth 540 yuan at 20 an hour', () => {
    const days = [1, 2, 3].map(() => ({ timeMs: 9 * hour, paid: false }));
    const { unpaidMs } = trainingTime([...days, { timeMs: hour, paid: true }]);
    expect(worthOfTime(unpaidMs, yuan(20))).toEqual(yuan(540));
  });

  it('counts as unpaid only what was said to be', () => {
    expect(trainingTime([{ timeMs: hour, paid: null }])).toEqual({ timeMs: hour, unpaidMs: 0 });
  });
});

describe('the effective rate', () => {
  it('is what was received for all hours, of one currency', () => {
    expect(effectiveRate([yuan(180)], 9 * hour)).toEqual(yuan(20));
    expect(effectiveRate([yuan(180)], 0)).toBeNull();
    expect(effectiveRate([], hour)).toBeNull();
    expect(effectiveRate([yuan(1), { minor: 1, currency: 'USD' }], hour)).toBeNull();
  });
});
