import { useCallback } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';

type Loss = Output<'recalls.account'>['lost'];

/** A loss in words: its amounts, and the pieces no rate is known for. */
export function useLossText(): (loss: Loss) => string {
  const t = useText();
  const format = useFormat();
  return useCallback(
    ({ amounts, piecesWithoutRate }) => {
      const parts = amounts.map((amount) => format.money(amount));
      if (piecesWithoutRate > 0) parts.push(t('returns.recalls.withoutRate', { count: piecesWithoutRate }));
      return parts.length === 0 ? t('returns.recalls.nothing') : parts.join(' + ');
    },
    [t, format],
  );
}
