import type { TextItem } from '../domain/text.ts';

/** UTF-16 units of a title at most. */
const longest = 160;

/** How a task of text begins, in one line, for the queue: the last thing that is asked, else what is to be judged. */
export function titleOf({ prompt, candidates }: TextItem): string {
  const asked = prompt.findLast(({ role }) => role === 'user')?.content ?? prompt.at(-1)?.content;
  const judged = candidates[0]?.content;
  const text = asked ?? (typeof judged === 'string' ? judged : judged?.[0]?.content) ?? '';
  const line = text
    .slice(0, 4 * longest)
    .replaceAll(/\s+/gu, ' ')
    .trim();
  return line.length > longest ? `${line.slice(0, longest).toWellFormed()}…` : line;
}
