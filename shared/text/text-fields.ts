import type { TextItem } from '../domain/text.ts';

/**
 * The text that the edit log of a field begins from: the draft that is to be corrected, else nothing. A log never starts over: after a
 * return it goes on where it was.
 */
export function textBefore(item: TextItem, field: string): string {
  if (field !== 'answer' || item.kind !== 'correct') return '';
  const draft = item.candidates[0]?.content;
  return typeof draft === 'string' ? draft : (draft?.at(-1)?.content ?? '');
}
