import { create } from 'zustand';
import type { TextEditor } from '#renderer/text/editor/editor.ts';

/** State of the room of texts alone; nothing here comes from the ledger. */
interface TextState {
  /** Nothing but the text and its counts. */
  calm: boolean;
  /** The answer as Markdown will be drawn. */
  preview: boolean;
  /** What the machine wrote instead of what was changed of it. */
  original: boolean;
  /** How the text came to be. */
  proof: boolean;
  dialog: 'refuse' | 'source' | 'snippets' | 'erase' | null;
  /** The editor that has or last had the focus. */
  editor: TextEditor | null;
  /** What is selected in it, UTF-16 units. */
  selected: { field: string; start: number; end: number } | null;
}

export const textStore = create<TextState>(() => ({
  calm: false,
  preview: false,
  original: false,
  proof: false,
  dialog: null,
  editor: null,
  selected: null,
}));
