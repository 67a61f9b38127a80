import type { TextEditor } from '#renderer/text/editor/editor.ts';
import type { Stretch } from './text-desk.ts';

/** Editors on screen, by the field they show. */
const editors = new Map<string, TextEditor>();

/** Makes an editor known as the one that shows a field, until the returned function is called. */
export function showsField(field: string, editor: TextEditor): () => void {
  editors.set(field, editor);
  return () => {
    if (editors.get(field) === editor) editors.delete(field);
  };
}

/** Leads to a place: into the editor that shows it, else to what carries `data-field` with its name; nowhere where there is no place. */
export function goTo(at: Stretch | null): void {
  if (at === null) return;
  const editor = editors.get(at.field);
  if (editor) {
    editor.reveal(at.start, at.end);
    editor.focus();
    return;
  }
  const element = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(at.field)}"]`);
  element?.scrollIntoView({ block: 'nearest' });
  (element?.querySelector<HTMLElement>('button, input, textarea, [tabindex]') ?? element)?.focus();
}

/** The first thing within that takes the focus. */
export function focusFirst(within: Element | null): void {
  within?.querySelector<HTMLElement>('[tabindex="0"], input')?.focus();
}

/** Leads to where one judges by keys; false where nothing on screen is judged. */
export function toJudging(): boolean {
  const place = document.querySelector<HTMLElement>('[data-judge]');
  if (place && place.tabIndex >= 0) place.focus();
  else focusFirst(place);
  return place !== null;
}
