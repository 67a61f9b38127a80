import type { GestureState } from '../tool.ts';
import { boxIdle, type BoxPlacing, type ToolState } from '../tool-state.ts';
import { finished, previewed } from './drawing.state.ts';

export const boxPlacingState: GestureState<BoxPlacing, ToolState> = {
  move: previewed,
  down: previewed,
  up: finished,
  cancel: () => ({ next: boxIdle, effects: [{ type: 'preview', shapes: [] }] }),
};
