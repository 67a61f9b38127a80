import type { CommandArguments, CommandName } from './commands.ts';
import type { ImageCanvas } from './image-canvas.ts';

/**
 * Everything a person can do on the canvas by key, menu or palette, as data. The application binds the shortcuts and shows
 * the labels; the canvas itself listens to no key.
 */
export interface CanvasAction {
  /** Stable name, `canvas.<what>`. */
  readonly id: string;
  /** Locale key of what it is called. */
  readonly labelKey: CanvasLabelKey;
  /** Placeholders of the label. */
  readonly labelValues?: Readonly<Record<string, string | number>>;
  /** Default keys, as renderer/lib/keys.ts reads them; several may lead to the same. */
  readonly shortcut: readonly string[];
  /** True for keys that belong to the canvas only while it has the focus (Tab and the arrows move about elsewhere). */
  readonly needsFocus: boolean;
  /** Not worth a row in a palette (a step, one of ten digits). */
  readonly hidden: boolean;
  /** True while the action would do something. */
  when(canvas: ImageCanvas): boolean;
  run(canvas: ImageCanvas): void;
  /** For a key that works while it is held: what letting go does. */
  release?(canvas: ImageCanvas): void;
}

/** What the actions are called. */
export type CanvasLabelKey =
  | 'canvas.action.toolSelect'
  | 'canvas.action.toolBox'
  | 'canvas.action.toolRotatedBox'
  | 'canvas.action.toolEllipse'
  | 'canvas.action.toolPolygon'
  | 'canvas.action.toolPolyline'
  | 'canvas.action.toolPoint'
  | 'canvas.action.toolBrush'
  | 'canvas.action.toolHole'
  | 'canvas.action.toolPart'
  | 'canvas.action.toolSlice'
  | 'canvas.action.toolVertices'
  | 'canvas.action.enter'
  | 'canvas.action.turn'
  | 'canvas.action.turnBack'
  | 'canvas.action.turnFar'
  | 'canvas.action.turnBackFar'
  | 'canvas.action.join'
  | 'canvas.action.tag'
  | 'canvas.action.insertVertex'
  | 'canvas.action.snapping'
  | 'canvas.action.liveWire'
  | 'canvas.action.brushErase'
  | 'canvas.action.brushLarger'
  | 'canvas.action.brushSmaller'
  | 'canvas.action.freehand'
  | 'canvas.action.cancel'
  | 'canvas.action.undo'
  | 'canvas.action.redo'
  | 'canvas.action.delete'
  | 'canvas.action.selectAll'
  | 'canvas.action.selectClass'
  | 'canvas.action.copy'
  | 'canvas.action.cut'
  | 'canvas.action.paste'
  | 'canvas.action.duplicate'
  | 'canvas.action.forward'
  | 'canvas.action.back'
  | 'canvas.action.front'
  | 'canvas.action.backMost'
  | 'canvas.action.lock'
  | 'canvas.action.hide'
  | 'canvas.action.solo'
  | 'canvas.action.showAll'
  | 'canvas.action.selectNext'
  | 'canvas.action.selectPrevious'
  | 'canvas.action.nudgeLeft'
  | 'canvas.action.nudgeRight'
  | 'canvas.action.nudgeUp'
  | 'canvas.action.nudgeDown'
  | 'canvas.action.label'
  | 'canvas.action.zoomIn'
  | 'canvas.action.zoomOut'
  | 'canvas.action.zoomActual'
  | 'canvas.action.zoomDouble'
  | 'canvas.action.zoomFourfold'
  | 'canvas.action.zoomPixels'
  | 'canvas.action.fit'
  | 'canvas.action.fitSelection'
  | 'canvas.action.panHold';

/** A command with its argument, as one value. */
type Command = { [Name in CommandName]: [name: Name, ...args: CommandArguments<Name>] }[CommandName];

/** The compiler cannot see that name and argument of one `Command` belong together once they are spread. */
function send(canvas: ImageCanvas, [name, ...args]: Command): void {
  canvas.command(name, ...(args as CommandArguments<typeof name>));
}

function action(
  id: string,
  labelKey: CanvasLabelKey,
  shortcut: readonly string[],
  command: Command,
  extra: {
    readonly needsFocus?: boolean;
    readonly hidden?: boolean;
    readonly release?: Command;
    readonly labelValues?: Readonly<Record<string, string | number>>;
  } = {},
): CanvasAction {
  const { release, labelValues } = extra;
  return {
    id: `canvas.${id}`,
    labelKey,
    ...(labelValues ? { labelValues } : {}),
    shortcut,
    needsFocus: extra.needsFocus ?? false,
    hidden: extra.hidden ?? false,
    when: (canvas) => canvas.can(command[0]),
    run: (canvas) => send(canvas, command),
    ...(release ? { release: (canvas: ImageCanvas) => send(canvas, release) } : {}),
  };
}

const directions = [
  ['left', 'canvas.action.nudgeLeft', 'Left', 'Home', -1, 0],
  ['right', 'canvas.action.nudgeRight', 'Right', 'End', 1, 0],
  ['up', 'canvas.action.nudgeUp', 'Up', 'PageUp', 0, -1],
  ['down', 'canvas.action.nudgeDown', 'Down', 'PageDown', 0, 1],
] as const;

/**
 * Image pixels that a key moves by: an arrow alone, with Shift, and with Fn and Shift on the keyboards that have no Home and End of
 * their own. Alt and the arrows lead through the rooms and snap sides, Ctrl and the arrows resize.
 */
const distances = [
  ['', (arrow: string) => arrow, 1],
  ['-far', (arrow: string) => `Shift+${arrow}`, 10],
  ['-fine', (_: string, key: string) => `Shift+${key}`, 0.1],
] as const;

/** Twelve rows would hide the pattern: direction x distance. */
const nudges = directions.flatMap(([direction, label, arrow, key, dx, dy]) =>
  distances.map(([suffix, keys, by]) =>
    action(`nudge-${direction}${suffix}`, label, [keys(arrow, key)], ['nudge', { dx: dx * by, dy: dy * by }], {
      labelValues: { by },
      needsFocus: true,
      hidden: true,
    }),
  ),
);

/** The number row: key 1 is the first label, key 0 the tenth. */
const labelKeys = Array.from({ length: 10 }, (_, index) =>
  action(`label-${index + 1}`, 'canvas.action.label', [String((index + 1) % 10)], ['label', { index }], {
    hidden: true,
    labelValues: { place: index + 1 },
  }),
);

/** How much larger one press makes the brush. */
const brushStep = 1.25;

/** Every tool but the one that selects has a row and a key. */
const tools = (
  [
    ['box', 'canvas.action.toolBox', 'b'],
    ['rotated-box', 'canvas.action.toolRotatedBox', 'Shift+r'],
    ['ellipse', 'canvas.action.toolEllipse', 'Shift+e'],
    ['polygon', 'canvas.action.toolPolygon', 'l'],
    ['polyline', 'canvas.action.toolPolyline', 'Shift+l'],
    ['point', 'canvas.action.toolPoint', 'Shift+p'],
    ['brush', 'canvas.action.toolBrush', 'i'],
    ['vertices', 'canvas.action.toolVertices', 'Shift+v'],
    ['hole', 'canvas.action.toolHole', 'Shift+h'],
    ['part', 'canvas.action.toolPart', 'Shift+a'],
    ['slice', 'canvas.action.toolSlice', 'Shift+c'],
  ] as const
).map(([tool, label, key]) => action(`tool-${tool}`, label, [key], ['tool', { tool }]));

export const canvasActions: readonly CanvasAction[] = [
  action('tool-select', 'canvas.action.toolSelect', ['v'], ['tool', { tool: 'select' }]),
  ...tools,
  action('enter', 'canvas.action.enter', ['Enter'], ['enter'], { needsFocus: true, hidden: true }),
  action('freehand', 'canvas.action.freehand', ['h'], ['freehand', { on: true }], {
    hidden: true,
    release: ['freehand', { on: false }],
  }),
  action('snapping', 'canvas.action.snapping', ['Shift+q'], ['snapping']),
  action('live-wire', 'canvas.action.liveWire', ['Shift+w'], ['live-wire']),
  action('turn', 'canvas.action.turn', ["'"], ['turn', { degrees: 1 }]),
  action('turn-back', 'canvas.action.turnBack', [';'], ['turn', { degrees: -1 }]),
  action('turn-far', 'canvas.action.turnFar', ['"'], ['turn', { degrees: 15 }]),
  action('turn-back-far', 'canvas.action.turnBackFar', [':'], ['turn', { degrees: -15 }]),
  action('join', 'canvas.action.join', ['Ctrl+j'], ['join']),
  action('tag', 'canvas.action.tag', ['Shift+t'], ['tag']),
  action('insert-vertex', 'canvas.action.insertVertex', ['Insert'], ['insert-vertex']),
  action('brush-erase', 'canvas.action.brushErase', ['Shift+i'], ['brush-erase']),
  action('brush-larger', 'canvas.action.brushLarger', [']'], ['brush-size', { factor: brushStep }]),
  action('brush-smaller', 'canvas.action.brushSmaller', ['['], ['brush-size', { factor: 1 / brushStep }]),
  action('cancel', 'canvas.action.cancel', ['Escape'], ['cancel']),
  action('undo', 'canvas.action.undo', ['Ctrl+Z'], ['undo']),
  action('redo', 'canvas.action.redo', ['Ctrl+Shift+Z', 'Ctrl+Y'], ['redo']),
  action('delete', 'canvas.action.delete', ['Delete', 'Backspace'], ['delete']),
  action('select-all', 'canvas.action.selectAll', ['Ctrl+A'], ['select-all']),
  action('select-class', 'canvas.action.selectClass', ['Ctrl+Shift+A'], ['select-class']),
  action('copy', 'canvas.action.copy', ['Ctrl+C'], ['copy']),
  action('cut', 'canvas.action.cut', ['Ctrl+X'], ['cut']),
  action('paste', 'canvas.action.paste', ['Ctrl+V'], ['paste']),
  action('duplicate', 'canvas.action.duplicate', ['Ctrl+D'], ['duplicate']),
  action('forward', 'canvas.action.forward', ['Ctrl+]'], ['order', { to: 'forward' }]),
  action('back', 'canvas.action.back', ['Ctrl+['], ['order', { to: 'back' }]),
  action('front', 'canvas.action.front', ['Ctrl+}'], ['order', { to: 'front' }]),
  action('back-most', 'canvas.action.backMost', ['Ctrl+{'], ['order', { to: 'back-most' }]),
  action('lock', 'canvas.action.lock', ['Shift+K'], ['lock']),
  action('hide', 'canvas.action.hide', ['\\'], ['hide']),
  action('solo', 'canvas.action.solo', ['|'], ['solo']),
  action('show-all', 'canvas.action.showAll', ['Ctrl+\\'], ['show-all']),
  action('select-next', 'canvas.action.selectNext', ['Tab'], ['select-next'], { needsFocus: true, hidden: true }),
  action('select-previous', 'canvas.action.selectPrevious', ['Shift+Tab'], ['select-previous'], {
    needsFocus: true,
    hidden: true,
  }),
  ...nudges,
  ...labelKeys,
  action('zoom-in', 'canvas.action.zoomIn', ['+', '='], ['zoom-in']),
  action('zoom-out', 'canvas.action.zoomOut', ['-'], ['zoom-out']),
  action('zoom-actual', 'canvas.action.zoomActual', ['Ctrl+1'], ['zoom-to', { scale: 1 }]),
  action('zoom-double', 'canvas.action.zoomDouble', ['Ctrl+2'], ['zoom-to', { scale: 2 }]),
  action('zoom-fourfold', 'canvas.action.zoomFourfold', ['Ctrl+4'], ['zoom-to', { scale: 4 }]),
  action('zoom-pixels', 'canvas.action.zoomPixels', ['Ctrl+6'], ['zoom-to', { scale: 16 }]),
  action('fit', 'canvas.action.fit', ['f'], ['fit']),
  action('fit-selection', 'canvas.action.fitSelection', ['Shift+f'], ['fit-selection']),
  action('pan-hold', 'canvas.action.panHold', ['Space'], ['pan-hold', { on: true }], {
    hidden: true,
    release: ['pan-hold', { on: false }],
  }),
];
