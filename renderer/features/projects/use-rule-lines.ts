import type { CheckableRules } from '#shared/domain/project.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useTextRuleLines } from './use-text-rule-lines.ts';

type Value = Exclude<CheckableRules[Exclude<keyof CheckableRules, 'text'>], boolean>;

/** The rules a machine can check, in words, one a line. */
export function useRuleLines(): (rules: CheckableRules) => string[] {
  const t = useText();
  const textLines = useTextRuleLines();
  return ({ text, ...named }) => {
    const lines = Object.entries(named).flatMap(([name, value]) => {
      if (value === undefined) return [];
      const words = t(`projects.rules.${name as keyof CheckableRules}`);
      if (typeof value === 'boolean') return [words];
      const of = name === 'noOverlap' ? t(`projects.rules.overlaps.${value as 'tier'}`) : ruleValue(value);
      return [t('ui.named', { name: words, of })];
    });
    return [...lines, ...(text === undefined ? [] : textLines(text))];
  };
}

/** What a rule that is no yes or no asks for. */
function ruleValue(value: Value): string | number {
  if (!Array.isArray(value)) return value ?? '';
  return value.map((one) => (typeof one === 'string' ? one : one.text)).join(', ');
}
