import type { ShapeId } from '#shared/domain/annotation.ts';
import { distance, type Point } from '../../geometry.ts';
import { kindOf } from '../../shapes/shape-kinds.ts';
import { dragThreshold, type GestureState, type PointerInput, type Step, type ToolView } from '../tool.ts';
import type { SelectIdle, LastClick, ToolState } from '../tool-state.ts';
import { startResizing } from './resizing.state.ts';

export const selectIdleState: GestureState<SelectIdle, ToolState> = {
  move(data, input, view) {
    return { next: data, effects: [{ type: 'cursor', cursor: cursorAt(input, view) }] };
  },

  down(data, input, view) {
    const handle = view.handleAt(input.screen);
    if (handle) return startResizing(data, handle, input, view);
    const under = view.shapesAt(input.image);
    const adding = input.shift || input.ctrl;
    const [topmost] = under;
    if (topmost === undefined) return startMarquee(input, adding ? view.selection : []);

    const selected = under.some((id) => view.selection.includes(id));
    const pressing = { state: 'select.pressing', image: input.image, screen: input.screen } as const;
    // What is selected stays so until it is known whether this is a click or the start of a move.
    if (selected || adding) return { next: { ...pressing, lastClick: data.lastClick, chosen: null }, effects: [] };
    const lastClick = { at: input.screen, seen: [topmost] };
    return { next: { ...pressing, lastClick, chosen: topmost }, effects: [{ type: 'select', ids: [topmost] }] };
  },
};

/**
 * The shape that a click means: at a new place the topmost; at the same place again the smallest that was not yet
 * selected there; after all of them the topmost again. Null over nothing.
 */
export function clicked(
  under: readonly ShapeId[],
  at: Point,
  last: LastClick | null,
  view: ToolView,
): { id: ShapeId; lastClick: LastClick } | null {
  const [topmost] = under;
  if (topmost === undefined) return null;
  const seen = last && distance(last.at, at) <= dragThreshold ? last.seen.filter((id) => under.includes(id)) : [];
  const unseen = under.filter((id) => !seen.includes(id));
  if (seen.length === 0 || unseen.length === 0) return { id: topmost, lastClick: { at, seen: [topmost] } };
  const smallest = unseen.reduce((best, id) => (areaOf(id, view) < areaOf(best, view) ? id : best));
  return { id: smallest, lastClick: { at, seen: [...seen, smallest] } };
}

function areaOf(id: ShapeId, view: ToolView): number {
  const geometry = view.shape(id)?.geometry;
  return geometry ? kindOf(geometry).area(geometry) : Infinity;
}

function cursorAt(input: PointerInput, view: ToolView): string {
  const handle = view.handleAt(input.screen);
  if (handle) return handle.cursor;
  const under = view.shapesAt(input.image);
  if (under.length === 0) return 'default';
  return under.some((id) => view.selection.includes(id)) ? 'move' : 'pointer';
}

function startMarquee(input: PointerInput, kept: readonly ShapeId[]): Step<ToolState> {
  return {
    next: { state: 'select.marquee', start: input.image, pressedAt: input.screen, kept },
    effects: kept.length === 0 ? [{ type: 'select', ids: [] }] : [],
  };
}
