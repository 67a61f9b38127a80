import type { Shape } from '#shared/domain/annotation.ts';
import { clampPoint } from '../../geometry.ts';
import { kindOf } from '../../shapes/shape-kinds.ts';
import type { GestureState, HandleHit, PointerInput, Step, ToolView } from '../tool.ts';
import type { SelectResizing, IdleState, ToolState } from '../tool-state.ts';

/** Takes hold of a handle. */
export function startResizing(back: IdleState, hit: HandleHit, input: PointerInput, view: ToolView): Step<ToolState> {
  const original = view.shape(hit.id);
  if (!original) return { next: back, effects: [] };
  const data: SelectResizing = {
    state: 'select.resizing',
    original,
    handle: hit.handle,
    from: input.image,
    anchor: hit.anchor,
    back,
  };
  return { next: data, effects: [{ type: 'cursor', cursor: hit.cursor }] };
}

export const selectResizingState: GestureState<SelectResizing, ToolState> = {
  move: (data, input, view) => ({ next: data, effects: [{ type: 'preview', shapes: [resized(data, input, view)] }] }),
  up: (data, input, view) => ({
    next: data.back,
    effects: [{ type: 'commit', label: 'resize', shapes: [resized(data, input, view)] }],
  }),
  cancel: (data) => ({ next: data.back, effects: [{ type: 'preview', shapes: [] }] }),
};

function resized(data: SelectResizing, input: PointerInput, view: ToolView): Shape {
  const way = { x: input.image.x - data.from.x, y: input.image.y - data.from.y };
  if (way.x === 0 && way.y === 0) return data.original;
  const wanted = { x: data.anchor.x + way.x, y: data.anchor.y + way.y };
  const point = view.clampToImage ? clampPoint(wanted, view.imageSize) : wanted;
  const { geometry } = data.original;
  return { ...data.original, geometry: kindOf(geometry).resized(geometry, data.handle, point, input.alt) };
}
