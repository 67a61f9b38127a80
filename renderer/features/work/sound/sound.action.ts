import { defineActions, type Action } from '#renderer/lib/action.ts';
import { enterIsFree, spaceIsFree } from '../canvas-focus.ts';
import { soundStore } from './sound.store.ts';

const sound = { scope: 'work', part: 'sound' } as const;
/** For keys that work while a transcript is typed as well: function keys and those with Ctrl or Alt, which write nothing. */
const typing = { ...sound, inText: true } as const;
const isOpen = () => soundStore.getState().room !== null;
const inRoom = { when: isOpen } as const;

/**
 * Actions of the room of recordings; all but those that are held get what they do while a recording is open. Ctrl+Space, Shift+Space and
 * Ctrl+. are left to input methods.
 */
const listening = defineActions([
  { id: 'sound.play', labelKey: 'work.sound.actions.play', shortcut: 'F4', ...typing },
  {
    id: 'sound.play-space',
    labelKey: 'work.sound.actions.play',
    shortcut: 'Space',
    hidden: true,
    ...sound,
    when: () => isOpen() && spaceIsFree(),
  },
  { id: 'sound.play-segment', labelKey: 'work.sound.actions.playSegment', shortcut: 'F5', ...typing },
  { id: 'sound.loop', labelKey: 'work.sound.actions.loop', shortcut: 'F6', ...typing },
  { id: 'sound.last', labelKey: 'work.sound.actions.last', shortcut: 'F9', ...typing },
  { id: 'sound.ahead', labelKey: 'work.sound.actions.ahead', shortcut: 'Shift+F9', ...typing },
  { id: 'sound.slower', labelKey: 'work.sound.actions.slower', shortcut: 'Ctrl+Down', ...typing },
  { id: 'sound.faster', labelKey: 'work.sound.actions.faster', shortcut: 'Ctrl+Up', ...typing },
  { id: 'sound.usual-speed', labelKey: 'work.sound.actions.usualSpeed', shortcut: 'Shift+F4', ...typing },
  { id: 'sound.louder', labelKey: 'work.sound.actions.louder', shortcut: 'Ctrl+Shift+Up', ...typing },
  { id: 'sound.quieter', labelKey: 'work.sound.actions.quieter', shortcut: 'Ctrl+Shift+Down', ...typing },
  { id: 'sound.solo', labelKey: 'work.sound.actions.solo', shortcut: 'Shift+F5', ...typing },
  { id: 'sound.rewind', labelKey: 'work.sound.actions.rewind', shortcut: 'Shift+F6', ...typing },
  { id: 'sound.seek-back', labelKey: 'work.sound.actions.seekBack', shortcut: 'Left', ...sound },
  { id: 'sound.seek-ahead', labelKey: 'work.sound.actions.seekAhead', shortcut: 'Right', ...sound },
]);

const segmenting = defineActions([
  {
    id: 'sound.mark',
    labelKey: 'work.sound.actions.mark',
    shortcut: ['Ctrl+B', 'F10'],
    ...typing,
    ...inRoom,
    run: () => soundStore.getState().room?.mark.press(),
    release: () => soundStore.getState().room?.mark.release(),
  },
  { id: 'sound.propose', labelKey: 'work.sound.actions.propose', shortcut: 'V', ...sound },
  { id: 'sound.split', labelKey: 'work.sound.actions.split', shortcut: 'X', ...sound },
  { id: 'sound.split-text', labelKey: 'work.sound.actions.splitText', shortcut: 'Alt+Enter', ...typing },
  { id: 'sound.merge', labelKey: 'work.sound.actions.merge', shortcut: 'Ctrl+J', ...typing },
  { id: 'sound.extend-next', labelKey: 'work.sound.actions.extendNext', shortcut: 'L', ...sound },
  { id: 'sound.extend-previous', labelKey: 'work.sound.actions.extendPrevious', shortcut: 'Shift+L', ...sound },
  { id: 'sound.snap-silence', labelKey: 'work.sound.actions.snapSilence', shortcut: 'Z', ...sound },
  { id: 'sound.snap-zero', labelKey: 'work.sound.actions.snapZero', shortcut: 'Shift+Z', ...sound },
  { id: 'sound.start-here', labelKey: 'work.sound.actions.startHere', shortcut: '[', ...sound },
  { id: 'sound.end-here', labelKey: 'work.sound.actions.endHere', shortcut: ']', ...sound },
  { id: 'sound.end-earlier', labelKey: 'work.sound.actions.endEarlier', shortcut: 'Ctrl+Left', ...sound },
  { id: 'sound.end-later', labelKey: 'work.sound.actions.endLater', shortcut: 'Ctrl+Right', ...sound },
  { id: 'sound.start-earlier', labelKey: 'work.sound.actions.startEarlier', shortcut: 'Ctrl+Shift+Left', ...sound },
  { id: 'sound.start-later', labelKey: 'work.sound.actions.startLater', shortcut: 'Ctrl+Shift+Right', ...sound },
  { id: 'sound.shift-earlier', labelKey: 'work.sound.actions.shiftEarlier', shortcut: 'Shift+Left', ...sound },
  { id: 'sound.shift-later', labelKey: 'work.sound.actions.shiftLater', shortcut: 'Shift+Right', ...sound },
  { id: 'sound.shift', labelKey: 'work.sound.actions.shift', shortcut: 'H', asks: true, ...sound },
  { id: 'sound.tier-next', labelKey: 'work.sound.actions.tierNext', shortcut: 'F3', ...typing },
  { id: 'sound.tier-previous', labelKey: 'work.sound.actions.tierPrevious', shortcut: 'Shift+F3', ...typing },
  { id: 'sound.tier-add', labelKey: 'work.sound.actions.tierAdd', shortcut: 'Shift+T', asks: true, ...sound },
  { id: 'sound.tier-rename', labelKey: 'work.sound.actions.tierRename', asks: true, ...sound },
  { id: 'sound.delete', labelKey: 'work.sound.actions.delete', shortcut: ['Delete', 'Backspace'], ...sound },
  { id: 'sound.select-all', labelKey: 'work.sound.actions.selectAll', shortcut: 'Ctrl+A', ...sound },
  { id: 'sound.select-after', labelKey: 'work.sound.actions.selectAfter', shortcut: 'Ctrl+Shift+A', ...sound },
  { id: 'sound.next', labelKey: 'work.sound.actions.next', shortcut: 'Down', ...sound },
  { id: 'sound.previous', labelKey: 'work.sound.actions.previous', shortcut: 'Up', ...sound },
  { id: 'sound.mend', labelKey: 'work.sound.actions.mend', shortcut: 'Ctrl+M', ...typing },
  { id: 'sound.accept-all', labelKey: 'work.sound.actions.acceptAll', shortcut: 'Alt+Shift+Y', ...typing },
  { id: 'sound.reject-all', labelKey: 'work.sound.actions.rejectAll', shortcut: 'Alt+Shift+K', ...typing },
  { id: 'sound.undo', labelKey: 'canvas.action.undo', shortcut: 'Ctrl+Z', ...typing },
  { id: 'sound.redo', labelKey: 'canvas.action.redo', shortcut: ['Ctrl+Shift+Z', 'Ctrl+Y'], ...typing },
]);

const writing = defineActions([
  {
    id: 'sound.write',
    labelKey: 'work.sound.actions.write',
    shortcut: ['I', 'Enter'],
    ...sound,
    when: enterIsFree,
  },
  { id: 'sound.row-next', labelKey: 'work.sound.actions.rowNext', shortcut: 'Alt+Down', ...typing },
  { id: 'sound.row-previous', labelKey: 'work.sound.actions.rowPrevious', shortcut: 'Alt+Up', ...typing },
  { id: 'sound.find', labelKey: 'work.sound.actions.find', shortcut: ['Ctrl+F', 'Ctrl+H'], ...typing },
  { id: 'sound.original', labelKey: 'work.sound.actions.original', shortcut: 'Alt+O', ...typing },
  { id: 'sound.original-back', labelKey: 'work.sound.actions.originalBack', shortcut: 'Alt+Shift+O', ...typing },
]);

const looking = defineActions([
  { id: 'sound.zoom-in', labelKey: 'canvas.action.zoomIn', shortcut: ['+', '='], ...sound },
  { id: 'sound.zoom-out', labelKey: 'canvas.action.zoomOut', shortcut: '-', ...sound },
  { id: 'sound.fit', labelKey: 'work.sound.actions.fit', shortcut: 'F', ...sound },
  { id: 'sound.fit-segment', labelKey: 'work.sound.actions.fitSegment', shortcut: 'Shift+F', ...sound },
  { id: 'sound.spectrogram', labelKey: 'work.sound.actions.spectrogram', shortcut: 'Shift+G', ...sound },
  { id: 'sound.settings', labelKey: 'work.sound.actions.settings', shortcut: 'Shift+N', ...sound },
]);

const numbered: readonly Action[] = [
  ...Array.from({ length: 9 }, (_, place) => ({
    id: `sound.label-${place + 1}`,
    labelKey: 'work.sound.actions.label' as const,
    labelValues: { place: place + 1 },
    shortcut: String(place + 1),
    hidden: true,
    ...sound,
  })),
  ...Array.from({ length: 9 }, (_, place) => ({
    id: `sound.token-${place + 1}`,
    labelKey: 'work.sound.actions.token' as const,
    labelValues: { place: place + 1 },
    shortcut: `Alt+${place + 1}`,
    hidden: true,
    ...typing,
  })),
];

export const soundActions: readonly Action[] = [...listening, ...segmenting, ...writing, ...looking, ...numbered];
