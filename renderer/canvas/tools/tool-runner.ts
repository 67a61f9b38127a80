import type { PointerInput, Step, ToolCommand, ToolEffect, ToolId, ToolView } from './tool.ts';
import { idleStates, type StateName, type ToolState } from './tool-state.ts';
import { advance, cancelled, commanded, isGesture } from './states.ts';

/** Runs the state machines: keeps the state they are in and hands on what they want done. */
export interface ToolRunner {
  readonly tool: ToolId;
  readonly state: StateName;
  /** True while a gesture is under way. */
  readonly busy: boolean;
  input(input: PointerInput): void;
  /** Hands a key on to the gesture under way; false when it has no use for it. */
  command(command: ToolCommand): boolean;
  /** Ends a gesture without a trace. */
  cancel(): void;
  /** Cancels what is under way and takes another tool. */
  choose(tool: ToolId): void;
}

/** A runner that begins with `tool`, idle. */
export function createToolRunner(tool: ToolId, view: ToolView, perform: (effect: ToolEffect) => void): ToolRunner {
  let current = tool;
  let data: ToolState = idleStates[tool];

  const take = ({ next, effects }: Step<ToolState>): void => {
    // The state first: what an effect sets off (a listener, say) must find the gesture already over.
    data = next;
    for (const effect of effects) perform(effect);
  };

  return {
    get tool() {
      return current;
    },
    get state() {
      return data.state;
    },
    get busy() {
      return isGesture(data);
    },
    input: (input) => take(advance(data, input, view)),
    command(command) {
      const step = commanded(data, command, view);
      if (step) take(step);
      return step !== null;
    },
    cancel: () => take(cancelled(data, view)),
    choose(next) {
      take(cancelled(data, view));
      current = next;
      data = idleStates[next];
    },
  };
}
