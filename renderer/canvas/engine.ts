import { v7 as uuidv7 } from 'uuid';
import { createEmitter } from '#renderer/lib/emitter.ts';
import { createScope } from '#renderer/lib/scope.ts';
import type { Shape, ShapeId } from '#shared/domain/annotation.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import { canRun, runCommand, type CommandPort } from './command-table.ts';
import { createEditor } from './editor.ts';
import type { Point, Rect, Size } from './geometry.ts';
import type { CanvasEvents, CanvasOptions, ImageCanvas, PointerPosition } from './image-canvas.ts';
import { createLayer, type Layer, type Placement } from './layer.ts';
import { createLiveLayer, type LiveLayer } from './live-layer.ts';
import { crosshairStates } from './modes.ts';
import { createNames } from './names.ts';
import { openPicture, type PictureSource } from './picture.ts';
import { listenToPointers, type PointerInputs, type RawInput } from './pointer-input.ts';
import { createScene } from './scene.ts';
import { shapeReach, shapesPainter } from './shape-painting.ts';
import { createStage, type Stage } from './stage.ts';
import { createToolRunner } from './tools/tool-runner.ts';
import type { ToolEffect, ToolId, ToolView } from './tools/tool.ts';
import { createViewControl } from './view-control.ts';
import { toImage } from './viewport.ts';

/** CSS pixels: a click this far outside a shape still means it. */
const hitTolerance = 3;
/** Milliseconds of rest before the selection is spoken, so that cycling through many says only the last. */
const speakAfter = 200;

/** What exists only while the canvas is in a page. */
interface Mounted {
  readonly stage: Stage;
  readonly pictureLayer: Layer;
  readonly shapesLayer: Layer;
  readonly liveLayer: LiveLayer;
  readonly inputs: PointerInputs;
}

/** Makes an annotation canvas; see image-canvas.ts for how it is used. It shows nothing until it is mounted. */
export function createCanvas(initialOptions: CanvasOptions): ImageCanvas {
  const scope = createScope();
  const events = createEmitter<CanvasEvents>();
  scope.add(() => events.clear());
  const scene = createScene();
  const names = createNames();

  let options = initialOptions;
  let labels: LabelSet = [];
  let nextLabel: string | null = null;
  let picture: PictureSource | null = null;
  let imageSize: Size = { width: 0, height: 0 };
  let mounted: Mounted | null = null;

  /** What a gesture shows instead of the document's shapes. */
  let preview: readonly Shape[] = [];
  let marquee: Rect | null = null;
  let hovered: ShapeId | null = null;
  let pointer: RawInput | null = null;
  let pointerMoved = false;
  let panning = false;
  let toolCursor = 'default';

  names.setUnlabelledName(options.unlabelledName ?? '');
  const clamps = (): boolean => (options.clampToImage ?? true) && imageSize.width > 0;

  // --- frames -----------------------------------------------------------------------------------------------------

  let frameAsked = false;
  const schedule = (): void => {
    if (frameAsked || !mounted || scope.disposed) return;
    frameAsked = true;
    scope.frame(() => {
      frameAsked = false;
      drawFrame();
    });
  };

  const placement = (): Placement => {
    const ratio = mounted?.stage.ratio ?? 1;
    const { scale, x, y } = view.viewport;
    // Whole device pixels: a pan then moves what is painted, and lines stay as sharp as they were.
    return { k: scale * ratio, x: Math.round(x * ratio), y: Math.round(y * ratio), ratio };
  };

  const drawFrame = (): void => {
    if (!mounted) return;
    reportPointer();
    const at = placement();
    mounted.pictureLayer.draw(at);
    mounted.shapesLayer.draw(at);
    const previewed = new Map(preview.map((shape) => [shape.id, shape]));
    const shown = editor.selectedShapes().map((shape) => {
      const instead = previewed.get(shape.id) ?? shape;
      previewed.delete(shape.id);
      return instead;
    });
    const overlaid = hovered !== null && !editor.isSelected(hovered) ? scene.shape(hovered) : undefined;
    mounted.liveLayer.draw(
      {
        shapes: [...shown, ...previewed.values()],
        handles: previewed.size === 0,
        hovered: overlaid ?? null,
        marquee,
        showNames: options.showNames ?? true,
      },
      at,
    );
  };

  /** Tells where the pointer is, once a frame, however often it moved. */
  const reportPointer = (): void => {
    if (!pointerMoved) return;
    pointerMoved = false;
    let position: PointerPosition | null = null;
    if (pointer) {
      const { x, y } = toImage(view.viewport, pointer.screen);
      const inside = x >= 0 && y >= 0 && x < imageSize.width && y < imageSize.height;
      const [over = null] = runner.busy || panning ? [] : toolView.shapesAt({ x, y });
      position = { x, y, inside, over };
    }
    hovered = runner.state === 'select.idle' ? (position?.over ?? null) : null;
    events.emit('pointer', position);
  };

  // --- parts ------------------------------------------------------------------------------------------------------

  const view = createViewControl((viewport) => {
    pointerMoved = true;
    // The picture moved away under a gesture's pointer.
    if (runner.busy && pointer) feed({ ...pointer, type: 'move' });
    schedule();
    events.emit('viewport', viewport);
  });

  let stopSpeaking = (): void => undefined;
  const speakSoon = (): void => {
    stopSpeaking();
    stopSpeaking = scope.timeout(() => {
      mounted?.stage.say(options.describe?.(editor.selectedShapes()) ?? '');
    }, speakAfter);
  };

  const editor = createEditor(scope, scene, {
    bounds: () => (clamps() ? imageSize : null),
    emit(change) {
      speakSoon();
      events.emit('change', change);
    },
    selectionChanged(ids) {
      speakSoon();
      schedule();
      events.emit('selection', ids);
    },
    repaint(areas) {
      if (areas === null) mounted?.shapesLayer.invalidate();
      else for (const area of areas) mounted?.shapesLayer.invalidate(area);
      schedule();
    },
  });

  const toolView: ToolView = {
    get scale() {
      return view.viewport.scale;
    },
    get imageSize() {
      return imageSize;
    },
    get clampToImage() {
      return clamps();
    },
    get selection() {
      return editor.selection;
    },
    get label() {
      return nextLabel;
    },
    shape: (id) => scene.shape(id),
    shapesAt: (point) => scene.at(point, hitTolerance / view.viewport.scale),
    shapesInside: (area) =>
      scene
        .inArea(area)
        .filter(
          (item) =>
            item.minX >= area.left && item.maxX <= area.right && item.minY >= area.top && item.maxY <= area.bottom,
        )
        .map(({ shape }) => shape.id),
    handleAt(screen) {
      if (!mounted) return null;
      const at = placement();
      return mounted.liveLayer.handleAt({ x: screen.x * at.ratio, y: screen.y * at.ratio }, at);
    },
    newId: () => uuidv7() as ShapeId,
  };

  const setPreview = (shapes: readonly Shape[]): void => {
    if (shapes.length === 0 && preview.length === 0) return;
    preview = shapes;
    schedule();
    events.emit('gesture', shapes[0] ?? null);
  };

  const perform = (effect: ToolEffect): void => {
    switch (effect.type) {
      case 'select':
        return editor.select(effect.ids);
      case 'preview':
        return setPreview(effect.shapes);
      case 'commit':
        editor.commit(effect.label, effect.shapes);
        return setPreview([]);
      case 'marquee':
        marquee = effect.area;
        return schedule();
      case 'cursor':
        toolCursor = effect.cursor;
        return showCursor();
    }
  };

  const runner = createToolRunner('select', toolView, perform);

  const showCursor = (): void => {
    mounted?.stage.setCursor(panning ? 'grabbing' : toolCursor);
    const lines = pointer !== null && !panning && crosshairStates.has(runner.state) && toolCursor === 'crosshair';
    mounted?.stage.showCrosshair(lines && pointer ? pointer.screen : null);
  };

  const feed = (raw: RawInput): void => {
    const point: Point = toImage(view.viewport, raw.screen);
    if (raw.type === 'down') editor.flush();
    runner.input({ ...raw, image: point });
  };

  const receive = (raw: RawInput): void => {
    pointer = raw;
    pointerMoved = true;
    if (picture || scene.doc.shapes.length > 0) feed(raw);
    showCursor();
    schedule();
  };

  const chooseTool = (tool: ToolId): void => {
    if (tool === runner.tool) return runner.cancel();
    runner.choose(tool);
    toolCursor = tool === 'select' ? 'default' : 'crosshair';
    pointerMoved = true;
    showCursor();
    schedule();
    events.emit('tool', tool);
  };

  const setNextLabel = (key: string | null): void => {
    if (key === nextLabel) return;
    nextLabel = key;
    // A box under way takes the class at once.
    if (runner.busy && pointer) feed({ ...pointer, type: 'move' });
    events.emit('label', key);
  };

  const port: CommandPort = {
    scene,
    editor,
    view,
    runner,
    labels: () => labels,
    chooseTool,
    setNextLabel,
    setPanHold(on) {
      mounted?.inputs.setPanHold(on);
      if (!panning) mounted?.stage.setCursor(on ? 'grab' : toolCursor);
    },
    request: (what) => events.emit('request', what),
  };

  // --- the page ---------------------------------------------------------------------------------------------------

  const mount = (host: HTMLElement): void => {
    const pictureLayer = createLayer((context, area, at) => picture?.paint(context, area, at), { x: 0, y: 0 });
    const paintShapes = shapesPainter(
      scene,
      names,
      ({ id }) => editor.isSelected(id),
      () => options.showNames ?? true,
    );
    const shapesLayer = createLayer(paintShapes, shapeReach);
    const liveLayer = scope.own(createLiveLayer(names));
    const elements = [pictureLayer.element, shapesLayer.element, liveLayer.element];
    const stage = createStage(scope, host, options.ariaLabel, elements, (width, height) => {
      pictureLayer.resize(width, height);
      shapesLayer.resize(width, height);
      liveLayer.resize(width, height);
      resized();
    });
    const inputs = listenToPointers(scope, stage.root, host, {
      tool: receive,
      panning(on) {
        panning = on;
        showCursor();
      },
      pan: (dx, dy) => view.pan(dx, dy),
      zoom: (factor, at) => view.zoomTo(view.viewport.scale * factor, at),
      leave() {
        pointer = null;
        pointerMoved = true;
        showCursor();
        schedule();
      },
      lost: () => runner.cancel(),
    });
    mounted = { stage, pictureLayer, shapesLayer, liveLayer, inputs };
    resized();
  };

  const resized = (): void => {
    // The first size is known before the stage is handed back.
    if (!mounted) return;
    view.resized(mounted.stage.size);
    schedule();
  };

  return {
    mount,
    setImage(source, width, height) {
      runner.cancel();
      picture?.dispose();
      imageSize = source ? { width, height } : { width: 0, height: 0 };
      const repaintPicture = (): void => {
        mounted?.pictureLayer.invalidate();
        schedule();
      };
      picture = source ? openPicture(source, imageSize, repaintPicture) : null;
      mounted?.shapesLayer.invalidate();
      repaintPicture();
      view.setImage(imageSize);
    },
    setDoc(doc) {
      runner.cancel();
      editor.setDoc(doc);
    },
    apply(change) {
      runner.cancel();
      editor.apply(change);
    },
    setLabels(next) {
      labels = next;
      names.setLabels(next);
      mounted?.shapesLayer.invalidate();
      schedule();
    },
    setOptions(changed) {
      options = { ...options, ...changed };
      names.setUnlabelledName(options.unlabelledName ?? '');
      mounted?.stage.setLabel(options.ariaLabel);
      mounted?.shapesLayer.invalidate();
      speakSoon();
      schedule();
    },
    get doc() {
      return scene.doc;
    },
    get selection() {
      return editor.selection;
    },
    select: (ids) => (runner.cancel(), editor.select(ids)),
    gesture: () => preview[0] ?? editor.pending(),
    settle: () => (runner.cancel(), editor.flush()),
    get viewport() {
      return view.viewport;
    },
    zoomTo: (scale) => view.zoomTo(scale),
    zoomBy: (factor, at) => view.zoomTo(view.viewport.scale * factor, at),
    pan: (dx, dy) => view.pan(dx, dy),
    fit: (area) => view.fit(area),
    get tool() {
      return runner.tool;
    },
    setTool: chooseTool,
    get label() {
      return nextLabel;
    },
    setLabel: setNextLabel,
    can: (name) => canRun(port, name),
    command: (name, ...args) => runCommand(port, name, args),
    on: (name, listener) => events.on(name, listener),
    dispose() {
      scope.dispose();
      picture?.dispose();
      mounted = null;
    },
  };
}
