import type { Shape, ShapeId } from '#shared/domain/annotation.ts';
import { pointShape } from '../../shapes/point/point.shape.ts';
import { startResizing } from '../select/resizing.state.ts';
import { keptPoint, nothingShown, type GestureState, type PointerInput, type ToolView } from '../tool.ts';
import { idleStates, type PointIdle, type PointPlacing, type ToolState } from '../tool-state.ts';

export const pointIdleState: GestureState<PointIdle, ToolState> = {
  move(data, input, view) {
    return { next: data, effects: [{ type: 'cursor', cursor: view.handleAt(input.screen)?.cursor ?? 'crosshair' }] };
  },
  down(data, input, view) {
    const handle = view.handleAt(input.screen);
    if (handle) return startResizing(data, handle, input, view);
    const id = view.newId();
    return {
      next: { state: 'point.placing', id },
      effects: [
        { type: 'select', ids: [] },
        { type: 'preview', shapes: [pointAt(id, input, view)] },
      ],
    };
  },
};

/** Until the button is let go the point can still be moved. */
export const pointPlacingState: GestureState<PointPlacing, ToolState> = {
  move: (data, input, view) => ({
    next: data,
    effects: [{ type: 'preview', shapes: [pointAt(data.id, input, view)] }],
  }),
  up: (data, input, view) => ({
    next: idleStates.point,
    effects: [
      { type: 'commit', label: 'draw', shapes: [pointAt(data.id, input, view)] },
      { type: 'select', ids: [data.id] },
    ],
  }),
  cancel: () => ({ next: idleStates.point, effects: nothingShown }),
};

function pointAt(id: ShapeId, input: PointerInput, view: ToolView): Shape {
  const geometry = pointShape.resized({ type: 'point', x: 0, y: 0 }, 'point', keptPoint(input.image, view), false);
  return { id, label: view.label, geometry, attributes: {}, origin: 'hand' };
}
