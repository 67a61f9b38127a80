import { createScope, type Scope } from '#renderer/lib/scope.ts';
import { runnerOf, type Action } from '#renderer/lib/action.ts';
import { composing, matchesStroke, normalShortcut, onMac, parseShortcut, type KeyPress } from '#renderer/lib/keys.ts';
import type { RoomId } from '#renderer/lib/route.store.ts';

/** How soon the second stroke of `Escape Escape` must follow. */
const strokeGapMs = 500;

/** Shortcuts of an action as a list. */
export function shortcutsOf(action: Action): readonly string[] {
  if (action.shortcut === undefined) return [];
  return typeof action.shortcut === 'string' ? [action.shortcut] : action.shortcut;
}

/** Pairs of actions that want the same keys at the same time: in the same room, or one of them everywhere. */
export function clashes(actions: readonly Action[]): readonly string[] {
  const taken = new Map<string, Action[]>();
  const found: string[] = [];
  for (const action of actions) {
    for (const keys of new Set(shortcutsOf(action).map(normalShortcut))) {
      const others = taken.get(keys) ?? [];
      for (const other of others) {
        if (other.scope === undefined || action.scope === undefined || other.scope === action.scope) {
          found.push(`${keys}: ${other.id} and ${action.id}`);
        }
      }
      taken.set(keys, [...others, action]);
    }
  }
  return found;
}

/** Whether what has the focus takes text, so that plain keys belong to it. */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  if (!(target instanceof HTMLInputElement)) return target.getAttribute('role') === 'combobox';
  return !['button', 'checkbox', 'radio', 'range', 'submit', 'reset', 'file', 'color'].includes(target.type);
}

/** The action a key press asks for in a room, with what it ran before taken into account; null when none. */
export function findAction(
  actions: readonly Action[],
  room: RoomId,
  press: KeyPress,
  inText: boolean,
  before: KeyPress | null,
): { action: Action; run: () => void } | null {
  if (composing(press)) return null;
  // A room's own keys come before those that hold everywhere.
  const here = [...actions.filter((a) => a.scope === room), ...actions.filter((a) => a.scope === undefined)];
  for (const action of here) {
    if (inText && !action.inText) continue;
    for (const shortcut of shortcutsOf(action)) {
      const strokes = parseShortcut(shortcut);
      const [first, second] = strokes;
      const hit =
        strokes.length === 1 && first
          ? matchesStroke(press, first, onMac)
          : first && second && before && matchesStroke(before, first, onMac) && matchesStroke(press, second, onMac);
      if (!hit) continue;
      const run = runnerOf(action);
      if (run) return { action, run };
    }
  }
  return null;
}

/**
 * Listens to keys for the whole window and runs the action they stand for. A dialog that is open keeps the keys of the room
 * below it from firing; actions marked `inText` fire there too.
 */
export function startShortcuts(actions: readonly Action[], room: () => RoomId): Scope {
  const scope = createScope();
  let before: { press: KeyPress; at: number } | null = null;
  scope.listen(window, 'keydown', (event) => {
    if (event.defaultPrevented && event.key !== 'Escape') return;
    const inDialog = document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
    const last = before && event.timeStamp - before.at < strokeGapMs ? before.press : null;
    if (!event.repeat && !composing(event)) before = { press: event, at: event.timeStamp };
    const found = findAction(actions, room(), event, inDialog || takesText(event.target), last);
    if (!found) return;
    event.preventDefault();
    before = null;
    found.run();
  });
  return scope;
}
