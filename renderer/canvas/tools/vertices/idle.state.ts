import { isPath, vertexOf } from '../../shapes/paths.ts';
import { startResizing } from '../select/resizing.state.ts';
import type { GestureState, HandleHit, PointerInput, Step, ToolView } from '../tool.ts';
import type { ToolState, VerticesIdle } from '../tool-state.ts';

/** The tool that chooses vertices of one polygon or line, and moves or takes out what is chosen. */
export const verticesIdleState: GestureState<VerticesIdle, ToolState> = {
  move(data, input, view) {
    const cursor = view.handleAt(input.screen)?.cursor ?? (pathUnder(input, view) ? 'pointer' : 'default');
    return { next: data, effects: [{ type: 'cursor', cursor }] };
  },

  down(data, input, view) {
    const hit = view.handleAt(input.screen);
    if (hit) return pressed(data, hit, input, view);
    const [only, ...others] = view.selection;
    const path = only !== undefined && others.length === 0 ? view.shape(only) : undefined;
    const under = pathUnder(input, view);
    // With no outline to choose vertices of, the press chooses the outline.
    if (!path || !isPath(path.geometry))
      return { next: data, effects: [{ type: 'select', ids: under ? [under] : [] }] };
    const kept = input.shift || input.ctrl ? view.vertices : [];
    return {
      next: { state: 'vertices.marquee', start: input.image, pressedAt: input.screen, kept },
      effects: kept.length === 0 ? [{ type: 'vertices', chosen: [] }] : [],
    };
  },
};

function pressed(data: VerticesIdle, hit: HandleHit, input: PointerInput, view: ToolView): Step<ToolState> {
  const original = view.shape(hit.id);
  const vertex = vertexOf(hit.handle);
  if (!original || !vertex || vertex.between || input.alt) return startResizing(data, hit, input, view);
  const isChosen = view.vertices.includes(hit.handle);
  if (input.shift || input.ctrl) {
    const chosen = isChosen ? view.vertices.filter((each) => each !== hit.handle) : [...view.vertices, hit.handle];
    return { next: data, effects: [{ type: 'vertices', chosen }] };
  }
  // One alone may be drawn to a neighbour's border; several keep their places to each other.
  if (!isChosen || view.vertices.length === 1) return startResizing(data, hit, input, view);
  return {
    next: {
      state: 'vertices.moving',
      original,
      handles: view.vertices,
      others: view.shared(original, view.vertices),
      from: input.image,
    },
    effects: [{ type: 'cursor', cursor: 'move' }],
  };
}

function pathUnder(input: PointerInput, view: ToolView): ReturnType<ToolView['shapesAt']>[number] | undefined {
  return view.shapesAt(input.image).find((id) => isPath(view.shape(id)?.geometry ?? { type: 'none' }));
}
