import { Control, controlsUtils, FabricObject, Point as FabricPoint } from 'fabric';
import type { Geometry } from '#shared/domain/annotation.ts';
import type { Point } from '../geometry.ts';
import { style } from '../style.ts';
import { boxHandles, type BoxHandle } from './box/box.shape.ts';
import type { FoundHandle, LineColors, LiveShape } from './drawn-kind.ts';
import { frameAnchor, turnHandle, type Frame } from './frame.ts';

/** CSS pixels: a side shorter than this has no handle in its middle. */
const roomForMiddle = 30;
/** CSS pixels: corner handles of a side shorter than this stand outside the box, so that it can still be seen. */
const roomForCorners = 18;
/** CSS pixels from the top side to the handle that turns. */
const turnReach = 26;

/** A handle of a frame. Found by its distance from the pointer, so that it is easier to hit than to see. */
class FrameControl extends Control {
  reach: number = style.handleReach;

  override shouldActivate(key: string, object: FabricObject, pointer: FabricPoint): boolean {
    const place = object.oCoords[key];
    return place !== undefined && this.getVisibility(object, key) && place.distanceFrom(pointer) <= this.reach;
  }
}

/** A selected box or ellipse. Its stroke is drawn here because fabric's own scales with the zoom. */
class FrameObject extends FabricObject {
  colors: LineColors = { line: '', edge: '' };
  round = false;
  marked = false;
  /** Image pixels from the top side to the turning handle; 0: there is none. */
  stem = 0;
  /** Image pixels per CSS pixel. */
  unit = 1;

  override _render(context: CanvasRenderingContext2D): void {
    context.lineJoin = 'miter';
    context.strokeStyle = this.colors.edge;
    context.lineWidth = style.halo * this.unit;
    this.#outline(context);
    context.strokeStyle = this.colors.line;
    context.lineWidth = style.strongLine * this.unit;
    this.#outline(context);
    if (this.marked) this.#markLine(context);
  }

  #outline(context: CanvasRenderingContext2D): void {
    const { width, height } = this;
    context.beginPath();
    if (this.round) context.ellipse(0, 0, width / 2, height / 2, 0, 0, 2 * Math.PI);
    else context.rect(-width / 2, -height / 2, width, height);
    if (this.stem > 0) {
      context.moveTo(0, -height / 2);
      context.lineTo(0, -height / 2 - this.stem);
    }
    context.stroke();
  }

  /** One of several that are selected has no handles, and is still told from the others by more than its line. */
  #markLine(context: CanvasRenderingContext2D): void {
    const side = style.mark * this.unit;
    context.fillStyle = style.handleFill;
    for (const { x, y } of Object.values(boxHandles)) {
      // On the line: an ellipse touches its rectangle in the middles of the sides.
      if ((x === 0 || y === 0) !== this.round) continue;
      context.fillRect((x * this.width - side) / 2, (y * this.height - side) / 2, side, side);
    }
  }
}

const handles = Object.entries(boxHandles) as [BoxHandle, (typeof boxHandles)[BoxHandle]][];

/**
 * A live shape held by the rectangle it lies in, upright or turned, with its eight handles and, where it `turns`, one more
 * above it. `frameOf` says which rectangle that is.
 */
export function createLiveFrame<G extends Geometry>(
  frameOf: (geometry: G) => Frame,
  { turns, round }: { readonly turns: boolean; readonly round: boolean },
): LiveShape<G> {
  const controls = new Map<string, FrameControl>(
    handles.map(([key, { x, y }]) => [key, new FrameControl({ x: x / 2, y: y / 2 })]),
  );
  if (turns) {
    const render = controlsUtils.renderCircleControl;
    controls.set(turnHandle, new FrameControl({ x: 0, y: -0.5, render }));
  }
  const object = new FrameObject({
    objectCaching: false,
    strokeWidth: 0,
    hasBorders: false,
    transparentCorners: false,
    cornerColor: style.handleFill,
    cornerStrokeColor: style.handleStroke,
  });
  object.round = round;
  object.controls = Object.fromEntries(controls);
  let shown: Frame | null = null;

  return {
    object,
    show(geometry, { colors, placement: { k, ratio }, grip }) {
      const frame = frameOf(geometry);
      shown = frame;
      const { cx, cy, w, h, angle } = frame;
      const onScreen = { x: (w * k) / ratio, y: (h * k) / ratio };
      for (const [key, side] of handles) {
        const control = controls.get(key)!;
        const isCorner = side.x !== 0 && side.y !== 0;
        // An ellipse touches its rectangle in the middles of the sides; its corners are handles only where there is no room.
        control.visible = isCorner
          ? !round || Math.min(onScreen.x, onScreen.y) < roomForMiddle
          : (side.x !== 0 || onScreen.x >= roomForMiddle) && (side.y !== 0 || onScreen.y >= roomForMiddle);
        control.offsetX = onScreen.x < roomForCorners ? side.x * (style.handle / 2) * ratio : 0;
        control.offsetY = onScreen.y < roomForCorners ? side.y * (style.handle / 2) * ratio : 0;
        control.reach = style.handleReach * ratio;
      }
      const turning = controls.get(turnHandle);
      if (turning) {
        turning.offsetY = -turnReach * ratio;
        turning.reach = style.handleReach * ratio;
      }
      object.colors = colors;
      object.marked = grip === 'marks';
      object.unit = ratio / k;
      object.stem = turning && grip === 'handles' ? (turnReach * ratio) / k : 0;
      // Fabric places an object by its centre.
      object.set({ left: cx, top: cy, width: w, height: h, angle, hasControls: grip === 'handles' });
      object.cornerSize = style.handle * ratio;
      object.setCoords();
    },
    handleAt(point, { k, x, y }) {
      const found = object.findControl(new FabricPoint(point.x, point.y));
      if (!found || !shown) return null;
      if (found.key !== turnHandle) return sideHandle(shown, found.key as BoxHandle);
      const anchor: Point = { x: (found.coord.x - x) / k, y: (found.coord.y - y) / k };
      return { handle: turnHandle, cursor: 'grab', anchor };
    },
  };
}

/** Cursors by the direction they pull in, every 45 degrees from "to the right" on. */
const pulls = ['ew-resize', 'nwse-resize', 'ns-resize', 'nesw-resize'] as const;

function sideHandle(frame: Frame, handle: BoxHandle): FoundHandle {
  const { x, y, cursor } = boxHandles[handle];
  const anchor = frameAnchor(frame, handle);
  if (frame.angle === 0) return { handle, cursor, anchor };
  const direction = (Math.atan2(y, x) * 180) / Math.PI + frame.angle;
  return { handle, cursor: pulls[(((Math.round(direction / 45) % 4) + 4) % 4) as 0 | 1 | 2 | 3], anchor };
}
