import type { Shape } from '#shared/domain/annotation.ts';
import { clampMove } from '../../geometry.ts';
import { boundsOfAll, movedShape } from '../../shapes/shape-kinds.ts';
import type { GestureState, PointerInput, Step, ToolView } from '../tool.ts';
import { selectIdle, type SelectMoving, type SelectPressing, type ToolState } from '../tool-state.ts';

/** From a press that has become a drag. */
export function startMoving(pressing: SelectPressing, input: PointerInput, view: ToolView): Step<ToolState> {
  const originals = view.selection.map((id) => view.shape(id)).filter((shape) => shape !== undefined);
  const data: SelectMoving = { state: 'select.moving', from: pressing.image, originals };
  return {
    next: data,
    effects: [
      { type: 'cursor', cursor: 'move' },
      { type: 'preview', shapes: moved(data, input, view) },
    ],
  };
}

export const selectMovingState: GestureState<SelectMoving, ToolState> = {
  move: (data, input, view) => ({ next: data, effects: [{ type: 'preview', shapes: moved(data, input, view) }] }),
  up: (data, input, view) => ({
    next: selectIdle,
    effects: [{ type: 'commit', label: 'move', shapes: moved(data, input, view) }],
  }),
  cancel: () => ({ next: selectIdle, effects: [{ type: 'preview', shapes: [] }] }),
};

/** All of them by the same way, which ends where the first of them would leave the picture. */
function moved(data: SelectMoving, input: PointerInput, view: ToolView): Shape[] {
  const way = { x: input.image.x - data.from.x, y: input.image.y - data.from.y };
  const bounds = boundsOfAll(data.originals);
  const { x, y } = bounds && view.clampToImage ? clampMove(bounds, way.x, way.y, view.imageSize) : way;
  return data.originals.map((shape) => movedShape(shape, x, y));
}
