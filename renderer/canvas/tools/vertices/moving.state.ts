import { withVerticesBy } from '../../shapes/vertex-moves.ts';
import { nothingShown, type GestureState, type PointerInput, type ToolView } from '../tool.ts';
import { idleStates, type ToolState, type VerticesMoving } from '../tool-state.ts';

export const verticesMovingState: GestureState<VerticesMoving, ToolState> = {
  move: (data, input, view) => ({ next: data, effects: [{ type: 'preview', shapes: moved(data, input, view) }] }),
  up: (data, input, view) => ({
    next: idleStates.vertices,
    effects: [{ type: 'commit', label: 'reshape', shapes: moved(data, input, view) }],
  }),
  cancel: () => ({ next: idleStates.vertices, effects: nothingShown }),
};

/** With Alt held, what neighbours share stays where it is. */
function moved({ original, handles, others, from }: VerticesMoving, input: PointerInput, view: ToolView) {
  const [dx, dy] = [input.image.x - from.x, input.image.y - from.y];
  const bounds = view.clampToImage ? view.imageSize : null;
  return withVerticesBy(original, handles, dx, dy, { bounds, others: input.alt ? [] : others });
}
