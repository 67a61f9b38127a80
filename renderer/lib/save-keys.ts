import type { KeyboardEvent } from 'react';
import { composing } from './keys.ts';

/** Ctrl+Enter (Cmd on a Mac) saves a form from any of its fields; never while an input method composes. */
export function saveOnCtrlEnter(event: KeyboardEvent, save: () => void): void {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || composing(event.nativeEvent)) return;
  event.preventDefault();
  event.stopPropagation();
  save();
}
