/** Marks the element that holds the canvas, so that keys of the canvas can tell whether it has the focus. */
export const canvasHostAttribute = 'data-canvas-host';

/** Whether the focus is in the canvas. */
export function canvasHasFocus(): boolean {
  const focused = document.activeElement;
  return focused !== null && focused.closest(`[${canvasHostAttribute}]`) !== null;
}

/** Whether Space presses nothing: no button, no list has the focus. */
export function spaceIsFree(): boolean {
  const focused = document.activeElement;
  return focused === null || focused === document.body || focused.id === 'main' || canvasHasFocus();
}

/** Whether Enter is the room's: as Space, and in the list of tasks, which takes it only where it opens another. */
export function enterIsFree(): boolean {
  return spaceIsFree() || document.activeElement?.getAttribute('role') === 'listbox';
}

/** Gives the focus to the canvas, so that the keys that move shapes work at once. */
export function focusCanvas(): void {
  const host = document.querySelector<HTMLElement>(`[${canvasHostAttribute}]`);
  const target = host?.querySelector<HTMLElement>('[role="application"], [tabindex]') ?? host;
  target?.focus({ preventScroll: true });
}
