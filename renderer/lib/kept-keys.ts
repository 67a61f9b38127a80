import { composing } from './keys.ts';
import { createScope, type Scope } from './scope.ts';

/** A question that does not come within this time is not coming; what was typed for it goes where the focus is. */
const patienceMs = 1500;
/** How often it is looked for, and the pause between two keys given on, in which the field takes the one before. */
const lookMs = 8;

const modifiers: ReadonlySet<string> = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock']);

interface Keeping {
  scope: Scope;
  /** Keys pressed meanwhile, the earliest first. */
  presses: KeyboardEvent[];
  /** Whether what they are meant for is there. */
  isThere: () => boolean;
  since: number;
}

let keeping: Keeping | null = null;

/**
 * Keeps every key back from now on until the field that a question asks for (`data-autofocus` in a dialog) has the focus, then gives
 * them to it in their order. A dialog is there some ten milliseconds after its key, the first time later, since its code is
 * read from the disk; who types on without looking loses nothing.
 */
export function keepKeys(): void {
  // What has the focus now is not the field: the question comes with another one.
  const from = document.activeElement;
  keepUntil(() => {
    const at = document.activeElement;
    return at !== from && at?.matches('[role="dialog"] [data-autofocus]') === true;
  });
}

/** Keeps every key back while an answer is carried out, because what the next key means may depend on it. */
export function keepKeysDuring(work: Promise<unknown>): void {
  let done = false;
  keepUntil(() => done);
  const end = () => {
    done = true;
  };
  work.then(end, end);
}

function keepUntil(isThere: () => boolean): void {
  const since = performance.now();
  if (keeping) {
    Object.assign(keeping, { isThere, since });
    return;
  }
  const scope = createScope();
  keeping = { scope, presses: [], isThere, since };
  scope.listen(window, 'keydown', keepBack, { capture: true });
  scope.interval(giveNext, lookMs);
}

function keepBack(event: KeyboardEvent): void {
  // The keys given on come by here as well; those of an input method are its own.
  if (!keeping || !event.isTrusted || composing(event) || modifiers.has(event.key)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  keeping.presses.push(event);
}

function giveNext(): void {
  if (!keeping || (!keeping.isThere() && performance.now() - keeping.since < patienceMs)) return;
  const press = keeping.presses.shift();
  // A key given on may ask the next question: then what follows waits for that one.
  if (press) giveOn(press);
  else stop();
}

function stop(): void {
  keeping?.scope.dispose();
  keeping = null;
}

/** Presses a key anew. What a browser does by itself for a real key is done here: writing, sending a form, moving on. */
function giveOn(press: KeyboardEvent): void {
  const target = document.activeElement ?? document.body;
  const { key, code, ctrlKey, altKey, shiftKey, metaKey } = press;
  const again = { key, code, ctrlKey, altKey, shiftKey, metaKey, bubbles: true, cancelable: true, composed: true };
  if (!target.dispatchEvent(new KeyboardEvent('keydown', again)) || ctrlKey || altKey || metaKey) return;
  // insertText is the one way to write that the field's own undo knows; it is deprecated, and nothing replaces it.
  if (key.length === 1) document.execCommand('insertText', false, key);
  else if (key === 'Backspace') document.execCommand('delete');
  else if (key === 'Tab') moveOn(target, shiftKey ? -1 : 1);
  else if (key === 'Enter') enter(target);
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
