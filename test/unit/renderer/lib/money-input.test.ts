import { describe, expect, it } from 'vitest';
import { parseMoney, typedMoney } from '#renderer/lib/money-input.ts';

describe('parseMoney', () => {
  it('reads amounts into minor units without a float between', () => {
    expect(parseMoney('0.35', 'CNY', 2)).toEqual({ minor: 35, currency: 'CNY' });
    expect(parseMoney('1.1', 'CNY', 2)?.minor).toBe(110);
    expect(parseMoney('1,200.50', 'USD', 2)?.minor).toBe(120_050);
    expect(parseMoney(' 1 200 ', 'USD', 2)?.minor).toBe(120_000);
    expect(parseMoney('300', 'JPY', 0)?.minor).toBe(300);
    expect(parseMoney('８．５', 'CNY', 2)?.minor).toBe(850);
    expect(parseMoney('70368744177.66', 'CNY', 2)?.minor).toBe(7_036_874_417_766);
  });

  it('refuses what is no amount of that currency', () => {
    for (const typed of ['', 'x', '-1', '1.234', '1,2', '.', '1.', '1e3', '99999999999999999999']) {
      expect.soft(parseMoney(typed, 'CNY', 2), typed).toBeNull();
    }
    expect(parseMoney('1.5', 'JPY', 0)).toBeNull();
  });

  it('is the inverse of typedMoney', () => {
    for (const minor of [0, 5, 50, 100, 12_345]) {
      const money = { minor, currency: 'CNY' };
      expect(parseMoney(typedMoney(money, 2), 'CNY', 2)).toEqual(money);
    }
    expect(typedMoney({ minor: 7, currency: 'JPY' }, 0)).toBe('7');
  });
});
