import { createScope, type Scope } from '#renderer/lib/scope.ts';
import { meet, runnerOf, type Action } from '#renderer/lib/action.ts';
import {
  composing,
  matchesStroke,
  normalShortcut,
  onMac,
  parseShortcut,
  type KeyPress,
  type Stroke,
} from '#renderer/lib/keys.ts';
import { dialogIsOpen, inClosingDialog } from '#renderer/lib/dialogs.ts';
import { keepKeys } from '#renderer/lib/kept-keys.ts';
import { shortcutsOf } from '#renderer/lib/own-keys.store.ts';
import type { RoomId } from '#renderer/lib/route.store.ts';

/** How soon the second stroke of `Escape Escape` must follow. */
const strokeGapMs = 500;

/** Pairs of actions that want the same keys at the same time: in the same room, or one of them everywhere. */
export function clashes(actions: readonly Action[]): readonly string[] {
  const taken = new Map<string, Action[]>();
  const found: string[] = [];
  for (const action of actions) {
    for (const keys of new Set(shortcutsOf(action).map(normalShortcut))) {
      const others = taken.get(keys) ?? [];
      for (const other of others) {
        if (meet(other, action)) found.push(`${keys}: ${other.id} and ${action.id}`);
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

/** An action with what to run now. */
export interface FoundAction {
  action: Action;
  run: () => void;
}

/** Where a key is pressed: on the page, in one of its text fields, or over a dialog. */
export type PressedIn = 'page' | 'text' | 'dialog';

/** The action a key press asks for in a room, with the press before it taken into account; null when none. */
export function findAction(
  actions: readonly Action[],
  room: RoomId,
  press: KeyPress,
  where: PressedIn,
  before: KeyPress | null,
): FoundAction | null {
  if (composing(press)) return null;
  // A room's own keys come before those that hold everywhere.
  const here = [...actions.filter((a) => a.scope === room), ...actions.filter((a) => a.scope === undefined)];
  const beside = where === 'text' && writesNothing(press);
  const usable = where === 'page' ? here : here.filter(({ inText, besideText }) => inText || (beside && besideText));
  // Two strokes before one: the second Esc covers the window even where the first one had a use.
  return firstHit(usable, [before, press]) ?? firstHit(usable, [press]);
}

/** Whether a press is a command in a text field too. Alt with a letter writes on a Mac. */
function writesNothing({ ctrlKey, altKey, metaKey }: KeyPress): boolean {
  return onMac ? metaKey : ctrlKey || altKey;
}

function firstHit(actions: readonly Action[], presses: readonly (KeyPress | null)[]): FoundAction | null {
  for (const action of actions) {
    const hit = shortcutsOf(action).some((shortcut) => {
      const strokes = parseShortcut(shortcut);
      return strokes.length === presses.length && strokes.every((stroke, at) => hits(presses[at], stroke));
    });
    const run = hit ? runnerOf(action) : null;
    if (run) return { action, run };
  }
  return null;
}

function hits(press: KeyPress | null | undefined, stroke: Stroke): boolean {
  return press !== null && press !== undefined && matchesStroke(press, stroke, onMac);
}

/**
 * Listens to keys for the whole window and runs the action they stand for. A dialog that is open keeps the keys of the room
 * below it from firing; actions marked `inText` fire there too, those marked `besideText` only in text fields of the page.
 */
export function startShortcuts(actions: readonly Action[], room: () => RoomId): Scope {
  const scope = createScope();
  let before: { press: KeyPress; at: number } | null = null;
  scope.listen(window, 'keydown', (event) => {
    if (event.defaultPrevented && event.key !== 'Escape') return;
    const last = before && event.timeStamp - before.at < strokeGapMs ? before.press : null;
    if (!event.repeat && !composing(event)) before = { press: event, at: event.timeStamp };
    // A dialog that was closed may fade yet, with the focus in it: keys are the room's already.
    const inText = takesText(event.target) && !inClosingDialog(event.target);
    const where = dialogIsOpen() ? 'dialog' : inText ? 'text' : 'page';
    const found = findAction(actions, room(), event, where, last);
    if (!found) return;
    event.preventDefault();
    if (shortcutsOf(found.action).some((shortcut) => shortcut.includes(' '))) before = null;
    if (found.action.asks) keepKeys();
    found.run();
    const release = found.action.release;
    if (!release || event.repeat) return;
    const held = scope.child();
    const end = (up?: KeyboardEvent) => {
      if (up && up.code !== event.code) return;
      held.dispose();
      // By the clock of the keyboard: a window that is busy may hear of both at once, or of the second late.
      release((up?.timeStamp ?? performance.now()) - event.timeStamp);
    };
    held.listen(window, 'keyup', end);
    // A key let go while another window has the focus is never heard.
    held.listen(window, 'blur', () => end());
  });
  return scope;
}
