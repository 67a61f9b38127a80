import type { GestureState } from '../tool.ts';
import type { PathIdle, ToolState } from '../tool-state.ts';
import { startPath } from './drawing.state.ts';
import { targetOf } from './path-ending.ts';

/**
 * No handle of the selection is taken hold of here: the next outline often begins at a vertex of the one just drawn.
 */
export const pathIdleState: GestureState<PathIdle, ToolState> = {
  move(data, input, view) {
    const snap = input.alt ? null : view.snap(input.image, []);
    const cursor = targetOf(data.tool, input.image, view) === null ? 'not-allowed' : 'crosshair';
    return {
      next: data,
      effects: [
        { type: 'cursor', cursor },
        { type: 'overlay', overlay: snap && { snap: { at: snap.at, on: snap.place.on } } },
      ],
    };
  },
  down: (data, input, view) => startPath(data.tool, input, view),
};
