import type { KeyboardEvent } from 'react';
import type { Stretch } from '../text-desk.ts';

const sideways = { ArrowLeft: 'left', ArrowRight: 'right' } as const;
const upDown = { ArrowUp: 'backward', ArrowDown: 'forward' } as const;
const ends = { Home: 'backward', End: 'forward' } as const;

/**
 * Moves the caret (with Shift: the end of the selection) as editors do: left and right as the eye sees them, whatever way a script runs; never
 * out of the field the selection began in. False for a key that is none of the caret's.
 */
export function moveCaret(box: HTMLElement, event: KeyboardEvent): boolean {
  const { key, shiftKey, ctrlKey } = event;
  const selection = getSelection();
  if (!selection) return false;
  const isMove = key in sideways || key in upDown || key in ends;
  const all = ctrlKey && key.toLowerCase() === 'a';
  if (!isMove && !all) return false;
  if (fieldOf(box, selection.anchorNode) === null) {
    const texts = textsIn(box);
    // Most is marked in answers; without one, in what was asked last.
    const first = texts.find((each) => each.dataset['text']?.startsWith('candidate.')) ?? texts.at(-1);
    if (!first?.firstChild) return true;
    selection.collapse(first.firstChild, 0);
    if (!shiftKey && !all) return true;
  }
  const field = fieldOf(box, selection.anchorNode)!;
  const before = { node: selection.focusNode!, offset: selection.focusOffset };
  if (all) {
    selection.setBaseAndExtent(field.firstChild!, 0, field.firstChild!, field.textContent.length);
    return true;
  }
  const how = shiftKey ? 'extend' : 'move';
  if (key in sideways) selection.modify(how, sideways[key as keyof typeof sideways], ctrlKey ? 'word' : 'character');
  else if (key in upDown) selection.modify(how, upDown[key as keyof typeof upDown], ctrlKey ? 'paragraph' : 'line');
  else if (ctrlKey) {
    const end = key === 'Home' ? 0 : field.textContent.length;
    if (shiftKey) selection.extend(field.firstChild!, end);
    else selection.collapse(field.firstChild!, end);
  } else selection.modify(how, ends[key as keyof typeof ends], 'lineboundary');
  keepWithin(box, selection, field, before, shiftKey);
  bringIntoView(box, selection);
  return true;
}

/** Going on beyond a field: without Shift into the next, with it not at all. */
function keepWithin(
  box: HTMLElement,
  selection: Selection,
  field: HTMLElement,
  before: { node: Node; offset: number },
  extends_: boolean,
): void {
  const now = fieldOf(box, selection.focusNode);
  if (now === field || (now !== null && !extends_)) return;
  const node = field.firstChild!;
  if (!extends_) {
    selection.collapse(before.node, before.offset);
    return;
  }
  const follows = (selection.focusNode?.compareDocumentPosition(node) ?? 0) & Node.DOCUMENT_POSITION_PRECEDING;
  selection.extend(node, follows ? field.textContent.length : 0);
}

const textsIn = (box: HTMLElement) => [...box.querySelectorAll<HTMLElement>('[data-text]')];

/** The element of the text a node is in; null outside of all. */
function fieldOf(box: HTMLElement, node: Node | null): HTMLElement | null {
  const element = node instanceof HTMLElement ? node : (node?.parentElement ?? null);
  const field = element?.closest<HTMLElement>('[data-text]') ?? null;
  return field && box.contains(field) && field.firstChild ? field : null;
}

/** What is selected, null for nothing; a selection over several texts counts as far as the one it began in. */
export function selectedIn(box: HTMLElement): Stretch | null {
  const selection = getSelection();
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const field = fieldOf(box, selection.anchorNode);
  const node = field?.firstChild;
  if (!field || !node) return null;
  const place = (container: Node, offset: number, otherwise: number) => (container === node ? offset : otherwise);
  const start = place(range.startContainer, range.startOffset, 0);
  const end = place(range.endContainer, range.endOffset, field.textContent.length);
  return start < end ? { field: field.dataset['text']!, start, end } : null;
}

/** Draws the caret where the selection ends, while the text has the focus. */
export function placeCaret(box: HTMLElement, caret: HTMLElement): void {
  const rect = caretRect(box);
  const shown = rect !== null && document.activeElement === box;
  caret.hidden = !shown;
  if (!shown) return;
  const view = box.getBoundingClientRect();
  caret.style.left = `${rect.left - view.left + box.scrollLeft}px`;
  caret.style.top = `${rect.top - view.top + box.scrollTop}px`;
  caret.style.height = `${rect.height}px`;
}

function caretRect(box: HTMLElement): { left: number; top: number; height: number } | null {
  const selection = getSelection();
  const field = fieldOf(box, selection?.focusNode ?? null);
  if (!selection?.focusNode || !field) return null;
  const { focusNode: node, focusOffset: offset } = selection;
  const range = document.createRange();
  range.setStart(node, offset);
  const own = range.getClientRects()[0];
  if (own) return own;
  // Behind a line's end nothing has a box: beside the letter before, or at the beginning of the field.
  if (offset > 0 && node.nodeType === Node.TEXT_NODE) {
    range.setStart(node, offset - 1);
    range.setEnd(node, offset);
    const last = [...range.getClientRects()].at(-1);
    if (last) return { left: last.right, top: last.top, height: last.height };
  }
  const { left, top } = field.getBoundingClientRect();
  return { left, top, height: 20 };
}

function bringIntoView(box: HTMLElement, selection: Selection): void {
  if (!selection.focusNode) return;
  const rect = caretRect(box);
  const view = box.getBoundingClientRect();
  if (!rect) return;
  if (rect.top < view.top + 8) box.scrollBy({ top: rect.top - view.top - 24 });
  else if (rect.top + rect.height > view.bottom - 8) box.scrollBy({ top: rect.top + rect.height - view.bottom + 24 });
}
