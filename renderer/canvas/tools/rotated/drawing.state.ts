import type { Shape, ShapeId } from '#shared/domain/annotation.ts';
import { distance, type Point } from '../../geometry.ts';
import { drawnBox } from '../../shapes/box/box.shape.ts';
import { frameOnEdge, type Frame } from '../../shapes/frame.ts';
import { atRoundAngle } from '../../shapes/path-kind.ts';
import { toThousandth } from '../../shapes/shape-kind.ts';
import {
  dragThreshold,
  keptPoint,
  minimumSize,
  nothingShown,
  type GestureState,
  type PointerInput,
  type Step,
  type ToolView,
} from '../tool.ts';
import { idleStates, type RotatedDrawing, type RotatedEdge, type RotatedWidth, type ToolState } from '../tool-state.ts';

const idle = idleStates['rotated-box'];
const cancel = (): Step<ToolState> => ({ next: idle, effects: nothingShown });

/** A press that has not been let go of. */
export const rotatedDrawingState: GestureState<RotatedDrawing, ToolState> = {
  move(data, input, view) {
    const frame = isDrag(data, input) ? uprightFrame(data.start, input, view) : null;
    return { next: data, effects: [{ type: 'preview', shapes: frame ? [shapeOf(data.id, frame, view)] : [] }] };
  },
  up(data, input, view) {
    if (isDrag(data, input)) return finished(data.id, uprightFrame(data.start, input, view), view);
    return { next: { state: 'rotated.edge', id: data.id, start: data.start }, effects: [] };
  },
  cancel,
};

/** The first edge, from the first click to the second. */
export const rotatedEdgeState: GestureState<RotatedEdge, ToolState> = {
  move(data, input, view) {
    return { next: data, effects: [{ type: 'overlay', overlay: { line: [data.start, edgeEnd(data, input, view)] } }] };
  },
  up(data, input, view) {
    const end = edgeEnd(data, input, view);
    // A second click at the same place is a slip.
    if (distance(data.start, end) < minimumSize) return cancel();
    return {
      next: { state: 'rotated.width', id: data.id, start: data.start, end },
      effects: [{ type: 'overlay', overlay: { line: [data.start, end] } }],
    };
  },
  cancel,
};

/** The width, from the second click to the third. */
export const rotatedWidthState: GestureState<RotatedWidth, ToolState> = {
  move(data, input, view) {
    const frame = frameOnEdge(data.start, data.end, keptPoint(input.image, view), minimumSize);
    return {
      next: data,
      effects: [
        { type: 'overlay', overlay: { line: [data.start, data.end] } },
        { type: 'preview', shapes: frame ? [shapeOf(data.id, frame, view)] : [] },
      ],
    };
  },
  up(data, input, view) {
    return finished(data.id, frameOnEdge(data.start, data.end, keptPoint(input.image, view), minimumSize), view);
  },
  cancel,
};

function isDrag(data: RotatedDrawing, input: PointerInput): boolean {
  return distance(data.pressedAt, input.screen) > dragThreshold;
}

function edgeEnd({ start }: { start: Point }, input: PointerInput, view: ToolView): Point {
  return keptPoint(input.shift ? atRoundAngle(start, input.image) : input.image, view);
}

function uprightFrame(start: Point, input: PointerInput, view: ToolView): Frame | null {
  const box = drawnBox(start, keptPoint(input.image, view), input.alt);
  if (!box) return null;
  const { x, y, w, h } = box;
  return { cx: toThousandth(x + w / 2), cy: toThousandth(y + h / 2), w, h, angle: 0 };
}

function finished(id: ShapeId, frame: Frame | null, view: ToolView): Step<ToolState> {
  if (!frame) return cancel();
  return {
    next: idle,
    effects: [
      { type: 'overlay', overlay: null },
      { type: 'commit', label: 'draw', shapes: [shapeOf(id, frame, view)] },
      { type: 'select', ids: [id] },
    ],
  };
}

function shapeOf(id: ShapeId, frame: Frame, view: ToolView): Shape {
  return { id, label: view.label, geometry: { type: 'rotated-box', ...frame }, attributes: {}, origin: 'hand' };
}
