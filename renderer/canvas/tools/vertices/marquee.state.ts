import { distance, rectBetween, type Rect } from '../../geometry.ts';
import { handleName, isPath, ringsOf } from '../../shapes/paths.ts';
import { dragThreshold, type GestureState, type ToolView } from '../tool.ts';
import { idleStates, type ToolState, type VerticesMarquee } from '../tool-state.ts';

const hide = { type: 'marquee', area: null } as const;
const next = idleStates.vertices;

export const verticesMarqueeState: GestureState<VerticesMarquee, ToolState> = {
  move(data, input) {
    if (distance(data.pressedAt, input.screen) <= dragThreshold) return { next: data, effects: [] };
    return { next: data, effects: [{ type: 'marquee', area: rectBetween(data.start, input.image) }] };
  },
  up(data, input, view) {
    if (distance(data.pressedAt, input.screen) > dragThreshold) {
      const chosen = [...new Set([...data.kept, ...verticesInside(rectBetween(data.start, input.image), view)])];
      return { next, effects: [hide, { type: 'vertices', chosen }] };
    }
    // A click: on another outline it chooses that one, on nothing it drops the selection.
    const under = view.shapesAt(data.start).filter((id) => isPath(view.shape(id)?.geometry ?? { type: 'none' }));
    if (under.some((id) => view.selection.includes(id))) return { next, effects: [hide] };
    return { next, effects: [hide, { type: 'select', ids: under.slice(0, 1) }] };
  },
  cancel: () => ({ next, effects: [hide] }),
};

function verticesInside({ left, top, right, bottom }: Rect, view: ToolView): string[] {
  const [only] = view.selection;
  const geometry = only === undefined ? undefined : view.shape(only)?.geometry;
  if (!geometry || !isPath(geometry)) return [];
  return ringsOf(geometry).flatMap(({ part, ring, places }) =>
    places.flatMap(([x, y], index) =>
      x >= left && x <= right && y >= top && y <= bottom ? [handleName({ part, ring, index, between: false })] : [],
    ),
  );
}
