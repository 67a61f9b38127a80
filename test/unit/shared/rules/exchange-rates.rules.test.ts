import { describe, expect, it } from 'vitest';
import { convertMoney, minorDigits, rateInForce, type DatedRate } from '#shared/rules/exchange-rates.rules.ts';

const rate = (from: string, to: string, text: string, effectiveFrom = '2026-01-01'): DatedRate => ({
  from,
  to,
  rate: text,
  effectiveFrom,
});

describe('an amount at a rate', () => {
  it('is exact and rounded once, in either direction', () => {
    const yuan = { minor: 6000, currency: 'CNY' };
    expect(convertMoney(yuan, rate('CNY', 'USD', '0.1391667'))).toEqual({ minor: 835, currency: 'USD' });
    expect(convertMoney(yuan, rate('USD', 'CNY', '7.1856'))).toEqual({ minor: 835, currency: 'USD' });
    expect(convertMoney({ minor: -6000, currency: 'CNY' }, rate('CNY', 'USD', '0.1391667')).minor).toBe(-835);
  });

  it('minds the digits of a currency', () => {
    expect(minorDigits('JPY')).toBe(0);
    expect(convertMoney({ minor: 100, currency: 'USD' }, rate('USD', 'JPY', '150.4'))).toEqual({
      minor: 150,
      currency: 'JPY',
    });
  });
});

describe('the rate in force', () => {
  it('is the latest not after the day, the last written of one day, in either direction', () => {
    const rates = [
      rate('CNY', 'USD', '0.1', '2026-01-01'),
      rate('USD', 'CNY', '7', '2026-02-01'),
      rate('CNY', 'USD', '0.2', '2026-02-01'),
      rate('CNY', 'EUR', '0.3', '2026-02-02'),
    ];
    expect(rateInForce(rates, 'CNY', 'USD', '2025-12-31')).toBeNull();
    expect(rateInForce(rates, 'CNY', 'USD', '2026-01-31')?.rate).toBe('0.1');
    expect(rateInForce(rates, 'USD', 'CNY', '2026-03-01')?.rate).toBe('0.2');
  });
});
