import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';

/** A number of entries in words: `1 entry`, `210 entries`. */
export function useEntryCount(): (count: number) => string {
  const t = useText();
  const format = useFormat();
  return (count) => t('settings.entries', { count, formatted: format.number(count, 0) });
}
