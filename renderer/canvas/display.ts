import type { Scope } from '#renderer/lib/scope.ts';
import type { Shape, ShapeId } from '#shared/domain/annotation.ts';
import type { Point, Rect, Size } from './geometry.ts';
import type { Picture } from './image-canvas.ts';
import { Layer, type Placement } from './layer.ts';
import { createLiveLayer, type LiveLayer } from './live-layer.ts';
import type { Names } from './names.ts';
import { openPicture, paintPixelGrid, type PictureSource } from './picture.ts';
import type { Scene } from './scene.ts';
import { shapeReach, shapesPainter } from './shape-painting.ts';
import { boundsOf } from './shapes/shape-kinds.ts';
import { createStage, type Stage } from './stage.ts';
import { style } from './style.ts';
import type { HandleHit, Overlay } from './tools/tool.ts';
import type { Viewport } from './viewport.ts';

/** What the display needs to know at every frame. */
export interface DisplayPort {
  viewport(): Viewport;
  /** The selected shapes as the document has them, in drawing order. */
  selectedShapes(): readonly Shape[];
  isSelected(id: ShapeId): boolean;
  chosenVertices(): ReadonlySet<string>;
  showNames(): boolean;
  showGrid(): boolean;
  surround(): string;
  /** Called at the start of every frame. */
  beforeFrame(): void;
}

/** What exists only while the canvas is in a page. */
interface Mounted {
  readonly stage: Stage;
  readonly ground: Layer;
  readonly live: LiveLayer;
}

/**
 * Everything that is seen: two layers and the time to paint them. On the ground lie the picture and the shapes at rest, one
 * opaque bare canvas (as two they cost half a frame more to put together, without a GPU). Above it lies the live layer with
 * what is selected, being drawn or pointed at, so that a gesture repaints nothing else.
 */
export class Display {
  readonly #scope: Scope;
  readonly #scene: Scene;
  readonly #names: Names;
  readonly #port: DisplayPort;
  #mounted: Mounted | null = null;
  #picture: PictureSource | null = null;
  #frameAsked = false;
  #preview: readonly Shape[] = [];
  #lent: ReadonlySet<ShapeId> = new Set();
  #marquee: Rect | null = null;
  #overlay: Overlay | null = null;
  #hovered: ShapeId | null = null;

  constructor(scope: Scope, scene: Scene, names: Names, port: DisplayPort) {
    this.#scope = scope;
    this.#scene = scene;
    this.#names = names;
    this.#port = port;
    scope.add(() => this.#picture?.dispose());
  }

  /** Builds the layers inside `host`. `onResize` gets the size of the host in CSS pixels, the first time before it returns. */
  mount(host: HTMLElement, ariaLabel: string, onResize: (size: Size) => void): Stage {
    const live = this.#scope.own(createLiveLayer(this.#names));
    const ground = new Layer(this.#groundPainter(), shapeReach);
    const stage = createStage(this.#scope, host, ariaLabel, [ground.element, live.element], (width, height) => {
      ground.resize(width, height);
      live.resize(width, height);
      // The first size comes while the stage is still being made.
      if (!this.#mounted) return;
      onResize(stage.size);
      // At once: sizes are observed after the frame's callbacks, and a layer of another size is blank.
      this.#draw();
    });
    this.#mounted = { stage, ground, live };
    onResize(stage.size);
    this.schedule();
    return stage;
  }

  setPicture(picture: Picture | null, size: Size, opaque: boolean): void {
    this.#picture?.dispose();
    this.#picture = picture ? openPicture(picture, size, opaque, (area) => this.repaint(area && [area])) : null;
    this.repaint(null);
  }

  /** Shows the photo that is there by another picture of it. */
  exchangePicture(picture: Picture): void {
    if (this.#picture) this.setPicture(picture, this.#picture.size, this.#picture.opaque);
  }

  /** Shapes of a gesture, shown instead of or beside those of the document. */
  setPreview(shapes: readonly Shape[]): void {
    this.#preview = shapes;
    this.#lend(new Set(shapes.map(({ id }) => id)));
    this.schedule();
  }

  /** Takes from the ground what a gesture shows otherwise. What is selected does not lie there. */
  #lend(ids: ReadonlySet<ShapeId>): void {
    const differing = [...ids, ...this.#lent].filter((id) => ids.has(id) !== this.#lent.has(id));
    if (differing.length === 0) return;
    this.#lent = ids;
    const atRest = differing.filter((id) => !this.#port.isSelected(id)).map((id) => this.#scene.shape(id));
    const areas = atRest.flatMap((shape) => (shape && boundsOf(shape.geometry)) ?? []);
    if (areas.length > 0) this.repaint(areas);
  }

  get preview(): readonly Shape[] {
    return this.#preview;
  }

  setMarquee(area: Rect | null): void {
    this.#marquee = area;
    this.schedule();
  }

  /** What a tool shows beside shapes. */
  setOverlay(overlay: Overlay | null): void {
    if (overlay === this.#overlay) return;
    this.#overlay = overlay;
    this.schedule();
  }

  setHovered(id: ShapeId | null): void {
    if (id === this.#hovered) return;
    this.#hovered = id;
    this.schedule();
  }

  /** Areas (image pixels) of the ground that look different now; null: all of it. */
  repaint(areas: readonly Rect[] | null): void {
    const ground = this.#mounted?.ground;
    if (areas === null) ground?.invalidate();
    else for (const area of areas) ground?.invalidate(area);
    this.schedule();
  }

  setCursor(cursor: string): void {
    this.#mounted?.stage.setCursor(cursor);
  }

  showCrosshair(at: Point | null): void {
    this.#mounted?.stage.showCrosshair(at);
  }

  say(text: string): void {
    this.#mounted?.stage.say(text);
  }

  setLabel(ariaLabel: string): void {
    this.#mounted?.stage.setLabel(ariaLabel);
  }

  /** Size of the host in CSS pixels. */
  get size(): Size {
    return this.#mounted?.stage.size ?? { width: 0, height: 0 };
  }

  /** The handle of the selection under a point (CSS pixels). */
  handleAt({ x, y }: Point): HandleHit | null {
    const at = this.#placement();
    return this.#mounted?.live.handleAt({ x: x * at.ratio, y: y * at.ratio }, at) ?? null;
  }

  /** Paints before the next frame. */
  schedule(): void {
    if (this.#frameAsked || !this.#mounted || this.#scope.disposed) return;
    this.#frameAsked = true;
    this.#scope.frame(() => {
      this.#frameAsked = false;
      this.#port.beforeFrame();
      this.#draw();
    });
  }

  #placement(): Placement {
    const ratio = this.#mounted?.stage.ratio ?? 1;
    const { scale, x, y } = this.#port.viewport();
    // Whole device pixels: a pan then moves what is painted, and lines stay as sharp as they were.
    return { k: scale * ratio, x: Math.round(x * ratio), y: Math.round(y * ratio), ratio };
  }

  #draw(): void {
    if (!this.#mounted) return;
    const at = this.#placement();
    const { width, height } = this.#mounted.ground.element;
    this.#picture?.look({ left: 0, top: 0, right: width, bottom: height }, at);
    this.#mounted.ground.draw(at);
    const previewed = new Map(this.#preview.map((shape) => [shape.id, shape]));
    const shown = this.#port.selectedShapes().map((shape) => {
      const instead = previewed.get(shape.id) ?? shape;
      previewed.delete(shape.id);
      return instead;
    });
    const hovered = this.#hovered !== null && !this.#port.isSelected(this.#hovered) ? this.#hovered : null;
    const content = {
      shapes: [...shown, ...previewed.values()],
      // A locked shape is not to be taken hold of.
      // Neighbours that go with a shared border are there as well; what is being drawn is not.
      grips:
        [...previewed.keys()].every((id) => this.#scene.shape(id) !== undefined) &&
        !shown.some(({ id }) => this.#scene.standing.locked.has(id)),
      hovered: (hovered && this.#scene.shape(hovered)) ?? null,
      chosen: this.#port.chosenVertices(),
      marquee: this.#marquee,
      overlay: this.#overlay,
      showNames: this.#port.showNames(),
    };
    this.#mounted.live.draw(content, at);
  }

  #groundPainter() {
    const { isSelected, showNames, showGrid, surround } = this.#port;
    const paintShapes = shapesPainter(
      this.#scene,
      this.#names,
      ({ id }) => isSelected(id) || this.#lent.has(id),
      showNames,
    );
    return (context: CanvasRenderingContext2D, area: Rect, at: Placement): number => {
      if (!this.#picture?.hides(area, at)) {
        context.fillStyle = surround();
        context.fillRect(area.left, area.top, area.right - area.left, area.bottom - area.top);
      }
      this.#picture?.paint(context, area, at);
      if (this.#picture && showGrid()) paintPixelGrid(context, this.#picture.size, area, at);
      return paintShapes(context, area, at);
    };
  }
}

/** Around the picture when the application names no colour. */
export const defaultSurround: string = style.surround;
