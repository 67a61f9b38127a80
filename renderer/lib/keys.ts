/**
 * Shortcuts: how they are written (`Ctrl+K`, `Alt+Left`, `?`, `w`, `Escape Escape`), how a key press is matched, how they are shown.
 */

/** One key press of a shortcut. */
export interface Stroke {
  readonly key: string;
  readonly ctrl: boolean;
  readonly alt: boolean;
  /** null: not looked at, because what the key types tells already (`?`, `+`). */
  readonly shift: boolean | null;
}

/** What is looked at of a KeyboardEvent. */
export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey' | 'isComposing' | 'keyCode'
>;

const named: Record<string, string> = {
  Left: 'ArrowLeft',
  Right: 'ArrowRight',
  Up: 'ArrowUp',
  Down: 'ArrowDown',
  Space: ' ',
  Plus: '+',
  Esc: 'Escape',
  Del: 'Delete',
};

const shownKeys: Record<string, string> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ' ': 'Space',
  Escape: 'Esc',
  Delete: 'Del',
  Backspace: '⌫',
  Enter: 'Enter',
};

/** Reads a shortcut: one stroke, or several one after another. */
export function parseShortcut(shortcut: string): readonly Stroke[] {
  return shortcut.split(' ').map(parseStroke);
}

function parseStroke(text: string): Stroke {
  const parts = text === '+' ? ['+'] : text.split('+');
  const last = parts.at(-1) ?? '';
  const modifiers = new Set(parts.slice(0, -1));
  const key = named[last] ?? last;
  const isLetter = /^[a-z]$/i.test(key);
  const typesItself = key.length === 1 && !isLetter && !/^[0-9 ]$/.test(key);
  return {
    key: isLetter ? key.toLowerCase() : key,
    ctrl: modifiers.has('Ctrl'),
    alt: modifiers.has('Alt'),
    shift: typesItself ? null : modifiers.has('Shift'),
  };
}

/** One spelling for each shortcut, so that two that mean the same compare equal. */
export function normalShortcut(shortcut: string): string {
  return parseShortcut(shortcut)
    .map(({ key, ctrl, alt, shift }) => [ctrl && 'Ctrl', alt && 'Alt', shift && 'Shift', key].filter(Boolean).join('+'))
    .join(' ');
}

/** Whether a key press is this stroke. While an input method composes, nothing is. */
export function matchesStroke(press: KeyPress, stroke: Stroke, mac = false): boolean {
  if (composing(press)) return false;
  const ctrl = mac ? press.metaKey : press.ctrlKey;
  const other = mac ? press.ctrlKey : press.metaKey;
  if (other || ctrl !== stroke.ctrl || press.altKey !== stroke.alt) return false;
  if (stroke.shift !== null && press.shiftKey !== stroke.shift) return false;
  return keyOf(press, stroke) === stroke.key;
}

function keyOf(press: KeyPress, stroke: Stroke): string {
  // Digits by place: Shift+1 is `!` on one layout and `1` on another. Letters by place only where the layout types none.
  if (/^[0-9]$/.test(stroke.key)) return /^(?:Digit|Numpad)(\d)$/.exec(press.code)?.[1] ?? press.key;
  if (/^[a-z]$/.test(stroke.key)) {
    const typed = press.key.toLowerCase();
    return /^[a-z]$/.test(typed) ? typed : (/^Key([A-Z])$/.exec(press.code)?.[1]?.toLowerCase() ?? typed);
  }
  return press.key;
}

/**
 * What was pressed, written as a shortcut (`Ctrl+Alt+T`), for a key its owner chooses; letters and digits by place, so that Alt and Shift
 * change nothing. null while only modifiers are held, and for a key without Ctrl or Alt, function keys aside.
 */
export function globalKeys(press: KeyPress, mac = false): string | null {
  const key =
    /^(?:Key|Digit)([A-Z0-9])$/.exec(press.code)?.[1] ??
    /^Arrow(Left|Right|Up|Down)$/.exec(press.code)?.[1] ??
    /^(?:F\d{1,2}|Space|Home|End|Insert|PageUp|PageDown)$/.exec(press.code)?.[0];
  const ctrl = mac ? press.metaKey : press.ctrlKey;
  if (key === undefined || (!ctrl && !press.altKey && !/^F\d/.test(key))) return null;
  return [ctrl && 'Ctrl', press.altKey && 'Alt', press.shiftKey && 'Shift', key].filter(Boolean).join('+');
}

/** Written with its name where the key itself would be taken for a part of the writing. */
const writtenKeys: Record<string, string> = {
  ...Object.fromEntries(['Left', 'Right', 'Up', 'Down'].map((way) => [`Arrow${way}`, way])),
  ' ': 'Space',
  '+': 'Plus',
};

const onlyModifiers: ReadonlySet<string> = new Set([
  'Shift',
  'Control',
  'Alt',
  'AltGraph',
  'Meta',
  'CapsLock',
  'NumLock',
  'ScrollLock',
  'Fn',
  'Unidentified',
]);

/**
 * What was pressed, written as a shortcut that the same press matches; null while only modifiers are held, while an input method
 * composes, and for a key together with the one that the system keeps for itself (Meta, or Ctrl on a Mac).
 */
export function pressedKeys(press: KeyPress, mac = false): string | null {
  const ctrl = mac ? press.metaKey : press.ctrlKey;
  const other = mac ? press.ctrlKey : press.metaKey;
  if (composing(press) || other || onlyModifiers.has(press.key)) return null;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(press.code)?.[1];
  const typed = press.key.length === 1 && /^[a-z]$/i.test(press.key) ? press.key.toUpperCase() : null;
  // A letter where the layout or Alt types none: by its place.
  const letter = typed ?? (/^[!-~]$/.test(press.key) ? null : (/^Key([A-Z])$/.exec(press.code)?.[1] ?? null));
  const key = digit ?? letter ?? writtenKeys[press.key] ?? press.key;
  // What a key types with Shift tells already that Shift is held.
  const shift = press.shiftKey && parseStroke(key).shift !== null;
  return [ctrl && 'Ctrl', press.altKey && 'Alt', shift && 'Shift', key].filter(Boolean).join('+');
}

/** Whether an input method is at work: the key belongs to it, even the Esc and Enter that end it. */
export function composing(press: KeyPress): boolean {
  return press.isComposing || press.keyCode === 229 || press.key === 'Process' || press.key === 'Dead';
}

/** How the keys of a shortcut are written on screen, stroke by stroke. */
export function shownShortcut(shortcut: string, mac = false): readonly (readonly string[])[] {
  return parseShortcut(shortcut).map(({ key, ctrl, alt, shift }) => {
    const name = shownKeys[key] ?? (key.length === 1 ? key.toUpperCase() : key);
    return [ctrl && (mac ? '⌘' : 'Ctrl'), alt && (mac ? '⌥' : 'Alt'), shift && (mac ? '⇧' : 'Shift'), name].filter(
      (part) => typeof part === 'string',
    );
  });
}

/** Whether this computer calls Ctrl Cmd. */
export const onMac = typeof navigator !== 'undefined' && /mac/i.test(navigator.platform);
