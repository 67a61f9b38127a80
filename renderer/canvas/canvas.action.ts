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
  readonly labelKey: `canvas.action.${string}`;
  /** Default shortcuts: `Mod` is Ctrl, on a Mac Command; then the `KeyboardEvent.key`, a letter in upper case. */
  readonly shortcuts: readonly string[];
  /** True for keys that belong to the canvas only while it has the focus (Tab and the arrows move about elsewhere). */
  readonly needsFocus: boolean;
  /** True while the action would do something. */
  when(canvas: ImageCanvas): boolean;
  run(canvas: ImageCanvas): void;
  /** For a key that works while it is held: what letting go does. */
  release?(canvas: ImageCanvas): void;
}

/** A command with its argument, as one value. */
type Command = { [Name in CommandName]: [name: Name, ...args: CommandArguments<Name>] }[CommandName];

/** The compiler cannot see that name and argument of one `Command` belong together once they are spread. */
function send(canvas: ImageCanvas, [name, ...args]: Command): void {
  canvas.command(name, ...(args as CommandArguments<typeof name>));
}

function action(
  id: string,
  label: string,
  shortcuts: readonly string[],
  command: Command,
  extra: { readonly needsFocus?: boolean; readonly release?: Command } = {},
): CanvasAction {
  const { release } = extra;
  return {
    id: `canvas.${id}`,
    labelKey: `canvas.action.${label}`,
    shortcuts,
    needsFocus: extra.needsFocus ?? false,
    when: (canvas) => canvas.can(command[0]),
    run: (canvas) => send(canvas, command),
    ...(release ? { release: (canvas: ImageCanvas) => send(canvas, release) } : {}),
  };
}

const directions = [
  ['left', 'nudgeLeft', 'ArrowLeft', -1, 0],
  ['right', 'nudgeRight', 'ArrowRight', 1, 0],
  ['up', 'nudgeUp', 'ArrowUp', 0, -1],
  ['down', 'nudgeDown', 'ArrowDown', 0, 1],
] as const;

/** Image pixels that an arrow key moves by, alone and with a modifier. */
const distances = [
  ['', '', 1],
  ['-far', 'Shift+', 10],
  ['-fine', 'Alt+', 0.1],
] as const;

/** Twelve rows would hide the pattern: direction x distance. */
const nudges = directions.flatMap(([direction, label, key, dx, dy]) =>
  distances.map(([suffix, modifier, by]) =>
    action(`nudge-${direction}${suffix}`, label, [`${modifier}${key}`], ['nudge', { dx: dx * by, dy: dy * by }], {
      needsFocus: true,
    }),
  ),
);

/** The number row: key 1 is the first label, key 0 the tenth. */
const labelKeys = Array.from({ length: 10 }, (_, index) =>
  action(`label-${index + 1}`, 'label', [String((index + 1) % 10)], ['label', { index }]),
);

export const canvasActions: readonly CanvasAction[] = [
  action('tool-select', 'toolSelect', ['V'], ['tool', { tool: 'select' }]),
  action('tool-box', 'toolBox', ['B'], ['tool', { tool: 'box' }]),
  action('cancel', 'cancel', ['Escape'], ['cancel']),
  action('undo', 'undo', ['Mod+Z'], ['undo']),
  action('redo', 'redo', ['Mod+Shift+Z', 'Mod+Y'], ['redo']),
  action('delete', 'delete', ['Delete', 'Backspace'], ['delete']),
  action('select-all', 'selectAll', ['Mod+A'], ['select-all']),
  action('select-next', 'selectNext', ['Tab'], ['select-next'], { needsFocus: true }),
  action('select-previous', 'selectPrevious', ['Shift+Tab'], ['select-previous'], { needsFocus: true }),
  ...nudges,
  ...labelKeys,
  action('zoom-in', 'zoomIn', ['+', '='], ['zoom-in']),
  action('zoom-out', 'zoomOut', ['-'], ['zoom-out']),
  action('zoom-actual', 'zoomActual', ['Mod+1'], ['zoom-to', { scale: 1 }]),
  action('fit', 'fit', ['F'], ['fit']),
  action('fit-selection', 'fitSelection', ['Shift+F'], ['fit-selection']),
  action('pan-hold', 'panHold', ['Space'], ['pan-hold', { on: true }], { release: ['pan-hold', { on: false }] }),
];
