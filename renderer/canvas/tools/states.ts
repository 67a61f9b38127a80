import type { GestureState, PointerInput, Step, ToolView } from './tool.ts';
import type { StateName, ToolState } from './tool-state.ts';
import { boxDrawingState } from './box/drawing.state.ts';
import { boxIdleState } from './box/idle.state.ts';
import { boxPlacingState } from './box/placing.state.ts';
import { selectIdleState } from './select/idle.state.ts';
import { selectMarqueeState } from './select/marquee.state.ts';
import { selectMovingState } from './select/moving.state.ts';
import { selectPressingState } from './select/pressing.state.ts';
import { selectResizingState } from './select/resizing.state.ts';

const states: { readonly [Name in StateName]: GestureState<Extract<ToolState, { state: Name }>, ToolState> } = {
  'select.idle': selectIdleState,
  'select.pressing': selectPressingState,
  'select.moving': selectMovingState,
  'select.resizing': selectResizingState,
  'select.marquee': selectMarqueeState,
  'box.idle': boxIdleState,
  'box.drawing': boxDrawingState,
  'box.placing': boxPlacingState,
};

/** True while a gesture is under way. */
export function isGesture(data: ToolState): boolean {
  return data.state !== 'select.idle' && data.state !== 'box.idle';
}

/** What a state makes of an input; an input it has no handler for changes nothing. */
export function advance(data: ToolState, input: PointerInput, view: ToolView): Step<ToolState> {
  const state = states[data.state] as GestureState<ToolState, ToolState>;
  return state[input.type]?.(data, input, view) ?? { next: data, effects: [] };
}

/** Ends whatever is under way without a trace. */
export function cancelled(data: ToolState, view: ToolView): Step<ToolState> {
  const state = states[data.state] as GestureState<ToolState, ToolState>;
  return state.cancel?.(data, view) ?? { next: data, effects: [] };
}
