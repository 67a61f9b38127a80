import { useMemo } from 'react';
import type { Json } from '#shared/domain/json.ts';
import type { TextItem, TextRules } from '#shared/domain/text.ts';
import { comparedJudgements } from '#shared/rules/judgement-form.rules.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';

const isText = (value: Json): value is string => typeof value === 'string';

/** A judgement, the worker's or a machine's, in words: `item` with its answers as shown. */
export function useJudgementWords(
  item: TextItem,
  rules: TextRules,
): (own: Json, machine: Json, whose: 'own' | 'machine') => string {
  const t = useText();
  const format = useFormat();
  return useMemo(() => {
    const titles = new Map(rules.categories?.map(({ key, title }) => [key, title ?? key]));
    const letter = (id: Json) => {
      const place = item.candidates.findIndex((each) => each.id === id);
      return place < 0 ? String(id) : 'ABCDEFGH'[place]!;
    };
    const criterion = (name: string) =>
      rules.criteria?.find((each) => each.name === name)?.title ?? (name === 'overall' ? t('work.text.overall') : name);
    const value = (said: Json) =>
      typeof said === 'boolean'
        ? t(said ? 'work.text.yes' : 'work.text.no')
        : typeof said === 'number'
          ? format.number(said, 6)
          : '–';
    const told: Partial<Record<TextItem['kind'], (said: Json) => string | null>> = {
      categorise: (said) =>
        Array.isArray(said) ? said.map((key) => titles.get(String(key)) ?? String(key)).join(' · ') : null,
      compare: (said) => {
        if (said === 'tie') return t('work.text.judging.tie');
        if (said === 'both-bad') return t('work.text.judging.bothBad');
        return isText(said) ? t('work.text.judging.betterIs', { letter: letter(said) }) : null;
      },
      rank: (said) =>
        Array.isArray(said)
          ? said.map((group) => (Array.isArray(group) ? group.map(letter).join(' = ') : '')).join(' > ')
          : null,
      rate: (said) =>
        Array.isArray(said)
          ? said
              .map((each) => {
                const [id = null, name = '', rated = null] = Array.isArray(each) ? each : [];
                const whose = item.candidates.length > 1 ? `${letter(id)} ` : '';
                return `${whose}${criterion(String(name))}: ${value(rated)}`;
              })
              .join(' · ')
          : null,
      mark: (said) => (Array.isArray(said) ? t('work.text.judging.passages', { count: said.length }) : null),
    };
    return (own, machine, whose) => {
      const compared = comparedJudgements(item, own, machine);
      const said = compared?.[whose] ?? null;
      const words = said === null ? null : told[item.kind]?.(said);
      if (words) return words;
      if (isText(said)) return said;
      const plain = whose === 'machine' ? machine : own;
      if (compared && said === null) return t('work.text.judging.nothingSaid');
      return isText(plain) ? plain : JSON.stringify(plain, null, 1);
    };
  }, [format, item, rules, t]);
}
