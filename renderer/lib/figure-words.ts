import type { Money } from '#shared/domain/money.ts';
import type { Format } from '#renderer/i18n/format.ts';
import type { useText } from '#renderer/i18n/i18n.ts';
import { reasons, whatWords } from './time-words.ts';

/** An activity or a reason for waiting in words; the two share no name. */
export function kindWords(t: ReturnType<typeof useText>, kind: string): string {
  return whatWords(t, (reasons as readonly string[]).includes(kind) ? 'waiting' : 'activity', kind);
}

/** Amounts of several currencies beside each other; they are never added together. */
export function moneyText(format: Format, amounts: readonly Money[]): string {
  return amounts.map((amount) => format.money(amount)).join(' + ');
}
