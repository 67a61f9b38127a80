import type { Shape, ShapeId } from '#shared/domain/annotation.ts';
import type { Point } from '../geometry.ts';
import type { VertexChoice } from '../shapes/vertex-moves.ts';
import type { PathPoint } from '../snapping.ts';
import type { Brush, ToolId } from './tool.ts';

/*
 * What a tool can be in the middle of: plain data, told apart by `state`. What each state does with an input stands in the
 * file of that name (`box.drawing` in box/drawing.state.ts); which file that is, in states.ts.
 */

/** What is drawn from one corner of an upright rectangle to the other. */
export type FrameTool = 'box' | 'ellipse';

/** Nothing under way with such a tool: the next press draws, or takes hold of a handle of the selection. */
export interface BoxIdle {
  readonly state: 'box.idle';
  readonly tool: FrameTool;
}

/** A box or an ellipse under way, from the press that began it. */
export interface BoxDrawing {
  readonly state: 'box.drawing';
  readonly tool: FrameTool;
  readonly id: ShapeId;
  /** Image pixels. */
  readonly start: Point;
  /** CSS pixels; tells a drag from a click. */
  readonly pressedAt: Point;
}

/** A box or an ellipse begun by a click: no button is held, the next click ends it. */
export interface BoxPlacing {
  readonly state: 'box.placing';
  readonly tool: FrameTool;
  readonly id: ShapeId;
  readonly start: Point;
}

/** The tool for turned boxes with nothing under way. */
export interface RotatedIdle {
  readonly state: 'rotated.idle';
}

/** The first press: a drag draws an upright box to be turned later, a click begins an edge. */
export interface RotatedDrawing {
  readonly state: 'rotated.drawing';
  readonly id: ShapeId;
  readonly start: Point;
  /** CSS pixels. */
  readonly pressedAt: Point;
}

/** The first edge follows the pointer from where it began. */
export interface RotatedEdge {
  readonly state: 'rotated.edge';
  readonly id: ShapeId;
  readonly start: Point;
}

/** The edge is placed; how wide the box is follows the pointer. */
export interface RotatedWidth {
  readonly state: 'rotated.width';
  readonly id: ShapeId;
  readonly start: Point;
  readonly end: Point;
}

/** The tool for points with nothing under way. */
export interface PointIdle {
  readonly state: 'point.idle';
}

/** The button is down; the point is where it is let go. */
export interface PointPlacing {
  readonly state: 'point.placing';
  readonly id: ShapeId;
}

/** What is drawn point by point: a shape of its own, a ring in a polygon that is there, a line that cuts. */
export type PathTool = 'polygon' | 'polyline' | 'hole' | 'part' | 'slice';

/** Such a tool with nothing under way. */
export interface PathIdle {
  readonly state: 'path.idle';
  readonly tool: PathTool;
}

/** A line under way. No button is held; undo and redo step through what was placed. */
export interface PathDrawing {
  readonly state: 'path.drawing';
  readonly tool: PathTool;
  /** Of the shape that is drawn, or of the polygon that gets a ring. */
  readonly id: ShapeId;
  /** What each click placed: one point, or several along a border or an edge that was followed or with the freehand key. */
  readonly steps: readonly (readonly PathPoint[])[];
  /** Steps taken back, the next to come again last. */
  readonly undone: readonly (readonly PathPoint[])[];
  /** The last step was drawn freehand and goes on. */
  readonly tracing: boolean;
  /** Where the last press was (CSS pixels); a second one there ends the line. */
  readonly pressedAt: Point;
  /** Where the pointer is, image pixels. */
  readonly pointer: PathPoint;
}

/** The brush with nothing under way. */
export interface BrushIdle {
  readonly state: 'brush.idle';
}

/** A stroke under way. */
export interface BrushPainting {
  readonly state: 'brush.painting';
  /** The mask that is painted on or rubbed out; a new id when none is there yet. */
  readonly id: ShapeId;
  readonly brush: Brush;
  /** Image pixels. */
  readonly points: readonly Point[];
}

/** The tool for vertices with nothing under way. */
export interface VerticesIdle {
  readonly state: 'vertices.idle';
}

/** The chosen vertices follow the pointer. */
export interface VerticesMoving {
  readonly state: 'vertices.moving';
  readonly original: Shape;
  readonly handles: readonly string[];
  /** What of neighbours goes with them. */
  readonly others: readonly VertexChoice[];
  /** Where the drag began, image pixels. */
  readonly from: Point;
}

/** A rubber band that chooses vertices of the selected shape. */
export interface VerticesMarquee {
  readonly state: 'vertices.marquee';
  readonly start: Point;
  /** CSS pixels. */
  readonly pressedAt: Point;
  readonly kept: readonly string[];
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
  /** What of neighbours goes with a vertex of the border they share. */
  readonly others: readonly VertexChoice[];
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

/** The states in which nothing is under way, one or more tools each. */
export type IdleState = BoxIdle | BrushIdle | PathIdle | PointIdle | RotatedIdle | SelectIdle | VerticesIdle;

export type ToolState =
  | IdleState
  | BoxDrawing
  | BoxPlacing
  | BrushPainting
  | PathDrawing
  | PointPlacing
  | RotatedDrawing
  | RotatedEdge
  | RotatedWidth
  | SelectMarquee
  | SelectMoving
  | SelectPressing
  | SelectResizing
  | VerticesMarquee
  | VerticesMoving;

export type StateName = ToolState['state'];

export const selectIdle: SelectIdle = { state: 'select.idle', lastClick: null };

/** The state that each tool begins in and returns to. */
export const idleStates = {
  select: selectIdle,
  box: { state: 'box.idle', tool: 'box' },
  ellipse: { state: 'box.idle', tool: 'ellipse' },
  'rotated-box': { state: 'rotated.idle' },
  polygon: { state: 'path.idle', tool: 'polygon' },
  polyline: { state: 'path.idle', tool: 'polyline' },
  hole: { state: 'path.idle', tool: 'hole' },
  part: { state: 'path.idle', tool: 'part' },
  slice: { state: 'path.idle', tool: 'slice' },
  point: { state: 'point.idle' },
  brush: { state: 'brush.idle' },
  vertices: { state: 'vertices.idle' },
} as const satisfies { readonly [Id in ToolId]: IdleState };
