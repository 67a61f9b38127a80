import { meet, type Action } from '#renderer/lib/action.ts';
import { normalShortcut, parseShortcut } from '#renderer/lib/keys.ts';
import { defaultShortcutsOf, shortcutsOf, type OwnKeys } from '#renderer/lib/own-keys.store.ts';

/**
 * Why an action can't have certain keys: another one has them in the same room or everywhere, the browser or the window itself needs
 * them, or they would write something where the action works while one types.
 */
export type KeyRefusal =
  { readonly reason: 'taken'; readonly by: Action } | { readonly reason: 'reserved' } | { readonly reason: 'types' };

/** What no page gets to hear of, and what moves the focus, presses a button and ends things wherever one is. */
const reserved: ReadonlySet<string> = new Set(
  ['Ctrl+N', 'Ctrl+T', 'Ctrl+W', 'Ctrl+Shift+N', 'Ctrl+Shift+T', 'Ctrl+Shift+W', 'Ctrl+Tab', 'Ctrl+Shift+Tab']
    .concat(['Ctrl+PageUp', 'Ctrl+PageDown', 'Alt+F4', 'Tab', 'Shift+Tab', 'Enter', 'Space', 'Escape'])
    .map(normalShortcut),
);

/** Why an action can't have these keys beside what all the others have; null when it can. */
export function refusalOf(
  actions: readonly Action[],
  action: Action,
  keys: readonly string[],
  own: OwnKeys,
): KeyRefusal | null {
  const wanted = new Set(keys.map(normalShortcut));
  const defaults = new Set(defaultShortcutsOf(action).map(normalShortcut));
  if ([...wanted].some((each) => reserved.has(each) && !defaults.has(each))) return { reason: 'reserved' };
  if (action.inText && keys.some((each) => parseShortcut(each).some(writes))) return { reason: 'types' };
  const by = actions.find(
    (other) =>
      other.id !== action.id &&
      meet(other, action) &&
      shortcutsOf(other, own).some((each) => wanted.has(normalShortcut(each))),
  );
  return by ? { reason: 'taken', by } : null;
}

/** Whether a stroke writes or moves the cursor in a text field. */
function writes({ key, ctrl, alt }: ReturnType<typeof parseShortcut>[number]): boolean {
  return !ctrl && !alt && !/^F\d+$/.test(key) && key !== 'Escape';
}

/** The owner's keys with those of one action as they shall be; null: its default ones. */
export function withKeys(own: OwnKeys, action: Action, keys: readonly string[] | null): OwnKeys {
  const { [action.id]: _before, ...rest } = own;
  const defaults = defaultShortcutsOf(action);
  const same = keys !== null && keys.length === defaults.length && keys.every((each, at) => each === defaults[at]);
  return keys === null || same ? rest : { ...rest, [action.id]: keys };
}
