import type { Currency, Money } from '../domain/money.ts';
import type { Day } from '../domain/time.ts';
import { nearestMinor } from './pay.rules.ts';

/** A rate from a day on: one unit of `from` is `rate` (a decimal, never a float) units of `to`. */
export interface DatedRate {
  from: Currency;
  to: Currency;
  rate: string;
  effectiveFrom: Day;
}

/** Digits after the point of a currency (ISO 4217 as CLDR has it): 2 for CNY and USD, none for JPY. */
export function minorDigits(currency: Currency): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/**
 * The rate by which to convert on a day: the latest between the two currencies, in either direction, that is in force then; of several
 * of one day the one written last. Null when none is known. `rates` in the order of writing.
 */
export function rateInForce<R extends DatedRate>(rates: readonly R[], from: Currency, to: Currency, on: Day): R | null {
  let best: R | null = null;
  for (const rate of rates) {
    const fits = (rate.from === from && rate.to === to) || (rate.from === to && rate.to === from);
    if (!fits || rate.effectiveFrom > on) continue;
    if (best === null || rate.effectiveFrom >= best.effectiveFrom) best = rate;
  }
  return best;
}

/**
 * An amount at a rate, to the nearest minor unit; computed exactly and rounded once. A rate that was entered the other way about divides.
 *
 * @param rate one between the amount's currency and the one wanted
 */
export function convertMoney(amount: Money, rate: DatedRate): Money {
  const forward = rate.from === amount.currency;
  const to = forward ? rate.to : rate.from;
  const [whole = '0', decimals = ''] = rate.rate.split('.');
  const value = BigInt(whole + decimals);
  const scale = 10n ** BigInt(decimals.length);
  const [times, over] = forward ? [value, scale] : [scale, value];
  const numerator = BigInt(Math.abs(amount.minor)) * times * 10n ** BigInt(minorDigits(to));
  const minor = nearestMinor(numerator, over * 10n ** BigInt(minorDigits(amount.currency)));
  return { minor: amount.minor < 0 ? 0 - minor : minor, currency: to };
}
