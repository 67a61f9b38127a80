import { v7 as uuidv7 } from 'uuid';
import { createEmitter } from '#renderer/lib/emitter.ts';
import { createScope } from '#renderer/lib/scope.ts';
import type { AnnotationDoc, Change, Shape, ShapeId } from '#shared/domain/annotation.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import { canRun, runCommand, type CommandPort } from './command-table.ts';
import type { CommandArguments, CommandName } from './commands.ts';
import { defaultSurround, Display } from './display.ts';
import { Editor } from './editor.ts';
import { clampPoint, type Point, type Rect, type Size } from './geometry.ts';
import type { CanvasEvents, CanvasOptions, ImageCanvas, Picture, ToolSettings } from './image-canvas.ts';
import { Interaction } from './interaction.ts';
import { createNames } from './names.ts';
import { listenToPointers, type PointerInputs } from './pointer-input.ts';
import { withInitial } from '#shared/rules/label-attributes.rules.ts';
import { createScene } from './scene.ts';
import { isPath, placeOf, vertexOf } from './shapes/paths.ts';
import { sharedVertices, type VertexChoice } from './shapes/vertex-moves.ts';
import { snapTo, type SnapHit } from './snapping.ts';
import type { Meant, Standing } from './standing.ts';
import type { ToolId, ToolView, Wire, WireEnds } from './tools/tool.ts';
import { createViewControl } from './view-control.ts';
import type { Viewport } from './viewport.ts';

/** CSS pixels: a click this far outside a shape still means it. */
const hitTolerance = 3;
/** CSS pixels: points are drawn to outlines this near. */
const snapReach = 8;
/** Milliseconds of rest before the selection is spoken, so that cycling through many says only the last. */
const speakAfter = 200;

/** Makes an annotation canvas; image-canvas.ts says how it is used. It shows nothing until it is mounted. */
export function createCanvas(options: CanvasOptions): ImageCanvas {
  return new Engine(options);
}

/** Puts the parts together; each of them knows only the narrow port it is given. */
class Engine implements ImageCanvas {
  readonly #scope = createScope();
  readonly #events = createEmitter<CanvasEvents>();
  readonly #scene = createScene();
  readonly #names = createNames();
  readonly #view = createViewControl((viewport) => {
    this.#interaction.refresh();
    this.#display.schedule();
    this.#events.emit('viewport', viewport);
  });
  readonly #editor: Editor;
  readonly #display: Display;
  readonly #interaction: Interaction;
  readonly #commands: CommandPort;
  #inputs: PointerInputs | null = null;
  #options: CanvasOptions;
  #labels: LabelSet = [];
  #nextLabel: string | null = null;
  #imageSize: Size = { width: 0, height: 0 };
  #stopSpeaking: () => void = () => undefined;

  constructor(options: CanvasOptions) {
    this.#options = options;
    this.#scope.add(() => this.#events.clear());
    this.#names.setUnlabelledName(options.unlabelledName ?? '');
    this.#editor = this.#createEditor();
    this.#display = this.#createDisplay();
    this.#interaction = new Interaction({
      display: this.#display,
      editor: this.#editor,
      view: this.#view,
      toolView: this.#createToolView(),
      events: this.#events,
      imageSize: () => this.#imageSize,
      viewCentre: () => this.#viewCentre(),
      cursorMoved: ({ x, y }) => this.#speakSoon(() => this.#options.describePlace?.(x, y) ?? `${x}, ${y}`),
      crosshair: () => this.#options.crosshair ?? 'drawing',
    });
    this.#commands = this.#createCommands();
  }

  mount(host: HTMLElement): void {
    const { root } = this.#display.mount(host, this.#options.ariaLabel, (size) => this.#view.resized(size));
    // A key held down while the window loses the focus is never seen to be let go.
    this.#scope.listen(window, 'blur', () => {
      this.command('pan-hold', { on: false });
      this.command('freehand', { on: false });
    });
    this.#inputs = listenToPointers(this.#scope, root, host, {
      tool: (raw) => this.#interaction.receive(raw),
      panning: (on) => this.#interaction.setPanning(on),
      pan: (dx, dy) => this.#view.pan(dx, dy),
      zoom: (factor, at) => this.zoomBy(factor, at),
      scaleTool: (factor) => this.command('brush-size', { factor }),
      leave: () => this.#interaction.leave(),
      lost: () => this.#interaction.lost(),
    });
  }

  setImage(picture: Picture | null, width: number, height: number, opaque = false): void {
    this.#interaction.runner.cancel();
    this.#imageSize = picture ? { width, height } : { width: 0, height: 0 };
    this.#display.setPicture(picture, this.#imageSize, opaque);
    this.#view.setImage(this.#imageSize);
  }

  exchangeImage(picture: Picture): void {
    this.#display.exchangePicture(picture);
  }

  setDoc(doc: AnnotationDoc): void {
    this.#interaction.runner.cancel();
    this.#editor.setDoc(doc);
  }

  apply(change: Change): void {
    this.#interaction.runner.cancel();
    this.#editor.apply(change);
    this.#speakSoon();
  }

  setLabels(labels: LabelSet): void {
    this.#labels = labels;
    this.#names.setLabels(labels);
    this.#display.repaint(null);
  }

  setOptions(options: Partial<CanvasOptions>): void {
    this.#options = { ...this.#options, ...options };
    this.#names.setUnlabelledName(this.#options.unlabelledName ?? '');
    this.#display.setLabel(this.#options.ariaLabel);
    this.#display.repaint(null);
    this.#interaction.showCursor();
    this.#speakSoon();
  }

  get doc(): AnnotationDoc {
    return this.#scene.doc;
  }

  get selection(): readonly ShapeId[] {
    return this.#editor.selection;
  }

  select(ids: readonly ShapeId[]): void {
    this.#interaction.runner.cancel();
    this.#editor.select(ids);
  }

  get standing(): Standing {
    return this.#scene.standing;
  }

  setStanding(standing: Standing): void {
    this.#interaction.runner.cancel();
    this.#scene.setStanding(standing);
    this.#editor.standingChanged();
    this.#events.emit('standing', standing);
  }

  setMeant(meant: Meant | null): void {
    this.#scene.setMeant(meant);
    this.#display.repaint(null);
  }

  gesture(): Shape | null {
    return this.#interaction.kept ?? this.#editor.pending();
  }

  get busy(): boolean {
    return this.#interaction.runner.busy;
  }

  settle(): void {
    this.#interaction.conclude();
    this.#editor.flush();
  }

  get viewport(): Viewport {
    return this.#view.viewport;
  }

  zoomTo(scale: number): void {
    this.#view.zoomTo(scale);
  }

  zoomBy(factor: number, at?: Point): void {
    this.#view.zoomTo(this.#view.viewport.scale * factor, at);
  }

  pan(dx: number, dy: number): void {
    this.#view.pan(dx, dy);
  }

  fit(area?: Rect): void {
    this.#view.fit(area);
  }

  setCovered(corner: Size): void {
    this.#view.covered(corner);
  }

  centre(x: number, y: number): void {
    this.#view.centre({ x, y });
  }

  get tool(): ToolId {
    return this.#interaction.runner.tool;
  }

  get settings(): ToolSettings {
    return this.#interaction.settings;
  }

  setWire(wire: Wire | null): void {
    this.#interaction.setWire(wire);
  }

  get wired(): WireEnds | null {
    return this.#interaction.wired;
  }

  setTool(tool: ToolId): void {
    this.#interaction.chooseTool(tool);
  }

  get label(): string | null {
    return this.#nextLabel;
  }

  setLabel(key: string | null): void {
    if (key === this.#nextLabel) return;
    this.#nextLabel = key;
    // A box under way takes the class at once.
    this.#interaction.refresh();
    this.#events.emit('label', key);
  }

  can(name: CommandName): boolean {
    return canRun(this.#commands, name);
  }

  command<Name extends CommandName>(name: Name, ...args: CommandArguments<Name>): boolean {
    return runCommand(this.#commands, name, args);
  }

  on<Name extends keyof CanvasEvents>(name: Name, listener: (payload: CanvasEvents[Name]) => void): () => void {
    return this.#events.on(name, listener);
  }

  dispose(): void {
    this.#scope.dispose();
  }

  #clamps(): boolean {
    return (this.#options.clampToImage ?? true) && this.#imageSize.width > 0;
  }

  /** Says something, or else what is selected, once nothing else is to be said for a moment. */
  #speakSoon(words = () => this.#options.describe?.(this.#editor.selectedShapes()) ?? ''): void {
    this.#stopSpeaking();
    this.#stopSpeaking = this.#scope.timeout(() => this.#display.say(words()), speakAfter);
  }

  /** Says where the one chosen vertex is. */
  #speakVertex(): void {
    const [shape] = this.#editor.selectedShapes();
    const [name, ...others] = this.#editor.vertices;
    const ref = name === undefined || others.length > 0 ? null : vertexOf(name);
    const at = ref && shape && isPath(shape.geometry) ? placeOf(shape.geometry, ref) : null;
    if (at) this.#speakSoon(() => this.#options.describePlace?.(at.x, at.y) ?? `${at.x}, ${at.y}`);
  }

  #viewCentre(): Point {
    const { scale, x, y } = this.#view.viewport;
    const { width, height } = this.#display.size;
    const centre = { x: (width / 2 - x) / scale, y: (height / 2 - y) / scale };
    return clampPoint(centre, this.#imageSize);
  }

  #createEditor(): Editor {
    return new Editor(this.#scope, this.#scene, {
      bounds: () => (this.#clamps() ? this.#imageSize : null),
      shared: (shape, handles) => this.#shared(shape, handles),
      withInitial: (key, attributes) =>
        withInitial(
          this.#labels.find((label) => label.key === key),
          attributes,
        ),
      emit: (change) => {
        this.#speakSoon();
        this.#events.emit('change', change);
      },
      selectionChanged: (ids) => {
        this.#speakSoon();
        this.#display.schedule();
        this.#events.emit('selection', ids);
      },
      verticesChanged: () => {
        this.#display.schedule();
        this.#events.emit('vertices', this.#editor.vertices);
        this.#speakVertex();
      },
      repaint: (areas) => this.#display.repaint(areas),
    });
  }

  #createDisplay(): Display {
    return new Display(this.#scope, this.#scene, this.#names, {
      viewport: () => this.#view.viewport,
      selectedShapes: () => this.#editor.selectedShapes(),
      isSelected: (id) => this.#editor.isSelected(id),
      chosenVertices: () => this.#editor.chosenVertices,
      showNames: () => this.#options.showNames ?? true,
      showGrid: () => this.#options.pixelGrid ?? true,
      surround: () => this.#options.surround ?? defaultSurround,
      beforeFrame: () => this.#interaction.report(),
    });
  }

  #createToolView(): ToolView {
    // Read anew at every use: a tool looks at the canvas as it is at that moment.
    const scale = (): number => this.#view.viewport.scale;
    const now = { imageSize: () => this.#imageSize, clamps: () => this.#clamps(), label: () => this.#nextLabel };
    const selection = (): readonly ShapeId[] => this.#editor.selection;
    const vertices = (): readonly string[] => this.#editor.vertices;
    const interaction = (): Interaction => this.#interaction;
    return {
      get scale() {
        return scale();
      },
      get imageSize() {
        return now.imageSize();
      },
      get clampToImage() {
        return now.clamps();
      },
      get selection() {
        return selection();
      },
      get label() {
        return now.label();
      },
      get vertices() {
        return vertices();
      },
      get brush() {
        return interaction().settings.brush;
      },
      get freehand() {
        return interaction().freehand;
      },
      get wire() {
        return interaction().wire;
      },
      shapesIn: (area) => this.#scene.inArea(area).flatMap(({ shape }) => (this.#scene.isFree(shape) ? [shape] : [])),
      snap: (point, apart) => (this.#interaction.settings.snapping ? this.#snap(point, apart) : null),
      shared: (shape, handles) => this.#shared(shape, handles),
      shape: (id) => this.#scene.shape(id),
      shapesAt: (point) => this.#scene.at(point, hitTolerance / scale()),
      shapesInside: (area) => this.#scene.inside(area),
      handleAt: (screen) => this.#display.handleAt(screen),
      newId: () => uuidv7() as ShapeId,
    };
  }

  #snap(point: Point, apart: readonly ShapeId[]): SnapHit | null {
    const reach = snapReach / this.#view.viewport.scale;
    const near = this.#scene.inArea({
      left: point.x - reach,
      top: point.y - reach,
      right: point.x + reach,
      bottom: point.y + reach,
    });
    return snapTo(
      near.map(({ shape }) => shape),
      point,
      reach,
      apart,
    );
  }

  #shared(shape: Shape, handles: readonly string[]): readonly VertexChoice[] {
    if (!this.#interaction.settings.snapping) return [];
    return sharedVertices(shape, handles, (area) =>
      this.#scene.inArea(area).flatMap((found) => (this.#scene.isFree(found.shape) ? [found.shape] : [])),
    );
  }

  #createCommands(): CommandPort {
    return {
      scene: this.#scene,
      editor: this.#editor,
      view: this.#view,
      runner: this.#interaction.runner,
      labels: () => this.#labels,
      chooseTool: (tool) => this.#interaction.chooseTool(tool),
      setNextLabel: (key) => this.setLabel(key),
      nextLabel: () => this.#nextLabel,
      imageSize: () => this.#imageSize,
      bounds: () => (this.#clamps() ? this.#imageSize : null),
      setStanding: (standing) => this.setStanding(standing),
      steering: this.#interaction,
      setPanHold: (on) => {
        this.#inputs?.setPanHold(on);
        this.#interaction.setPanHold(on);
      },
      request: (what) => this.#events.emit('request', what),
    };
  }
}
