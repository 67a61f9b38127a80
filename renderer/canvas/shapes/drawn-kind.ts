import type { FabricObject } from 'fabric';
import type { Geometry } from '#shared/domain/annotation.ts';
import type { Point } from '../geometry.ts';
import type { Placement } from '../layer.ts';

/** A handle found under the pointer. */
export interface FoundHandle {
  readonly handle: string;
  readonly cursor: string;
  /** The point of the geometry that the handle stands for, image pixels. */
  readonly anchor: Point;
}

/** What tells a selected shape from others beside its line: handles to drag, small marks that can't be dragged, nothing. */
export type Grip = 'handles' | 'marks' | 'none';

/** The colours of a line and of the edge under it. */
export interface LineColors {
  readonly line: string;
  readonly edge: string;
}

/** How a selected shape is to be shown. */
export interface Look {
  readonly colors: LineColors;
  readonly placement: Placement;
  readonly grip: Grip;
  /** Handles of vertices that are chosen among the others. */
  readonly chosen: ReadonlySet<string>;
}

/** A selected shape as a fabric object. It shows a geometry and says which handle is where; it never is the truth. */
export interface LiveShape<G extends Geometry> {
  readonly object: FabricObject;
  show(geometry: G, look: Look): void;
  /** The handle under a point (device pixels). */
  handleAt(point: Point, placement: Placement): FoundHandle | null;
}

/** How a kind of shape is drawn: bare while at rest, as a fabric object while selected. */
export interface DrawnKind<G extends Geometry> {
  readonly type: G['type'];
  /** Strokes the outline with the context's current style, in device pixels; nothing where there is `paint`. */
  stroke(context: CanvasRenderingContext2D, geometry: G, placement: Placement): void;
  /** For what has no outline to stroke: paints all of it in a colour, more strongly while it is selected or pointed at. */
  paint?(context: CanvasRenderingContext2D, geometry: G, placement: Placement, color: string, strong: boolean): void;
  /** How much work it is to draw, in boxes; left out: one. */
  cost?(geometry: G): number;
  createLive(): LiveShape<G>;
}
