import { create } from 'zustand';
import type { Json } from '#shared/domain/json.ts';
import type { Action } from './action.ts';

/** Keys that the owner gave to actions, by the action's id; an empty list: the action has none. What is not named has its default. */
export type OwnKeys = Readonly<Record<string, readonly string[]>>;

/** The setting of a screen that keeps them. */
export const ownKeysSetting = 'keys';

/** The keys in force in this window. */
export const ownKeysStore = create<{ keys: OwnKeys }>(() => ({ keys: {} }));

/** What is kept of them; whatever is not a list of keys is left out. */
export function readOwnKeys(kept: Json | undefined): OwnKeys {
  if (typeof kept !== 'object' || kept === null || Array.isArray(kept)) return {};
  return Object.fromEntries(
    Object.entries(kept).flatMap(([id, keys]) =>
      Array.isArray(keys) && keys.every((each) => typeof each === 'string' && each !== '') ? [[id, keys]] : [],
    ),
  ) as OwnKeys;
}

/** The keys that an action has as it comes. */
export function defaultShortcutsOf({ shortcut }: Pick<Action, 'shortcut'>): readonly string[] {
  if (shortcut === undefined) return [];
  return typeof shortcut === 'string' ? [shortcut] : shortcut;
}

/** The keys that lead to an action: its owner's, else its default ones. */
export function shortcutsOf(
  action: Pick<Action, 'id' | 'shortcut'>,
  own: OwnKeys = ownKeysStore.getState().keys,
): readonly string[] {
  return own[action.id] ?? defaultShortcutsOf(action);
}
