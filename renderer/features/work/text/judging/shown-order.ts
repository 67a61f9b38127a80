import type { TextAnswer, TextItem, TextKind } from '#shared/domain/text.ts';

const shuffled: ReadonlySet<TextKind> = new Set(['compare', 'rank', 'rate']);

/**
 * The order in which answers are shown: the one kept with the answer, else one drawn by the random bits of the task's id, so that a task that
 * is only looked at, left and opened again shows them alike without being begun.
 */
export function shownOrder(
  taskId: string,
  { kind, candidates }: Pick<TextItem, 'kind' | 'candidates'>,
  kept: TextAnswer['shown'],
): string[] {
  const ids = candidates.map(({ id }) => id);
  if (kept && kept.length === ids.length && ids.every((id) => kept.includes(id))) return [...kept];
  if (!shuffled.has(kind)) return ids;
  const draw = numbersOf(taskId);
  for (let at = ids.length - 1; at > 0; at -= 1) {
    const other = Math.floor(draw() * (at + 1));
    [ids[at], ids[other]] = [ids[other]!, ids[at]!];
  }
  return ids;
}

/** The item with its answers in the order shown. Which model wrote them is left out where they are judged blind. */
export function asShown(item: TextItem, order: readonly string[], blind: boolean): TextItem {
  if (!shuffled.has(item.kind)) return item;
  const byId = new Map(item.candidates.map((each) => [each.id, each]));
  const candidates = order.flatMap((id) => byId.get(id) ?? []);
  return { ...item, candidates: blind ? candidates.map((each) => ({ ...each, model: null })) : candidates };
}

/** Numbers from 0 to 1 that follow from a text: FNV-1a for the seed, then mulberry32. */
function numbersOf(text: string): () => number {
  let state = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) state = Math.imul(state ^ text.charCodeAt(at), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
