import { inClosingDialog } from './dialogs.ts';
import { createKeyQueue } from './key-queue.ts';
import { composing } from './keys.ts';
import { createScope, type Scope } from './scope.ts';

/** How often it is looked whether keys may go on, and the pause after one that may be a command, in which the window takes it. */
const lookMs = 8;
/** How long nothing may happen before a question is not coming; counted in looks, so that a window too busy to look is given more. */
const patienceMs = 1500;
/** How long work may take before it hangs. */
const longestMs = 15_000;

const modifiers: ReadonlySet<string> = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock']);

let scope: Scope | null = null;
/** Keys that are down and whose press is kept: their release is kept as well. */
const held = new Set<string>();
let last: KeyboardEvent | null = null;

const queue = createKeyQueue<KeyboardEvent>({
  giveOn,
  onEnd: () => {
    scope?.dispose();
    scope = null;
    held.clear();
    last = null;
  },
  patience: patienceMs / lookMs,
  longest: longestMs / lookMs,
});

/**
 * Keeps every key back from now on until the field that a question asks for (`data-autofocus` in a dialog) has the focus, then gives
 * them to it in their order. A dialog is there some ten milliseconds after its key, the first time later, since its code is
 * read from the disk; who types on without looking loses nothing.
 */
export function keepKeys(): void {
  // What has the focus now is not the field: the question comes with another one.
  const from = document.activeElement;
  queue.ask(() => {
    const at = document.activeElement;
    return at !== null && at !== from && at.matches('[role="dialog"] [data-autofocus]') && !inClosingDialog(at);
  });
  listen();
}

/** Keeps every key back while an answer is carried out, because what the next key means may depend on it. */
export function keepKeysDuring(work: Promise<unknown>): void {
  queue.during(work);
  listen();
}

/** For what begins by itself: where keys are kept back anyway, they wait for this as well. */
export function keepKeptKeysDuring(work: Promise<unknown>): void {
  if (queue.keeping) queue.during(work);
}

function listen(): void {
  if (scope) return;
  scope = createScope();
  scope.listen(window, 'keydown', keepBack, { capture: true });
  scope.listen(window, 'keyup', keepRelease, { capture: true });
  // Who reaches for the mouse has finished typing: it was meant for the field that loses the focus now.
  scope.listen(window, 'pointerdown', () => queue.hurry(), { capture: true });
  lookLater(scope);
}

/** One look after the other, not by a clock: what was begun before a look is done before the next. */
function lookLater(during: Scope): void {
  during.timeout(() => {
    queue.look();
    if (!during.disposed) lookLater(during);
  }, lookMs);
}

function keepBack(event: KeyboardEvent): void {
  // The keys given on come by here as well; those of an input method are its own.
  if (!event.isTrusted || composing(event) || modifiers.has(event.key)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  // Covering the window waits for nothing.
  if (event.key === 'Escape' && last?.key === 'Escape' && !event.repeat) {
    const before = last;
    queue.end();
    giveOn(before);
    giveOn(event);
    return;
  }
  last = event;
  held.add(event.code);
  queue.add(event);
}

function keepRelease(event: KeyboardEvent): void {
  if (!event.isTrusted || !held.delete(event.code)) return;
  event.stopImmediatePropagation();
  queue.add(event);
}

/**
 * Presses a key anew. What a browser does by itself for a real key is done here: writing, choosing all, sending a form, moving on.
 * Returns whether it was written into a plain field, so that the next one may follow at once.
 */
function giveOn(press: KeyboardEvent): boolean {
  const target = document.activeElement ?? document.body;
  const { key, code, ctrlKey, altKey, shiftKey, metaKey } = press;
  const again = { key, code, ctrlKey, altKey, shiftKey, metaKey, bubbles: true, cancelable: true, composed: true };
  if (press.type === 'keyup') {
    target.dispatchEvent(new KeyboardEvent('keyup', again));
    return true;
  }
  if (!target.dispatchEvent(new KeyboardEvent('keydown', again))) return false;
  if (ctrlKey || altKey || metaKey) {
    if (key === 'a' && !altKey && target.matches('input, textarea')) document.execCommand('selectAll');
    return false;
  }
  // insertText is the one way to write that the field's own undo knows; it is deprecated, and nothing replaces it.
  if (key.length === 1) {
    document.execCommand('insertText', false, key);
    return document.activeElement === target && target.matches('input, textarea');
  }
  if (key === 'Backspace') document.execCommand('delete');
  else if (key === 'Tab') moveOn(target, shiftKey ? -1 : 1);
  else if (key === 'Enter') enter(target);
  return false;
}

function enter(target: Element): void {
  if (target instanceof HTMLTextAreaElement) document.execCommand('insertLineBreak');
  else if (target instanceof HTMLInputElement) target.form?.requestSubmit();
  else if (target instanceof HTMLButtonElement) target.click();
}

/** To the field after or before within the dialog, as Tab does. */
function moveOn(target: Element, by: 1 | -1): void {
  const all = target
    .closest('[role="dialog"]')
    ?.querySelectorAll<HTMLElement>('input, textarea, select, button, [tabindex]');
  const stops = [...(all ?? [])].filter(
    (each) => each.tabIndex >= 0 && !each.matches(':disabled') && each.checkVisibility(),
  );
  stops.at((stops.findIndex((each) => each === target) + by) % stops.length)?.focus();
}
