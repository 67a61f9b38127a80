import type { Money } from '#shared/domain/money.ts';

/**
 * Reads an amount as typed (`0.35`, `1 200`, `1,200.50`, `3,5` is refused) into minor units with `digits` decimals, without
 * passing through a float. Null when it is no such amount.
 */
export function parseMoney(typed: string, currency: string, digits: number): Money | null {
  const plain = typed.normalize('NFKC').replaceAll(/\s/g, '');
  if (!/^(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$/.test(plain)) return null;
  const [whole = '0', decimals = ''] = plain.replaceAll(',', '').split('.');
  if (decimals.length > digits) return null;
  const minor = Number(whole + decimals.padEnd(digits, '0'));
  return Number.isSafeInteger(minor) ? { minor, currency } : null;
}

/** Minor units as one would type them: `1200` in CNY as `12.00`. */
export function typedMoney({ minor }: Money, digits: number): string {
  const text = String(minor).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** Currencies offered first; any ISO 4217 code can be chosen after them. */
export const usualCurrencies = ['CNY', 'USD', 'EUR', 'INR', 'PHP', 'KES', 'BRL', 'IDR', 'JPY'] as const;
