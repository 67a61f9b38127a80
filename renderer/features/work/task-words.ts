import type { useText } from '#renderer/i18n/i18n.ts';

/** What a task is called in a line of other words: without its folders, and as an item where its name is a bare number, which would read as a count. */
export function taskWords(t: ReturnType<typeof useText>, name: string): string {
  const own = name.slice(name.lastIndexOf('/') + 1);
  return /^\d+$/.test(own) ? t('work.text.item', { name: own }) : own;
}
