import type { Money } from '#shared/domain/money.ts';
import { useCallback } from 'react';
import { catalogue, type FigureId, figureSentences } from '#shared/metrics/catalogue.metric.ts';
import type { Format } from '#renderer/i18n/format.ts';
import { type LocaleKey, useText } from '#renderer/i18n/i18n.ts';
import { useKindName } from './entry-words.ts';
import { reasons, whatWords } from './time-words.ts';

/** An activity or a reason for waiting in words; the two share no name. */
export function kindWords(t: ReturnType<typeof useText>, kind: string): string {
  return whatWords(t, (reasons as readonly string[]).includes(kind) ? 'waiting' : 'activity', kind);
}

/** Amounts of several currencies beside each other; they are never added together. */
export function moneyText(format: Format, amounts: readonly Money[]): string {
  return amounts.map((amount) => format.money(amount)).join(' + ');
}

/** What a figure of the catalogue is, in words. */
export interface FigureWords {
  name: string;
  formula: string;
  /** What it does where there is nothing, too much or something odd. */
  edges: string;
  /** Unit and kinds of entries, as a sentence. */
  details: string;
}

/** The words of any figure of the catalogue. */
export function useFigureWords(): (id: FigureId) => FigureWords {
  const t = useText();
  const kindName = useKindName();
  return useCallback(
    (id) => {
      const { name, formula, edges } = figureSentences(id);
      const say = (key: string) => String(t(key as LocaleKey));
      const { unit, source } = catalogue[id];
      const sources = [...new Set<string>(source)].map((kind) => kindName(kind)).join(t('figures.between'));
      return {
        name: say(name),
        formula: say(formula),
        edges: say(edges),
        details: t('figures.details', { unit: t(`figures.units.${unit}`), sources }),
      };
    },
    [t, kindName],
  );
}
