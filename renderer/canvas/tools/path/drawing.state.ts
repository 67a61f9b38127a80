import { distance, type Point } from '../../geometry.ts';
import { atRoundAngle } from '../../shapes/path-kind.ts';
import { isPath, toPlace } from '../../shapes/paths.ts';
import { borderBetween, onSameRing, type PathPoint, type SnapHit } from '../../snapping.ts';
import {
  dragThreshold,
  keptPoint,
  nothingShown,
  type GestureState,
  type Overlay,
  type PointerInput,
  type Step,
  type ToolEffect,
  type ToolView,
} from '../tool.ts';
import { idleStates, type PathDrawing, type PathTool, type ToolState } from '../tool-state.ts';
import { endOf, fewest, isRing, makesShape, shapeOfPath, targetOf } from './path-ending.ts';

/** CSS pixels from the first point within which a click closes the line. */
const closeReach = 9;
/** CSS pixels that the pointer may be away from where the wire leads; beyond, the wire is not the way to it any more. */
const wireSlack = 48;
/** CSS pixels between two points that the freehand key places. */
const traceSpacing = 4;

/** The first press: places the first point. Nothing begins where the tool finds no shape to work on. */
export function startPath(tool: PathTool, input: PointerInput, view: ToolView): Step<ToolState> {
  const id = targetOf(tool, input.image, view);
  if (id === null) return { next: idleStates[tool], effects: [] };
  const { point } = placed(null, input, view);
  const data: PathDrawing = {
    state: 'path.drawing',
    tool,
    id,
    steps: [[point]],
    undone: [],
    tracing: false,
    pressedAt: input.screen,
    pointer: point,
  };
  const select: ToolEffect[] = tool === 'slice' ? [] : [{ type: 'select', ids: makesShape(tool) ? [] : [id] }];
  return { next: data, effects: [...select, { type: 'cursor', cursor: 'crosshair' }, ...shown(data, view, null)] };
}

export const pathDrawingState: GestureState<PathDrawing, ToolState> = {
  move(data, input, view) {
    const { point, between, snap, straight } = placed(data, input, view);
    const last = lastOf(data);
    const traces = view.freehand && last && distance(last, point) * view.scale >= traceSpacing;
    const moved: PathDrawing = { ...data, pointer: point };
    if (!traces) {
      const next = view.freehand ? moved : { ...moved, tracing: false };
      return { next, effects: shown(next, view, snap, { between, straight }) };
    }
    // All that is drawn freehand in one go is one step.
    const steps = data.tracing
      ? [...data.steps.slice(0, -1), [...data.steps.at(-1)!, point]]
      : [...data.steps, [point]];
    const next: PathDrawing = { ...moved, steps, undone: [], tracing: true };
    return { next, effects: shown(next, view, snap) };
  },

  down(data, input, view) {
    const again = distance(data.pressedAt, input.screen) <= (input.keyed ? 0 : dragThreshold);
    if (closes(data, input.image, view, input.keyed)) {
      const home = wireTo(data, data.steps[0]![0]!, input.shift, view);
      const closed = home.length > 0 ? { ...data, steps: [...data.steps, home] } : data;
      return finished(closed, view, !input.alt);
    }
    if (again && data.steps.length > 1) return finished(data, view, !input.alt);
    if (again) return { next: data, effects: [] };
    const { point, between, snap } = placed(data, input, view);
    const next: PathDrawing = {
      ...data,
      steps: [...data.steps, [...between, point]],
      undone: [],
      tracing: false,
      pressedAt: input.screen,
      pointer: point,
    };
    return { next, effects: shown(next, view, snap) };
  },

  command(data, command, view) {
    switch (command) {
      case 'finish':
        return finished(data, view, true);
      case 'step-back': {
        const last = data.steps.at(-1)!;
        if (data.steps.length === 1) return cancelled(data);
        return stepped(data, { steps: data.steps.slice(0, -1), undone: [...data.undone, last] }, view);
      }
      case 'step-forward': {
        const again = data.undone.at(-1);
        if (!again) return { next: data, effects: [] };
        return stepped(data, { steps: [...data.steps, again], undone: data.undone.slice(0, -1) }, view);
      }
    }
  },

  cancel: (data) => cancelled(data),
};

function cancelled({ tool }: PathDrawing): Step<ToolState> {
  return { next: idleStates[tool], effects: nothingShown };
}

function stepped(data: PathDrawing, steps: Pick<PathDrawing, 'steps' | 'undone'>, view: ToolView): Step<ToolState> {
  // A point placed anew where the last one was is no double click.
  const next: PathDrawing = { ...data, ...steps, tracing: false, pressedAt: { x: -Infinity, y: -Infinity } };
  return { next, effects: shown(next, view, null) };
}

/** Ends the line here; one that is too short leaves no trace. */
function finished(data: PathDrawing, view: ToolView, follows: boolean): Step<ToolState> {
  const points = withoutRepeats([
    ...pointsOf(data),
    ...(follows && isRing(data.tool) ? closingBorder(data, view) : []),
  ]);
  const effects = points.length < fewest(data.tool) ? [] : endOf(data.tool, data.id, points, view);
  return { next: idleStates[data.tool], effects: [...nothingShown, ...effects] };
}

/** Where the pointer's point comes to lie, and the vertices of a border that is followed to it. */
function placed(
  data: PathDrawing | null,
  input: PointerInput,
  view: ToolView,
): { point: PathPoint; between: readonly PathPoint[]; snap: SnapHit | null; straight: boolean } {
  const last = data && lastOf(data);
  if (input.shift && last)
    return { point: free(keptPoint(atRoundAngle(last, input.image), view)), between: [], snap: null, straight: true };
  const snap = input.alt ? null : view.snap(input.image, data && !makesShape(data.tool) ? [data.id] : []);
  const point: PathPoint = snap ? { ...snap.at, on: snap.place } : free(keptPoint(input.image, view));
  const border = last ? borderTo(last, point, input.ctrl, view) : [];
  const between = border.length > 0 || !data ? border : wireTo(data, point, false, view);
  return { point, between, snap, straight: false };
}

/** What the wire places between the last point and another; nothing while it leads elsewhere, or the line goes straight. */
function wireTo(data: PathDrawing, to: Point, straight: boolean, { wire, freehand, scale }: ToolView): PathPoint[] {
  const last = lastOf(data);
  if (!wire || !last || straight || freehand || wire.from.x !== last.x || wire.from.y !== last.y) return [];
  return distance(wire.to, to) * scale > wireSlack ? [] : wire.points.map(free);
}

/** The vertices of a neighbour's outline between two points that both lie on it. */
function borderTo(from: PathPoint, to: PathPoint, longWay: boolean, view: ToolView): readonly PathPoint[] {
  if (!onSameRing(from.on, to.on)) return [];
  const geometry = view.shape(to.on!.shape)?.geometry;
  return geometry && isPath(geometry) ? borderBetween(geometry, from, to, longWay) : [];
}

/** A ring that ends on the outline it began at follows it back. */
function closingBorder(data: PathDrawing, view: ToolView): readonly PathPoint[] {
  return borderTo(lastOf(data)!, data.steps[0]![0]!, false, view);
}

function free(point: Point): PathPoint {
  const [x, y] = toPlace(point);
  return { x, y, on: null };
}

function pointsOf({ steps }: PathDrawing): PathPoint[] {
  return steps.flat();
}

function lastOf({ steps }: PathDrawing): PathPoint | null {
  return steps.at(-1)?.at(-1) ?? null;
}

function withoutRepeats(points: readonly PathPoint[]): PathPoint[] {
  return points.filter((point, index) => {
    const before = points[index - 1];
    return !before || before.x !== point.x || before.y !== point.y;
  });
}

/** True where a click would close the ring. */
function closes(data: PathDrawing, at: Point, view: ToolView, exactly = false): boolean {
  const first = data.steps[0]![0]!;
  if (!isRing(data.tool) || pointsOf(data).length < 3) return false;
  return distance(first, at) * view.scale <= (exactly ? 0 : closeReach);
}

/** Shows the line as it would be if the pointer's point were placed. */
function shown(
  data: PathDrawing,
  view: ToolView,
  snap: SnapHit | null,
  { between, straight }: { between: readonly PathPoint[]; straight: boolean } = { between: [], straight: false },
): ToolEffect[] {
  const dots = pointsOf(data);
  const first = dots[0]!;
  const closing = closes(data, data.pointer, view);
  const end = closing ? wireTo(data, first, straight, view) : [...between, data.pointer];
  // A ring that ends on the outline it began at will follow it back.
  const back = isRing(data.tool) && dots.length > 1 ? borderTo(end.at(-1) ?? dots.at(-1)!, first, false, view) : [];
  const points = withoutRepeats([...dots, ...end, ...back]);
  const overlay: Overlay = {
    dots,
    ...(closing ? { closing: first } : {}),
    ...(straight || view.freehand ? {} : { wired: { from: dots.at(-1)!, to: closing ? first : data.pointer } }),
    ...(snap && !closing ? { snap: { at: snap.at, on: snap.place.on } } : {}),
    ...(makesShape(data.tool) ? {} : { line: isRing(data.tool) && points.length > 2 ? [...points, first] : points }),
  };
  return [
    { type: 'overlay', overlay },
    makesShape(data.tool)
      ? {
          type: 'preview',
          shapes: [shapeOfPath(data.tool, data.id, points, view)].filter((shape) => shape !== null),
          kept: dots.length < fewest(data.tool) ? null : shapeOfPath(data.tool, data.id, dots, view),
        }
      : { type: 'preview', shapes: [] },
  ];
}
