import type { BoxGeometry, Shape, ShapeId } from '#shared/domain/annotation.ts';
import { clampPoint, distance, type Point } from '../../geometry.ts';
import { drawnBox } from '../../shapes/box/box.shape.ts';
import { dragThreshold, type GestureState, type PointerInput, type Step, type ToolView } from '../tool.ts';
import { boxIdle, type BoxDrawing, type ToolState } from '../tool-state.ts';

/** The first press: remembers where, and deselects. */
export function startDrawing(input: PointerInput, view: ToolView): Step<ToolState> {
  return {
    next: { state: 'box.drawing', id: view.newId(), start: kept(input.image, view), pressedAt: input.screen },
    effects: [
      { type: 'select', ids: [] },
      { type: 'cursor', cursor: 'crosshair' },
    ],
  };
}

/** Shows the box as it would be if it ended here. */
export function previewed<Data extends ToolState & { id: ShapeId; start: Point }>(
  data: Data,
  input: PointerInput,
  view: ToolView,
): Step<ToolState> {
  const geometry = drawnBox(data.start, kept(input.image, view), input.alt);
  const inside = geometry && view.clampToImage ? clipped(geometry, view) : geometry;
  return { next: data, effects: [{ type: 'preview', shapes: inside ? [boxOf(data.id, inside, view)] : [] }] };
}

/** Ends the box here: kept and selected, or, when too small, as if it had never begun. */
export function finished(data: { id: ShapeId; start: Point }, input: PointerInput, view: ToolView): Step<ToolState> {
  const drawn = drawnBox(data.start, kept(input.image, view), input.alt);
  const geometry = drawn && view.clampToImage ? clipped(drawn, view) : drawn;
  if (!geometry) return { next: boxIdle, effects: [{ type: 'preview', shapes: [] }] };
  return {
    next: boxIdle,
    effects: [
      { type: 'commit', label: 'draw', shapes: [boxOf(data.id, geometry, view)] },
      { type: 'select', ids: [data.id] },
    ],
  };
}

export const boxDrawingState: GestureState<BoxDrawing, ToolState> = {
  move: previewed,
  up(data, input, view) {
    // A press without a drag is the first of two clicks.
    if (distance(data.pressedAt, input.screen) > dragThreshold) return finished(data, input, view);
    return { next: { state: 'box.placing', id: data.id, start: data.start }, effects: [] };
  },
  cancel: () => ({ next: boxIdle, effects: [{ type: 'preview', shapes: [] }] }),
};

function kept(point: Point, view: ToolView): Point {
  return view.clampToImage ? clampPoint(point, view.imageSize) : point;
}

/** A box drawn from its centre may reach over the edge on the far side; only what lies inside is kept. */
function clipped({ x, y, w, h }: BoxGeometry, view: ToolView): BoxGeometry | null {
  const { width, height } = view.imageSize;
  return drawnBox(
    { x: Math.max(x, 0), y: Math.max(y, 0) },
    { x: Math.min(x + w, width), y: Math.min(y + h, height) },
    false,
  );
}

function boxOf(id: ShapeId, geometry: BoxGeometry, view: ToolView): Shape {
  return { id, label: view.label, geometry, attributes: {}, origin: 'hand' };
}
