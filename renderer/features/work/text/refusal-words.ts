import type { TextRules } from '#shared/domain/text.ts';
import { useText } from '#renderer/i18n/i18n.ts';

/** The reasons of the field, where a project has no taxonomy of its own. */
export const usualRefusals = [
  'too-broad',
  'too-complex',
  'asks-for-a-table',
  'explicit',
  'vulgar',
  'political',
] as const;

type Usual = (typeof usualRefusals)[number];

/** The reasons a task may be refused for, in the order of their keys; `other` is always there, at the end. */
export function refusalsOf({ refusals }: TextRules): readonly { key: string; title?: string | undefined }[] {
  const all = refusals ?? usualRefusals.map((key) => ({ key }));
  return all.some(({ key }) => key === 'other') ? all : [...all, { key: 'other' }];
}

/** A reason in words: as the project calls it, else as this program does. */
export function useRefusalTitle(rules: TextRules): (key: string) => string {
  const t = useText();
  return (key) => {
    const named = rules.refusals?.find((each) => each.key === key)?.title;
    if (named !== undefined) return named;
    if (key === 'other') return t('work.text.refusals.other');
    return isUsual(key) ? t(`work.text.refusals.${key}`) : key;
  };
}

function isUsual(key: string): key is Usual {
  return (usualRefusals as readonly string[]).includes(key);
}
