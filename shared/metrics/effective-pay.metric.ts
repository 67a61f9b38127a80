import type { Money } from '../domain/money.ts';
import { nearestMinor } from '../rules/pay.rules.ts';

/**
 * What an hour brought: amount x 3,600,000 / milliseconds, for each currency to the nearest minor unit. Whoever shows it names the hours it
 * was divided by: the same day reads 20.63 by the hours of annotating and 9.04 by all hours worked. Nothing when there were no hours.
 *
 * @param amounts not below nothing, one a currency; @param ms milliseconds
 */
export function perHour(amounts: readonly Money[], ms: number): Money[] {
  const hours = BigInt(Math.round(ms));
  if (hours <= 0n) return [];
  return amounts.map(({ minor, currency }) => ({ minor: nearestMinor(BigInt(minor) * 3_600_000n, hours), currency }));
}

/** The same amounts by all hours worked, by those that are paid and by those of annotating: three figures that are never shown for one another. */
export function perHours(amounts: readonly Money[], ms: { worked: number; paid: number; annotating: number }) {
  const { worked, paid, annotating } = ms;
  return { worked: perHour(amounts, worked), paid: perHour(amounts, paid), annotating: perHour(amounts, annotating) };
}
