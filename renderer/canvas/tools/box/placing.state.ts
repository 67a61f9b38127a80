import type { GestureState } from '../tool.ts';
import { idleStates, type BoxPlacing, type ToolState } from '../tool-state.ts';
import { finished, previewed } from './drawing.state.ts';

export const boxPlacingState: GestureState<BoxPlacing, ToolState> = {
  move: previewed,
  down: previewed,
  up: finished,
  cancel: ({ tool }) => ({ next: idleStates[tool], effects: [{ type: 'preview', shapes: [] }] }),
};
