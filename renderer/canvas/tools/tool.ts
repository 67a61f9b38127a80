import type { Change, Shape, ShapeId } from '#shared/domain/annotation.ts';
import type { Point, Rect, Size } from '../geometry.ts';

/** The tools a person can choose. Another tool is another folder beside this file and another row in tools.ts. */
export type ToolId = 'select' | 'box';

/** What the pointer did, as a tool sees it. Pans, wheels and other buttons never reach a tool. */
export interface PointerInput {
  readonly type: 'down' | 'move' | 'up';
  /** Image pixels. */
  readonly image: Point;
  /** CSS pixels of the host. */
  readonly screen: Point;
  readonly shift: boolean;
  readonly alt: boolean;
  /** Ctrl, or Command on a Mac. */
  readonly ctrl: boolean;
}

/** A handle of a selected shape. */
export interface HandleHit {
  readonly id: ShapeId;
  /** Name of the handle; what it means is the shape kind's own affair. */
  readonly handle: string;
  /** CSS cursor that tells what dragging it does. */
  readonly cursor: string;
  /** The point of the shape that it stands for, image pixels. */
  readonly anchor: Point;
}

/** The narrow port through which a tool looks at the canvas. It can change nothing. */
export interface ToolView {
  /** CSS pixels per image pixel. */
  readonly scale: number;
  readonly imageSize: Size;
  readonly clampToImage: boolean;
  readonly selection: readonly ShapeId[];
  /** Label that the next drawn shape gets. */
  readonly label: string | null;
  shape(id: ShapeId): Shape | undefined;
  /** Shapes under a point (image pixels), the topmost first. */
  shapesAt(point: Point): readonly ShapeId[];
  /** Shapes that lie wholly inside a rectangle (image pixels), in drawing order. */
  shapesInside(area: Rect): readonly ShapeId[];
  /** The handle of the selection under a point (CSS pixels of the host). */
  handleAt(screen: Point): HandleHit | null;
  newId(): ShapeId;
}

/** What a tool wants done. Effects are data, so that a tool can be tested without a canvas. */
export type ToolEffect =
  | { readonly type: 'select'; readonly ids: readonly ShapeId[] }
  /** Shows these shapes instead of (or beside) those of the document until the next preview; empty: ends the preview. */
  | { readonly type: 'preview'; readonly shapes: readonly Shape[] }
  /** A rubber band that selects; null hides it. */
  | { readonly type: 'marquee'; readonly area: Rect | null }
  /** The shapes as they shall be from now on; one undoable change. A shape whose id is new goes on top. */
  | { readonly type: 'commit'; readonly label: Change['label']; readonly shapes: readonly Shape[] }
  | { readonly type: 'cursor'; readonly cursor: string };

/** The outcome of an input: the state to be in and what is to be done. */
export interface Step<Data> {
  readonly next: Data;
  readonly effects: readonly ToolEffect[];
}

/**
 * One state of one gesture. Handlers are pure: everything they know is in their data, the input and the view; an input
 * without a handler leaves everything as it is.
 */
export interface GestureState<Own, Any> {
  readonly down?: (data: Own, input: PointerInput, view: ToolView) => Step<Any>;
  readonly move?: (data: Own, input: PointerInput, view: ToolView) => Step<Any>;
  readonly up?: (data: Own, input: PointerInput, view: ToolView) => Step<Any>;
  /** Ends the gesture without a trace. */
  readonly cancel?: (data: Own, view: ToolView) => Step<Any>;
}

/** CSS pixels that the pointer may travel before a press becomes a drag. */
export const dragThreshold = 3;

/** Image pixels: a shape smaller than this in either direction is not a shape. */
export const minimumSize = 1;
