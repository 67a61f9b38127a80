import type { Accuracy } from '../rules/accuracy.rules.ts';

/**
 * Unifying accuracy as a text in per cent: correct tasks / all tasks x 100 %, with `digits` decimals, cut and not rounded: 94.99 %
 * never reads as 95.0 %. For the eye alone; comparing with a bar is `meetsBar`, on the fraction.
 */
export function percentText({ correct, total }: Accuracy, digits: number): string {
  const scaled = (correct * 100n * 10n ** BigInt(digits)) / total;
  const text = scaled.toString().padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
