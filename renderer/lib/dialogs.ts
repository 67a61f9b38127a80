/** Class of the parts of a dialog that was closed and fades out. It is gone for whoever presses a key, only not yet for the eye. */
export const closingClass = 'cl-closing';

/** Whether a dialog is open that has to be answered before the room below it. */
export function dialogIsOpen(): boolean {
  return document.querySelector(`[role="dialog"][aria-modal="true"]:not(.${closingClass})`) !== null;
}

/** Whether something is in a dialog that was closed. */
export function inClosingDialog(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(`.${closingClass}`) !== null;
}
