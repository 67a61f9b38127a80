import { createScope, type Scope } from './scope.ts';

/**
 * From now on gives the focus back to what had it before a dialog, when the dialog is gone and nothing else has taken it. Dialogs here mostly exist only
 * while they are open, and the library remembers an opener only for one that was there, closed, before it.
 */
export function startFocusReturn(): Scope {
  const scope = createScope();
  let before: HTMLElement | null = null;
  const observer = new MutationObserver(() => {
    if (document.activeElement !== document.body || document.querySelector('[role="dialog"]') !== null) return;
    observer.disconnect();
    if (before?.isConnected) before.focus({ preventScroll: true });
  });
  scope.add(() => observer.disconnect());
  scope.listen(document, 'focusin', ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    if (target.closest('[role="dialog"]')) observer.observe(document.body, { childList: true, subtree: true });
    else {
      observer.disconnect();
      before = target;
    }
  });
  return scope;
}
