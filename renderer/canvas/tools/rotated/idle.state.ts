import { startResizing } from '../select/resizing.state.ts';
import { keptPoint, type GestureState } from '../tool.ts';
import type { RotatedIdle, ToolState } from '../tool-state.ts';

export const rotatedIdleState: GestureState<RotatedIdle, ToolState> = {
  move(data, input, view) {
    return { next: data, effects: [{ type: 'cursor', cursor: view.handleAt(input.screen)?.cursor ?? 'crosshair' }] };
  },
  down(data, input, view) {
    const handle = view.handleAt(input.screen);
    if (handle) return startResizing(data, handle, input, view);
    const start = keptPoint(input.image, view);
    return {
      next: { state: 'rotated.drawing', id: view.newId(), start, pressedAt: input.screen },
      effects: [
        { type: 'select', ids: [] },
        { type: 'cursor', cursor: 'crosshair' },
      ],
    };
  },
};
