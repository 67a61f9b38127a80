import type { ToolId } from './tools/tool.ts';

/** Every command of the canvas with its argument (`undefined`: takes none). Distances are image pixels. */
export interface Commands {
  /** Ends a gesture without a trace; without one, drops the selection. */
  cancel: undefined;
  undo: undefined;
  redo: undefined;
  delete: undefined;
  'select-all': undefined;
  /** Selects the next / previous shape in drawing order and brings it into view. */
  'select-next': undefined;
  'select-previous': undefined;
  /** Moves the selection; quick repeats become one change. */
  nudge: { readonly dx: number; readonly dy: number };
  /** Gives the selection the label at this index of the label set, or, with nothing selected, the next drawn shape. */
  label: { readonly index: number };
  'zoom-in': undefined;
  'zoom-out': undefined;
  'zoom-to': { readonly scale: number };
  fit: undefined;
  'fit-selection': undefined;
  tool: { readonly tool: ToolId };
  /** While on, dragging with the main button pans (the Space key held down). */
  'pan-hold': { readonly on: boolean };
}

export type CommandName = keyof Commands;

/** The arguments after a command's name: none, or its one argument. */
export type CommandArguments<Name extends CommandName> = Commands[Name] extends undefined ? [] : [Commands[Name]];
