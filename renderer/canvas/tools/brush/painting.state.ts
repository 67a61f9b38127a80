import type { MaskGeometry, Shape, ShapeId } from '#shared/domain/annotation.ts';
import { maskMinus, maskOr } from '#shared/geometry/mask-runs.ts';
import { distance, type Point } from '../../geometry.ts';
import { strokeMask } from '../../shapes/mask/brush-stroke.ts';
import { nothingShown, type GestureState, type Overlay, type Step, type ToolEffect, type ToolView } from '../tool.ts';
import { idleStates, type BrushIdle, type BrushPainting, type ToolState } from '../tool-state.ts';

const idle = idleStates.brush;

export const brushIdleState: GestureState<BrushIdle, ToolState> = {
  move(data, input, view) {
    return {
      next: data,
      effects: [
        { type: 'cursor', cursor: 'none' },
        { type: 'overlay', overlay: { brush: { ...view.brush, at: input.image } } },
      ],
    };
  },
  /** Paints on the selected mask, or makes a new one; the eraser takes the topmost mask there when none is selected. */
  down(_, input, view) {
    const target = targetMask(input.image, view);
    const { brush } = view;
    if (brush.erases && target === null) return { next: idle, effects: [] };
    const id = target ?? view.newId();
    const data: BrushPainting = { state: 'brush.painting', id, brush, points: [input.image] };
    return {
      next: data,
      effects: [{ type: 'select', ids: target === null ? [] : [target] }, shown(data, input.image, view)],
    };
  },
};

export const brushPaintingState: GestureState<BrushPainting, ToolState> = {
  move(data, input, view) {
    const far = distance(data.points.at(-1)!, input.image) >= Math.max(data.brush.radius / 6, 0.25);
    const next = far ? { ...data, points: [...data.points, input.image] } : data;
    return { next, effects: [shown(next, input.image, view)] };
  },
  up: (data, input, view) => painted(data, view, input.image, !input.alt),
  cancel: () => ({ next: idle, effects: nothingShown }),
};

/** Ends the stroke: one change to one mask. A stroke that closes is filled, unless Alt is held. */
function painted(data: BrushPainting, view: ToolView, end: Point, fills: boolean): Step<ToolState> {
  const over: ToolEffect[] = [...nothingShown, { type: 'overlay', overlay: { brush: { ...data.brush, at: end } } }];
  const stroke = strokeMask([...data.points, end], data.brush.radius, view.imageSize, fills);
  if (!stroke) return { next: idle, effects: over };
  const before = maskOf(data.id, view);
  const { id } = data;
  if (!before) {
    const shape: Shape = { id, label: view.label, geometry: stroke, attributes: {}, origin: 'hand' };
    return {
      next: idle,
      effects: [...over, { type: 'commit', label: 'paint', shapes: [shape] }, { type: 'select', ids: [id] }],
    };
  }
  const after = data.brush.erases ? maskMinus(before.geometry, stroke) : maskOr(before.geometry, stroke);
  const commit: ToolEffect = after
    ? {
        type: 'commit',
        label: 'paint',
        shapes: isSame(after, before.geometry) ? [before] : [{ ...before, geometry: after }],
      }
    : { type: 'commit', label: 'paint', shapes: [], removed: [id] };
  return { next: idle, effects: [...over, commit] };
}

function isSame(a: MaskGeometry, b: MaskGeometry): boolean {
  return (
    a.x === b.x &&
    a.y === b.y &&
    a.w === b.w &&
    a.h === b.h &&
    a.runs.length === b.runs.length &&
    a.runs.every((run, at) => run === b.runs[at])
  );
}

function maskOf(id: ShapeId | undefined, view: ToolView): (Shape & { geometry: MaskGeometry }) | null {
  const shape = id === undefined ? undefined : view.shape(id);
  return shape?.geometry.type === 'mask' ? (shape as Shape & { geometry: MaskGeometry }) : null;
}

function targetMask(at: Point, view: ToolView): ShapeId | null {
  const [only, ...others] = view.selection;
  if (others.length === 0 && maskOf(only, view)) return only!;
  return view.brush.erases ? (view.shapesAt(at).find((id) => maskOf(id, view)) ?? null) : null;
}

function shown({ points, brush, id }: BrushPainting, at: Point, view: ToolView): ToolEffect {
  const label = maskOf(id, view)?.label ?? view.label;
  const overlay: Overlay = { stroke: { ...brush, points, label }, brush: { ...brush, at } };
  return { type: 'overlay', overlay };
}
