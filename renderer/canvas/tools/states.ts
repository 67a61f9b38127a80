import type { GestureState, PointerInput, Step, ToolCommand, ToolView } from './tool.ts';
import type { StateName, ToolState } from './tool-state.ts';
import { boxDrawingState } from './box/drawing.state.ts';
import { boxIdleState } from './box/idle.state.ts';
import { boxPlacingState } from './box/placing.state.ts';
import { brushIdleState, brushPaintingState } from './brush/painting.state.ts';
import { pathDrawingState } from './path/drawing.state.ts';
import { pathIdleState } from './path/idle.state.ts';
import { pointIdleState, pointPlacingState } from './point/placing.state.ts';
import { rotatedDrawingState, rotatedEdgeState, rotatedWidthState } from './rotated/drawing.state.ts';
import { rotatedIdleState } from './rotated/idle.state.ts';
import { selectIdleState } from './select/idle.state.ts';
import { selectMarqueeState } from './select/marquee.state.ts';
import { selectMovingState } from './select/moving.state.ts';
import { selectPressingState } from './select/pressing.state.ts';
import { selectResizingState } from './select/resizing.state.ts';
import { verticesIdleState } from './vertices/idle.state.ts';
import { verticesMarqueeState } from './vertices/marquee.state.ts';
import { verticesMovingState } from './vertices/moving.state.ts';

const states: { readonly [Name in StateName]: GestureState<Extract<ToolState, { state: Name }>, ToolState> } = {
  'select.idle': selectIdleState,
  'select.pressing': selectPressingState,
  'select.moving': selectMovingState,
  'select.resizing': selectResizingState,
  'select.marquee': selectMarqueeState,
  'box.idle': boxIdleState,
  'box.drawing': boxDrawingState,
  'box.placing': boxPlacingState,
  'rotated.idle': rotatedIdleState,
  'rotated.drawing': rotatedDrawingState,
  'rotated.edge': rotatedEdgeState,
  'rotated.width': rotatedWidthState,
  'path.idle': pathIdleState,
  'path.drawing': pathDrawingState,
  'point.idle': pointIdleState,
  'point.placing': pointPlacingState,
  'brush.idle': brushIdleState,
  'brush.painting': brushPaintingState,
  'vertices.idle': verticesIdleState,
  'vertices.moving': verticesMovingState,
  'vertices.marquee': verticesMarqueeState,
};

/** True while a gesture is under way. */
export function isGesture(data: ToolState): boolean {
  return !data.state.endsWith('.idle');
}

/** What a state makes of an input; an input it has no handler for changes nothing. */
export function advance(data: ToolState, input: PointerInput, view: ToolView): Step<ToolState> {
  const state = states[data.state] as GestureState<ToolState, ToolState>;
  return state[input.type]?.(data, input, view) ?? { next: data, effects: [] };
}

/** What a state makes of a key; null when it has no use for it. */
export function commanded(data: ToolState, command: ToolCommand, view: ToolView): Step<ToolState> | null {
  const state = states[data.state] as GestureState<ToolState, ToolState>;
  return state.command?.(data, command, view) ?? null;
}

/** Ends whatever is under way without a trace. */
export function cancelled(data: ToolState, view: ToolView): Step<ToolState> {
  const state = states[data.state] as GestureState<ToolState, ToolState>;
  return state.cancel?.(data, view) ?? { next: data, effects: [] };
}
