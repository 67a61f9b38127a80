import type { Shape } from '#shared/domain/annotation.ts';
import { handleName, isPath, vertexOf, withoutVertices } from '../../shapes/paths.ts';
import { dragLabelOf, kindOf, withGeometry } from '../../shapes/shape-kinds.ts';
import { withSharedVertices, type SnapHit } from '../../snapping.ts';
import {
  keptPoint,
  nothingShown,
  type GestureState,
  type HandleHit,
  type PointerInput,
  type Step,
  type ToolEffect,
  type ToolView,
} from '../tool.ts';
import type { SelectResizing, IdleState, ToolState } from '../tool-state.ts';

/** Takes hold of a handle; with Alt a vertex is taken out at once. */
export function startResizing(back: IdleState, hit: HandleHit, input: PointerInput, view: ToolView): Step<ToolState> {
  const original = view.shape(hit.id);
  if (!original) return { next: back, effects: [] };
  const vertex = isPath(original.geometry) ? vertexOf(hit.handle) : null;
  if (vertex && !vertex.between && input.alt) return { next: back, effects: withoutVertex(original, hit.handle) };
  const data: SelectResizing = {
    state: 'select.resizing',
    original,
    handle: hit.handle,
    from: input.image,
    anchor: hit.anchor,
    others: vertex ? view.shared(original, [hit.handle]) : [],
    back,
  };
  const chosen: ToolEffect[] = vertex ? [{ type: 'vertices', chosen: vertex.between ? [] : [handleName(vertex)] }] : [];
  return { next: data, effects: [...chosen, { type: 'cursor', cursor: hit.cursor }] };
}

export const selectResizingState: GestureState<SelectResizing, ToolState> = {
  move(data, input, view) {
    const { shapes, snap } = dragged(data, input, view);
    return {
      next: data,
      effects: [
        { type: 'overlay', overlay: snap && { snap: { at: snap.at, on: snap.place.on } } },
        { type: 'preview', shapes },
      ],
    };
  },
  up(data, input, view) {
    const { shapes, snap } = dragged(data, input, view);
    const label = dragLabelOf(data.original.geometry, data.handle);
    // A vertex dragged onto a neighbour's edge becomes a vertex of that edge too.
    const shared = snap ? withSharedVertices([{ ...snap.at, on: snap.place }], (id) => view.shape(id)) : [];
    const vertex = isPath(data.original.geometry) ? vertexOf(data.handle) : null;
    const inserted: ToolEffect[] = vertex?.between
      ? [{ type: 'vertices', chosen: [handleName({ ...vertex, index: vertex.index + 1, between: false })] }]
      : [];
    return {
      next: data.back,
      effects: [
        { type: 'overlay', overlay: null },
        { type: 'commit', label, shapes: [...shared, ...shapes] },
        ...inserted,
      ],
    };
  },
  cancel: (data) => ({ next: data.back, effects: nothingShown }),
};

/** What is to be done to take a vertex out; a shape that is left with too few goes with it. */
export function withoutVertex(shape: Shape, ...handles: readonly string[]): ToolEffect[] {
  if (!isPath(shape.geometry)) return [];
  const geometry = withoutVertices(shape.geometry, handles);
  return [
    { type: 'vertices', chosen: [] },
    geometry
      ? { type: 'commit', label: 'reshape', shapes: [{ ...shape, geometry }] }
      : { type: 'commit', label: 'delete', shapes: [], removed: [shape.id] },
  ];
}

/**
 * The shape with the handle where the pointer is, behind it neighbours whose border goes with it, and what a vertex is drawn to.
 * With Alt held a vertex parts from the neighbours, and is drawn to nothing.
 */
function dragged(
  data: SelectResizing,
  input: PointerInput,
  view: ToolView,
): { readonly shapes: readonly [Shape, ...Shape[]]; readonly snap: SnapHit | null } {
  const { original, handle, anchor } = data;
  const { geometry } = original;
  const way = { x: input.image.x - data.from.x, y: input.image.y - data.from.y };
  const vertex = isPath(geometry) ? vertexOf(handle) : null;
  // A click on the middle of an edge inserts a vertex there.
  if (way.x === 0 && way.y === 0 && !vertex?.between) return { shapes: [original], snap: null };
  const others = input.alt ? [] : data.others;
  const apart = [original.id, ...others.map(({ shape }) => shape.id)];
  const wanted = { x: anchor.x + way.x, y: anchor.y + way.y };
  const snap = vertex && !input.alt && !input.shift ? view.snap(wanted, apart) : null;
  const turns = dragLabelOf(geometry, handle) === 'rotate';
  const point = snap?.at ?? (turns ? wanted : keptPoint(wanted, view));
  const resized = kindOf(geometry).resized(geometry, handle, point, input.alt, input.shift);
  const following = others.map(({ shape, handles }) =>
    withGeometry(
      shape,
      handles.reduceRight((path, name) => kindOf(path).resized(path, name, point, false, false), shape.geometry),
    ),
  );
  return { shapes: [withGeometry(original, resized), ...following], snap };
}
