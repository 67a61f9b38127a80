import type { Money } from '../domain/money.ts';
import { nearestMinor } from '../rules/pay.rules.ts';

/**
 * What unpaid time would have brought at the promised rate: unpaid time x promised pay / paid time, where promised / paid is what the paid hours
 * of the same period are promised to bring. Each currency exactly, rounded once. Nothing when no time was paid: there is no rate to go by.
 *
 * @param unpaidMs, @param paidMs milliseconds; @param promised not below nothing, one a currency
 */
export function unpaidWorth(unpaidMs: number, promised: readonly Money[], paidMs: number): Money[] {
  const paid = BigInt(Math.round(paidMs));
  if (paid <= 0n) return [];
  const unpaid = BigInt(Math.round(unpaidMs));
  return promised.map(({ minor, currency }) => ({ minor: nearestMinor(BigInt(minor) * unpaid, paid), currency }));
}
