import { distance, rectBetween } from '../../geometry.ts';
import { dragThreshold, type GestureState } from '../tool.ts';
import { selectIdle, type SelectMarquee, type ToolState } from '../tool-state.ts';

export const selectMarqueeState: GestureState<SelectMarquee, ToolState> = {
  move(data, input) {
    if (distance(data.pressedAt, input.screen) <= dragThreshold) return { next: data, effects: [] };
    return { next: data, effects: [{ type: 'marquee', area: rectBetween(data.start, input.image) }] };
  },
  up(data, input, view) {
    const hide = { type: 'marquee', area: null } as const;
    if (distance(data.pressedAt, input.screen) <= dragThreshold) return { next: selectIdle, effects: [hide] };
    const inside = view.shapesInside(rectBetween(data.start, input.image));
    const ids = [...new Set([...data.kept, ...inside])];
    return { next: selectIdle, effects: [hide, { type: 'select', ids }] };
  },
  cancel: () => ({ next: selectIdle, effects: [{ type: 'marquee', area: null }] }),
};
