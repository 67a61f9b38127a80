import type { KeyboardEvent } from 'react';
import { keepKeysDuring } from './kept-keys.ts';
import { composing } from './keys.ts';

/**
 * Ctrl+Enter (Cmd on a Mac) saves a form from any of its fields; never while an input method composes. Keys pressed while it saves
 * are meant for what comes after the form.
 */
export function saveOnCtrlEnter(event: KeyboardEvent, save: () => Promise<void>): void {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || composing(event.nativeEvent)) return;
  event.preventDefault();
  event.stopPropagation();
  keepKeysDuring(save());
}
