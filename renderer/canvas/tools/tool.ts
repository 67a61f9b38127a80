import type { Change, Shape, ShapeId } from '#shared/domain/annotation.ts';
import type { Point, Rect, Size } from '../geometry.ts';
import type { VertexChoice } from '../shapes/vertex-moves.ts';
import type { RingPlace, SnapHit } from '../snapping.ts';

/**
 * The tools a person can choose. `hole`, `part`, `slice` and `vertices` work on polygons that are there. Another tool is
 * another folder beside this file, a row in tool-state.ts and one in states.ts.
 */
export type ToolId = 'select' | DrawingToolId | 'hole' | 'part' | 'slice' | 'vertices';

/** Tools that make shapes. */
export type DrawingToolId = 'box' | 'rotated-box' | 'ellipse' | 'polygon' | 'polyline' | 'point' | 'brush';

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
  /** Made by the cursor of the keys: it means exactly the place where it is, and nothing near it. */
  readonly keyed?: boolean;
}

/** What keys say to a tool in the middle of something: it is done, the last step back, that step again. */
export type ToolCommand = 'finish' | 'step-back' | 'step-forward';

/** What a wire leads between, image pixels: the last point of the line under way, and where its next one would come to lie. */
export interface WireEnds {
  readonly from: Point;
  readonly to: Point;
}

/** A way along edges of the picture. */
export interface Wire extends WireEnds {
  /** What lies between its ends, image pixels. */
  readonly points: readonly Point[];
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

/** The brush as it is set. */
export interface Brush {
  /** Image pixels. */
  readonly radius: number;
  readonly erases: boolean;
}

/** The narrow port through which a tool looks at the canvas. It can change nothing. */
export interface ToolView {
  /** CSS pixels per image pixel. */
  readonly scale: number;
  readonly imageSize: Size;
  readonly clampToImage: boolean;
  readonly selection: readonly ShapeId[];
  /** Handles of the chosen vertices of the one selected shape. */
  readonly vertices: readonly string[];
  /** Label that the next drawn shape gets. */
  readonly label: string | null;
  readonly brush: Brush;
  /** True while the key is held that makes a line follow the pointer. */
  readonly freehand: boolean;
  /** The wire that was traced last; null while lines go straight. */
  readonly wire: Wire | null;
  shape(id: ShapeId): Shape | undefined;
  /** Shapes under a point (image pixels), the topmost first. */
  shapesAt(point: Point): readonly ShapeId[];
  /** Shapes that lie wholly inside a rectangle (image pixels), in drawing order. */
  shapesInside(area: Rect): readonly ShapeId[];
  /** Shapes whose bounds touch a rectangle (image pixels), in drawing order. */
  shapesIn(area: Rect): readonly Shape[];
  /** The handle of the selection under a point (CSS pixels of the host). */
  handleAt(screen: Point): HandleHit | null;
  /**
   * The vertex or border of another shape's outline that a point (image pixels) is drawn to; null where there is none. The
   * outlines of `apart` draw nothing to them.
   */
  snap(point: Point, apart: readonly ShapeId[]): SnapHit | null;
  /** Vertices of other outlines that lie exactly where some of this one's do; none while nothing is drawn to borders. */
  shared(shape: Shape, handles: readonly string[]): readonly VertexChoice[];
  newId(): ShapeId;
}

/** What a tool shows beside shapes, in image pixels. */
export interface Overlay {
  /** A line that is no shape: one that cuts, or a ring under way in a shape that is there. */
  readonly line?: readonly Point[];
  /** Points placed so far. */
  readonly dots?: readonly Point[];
  /** The point that the next click closes the line at. */
  readonly closing?: Point;
  /** Where a wire is wanted, if lines follow edges. */
  readonly wired?: WireEnds;
  /** What the pointer is drawn to. */
  readonly snap?: { readonly at: Point; readonly on: RingPlace['on'] };
  readonly brush?: Brush & { readonly at: Point };
  /** A stroke of the brush under way, for a shape of this label. */
  readonly stroke?: Brush & { readonly points: readonly Point[]; readonly label: string | null };
}

/** What a tool wants done. Effects are data, so that a tool can be tested without a canvas. */
export type ToolEffect =
  | { readonly type: 'select'; readonly ids: readonly ShapeId[] }
  /**
   * Shows these shapes instead of (or beside) those of the document until the next preview; empty: ends the preview.
   * `kept` is what an interruption leaves of the gesture: the first of them when left out, nothing when null.
   */
  | { readonly type: 'preview'; readonly shapes: readonly Shape[]; readonly kept?: Shape | null }
  /** A rubber band that selects; null hides it. */
  | { readonly type: 'marquee'; readonly area: Rect | null }
  | { readonly type: 'overlay'; readonly overlay: Overlay | null }
  /** Chooses vertices of the one selected shape, by their handles. */
  | { readonly type: 'vertices'; readonly chosen: readonly string[] }
  /**
   * The shapes as they shall be from now on and those that go; one undoable change. A shape whose id is new goes on top, or
   * right above the one that `above` names.
   */
  | {
      readonly type: 'commit';
      readonly label: Change['label'];
      readonly shapes: readonly Shape[];
      readonly removed?: readonly ShapeId[];
      readonly above?: ShapeId;
    }
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
  readonly command?: (data: Own, command: ToolCommand, view: ToolView) => Step<Any>;
  /** Ends the gesture without a trace. */
  readonly cancel?: (data: Own, view: ToolView) => Step<Any>;
}

/** CSS pixels that the pointer may travel before a press becomes a drag. */
export const dragThreshold = 3;

/** Image pixels: a shape smaller than this in either direction is not a shape. */
export const minimumSize = 1;

/** Hides everything that a gesture showed. */
export const nothingShown: readonly ToolEffect[] = [
  { type: 'preview', shapes: [] },
  { type: 'overlay', overlay: null },
];

/** A point kept inside the picture where shapes are to stay there. */
export function keptPoint(point: Point, view: ToolView): Point {
  if (!view.clampToImage) return point;
  const { width, height } = view.imageSize;
  return { x: Math.min(Math.max(point.x, 0), width), y: Math.min(Math.max(point.y, 0), height) };
}
