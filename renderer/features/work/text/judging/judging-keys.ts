import { composing, matchesStroke, onMac, parseShortcut, type KeyPress } from '#renderer/lib/keys.ts';
import { ownKeysStore, shortcutsOf } from '#renderer/lib/own-keys.store.ts';
import { judgingActions, type JudgingKey } from './judging.action.ts';

/**
 * What a key press says while one judges, by the keys in force; null where it says nothing. Which question it answers is told by the focus, so
 * those who hold that ask here, and the actions have nothing to run by themselves.
 */
export function judgingKey(press: KeyPress): JudgingKey | null {
  if (composing(press)) return null;
  const hit = judgingActions.find((action) =>
    shortcutsOf(action).some((shortcut) => {
      const [stroke, ...more] = parseShortcut(shortcut);
      return stroke !== undefined && more.length === 0 && matchesStroke(press, stroke, onMac);
    }),
  );
  return hit?.says ?? null;
}

/** The digit a key stands for. */
export function digitOf(key: JudgingKey | null): string | null {
  return key !== null && key.startsWith('answer-') ? key.slice('answer-'.length) : null;
}

/** Whether the keys for judging are those they come with, so that a sentence that names them is true. */
export function useUsualKeys(): boolean {
  return ownKeysStore(({ keys }) => !judgingActions.some(({ id }) => Object.hasOwn(keys, id)));
}
