import type { CommandName } from './commands.ts';
import type { StateName } from './tools/tool-state.ts';
import type { ToolCommand } from './tools/tool.ts';

/**
 * What a command means in the middle of something: `run` does it, `cancel` ends the gesture instead of doing it,
 * `cancel-run` ends the gesture and then does it, `ignore` does nothing, the rest hand it on to the gesture itself.
 */
export type Policy = 'run' | 'cancel' | 'cancel-run' | 'ignore' | ToolCommand;

const idle: Readonly<Record<CommandName, Policy>> = {
  cancel: 'run',
  undo: 'run',
  redo: 'run',
  delete: 'run',
  'select-all': 'run',
  'select-class': 'run',
  copy: 'run',
  cut: 'run',
  paste: 'run',
  duplicate: 'run',
  order: 'run',
  lock: 'run',
  hide: 'run',
  solo: 'run',
  'show-all': 'run',
  'select-next': 'run',
  'select-previous': 'run',
  nudge: 'run',
  label: 'run',
  'zoom-in': 'run',
  'zoom-out': 'run',
  'zoom-to': 'run',
  fit: 'run',
  'fit-selection': 'run',
  tool: 'run',
  'pan-hold': 'run',
  enter: 'run',
  turn: 'run',
  join: 'run',
  tag: 'run',
  'insert-vertex': 'run',
  snapping: 'run',
  'live-wire': 'run',
  'brush-erase': 'run',
  'brush-size': 'run',
  freehand: 'run',
};

const holding: Readonly<Record<CommandName, Policy>> = {
  ...idle,
  cancel: 'cancel',
  // What one wants undone in the middle of a gesture is the gesture.
  undo: 'cancel',
  redo: 'ignore',
  delete: 'cancel',
  'select-all': 'ignore',
  'select-class': 'ignore',
  copy: 'ignore',
  cut: 'ignore',
  paste: 'ignore',
  duplicate: 'ignore',
  order: 'ignore',
  lock: 'ignore',
  hide: 'ignore',
  solo: 'ignore',
  'show-all': 'ignore',
  'select-next': 'ignore',
  'select-previous': 'ignore',
  nudge: 'ignore',
  label: 'ignore',
  fit: 'ignore',
  'fit-selection': 'ignore',
  tool: 'cancel-run',
  enter: 'ignore',
  turn: 'ignore',
  join: 'ignore',
  tag: 'ignore',
  'insert-vertex': 'ignore',
};

/** A shape under way takes a class from the number keys as it will when it is done. */
const drawing: Readonly<Record<CommandName, Policy>> = { ...holding, label: 'run' };

/** Between two clicks no button is held: the view may change, and keys may move the cursor and click. */
const placing: Readonly<Record<CommandName, Policy>> = { ...drawing, fit: 'run', nudge: 'run', enter: 'run' };

/** A line under way is undone and redone point by point. */
const tracing: Readonly<Record<CommandName, Policy>> = {
  ...placing,
  undo: 'step-back',
  delete: 'step-back',
  redo: 'step-forward',
  // Another tool finishes the line: fifty points are not given up for a key.
  tool: 'run',
};

/** The mode x command table: one row a state, one column a command. */
export const modes: { readonly [State in StateName]: Readonly<Record<CommandName, Policy>> } = {
  'select.idle': { ...idle, enter: 'ignore' },
  'select.pressing': holding,
  'select.moving': holding,
  'select.resizing': holding,
  'select.marquee': holding,
  'box.idle': idle,
  'box.drawing': drawing,
  'box.placing': placing,
  'rotated.idle': idle,
  'rotated.drawing': drawing,
  'rotated.edge': placing,
  'rotated.width': placing,
  'path.idle': idle,
  'path.drawing': tracing,
  'point.idle': idle,
  'point.placing': drawing,
  'brush.idle': idle,
  'brush.painting': holding,
  'vertices.idle': { ...idle, enter: 'ignore' },
  'vertices.moving': holding,
  'vertices.marquee': holding,
};

/** The states in which lines through the pointer help to place something. */
export const crosshairStates: ReadonlySet<StateName> = new Set<StateName>([
  'box.idle',
  'box.drawing',
  'box.placing',
  'rotated.idle',
  'rotated.drawing',
  'rotated.edge',
  'rotated.width',
  'path.idle',
  'path.drawing',
  'point.idle',
  'point.placing',
]);
