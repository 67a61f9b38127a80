import type { GlobalShortcut } from 'electron';

/** One key that is heard while other programs are in front. */
export interface GlobalKey {
  /** Listens for another key, or for none; false when it was refused, and then the one before stays. */
  set(keys: string | null): boolean;
}

/** Modifiers as the program writes them, and as Electron does. `Ctrl` means Cmd on a Mac, as in every shortcut here. */
const modifiers: Readonly<Record<string, string>> = { Ctrl: 'CommandOrControl', Alt: 'Alt', Shift: 'Shift' };
const plainKey = /^(?:[A-Z0-9]|F(?:[1-9]|1[0-9]|2[0-4])|Space|Left|Right|Up|Down|Home|End|Insert|PageUp|PageDown)$/;

/**
 * `Ctrl+Alt+T` as Electron writes it; null for what may not be taken from other programs: a key without Ctrl or Alt would be one that
 * nobody could type any more, function keys aside.
 */
export function accelerator(keys: string): string | null {
  const parts = keys.split('+');
  const key = parts.pop() ?? '';
  const held = parts.map((part) => modifiers[part]);
  if (!plainKey.test(key) || held.includes(undefined) || new Set(held).size < held.length) return null;
  const strong = parts.includes('Ctrl') || parts.includes('Alt') || /^F\d/.test(key);
  return strong ? [...held, key].join('+') : null;
}

export function createGlobalKey(
  shortcuts: Pick<GlobalShortcut, 'register' | 'unregister'>,
  run: () => void,
): GlobalKey {
  let present: string | null = null;
  return {
    set(keys) {
      const wanted = keys === null ? null : accelerator(keys);
      if (keys !== null && wanted === null) return false;
      if (wanted === present) return true;
      // Another program may have it; then it says so instead of failing silently.
      if (wanted !== null && !shortcuts.register(wanted, run)) return false;
      if (present !== null) shortcuts.unregister(present);
      present = wanted;
      return true;
    },
  };
}
