import { distance } from '../../geometry.ts';
import { dragThreshold, type GestureState } from '../tool.ts';
import { selectIdle, type SelectPressing, type ToolState } from '../tool-state.ts';
import { clicked } from './idle.state.ts';
import { startMoving } from './moving.state.ts';

export const selectPressingState: GestureState<SelectPressing, ToolState> = {
  move(data, input, view) {
    if (distance(data.screen, input.screen) <= dragThreshold) return { next: data, effects: [] };
    return startMoving(data, input, view);
  },
  up(data, input, view) {
    if (data.chosen !== null) return { next: { state: 'select.idle', lastClick: data.lastClick }, effects: [] };
    const under = view.shapesAt(data.image);
    if (input.shift || input.ctrl) {
      const [topmost] = under;
      if (topmost === undefined) return { next: selectIdle, effects: [] };
      const ids = view.selection.includes(topmost)
        ? view.selection.filter((id) => id !== topmost)
        : [...view.selection, topmost];
      return { next: selectIdle, effects: [{ type: 'select', ids }] };
    }
    const [only, ...others] = view.selection;
    const fresh = data.lastClick === null || distance(data.lastClick.at, data.screen) > dragThreshold;
    if (fresh && only !== undefined && others.length === 0 && under.includes(only)) {
      // The first click here on what is selected already leaves it selected; the next one goes deeper.
      return { next: { state: 'select.idle', lastClick: { at: data.screen, seen: [only] } }, effects: [] };
    }
    const hit = clicked(under, data.screen, data.lastClick, view);
    if (hit === null) return { next: selectIdle, effects: [] };
    return {
      next: { state: 'select.idle', lastClick: hit.lastClick },
      effects: [{ type: 'select', ids: [hit.id] }],
    };
  },
  cancel: () => ({ next: selectIdle, effects: [] }),
};
