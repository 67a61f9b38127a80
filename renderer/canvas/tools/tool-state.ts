import type { Shape, ShapeId } from '#shared/domain/annotation.ts';
import type { Point } from '../geometry.ts';
import type { ToolId } from './tool.ts';

/*
 * What a tool can be in the middle of: plain data, told apart by `state`. What each state does with an input stands in the
 * file of that name (`box.drawing` in box/drawing.state.ts); which file that is, in states.ts.
 */

/** The box tool with nothing under way: the next press draws, or takes hold of a handle of the selection. */
export interface BoxIdle {
  readonly state: 'box.idle';
}

/** A box under way, from the press that began it. */
export interface BoxDrawing {
  readonly state: 'box.drawing';
  readonly id: ShapeId;
  /** Image pixels. */
  readonly start: Point;
  /** CSS pixels; tells a drag from a click. */
  readonly pressedAt: Point;
}

/** A box begun by a click: no button is held, the next click ends it. */
export interface BoxPlacing {
  readonly state: 'box.placing';
  readonly id: ShapeId;
  readonly start: Point;
}

/** The select tool with nothing under way. Remembers the last click, so that a click at the same place goes deeper. */
export interface SelectIdle {
  readonly state: 'select.idle';
  readonly lastClick: LastClick | null;
}

export interface LastClick {
  /** CSS pixels. */
  readonly at: Point;
  /** Shapes that clicks at this place have already selected. */
  readonly seen: readonly ShapeId[];
}

/** The button is down on a shape; whether this is a click or a move shows when the pointer travels or lets go. */
export interface SelectPressing {
  readonly state: 'select.pressing';
  /** Where it was pressed: image and CSS pixels. */
  readonly image: Point;
  readonly screen: Point;
  readonly lastClick: LastClick | null;
  /** The shape that the press itself selected; null when the selection was left as it was. */
  readonly chosen: ShapeId | null;
}

/** The selection follows the pointer. */
export interface SelectMoving {
  readonly state: 'select.moving';
  /** Where the drag began, image pixels. */
  readonly from: Point;
  readonly originals: readonly Shape[];
}

/** A handle of a selected shape follows the pointer. */
export interface SelectResizing {
  readonly state: 'select.resizing';
  readonly original: Shape;
  readonly handle: string;
  /** Where the handle was taken hold of (image pixels): it moves by what the pointer moves, not to the pointer. */
  readonly from: Point;
  /** The point that the handle stood for when it was taken hold of. */
  readonly anchor: Point;
  /** The state to return to: any tool may let a handle be dragged. */
  readonly back: IdleState;
}

/** A rubber band drawn over empty space: what lies wholly inside becomes the selection. */
export interface SelectMarquee {
  readonly state: 'select.marquee';
  readonly start: Point;
  /** CSS pixels. */
  readonly pressedAt: Point;
  /** What was selected before and stays so (Shift or Ctrl held at the press). */
  readonly kept: readonly ShapeId[];
}

/** The states in which nothing is under way, one a tool. */
export type IdleState = BoxIdle | SelectIdle;

export type ToolState =
  IdleState | BoxDrawing | BoxPlacing | SelectMarquee | SelectMoving | SelectPressing | SelectResizing;

export type StateName = ToolState['state'];

export const boxIdle: BoxIdle = { state: 'box.idle' };

export const selectIdle: SelectIdle = { state: 'select.idle', lastClick: null };

/** The state that each tool begins in and returns to. */
export const idleStates: { readonly [Id in ToolId]: IdleState } = {
  select: selectIdle,
  box: boxIdle,
};
