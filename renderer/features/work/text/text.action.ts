import { defineActions, type Action } from '#renderer/lib/action.ts';
import { judgingActions } from './judging/judging.action.ts';

const inRoom = { scope: 'work', part: 'text' } as const;
/** For keys that work while one writes as well: function keys and those with Ctrl or Alt, which write nothing. */
const writing = { ...inRoom, inText: true } as const;

/** How many snippets have a key of their own. */
export const snippetKeys = 9;

const actions = defineActions([
  { id: 'text.write', labelKey: 'work.text.actions.write', shortcut: 'I', ...inRoom },
  { id: 'text.judge', labelKey: 'work.text.actions.judge', shortcut: 'Ctrl+J', ...writing },
  { id: 'text.reason', labelKey: 'work.text.actions.reason', shortcut: 'Alt+N', ...writing },
  { id: 'text.refuse', labelKey: 'work.text.actions.refuse', shortcut: 'F4', asks: true, ...writing },
  { id: 'text.preview', labelKey: 'work.text.actions.preview', shortcut: 'F6', ...writing },
  { id: 'text.original', labelKey: 'work.text.actions.original', shortcut: 'F5', ...writing },
  {
    id: 'text.original-back',
    labelKey: 'work.text.actions.originalBack',
    shortcut: 'Alt+Shift+O',
    ...writing,
  },
  { id: 'text.source', labelKey: 'work.text.actions.source', shortcut: 'Ctrl+M', asks: true, ...writing },
  { id: 'text.find', labelKey: 'work.text.actions.find', shortcut: 'Ctrl+F', ...writing },
  { id: 'text.snippets', labelKey: 'work.text.actions.snippets', shortcut: 'Alt+0', asks: true, ...writing },
  { id: 'text.proof', labelKey: 'work.text.actions.proof', shortcut: 'F9', ...writing },
  { id: 'text.calm', labelKey: 'work.text.actions.calm', shortcut: 'F10', ...writing },
  { id: 'text.turn', labelKey: 'work.text.actions.turn', shortcut: 'Alt+Enter', ...writing },
  { id: 'text.turn-drop', labelKey: 'work.text.actions.turnDrop', shortcut: 'Alt+Shift+Backspace', ...writing },
  { id: 'text.undo', labelKey: 'canvas.action.undo', shortcut: 'Ctrl+Z', ...inRoom },
  { id: 'text.redo', labelKey: 'canvas.action.redo', shortcut: ['Ctrl+Shift+Z', 'Ctrl+Y'], ...inRoom },
]);

const snippets: readonly Action[] = Array.from({ length: snippetKeys }, (_, at) => ({
  id: `text.snippet-${at + 1}`,
  labelKey: 'work.text.actions.snippet',
  labelValues: { place: at + 1 },
  shortcut: `Alt+${at + 1}`,
  hidden: true,
  ...writing,
}));

/** Actions of the room of texts; all get what they do while a task is open that has a use for them. */
export const textActions: readonly Action[] = [...actions, ...judgingActions, ...snippets];
