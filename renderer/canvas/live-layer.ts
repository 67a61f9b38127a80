import { StaticCanvas } from 'fabric';
import type { Geometry, Shape, ShapeId } from '#shared/domain/annotation.ts';
import type { Point, Rect } from './geometry.ts';
import type { Placement } from './layer.ts';
import type { Names } from './names.ts';
import { paintOverlay } from './overlay-painting.ts';
import { paintName, paintStrong, toImageArea } from './shape-painting.ts';
import type { Grip, LiveShape } from './shapes/drawn-kind.ts';
import { drawnKindOf } from './shapes/drawn-kinds.ts';
import { boundsOf } from './shapes/shape-kinds.ts';
import { liveLimit, style } from './style.ts';
import type { HandleHit, Overlay } from './tools/tool.ts';

/** What the live layer shows: all that is selected, being drawn or pointed at. */
export interface LiveContent {
  /** Selected shapes and those of a gesture, in drawing order. */
  readonly shapes: readonly Shape[];
  /** Whether `shapes` are a selection that can be taken hold of (a box under way can't). */
  readonly grips: boolean;
  /** Chosen vertices of the one selected shape, by their handles. */
  readonly chosen: ReadonlySet<string>;
  readonly hovered: Shape | null;
  /** A rubber band, image pixels. */
  readonly marquee: Rect | null;
  /** What the tool shows beside shapes. */
  readonly overlay: Overlay | null;
  readonly showNames: boolean;
}

/** The topmost layer: the only place where fabric objects live, and only those of the selection. */
export interface LiveLayer {
  readonly element: HTMLCanvasElement;
  /** Device pixels. */
  resize(width: number, height: number): void;
  draw(content: LiveContent, placement: Placement): void;
  /** The handle under a point (device pixels). */
  handleAt(point: Point, placement: Placement): HandleHit | null;
  dispose(): void;
}

/**
 * Fabric's canvas without its own pointer handling: gestures belong to the tools. Unlike fabric's interactive canvas it
 * shows the handles of every object that has some.
 */
class HandleCanvas extends StaticCanvas {
  /** Paints, in device pixels, what lies above the objects and below their handles. */
  paintBelowHandles: (context: CanvasRenderingContext2D) => void = () => undefined;

  override drawControls(context: CanvasRenderingContext2D): void {
    this.paintBelowHandles(context);
    for (const object of this.getObjects()) if (object.hasControls) object.drawControls(context);
  }
}

/** Makes an empty live layer. */
export function createLiveLayer(names: Names): LiveLayer {
  const element = document.createElement('canvas');
  const canvas = new HandleCanvas(element, { enableRetinaScaling: false, renderOnAddRemove: false });
  const live = new Map<ShapeId, { readonly type: Geometry['type']; readonly live: LiveShape<Geometry> }>();
  let content: LiveContent | null = null;
  let placement: Placement | null = null;
  // Resizing an element resets it, and hiding it saves its blending into every frame.
  element.style.display = 'none';

  /** Makes the fabric objects be those of the shapes, and no others. */
  const follow = (shapes: readonly Shape[], grip: Grip, chosen: ReadonlySet<string>, at: Placement): void => {
    const wanted = new Map(shapes.map(({ id, geometry }) => [id, geometry.type]));
    for (const [id, { type, live: gone }] of live) {
      // A shape that is being drawn may change its kind on the way: a line of two points becomes a polygon.
      if (wanted.get(id) === type) continue;
      canvas.remove(gone.object);
      gone.object.dispose();
      live.delete(id);
    }
    for (const shape of shapes) {
      let found = live.get(shape.id);
      if (!found) {
        const made = drawnKindOf(shape.geometry)?.createLive();
        if (!made) continue;
        found = { type: shape.geometry.type, live: made };
        live.set(shape.id, found);
        canvas.add(made.object);
      }
      const colors = { line: names.colorOf(shape.label), edge: names.edgeOf(shape.label) };
      found.live.show(shape.geometry, { colors, placement: at, grip, chosen });
    }
  };

  const drawOver = (context: CanvasRenderingContext2D): void => {
    if (!content || !placement) return;
    const { shapes, hovered, marquee, overlay, showNames } = content;
    if (shapes.length > liveLimit) {
      const { left, top, right, bottom } = toImageArea(
        { left: 0, top: 0, right: element.width, bottom: element.height },
        placement,
      );
      for (const shape of shapes) {
        const bounds = boundsOf(shape.geometry);
        if (!bounds || bounds.right < left || bounds.left > right || bounds.bottom < top || bounds.top > bottom)
          continue;
        paintStrong(context, shape, placement, names);
      }
    }
    if (hovered) paintStrong(context, hovered, placement, names);
    if (showNames && shapes.length <= liveLimit) {
      for (const shape of hovered ? [...shapes, hovered] : shapes) paintName(context, shape, placement, names, true);
    }
    if (marquee) paintMarquee(context, marquee, placement);
    if (overlay) paintOverlay(context, overlay, placement, names);
  };
  canvas.paintBelowHandles = drawOver;

  return {
    element,
    resize(width, height) {
      canvas.setDimensions({ width, height }, { backstoreOnly: true });
    },
    draw(next, at) {
      content = next;
      placement = at;
      const empty = next.shapes.length === 0 && !next.hovered && !next.marquee && !next.overlay;
      element.style.display = empty ? 'none' : 'block';
      canvas.setViewportTransform([at.k, 0, 0, at.k, at.x, at.y]);
      const few = next.shapes.length <= liveLimit;
      // Handles of several shapes would hide what they belong to; several are moved, one is resized.
      const grip = !next.grips ? 'none' : next.shapes.length === 1 ? 'handles' : 'marks';
      follow(few ? next.shapes : [], grip, next.chosen, at);
      if (!empty) canvas.renderAll();
    },
    handleAt(point, at) {
      if (!content?.grips || content.shapes.length !== 1) return null;
      for (const [id, { live: shape }] of live) {
        const found = shape.handleAt(point, at);
        if (found) return { id, ...found };
      }
      return null;
    },
    dispose() {
      void canvas.dispose();
    },
  };
}

function paintMarquee(context: CanvasRenderingContext2D, area: Rect, { k, x, y, ratio }: Placement): void {
  const rect = [
    area.left * k + x,
    area.top * k + y,
    (area.right - area.left) * k,
    (area.bottom - area.top) * k,
  ] as const;
  context.fillStyle = style.marqueeFill;
  context.fillRect(...rect);
  context.lineWidth = 3 * ratio;
  context.strokeStyle = style.darkEdge;
  context.strokeRect(...rect);
  context.lineWidth = ratio;
  context.strokeStyle = style.marqueeLine;
  context.strokeRect(...rect);
}
