import type { Point } from '../geometry.ts';
import type { Placement } from '../layer.ts';
import { style } from '../style.ts';
import { createBareObject } from './bare-object.ts';
import type { FoundHandle, LiveShape, Look } from './drawn-kind.ts';
import { strokePath, traceLine } from './path-painting.ts';
import { handleName, placeOf, ringsOf, type PathGeometry, type Place, type Ring } from './paths.ts';

/** From this many vertices on, what does not move in a drag is painted once and kept. */
const keepFrom = 400;
/** More vertices than this that move at once are painted with all the others. */
const mostMoving = 64;
/** CSS pixels: vertices nearer to the last mark than this have none, and edges shorter than this none in their middle. */
const markSpacing = 10;
const roomForMiddle = 36;

/** All of a path but the vertices that move, painted once. */
interface Still {
  readonly canvas: HTMLCanvasElement;
  readonly geometry: PathGeometry;
  readonly look: Look;
  /** Names of the vertices that are left out, with the edges beside them. */
  readonly moving: ReadonlySet<string>;
}

/** A selected polygon or polyline: its lines, a mark on every vertex there is room for, smaller ones to insert new ones. */
export function createLivePath<G extends PathGeometry>(): LiveShape<G> {
  const object = createBareObject();
  let shown: { geometry: G; look: Look } | null = null;
  let still: Still | null = null;
  /** What moves against `shown`'s predecessor, once a drag is noticed. */
  let pending: { from: G; moving: ReadonlySet<string> } | null = null;

  object.paint = (context) => {
    if (!shown) return;
    const { geometry, look } = shown;
    if (pending) {
      still = paintStill(context.canvas, pending.from, look, pending.moving);
      pending = null;
    }
    if (!still) return paintWhole(context, geometry, look);
    context.drawImage(still.canvas, 0, 0);
    paintMoving(context, geometry, look, still.moving);
  };

  return {
    object,
    show(geometry, look) {
      const before = shown;
      shown = { geometry, look };
      if (still && looksAlike(still.look, look) && movesOnly(still.geometry, geometry, still.moving)) return;
      still = null;
      pending = null;
      if (!before || before.geometry === geometry || !looksAlike(before.look, look)) return;
      const moving = movedVertices(before.geometry, geometry);
      if (moving && moving.size > 0) pending = { from: before.geometry, moving };
    },
    handleAt: (point, placement) => (shown ? handleAt(shown.geometry, point, placement) : null),
  };
}

function looksAlike(a: Look, b: Look): boolean {
  return (
    a.grip === b.grip &&
    a.chosen === b.chosen &&
    a.colors.line === b.colors.line &&
    a.placement.k === b.placement.k &&
    a.placement.x === b.placement.x &&
    a.placement.y === b.placement.y
  );
}

/** Names of the vertices by which two paths differ; null when they differ by more, or are quick to paint anyway. */
function movedVertices(before: PathGeometry, after: PathGeometry): ReadonlySet<string> | null {
  const [old, next] = [ringsOf(before), ringsOf(after)];
  if (old.length !== next.length) return null;
  const moved = new Set<string>();
  let count = 0;
  for (const [at, { part, ring, places }] of next.entries()) {
    const was = old[at]!.places;
    count += places.length;
    if (places === was) continue;
    if (places.length !== was.length) return null;
    for (let index = 0; index < places.length; index += 1) {
      const [a, b] = [places[index]!, was[index]!];
      if (a === b || (a[0] === b[0] && a[1] === b[1])) continue;
      moved.add(handleName({ part, ring, index, between: false }));
      if (moved.size > mostMoving) return null;
    }
  }
  return count >= keepFrom ? moved : null;
}

function movesOnly(before: PathGeometry, after: PathGeometry, moving: ReadonlySet<string>): boolean {
  const moved = movedVertices(before, after);
  return moved !== null && [...moved].every((name) => moving.has(name));
}

function paintWhole(context: CanvasRenderingContext2D, geometry: PathGeometry, look: Look): void {
  inBothLines(context, look, () => strokePath(context, geometry, look.placement));
  paintMarks(context, ringsOf(geometry), look, () => true);
}

/** Carries `stroke` out for the edge and for the line above it. */
function inBothLines(context: CanvasRenderingContext2D, { colors, placement }: Look, stroke: () => void): void {
  context.lineJoin = 'bevel';
  context.strokeStyle = colors.edge;
  context.lineWidth = style.halo * placement.ratio;
  stroke();
  context.strokeStyle = colors.line;
  context.lineWidth = style.strongLine * placement.ratio;
  stroke();
}

function paintStill(size: HTMLCanvasElement, geometry: PathGeometry, look: Look, moving: ReadonlySet<string>): Still {
  const canvas = document.createElement('canvas');
  canvas.width = size.width;
  canvas.height = size.height;
  const context = canvas.getContext('2d')!;
  const rings = ringsOf(geometry);
  inBothLines(context, look, () => {
    context.beginPath();
    for (const ring of rings)
      for (const run of runsWithout(ring, moving)) traceLine(context, run, false, look.placement);
    context.stroke();
  });
  paintMarks(context, rings, look, (name) => !moving.has(name));
  return { canvas, geometry, look, moving };
}

/** A ring cut into the stretches between the vertices that move. */
function runsWithout({ part, ring, places, closed }: Ring, moving: ReadonlySet<string>): Place[][] {
  const isMoving = (index: number): boolean => moving.has(handleName({ part, ring, index, between: false }));
  const runs: Place[][] = [];
  let run: Place[] = [];
  for (let index = 0; index < places.length; index += 1) {
    if (!isMoving(index)) {
      run.push(places[index]!);
      continue;
    }
    runs.push(run);
    run = [];
  }
  if (closed && !isMoving(0) && !isMoving(places.length - 1)) run.push(places[0]!);
  runs.push(run);
  return runs.filter(({ length }) => length > 1);
}

function paintMoving(
  context: CanvasRenderingContext2D,
  geometry: PathGeometry,
  look: Look,
  moving: ReadonlySet<string>,
): void {
  const rings = ringsOf(geometry);
  const stretches: Place[][] = [];
  for (const { part, ring, places, closed } of rings) {
    for (let index = 0; index < places.length; index += 1) {
      if (!moving.has(handleName({ part, ring, index, between: false }))) continue;
      const [before, after] = [
        places[index - 1] ?? (closed ? places.at(-1) : undefined),
        places[index + 1] ?? (closed ? places[0] : undefined),
      ];
      stretches.push([before, places[index], after].filter((place) => place !== undefined));
    }
  }
  inBothLines(context, look, () => {
    context.beginPath();
    for (const stretch of stretches) traceLine(context, stretch, false, look.placement);
    context.stroke();
  });
  paintMarks(context, rings, look, (name) => moving.has(name));
}

/** Marks the vertices that `isMarked`, as far as there is room between them. */
function paintMarks(
  context: CanvasRenderingContext2D,
  rings: readonly Ring[],
  { grip, chosen, placement: { k, x, y, ratio } }: Look,
  isMarked: (name: string) => boolean,
): void {
  if (grip === 'none') return;
  const { width, height } = context.canvas;
  const side = (grip === 'handles' ? style.vertex : style.mark) * ratio;
  const spacing = (grip === 'handles' ? markSpacing : 3 * markSpacing) * ratio;
  context.strokeStyle = style.handleStroke;
  context.lineWidth = ratio;
  for (const { part, ring, places, closed } of rings) {
    let [lastX, lastY] = [-Infinity, -Infinity];
    for (const [index, place] of places.entries()) {
      const px = place[0] * k + x;
      const py = place[1] * k + y;
      if (px < -side || py < -side || px > width + side || py > height + side) continue;
      const name = handleName({ part, ring, index, between: false });
      if (!isMarked(name)) continue;
      const isChosen = chosen.has(name);
      const next = places[index + 1] ?? (closed ? places[0] : undefined);
      if (grip === 'handles' && next) paintMiddle(context, px, py, next[0] * k + x, next[1] * k + y, ratio);
      if (!isChosen && Math.abs(px - lastX) < spacing && Math.abs(py - lastY) < spacing) continue;
      [lastX, lastY] = [px, py];
      context.fillStyle = isChosen ? style.chosenFill : style.handleFill;
      context.fillRect(px - side / 2, py - side / 2, side, side);
      if (grip === 'handles') context.strokeRect(px - side / 2, py - side / 2, side, side);
    }
  }
}

/** The small mark on the middle of an edge that inserts a vertex. */
function paintMiddle(
  context: CanvasRenderingContext2D,
  ax: number,
  ay: number,
  bx: number,
  by: number,
  ratio: number,
): void {
  if (Math.hypot(bx - ax, by - ay) < roomForMiddle * ratio) return;
  context.beginPath();
  context.arc((ax + bx) / 2, (ay + by) / 2, (style.vertex / 2 - 1) * ratio, 0, 2 * Math.PI);
  context.fillStyle = style.middleFill;
  context.fill();
  context.stroke();
}

/** The nearest vertex within reach of a point (device pixels), or else the middle of an edge that has a mark there. */
function handleAt(geometry: PathGeometry, point: Point, { k, x, y, ratio }: Placement): FoundHandle | null {
  const reach = style.handleReach * ratio;
  let best: { name: string; away: number; anchor: Point } | null = null;
  let middle: { name: string; away: number; anchor: Point } | null = null;
  for (const { part, ring, places, closed } of ringsOf(geometry)) {
    for (const [index, place] of places.entries()) {
      const [px, py] = [place[0] * k + x, place[1] * k + y];
      const away = Math.hypot(px - point.x, py - point.y);
      if (away <= reach && away < (best?.away ?? Infinity)) {
        best = { name: handleName({ part, ring, index, between: false }), away, anchor: { x: place[0], y: place[1] } };
      }
      const next = places[index + 1] ?? (closed ? places[0] : undefined);
      if (!next) continue;
      const [nx, ny] = [next[0] * k + x, next[1] * k + y];
      const fromMiddle = Math.hypot((px + nx) / 2 - point.x, (py + ny) / 2 - point.y);
      if (fromMiddle > reach || fromMiddle >= (middle?.away ?? Infinity)) continue;
      if (Math.hypot(nx - px, ny - py) < roomForMiddle * ratio) continue;
      const ref = { part, ring, index, between: true };
      middle = { name: handleName(ref), away: fromMiddle, anchor: placeOf(geometry, ref)! };
    }
  }
  if (best) return { handle: best.name, cursor: 'move', anchor: best.anchor };
  return middle && { handle: middle.name, cursor: 'copy', anchor: middle.anchor };
}
