import { canvasActions, type CanvasAction } from '#renderer/canvas/canvas.action.ts';
import { defineActions, type Action } from '#renderer/lib/action.ts';
import { shortcutsOf } from '#renderer/lib/own-keys.store.ts';
import { canvasHasFocus, spaceIsFree } from './canvas-focus.ts';
import { soundActions } from './sound/sound.action.ts';
import { textActions } from './text/text.action.ts';
import { pressAsItWas, releaseAsItWas } from './look-key.ts';
import { setComparing, workStore } from './work.store.ts';

/** Image pixels that Ctrl and an arrow move the right and lower edge by, alone and with Shift. */
const steps = [
  ['', 1],
  ['-far', 10],
] as const;

const resizes = [
  ['left', 'work.actions.narrower', 'work.actions.narrowerFar'],
  ['right', 'work.actions.wider', 'work.actions.widerFar'],
  ['up', 'work.actions.lower', 'work.actions.lowerFar'],
  ['down', 'work.actions.taller', 'work.actions.tallerFar'],
] as const;

const arrows = { left: 'Left', right: 'Right', up: 'Up', down: 'Down' } as const;

/** Actions of the Work room. Those without a `run` get theirs while the room is open. */
const roomActions = defineActions([
  { id: 'work.next', labelKey: 'work.actions.next', shortcut: ['D', 'PageDown'], scope: 'work' },
  { id: 'work.previous', labelKey: 'work.actions.previous', shortcut: ['A', 'PageUp'], scope: 'work' },
  { id: 'work.submit-next', labelKey: 'work.actions.submitNext', shortcut: 'Ctrl+Enter', scope: 'work', inText: true },
  {
    id: 'work.submit',
    labelKey: 'work.actions.submit',
    shortcut: 'Ctrl+Shift+Enter',
    scope: 'work',
    inText: true,
  },
  { id: 'work.classes', labelKey: 'work.actions.classes', shortcut: '/', scope: 'work', part: 'photo' },
  { id: 'work.place-box', labelKey: 'work.actions.placeBox', shortcut: 'Shift+B', scope: 'work', part: 'photo' },
  {
    id: 'work.queue',
    labelKey: 'work.actions.queue',
    shortcut: 'Q',
    scope: 'work',
    run: () => workStore.setState(({ queueOpen }) => ({ queueOpen: !queueOpen })),
  },
  {
    id: 'work.guideline',
    labelKey: 'work.actions.guideline',
    shortcut: 'R',
    scope: 'work',
    run: () => workStore.setState(({ guidelineOpen }) => ({ guidelineOpen: !guidelineOpen })),
  },
  { id: 'work.note', labelKey: 'work.actions.note', scope: 'work', asks: true },
  { id: 'work.judge', labelKey: 'work.actions.judge', shortcut: 'J', scope: 'work' },
  { id: 'work.fit-snap', labelKey: 'work.actions.fitSnap', shortcut: 'X', scope: 'work', part: 'photo' },
  {
    id: 'work.fit-snap-left',
    labelKey: 'work.actions.fitSnapLeft',
    shortcut: 'Alt+Shift+Left',
    scope: 'work',
    part: 'photo',
  },
  {
    id: 'work.fit-snap-top',
    labelKey: 'work.actions.fitSnapTop',
    shortcut: 'Alt+Shift+Up',
    scope: 'work',
    part: 'photo',
  },
  {
    id: 'work.fit-snap-right',
    labelKey: 'work.actions.fitSnapRight',
    shortcut: 'Alt+Shift+Right',
    scope: 'work',
    part: 'photo',
  },
  {
    id: 'work.fit-snap-bottom',
    labelKey: 'work.actions.fitSnapBottom',
    shortcut: 'Alt+Shift+Down',
    scope: 'work',
    part: 'photo',
  },
  { id: 'work.fit-meter', labelKey: 'work.actions.fitMeter', shortcut: 'T', scope: 'work', part: 'photo' },
  {
    id: 'work.compare',
    labelKey: 'work.actions.compare',
    shortcut: 'C',
    scope: 'work',
    run: () => setComparing(!workStore.getState().comparing),
  },
  { id: 'work.compare-next', labelKey: 'work.actions.compareNext', shortcut: 'F7', scope: 'work' },
  { id: 'work.compare-previous', labelKey: 'work.actions.comparePrevious', shortcut: 'Shift+F7', scope: 'work' },
  { id: 'work.proposal-next', labelKey: 'work.actions.proposalNext', shortcut: 'M', scope: 'work' },
  { id: 'work.proposal-previous', labelKey: 'work.actions.proposalPrevious', shortcut: 'Shift+M', scope: 'work' },
  { id: 'work.proposal-first', labelKey: 'work.actions.proposalFirst', scope: 'work' },
  { id: 'work.proposal-accept', labelKey: 'work.actions.proposalAccept', shortcut: 'Y', scope: 'work' },
  { id: 'work.proposal-correct', labelKey: 'work.actions.proposalCorrect', shortcut: 'U', scope: 'work' },
  { id: 'work.proposal-reject', labelKey: 'work.actions.proposalReject', shortcut: 'K', scope: 'work' },
  { id: 'work.proposal-accept-sure', labelKey: 'work.actions.proposalAcceptSure', shortcut: 'Shift+Y', scope: 'work' },
  { id: 'work.breach-next', labelKey: 'work.actions.breachNext', shortcut: 'F8', scope: 'work', inText: true },
  {
    id: 'work.breach-previous',
    labelKey: 'work.actions.breachPrevious',
    shortcut: 'Shift+F8',
    scope: 'work',
    inText: true,
  },
  { id: 'work.attributes', labelKey: 'work.actions.attributes', shortcut: 'F2', scope: 'work', inText: true },
  { id: 'work.ambiguous', labelKey: 'work.actions.ambiguous', shortcut: 'Shift+F2', scope: 'work', inText: true },
  { id: 'work.carry-next', labelKey: 'work.actions.carryNext', shortcut: 'Ctrl+Shift+D', scope: 'work', part: 'photo' },
  { id: 'work.carry', labelKey: 'work.actions.carry', shortcut: 'Ctrl+B', scope: 'work', part: 'photo' },
  {
    id: 'work.carry-far',
    labelKey: 'work.actions.carryFar',
    shortcut: 'Ctrl+Shift+B',
    scope: 'work',
    part: 'photo',
    asks: true,
  },
  { id: 'work.fill-between', labelKey: 'work.actions.fillBetween', shortcut: 'Ctrl+I', scope: 'work', part: 'photo' },
  {
    id: 'work.filter-objects',
    labelKey: 'work.actions.filterObjects',
    shortcut: 'Ctrl+F',
    scope: 'work',
    part: 'photo',
  },
  { id: 'work.kind', labelKey: 'work.actions.kind', scope: 'work', asks: true },
  { id: 'work.order-file', labelKey: 'work.actions.orderFile', scope: 'work' },
  { id: 'work.order-least-confident', labelKey: 'work.actions.orderLeastConfident', scope: 'work' },
  { id: 'work.order-margin', labelKey: 'work.actions.orderMargin', scope: 'work' },
  { id: 'work.order-entropy', labelKey: 'work.actions.orderEntropy', scope: 'work' },
  { id: 'work.loupe', labelKey: 'work.actions.loupe', shortcut: 'Z', scope: 'work', part: 'photo' },
  { id: 'work.loupe-stronger', labelKey: 'work.actions.loupeStronger', shortcut: '.', scope: 'work', part: 'photo' },
  { id: 'work.loupe-weaker', labelKey: 'work.actions.loupeWeaker', shortcut: ',', scope: 'work', part: 'photo' },
  { id: 'work.look-night', labelKey: 'work.actions.lookNight', shortcut: 'N', scope: 'work', part: 'photo' },
  {
    id: 'work.look-original',
    labelKey: 'work.actions.lookOriginal',
    shortcut: 'O',
    scope: 'work',
    part: 'photo',
    when: () => workStore.getState().looking !== null,
    run: pressAsItWas,
    release: releaseAsItWas,
  },
  { id: 'work.look-panel', labelKey: 'work.actions.lookPanel', shortcut: 'Shift+N', scope: 'work', part: 'photo' },
  { id: 'work.navigator', labelKey: 'work.actions.navigator', shortcut: 'Shift+O', scope: 'work', part: 'photo' },
  { id: 'work.pixel-grid', labelKey: 'work.actions.pixelGrid', shortcut: 'Shift+G', scope: 'work', part: 'photo' },
  { id: 'work.crosshair', labelKey: 'work.actions.crosshair', shortcut: 'Shift+X', scope: 'work', part: 'photo' },
  { id: 'work.zoom-type', labelKey: 'work.actions.zoomType', shortcut: 'Shift+Z', scope: 'work', part: 'photo' },
  { id: 'work.release', labelKey: 'work.actions.release', scope: 'work' },
  {
    id: 'work.export',
    labelKey: 'work.actions.export',
    scope: 'work',
    run: () => workStore.setState({ dialog: 'export' }),
  },
  {
    id: 'work.import',
    labelKey: 'work.actions.import',
    scope: 'work',
    run: () => workStore.setState({ dialog: 'import' }),
  },
]);

const resizeActions: readonly Action[] = resizes.flatMap(([direction, near, far]) =>
  steps.map(([suffix]) => ({
    id: `work.resize-${direction}${suffix}`,
    labelKey: suffix === '' ? near : far,
    shortcut: `Ctrl+${suffix === '' ? '' : 'Shift+'}${arrows[direction]}`,
    scope: 'work' as const,
    part: 'photo' as const,
    hidden: true,
    when: canvasHasFocus,
  })),
);

/** What the canvas offers, bound to the canvas on screen. */
function onCanvas(action: CanvasAction): Action {
  const { release, labelValues } = action;
  const canvas = () => workStore.getState().canvas;
  return {
    id: action.id,
    labelKey: action.labelKey,
    ...(labelValues ? { labelValues } : {}),
    shortcut: action.shortcut,
    scope: 'work',
    part: 'photo',
    hidden: action.hidden,
    when: () => {
      const present = canvas();
      if (present === null || !action.when(present)) return false;
      if (shortcutsOf(action).includes('Space')) return spaceIsFree();
      // Words that are marked on the page are what Ctrl+C means.
      if (action.id === 'canvas.copy' && getSelection()?.isCollapsed === false) return false;
      return !action.needsFocus || canvasHasFocus();
    },
    run: () => {
      const present = canvas();
      if (present) action.run(present);
    },
    ...(release
      ? {
          release: () => {
            const present = canvas();
            if (present) release(present);
          },
        }
      : {}),
  };
}

export const workActions: readonly Action[] = [
  ...roomActions,
  ...resizeActions,
  ...canvasActions.map(onCanvas),
  ...soundActions,
  ...textActions,
];

/** Image pixels of each resize action: how far the right edge and the lower edge move. */
export const resizeSteps: Readonly<Record<string, { dw: number; dh: number }>> = Object.fromEntries(
  resizes.flatMap(([direction]) =>
    steps.map(([suffix, by]) => [
      `work.resize-${direction}${suffix}`,
      {
        dw: direction === 'left' ? -by : direction === 'right' ? by : 0,
        dh: direction === 'up' ? -by : direction === 'down' ? by : 0,
      },
    ]),
  ),
);
