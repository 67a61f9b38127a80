import type { CommandName } from './commands.ts';
import type { StateName } from './tools/tool-state.ts';

/**
 * What a command means in the middle of something: `run` does it, `cancel` ends the gesture instead of doing it,
 * `cancel-run` ends the gesture and then does it, `ignore` does nothing.
 */
export type Policy = 'run' | 'cancel' | 'cancel-run' | 'ignore';

const idle: Readonly<Record<CommandName, Policy>> = {
  cancel: 'run',
  undo: 'run',
  redo: 'run',
  delete: 'run',
  'select-all': 'run',
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
};

const holding: Readonly<Record<CommandName, Policy>> = {
  ...idle,
  cancel: 'cancel',
  // What one wants undone in the middle of a gesture is the gesture.
  undo: 'cancel',
  redo: 'ignore',
  delete: 'cancel',
  'select-all': 'ignore',
  'select-next': 'ignore',
  'select-previous': 'ignore',
  nudge: 'ignore',
  label: 'ignore',
  fit: 'ignore',
  'fit-selection': 'ignore',
  tool: 'cancel-run',
};

/** A box under way takes a class from the number keys as it will when it is done. */
const drawing: Readonly<Record<CommandName, Policy>> = { ...holding, label: 'run' };

/** The mode x command table: one row a state, one column a command. */
export const modes: { readonly [State in StateName]: Readonly<Record<CommandName, Policy>> } = {
  'select.idle': idle,
  'select.pressing': holding,
  'select.moving': holding,
  'select.resizing': holding,
  'select.marquee': holding,
  'box.idle': idle,
  'box.drawing': drawing,
  'box.placing': { ...drawing, fit: 'run' },
};

/** The states in which lines through the pointer help to place an edge. */
export const crosshairStates: ReadonlySet<StateName> = new Set<StateName>(['box.idle', 'box.drawing', 'box.placing']);
