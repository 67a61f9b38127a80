import type { TextItem, Turn } from '../domain/text.ts';

/**
 * The text that the edit log of a field begins from: the draft that is to be corrected, else nothing. A log never starts over: after a
 * return it goes on where it was.
 */
export function textBefore(item: TextItem, field: string): string {
  if (field !== 'answer' || item.kind !== 'correct') return '';
  const draft = item.candidates[0]?.content;
  return typeof draft === 'string' ? draft : (draft?.at(-1)?.content ?? '');
}

/** A text of a task as it was given, by the field its passages name. */
export interface GivenText {
  readonly field: string;
  /** Who says it; null for an answer that is no conversation. */
  readonly role: Turn['role'] | null;
  readonly text: string;
}

/** Every text a task was given with, in order: `prompt.0`, then `candidate.a`, or `candidate.a.0` where an answer has turns. */
export function givenTexts({ prompt, candidates }: TextItem): GivenText[] {
  const turns = (all: readonly Turn[], of: string) =>
    all.map(({ role, content }, at): GivenText => ({ field: `${of}.${at}`, role, text: content }));
  return [
    ...turns(prompt, 'prompt'),
    ...candidates.flatMap(({ id, content }) =>
      typeof content === 'string'
        ? [{ field: `candidate.${id}`, role: null, text: content }]
        : turns(content, `candidate.${id}`),
    ),
  ];
}
