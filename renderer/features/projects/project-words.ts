import { useCallback } from 'react';
import type { PayRate } from '#shared/domain/project.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { dayText } from '#renderer/lib/local-time.ts';

/** A rate in words: `¥0.35 a piece`. */
export function useRateText(): (rate: PayRate) => string {
  const t = useText();
  const format = useFormat();
  return useCallback(
    (rate) =>
      rate.per === 'none'
        ? t('projects.rates.none')
        : t(`projects.rates.${rate.per}`, { amount: format.money(rate.amount) }),
    [t, format],
  );
}

/** Today as this computer's calendar has it. */
export function today(): string {
  return dayText(Date.now());
}
