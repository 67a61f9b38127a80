import { create } from 'zustand';
import type { TextEditor } from '#renderer/text/editor/editor.ts';
import { workStore } from '../work.store.ts';

/** State of the room of texts alone; nothing here comes from the ledger. */
interface TextState {
  /** Nothing but the text and its counts. */
  calm: boolean;
  /** The queue was open before. */
  calmedQueue: boolean;
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
  calmedQueue: false,
  preview: false,
  original: false,
  proof: false,
  dialog: null,
  editor: null,
  selected: null,
}));

/** Leaves nothing but the text on the screen, or brings the rest back as it was. */
export function setCalm(calm: boolean): void {
  if (calm === textStore.getState().calm) return;
  const { queueOpen } = workStore.getState();
  const { calmedQueue } = textStore.getState();
  workStore.setState({ queueOpen: calm ? false : queueOpen || calmedQueue });
  textStore.setState({ calm, calmedQueue: calm && queueOpen });
}
