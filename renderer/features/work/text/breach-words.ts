import { useMemo } from 'react';
import type { LabelSet } from '#shared/domain/label-set.ts';
import type { TextItem, TextRules } from '#shared/domain/text.ts';
import type { TextBreach } from '#shared/rules/text-breaches.rules.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { labelName } from '../label-name.ts';

/** A breach as a sentence. What it names is told as the worker knows it: a criterion by its title, an answer by its letter. */
export function useBreachWords(item: TextItem, labels: LabelSet, rules: TextRules): (breach: TextBreach) => string {
  const t = useText();
  const format = useFormat();
  return useMemo(() => {
    const figure = (value: number | null) => (value === null ? '' : format.number(value, 0));
    const known = (name: string | null) => {
      if (name === null) return '';
      const criterion = rules.criteria?.find((each) => each.name === name);
      const category = rules.categories?.find((each) => each.key === name);
      const place = item.candidates.findIndex(({ id }) => id === name);
      if (place >= 0) return t('work.text.candidate', { place: 'ABCDEFGH'[place] });
      if (name === 'overall' && !criterion) return t('work.text.overall');
      return criterion?.title ?? category?.title ?? labelName(labels, name) ?? name;
    };
    /** Of several answers, which one a question was asked of. */
    const of = (at: TextBreach['at']) => {
      const id = at !== null && item.candidates.length > 1 ? /^candidate\.(.+)$/.exec(at.field)?.[1] : undefined;
      return id === undefined ? '' : known(id);
    };
    return ({ rule, name, found, limit, at }) => {
      const whole = [of(at), known(name)].filter((part) => part !== '').join(' · ');
      const rated = rule === 'notRated' || rule === 'ratingValue';
      return t(`work.text.breaches.rules.${rule}`, {
        ...{ name: rated ? whole : known(name), found: figure(found), limit: figure(limit) },
      });
    };
  }, [format, item, labels, rules, t]);
}
