import type { GestureState } from '../tool.ts';
import type { BoxIdle, ToolState } from '../tool-state.ts';
import { startResizing } from '../select/resizing.state.ts';
import { startDrawing } from './drawing.state.ts';

export const boxIdleState: GestureState<BoxIdle, ToolState> = {
  move(data, input, view) {
    return { next: data, effects: [{ type: 'cursor', cursor: view.handleAt(input.screen)?.cursor ?? 'crosshair' }] };
  },
  down(data, input, view) {
    const handle = view.handleAt(input.screen);
    if (handle) return startResizing(data, handle, input, view);
    return startDrawing(data.tool, input, view);
  },
};
