import { Control, FabricObject, Point as FabricPoint } from 'fabric';
import type { BoxGeometry } from '#shared/domain/annotation.ts';
import { style } from '../../style.ts';
import type { DrawnKind, LineColors, LiveShape } from '../drawn-kind.ts';
import { boxHandles, type BoxHandle } from './box.shape.ts';

/** CSS pixels: a side shorter than this has no handle in its middle. */
const roomForMiddle = 30;
/** CSS pixels: corner handles of a side shorter than this stand outside the box, so that it can still be seen. */
const roomForCorners = 18;

/** A handle of a box. Found by its distance from the pointer, so that it is easier to hit than to see. */
class BoxControl extends Control {
  reach: number = style.handleReach;

  override shouldActivate(key: string, object: FabricObject, pointer: FabricPoint): boolean {
    const place = object.oCoords[key];
    return place !== undefined && this.getVisibility(object, key) && place.distanceFrom(pointer) <= this.reach;
  }
}

/** A selected box. Its stroke is drawn here because fabric's own scales with the zoom. */
class BoxObject extends FabricObject {
  colors: LineColors = { line: '', edge: '' };
  marked = false;
  /** Image pixels per CSS pixel. */
  unit = 1;

  override _render(context: CanvasRenderingContext2D): void {
    const { width, height } = this;
    context.lineJoin = 'miter';
    context.strokeStyle = this.colors.edge;
    context.lineWidth = style.halo * this.unit;
    context.strokeRect(-width / 2, -height / 2, width, height);
    context.strokeStyle = this.colors.line;
    context.lineWidth = style.strongLine * this.unit;
    context.strokeRect(-width / 2, -height / 2, width, height);
    if (this.marked) this.#markCorners(context);
  }

  /** One of several that are selected has no handles, and is still told from the others by more than its line. */
  #markCorners(context: CanvasRenderingContext2D): void {
    const side = style.mark * this.unit;
    context.fillStyle = style.handleFill;
    for (const x of [-this.width / 2, this.width / 2]) {
      for (const y of [-this.height / 2, this.height / 2]) context.fillRect(x - side / 2, y - side / 2, side, side);
    }
  }
}

function createLiveBox(): LiveShape<BoxGeometry> {
  const handles = Object.entries(boxHandles) as [BoxHandle, (typeof boxHandles)[BoxHandle]][];
  const controls = Object.fromEntries(
    handles.map(([key, { x, y }]) => [key, new BoxControl({ x: x / 2, y: y / 2 })]),
  ) as Record<BoxHandle, BoxControl>;
  const object = new BoxObject({
    objectCaching: false,
    strokeWidth: 0,
    hasBorders: false,
    transparentCorners: false,
    cornerColor: style.handleFill,
    cornerStrokeColor: style.handleStroke,
  });
  object.controls = controls;
  let shown: BoxGeometry | null = null;

  return {
    object,
    show(geometry, colors, { k, ratio }, grip) {
      shown = geometry;
      const { x, y, w, h } = geometry;
      const onScreen = { x: (w * k) / ratio, y: (h * k) / ratio };
      for (const [key, side] of handles) {
        const control = controls[key];
        control.visible =
          (side.x !== 0 || onScreen.x >= roomForMiddle) && (side.y !== 0 || onScreen.y >= roomForMiddle);
        control.offsetX = onScreen.x < roomForCorners ? side.x * (style.handle / 2) * ratio : 0;
        control.offsetY = onScreen.y < roomForCorners ? side.y * (style.handle / 2) * ratio : 0;
        control.reach = style.handleReach * ratio;
      }
      object.colors = colors;
      object.marked = grip === 'marks';
      object.unit = ratio / k;
      // Fabric places an object by its centre.
      object.set({ left: x + w / 2, top: y + h / 2, width: w, height: h, hasControls: grip === 'handles' });
      object.cornerSize = style.handle * ratio;
      object.setCoords();
    },
    handleAt(point) {
      const found = object.findControl(new FabricPoint(point.x, point.y));
      if (!found || !shown) return null;
      const side = boxHandles[found.key as BoxHandle];
      const anchor = { x: shown.x + (shown.w * (side.x + 1)) / 2, y: shown.y + (shown.h * (side.y + 1)) / 2 };
      return { handle: found.key, cursor: side.cursor, anchor };
    },
  };
}

export const drawnBoxKind: DrawnKind<BoxGeometry> = {
  type: 'box',
  stroke(context, { x, y, w, h }, placement) {
    const { k } = placement;
    context.strokeRect(x * k + placement.x, y * k + placement.y, w * k, h * k);
  },
  createLive: createLiveBox,
};
