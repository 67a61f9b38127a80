import type { DepthMove } from '#shared/rules/depth-order.rules.ts';
import type { ToolId } from './tools/tool.ts';

/** Every command of the canvas with its argument (`undefined`: takes none). Distances are image pixels. */
export interface Commands {
  /** Ends a gesture without a trace; without one, drops the selection. */
  cancel: undefined;
  undo: undefined;
  redo: undefined;
  delete: undefined;
  'select-all': undefined;
  /** Selects all shapes of the classes that are selected, or with nothing selected of the one that the next shape gets. */
  'select-class': undefined;
  /** Takes the selection to be pasted, here or on another photo. */
  copy: undefined;
  cut: undefined;
  /** Puts what was copied where it was, or beside it where something alike is. */
  paste: undefined;
  /** Copies the selection on the same photo. */
  duplicate: undefined;
  /** Moves the selection in the drawing order. */
  order: { readonly to: DepthMove };
  /** Locks the selection against changes, or frees it. */
  lock: undefined;
  hide: undefined;
  /** Shows only the selection, or everything again. */
  solo: undefined;
  'show-all': undefined;
  /** Selects the next / previous shape in drawing order and brings it into view. */
  'select-next': undefined;
  'select-previous': undefined;
  /**
   * Moves the selection, or with vertices chosen those; with a tool that draws and nothing selected, the cursor of the keys.
   * Quick repeats become one change.
   */
  nudge: { readonly dx: number; readonly dy: number };
  /** Gives the selection the label at this index of the label set, or, with nothing selected, the next drawn shape. */
  label: { readonly index: number };
  'zoom-in': undefined;
  'zoom-out': undefined;
  'zoom-to': { readonly scale: number };
  fit: undefined;
  'fit-selection': undefined;
  tool: { readonly tool: ToolId };
  /** Places a point where the cursor of the keys is; without it, or a second time at the same place, ends the line. */
  enter: undefined;
  /** Turns the selection clockwise by degrees; quick repeats become one change. */
  turn: { readonly degrees: number };
  /** Makes one of the selected polygons and masks. */
  join: undefined;
  /** Tags the picture with the label that the next drawn shape gets; takes the tag away when it is there. */
  tag: undefined;
  /** Puts a vertex in the middle of the edge after the chosen one. */
  'insert-vertex': undefined;
  /** Draws points to the outlines of other shapes, or no longer does. */
  snapping: undefined;
  /** Lines follow the edges of the picture, or go straight. */
  'live-wire': undefined;
  /** Makes the brush paint or erase. */
  'brush-erase': undefined;
  /** Makes the brush larger or smaller. */
  'brush-size': { readonly factor: number };
  /** While on, a line under way follows the pointer. */
  freehand: { readonly on: boolean };
  /** While on, dragging with the main button pans (the Space key held down). */
  'pan-hold': { readonly on: boolean };
}

export type CommandName = keyof Commands;

/** The arguments after a command's name: none, or its one argument. */
export type CommandArguments<Name extends CommandName> = Commands[Name] extends undefined ? [] : [Commands[Name]];
