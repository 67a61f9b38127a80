import type { TextItem } from '#shared/domain/text.ts';

const judged: ReadonlySet<TextItem['kind']> = new Set(['categorise', 'compare', 'rank', 'rate', 'mark']);

/** Whether a task asks for a judgement, not for a text. */
export function isJudged({ kind }: Pick<TextItem, 'kind'>): boolean {
  return judged.has(kind);
}
