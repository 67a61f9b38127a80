import type { BoxGeometry, EllipseGeometry, Shape, ShapeId } from '#shared/domain/annotation.ts';
import { distance, rectOf, type Point } from '../../geometry.ts';
import { drawnBox } from '../../shapes/box/box.shape.ts';
import { drawnEllipse } from '../../shapes/ellipse/ellipse.shape.ts';
import { dragThreshold, keptPoint, type GestureState, type PointerInput, type Step, type ToolView } from '../tool.ts';
import { idleStates, type BoxDrawing, type FrameTool, type ToolState } from '../tool-state.ts';

type Drawn = BoxGeometry | EllipseGeometry;

const draw: { readonly [Tool in FrameTool]: (start: Point, end: Point, fromCentre: boolean) => Drawn | null } = {
  box: drawnBox,
  ellipse: drawnEllipse,
};

/** The first press: remembers where, and deselects. */
export function startDrawing(tool: FrameTool, input: PointerInput, view: ToolView): Step<ToolState> {
  const start = keptPoint(input.image, view);
  return {
    next: { state: 'box.drawing', tool, id: view.newId(), start, pressedAt: input.screen },
    effects: [
      { type: 'select', ids: [] },
      { type: 'cursor', cursor: 'crosshair' },
    ],
  };
}

/** Shows the shape as it would be if it ended here. */
export function previewed<Data extends ToolState & { tool: FrameTool; id: ShapeId; start: Point }>(
  data: Data,
  input: PointerInput,
  view: ToolView,
): Step<ToolState> {
  const geometry = drawnTo(data, input, view);
  return { next: data, effects: [{ type: 'preview', shapes: geometry ? [shapeOf(data.id, geometry, view)] : [] }] };
}

/** Ends the shape here: kept and selected, or, when too small, as if it had never begun. */
export function finished(
  data: { tool: FrameTool; id: ShapeId; start: Point },
  input: PointerInput,
  view: ToolView,
): Step<ToolState> {
  const geometry = drawnTo(data, input, view);
  const next = idleStates[data.tool];
  if (!geometry) return { next, effects: [{ type: 'preview', shapes: [] }] };
  return {
    next,
    effects: [
      { type: 'commit', label: 'draw', shapes: [shapeOf(data.id, geometry, view)] },
      { type: 'select', ids: [data.id] },
    ],
  };
}

export const boxDrawingState: GestureState<BoxDrawing, ToolState> = {
  move: previewed,
  up(data, input, view) {
    // A press without a drag is the first of two clicks.
    if (distance(data.pressedAt, input.screen) > dragThreshold) return finished(data, input, view);
    const { tool, id, start } = data;
    return { next: { state: 'box.placing', tool, id, start }, effects: [] };
  },
  cancel: ({ tool }) => ({ next: idleStates[tool], effects: [{ type: 'preview', shapes: [] }] }),
};

function drawnTo(data: { tool: FrameTool; start: Point }, input: PointerInput, view: ToolView): Drawn | null {
  const geometry = draw[data.tool](data.start, keptPoint(input.image, view), input.alt);
  return geometry && view.clampToImage ? clipped(data.tool, geometry, view) : geometry;
}

/** What is drawn from its centre may reach over the edge on the far side; only what lies inside is kept. */
function clipped(tool: FrameTool, geometry: Drawn, view: ToolView): Drawn | null {
  const { left, top, right, bottom } = rectOf(geometry);
  const { width, height } = view.imageSize;
  if (left >= 0 && top >= 0 && right <= width && bottom <= height) return geometry;
  return draw[tool](
    { x: Math.max(left, 0), y: Math.max(top, 0) },
    { x: Math.min(right, width), y: Math.min(bottom, height) },
    false,
  );
}

function shapeOf(id: ShapeId, geometry: Drawn, view: ToolView): Shape {
  return { id, label: view.label, geometry, attributes: {}, origin: 'hand' };
}
