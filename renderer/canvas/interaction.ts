import type { Emitter } from '#renderer/lib/emitter.ts';
import type { Shape } from '#shared/domain/annotation.ts';
import type { Steering } from './command-table.ts';
import type { Display } from './display.ts';
import type { Editor } from './editor.ts';
import { clamp, clampPoint, type Point, type Size } from './geometry.ts';
import type { CanvasEvents, CrosshairSwitch, PointerPosition, ToolSettings } from './image-canvas.ts';
import { crosshairStates } from './modes.ts';
import type { RawInput } from './pointer-input.ts';
import { createToolRunner, type ToolRunner } from './tools/tool-runner.ts';
import type { ToolEffect, ToolId, ToolView, Wire, WireEnds } from './tools/tool.ts';
import type { ViewControl } from './view-control.ts';
import { toImage, toScreen } from './viewport.ts';

/** What the interaction works with. */
export interface InteractionParts {
  readonly display: Display;
  readonly editor: Editor;
  readonly view: ViewControl;
  readonly toolView: ToolView;
  readonly events: Emitter<CanvasEvents>;
  imageSize(): Size;
  /** The middle of the view, image pixels. */
  viewCentre(): Point;
  /** The cursor of the keys is at another place. */
  cursorMoved(at: Point): void;
  crosshair(): CrosshairSwitch;
}

/** Image pixels: the brush to begin with, and how small and large it gets. */
const firstBrush = 12;
const brushLimits = [0.5, 1_000] as const;

/** From pointers to gestures: feeds the tool that is chosen and carries out what it wants done. */
export class Interaction implements Steering {
  readonly runner: ToolRunner;
  readonly #parts: InteractionParts;
  /** The last thing the pointer did; null while it is elsewhere. */
  #pointer: RawInput | null = null;
  #pointerMoved = false;
  #panning = false;
  #panHold = false;
  #toolCursor = 'default';
  /** The cursor of the keys, image pixels; null while the pointer leads. */
  #cursor: Point | null = null;
  /** It was moved since it last placed something. */
  #cursorMoved = false;
  #settings: ToolSettings = { snapping: true, wire: false, brush: { radius: firstBrush, erases: false } };
  #wire: Wire | null = null;
  #wired: WireEnds | null = null;
  #freehand = false;
  #kept: Shape | null = null;

  constructor(parts: InteractionParts) {
    this.#parts = parts;
    this.runner = createToolRunner('select', parts.toolView, (effect) => this.#perform(effect));
  }

  /** What is set of the tools. */
  get settings(): ToolSettings {
    return this.#settings;
  }

  get freehand(): boolean {
    return this.#freehand;
  }

  /** The wire that lines follow; null while they go straight. */
  get wire(): Wire | null {
    return this.#settings.wire ? this.#wire : null;
  }

  /** Where a wire is wanted. */
  get wired(): WireEnds | null {
    return this.#settings.wire ? this.#wired : null;
  }

  setWire(wire: Wire | null): void {
    if (wire === this.#wire) return;
    this.#wire = wire;
    if (this.runner.state === 'path.drawing') this.refresh();
  }

  /** What an interruption leaves of the gesture under way. */
  get kept(): Shape | null {
    return this.#kept;
  }

  /** The main button, or plain movement. */
  receive(raw: RawInput): void {
    this.#cursor = null;
    this.#accept(raw);
  }

  #accept(raw: RawInput): void {
    this.#pointer = raw;
    this.#pointerMoved = true;
    const { width, height } = this.#parts.imageSize();
    if (width > 0 && height > 0) this.#feed(raw);
    this.showCursor();
    this.#parts.display.schedule();
  }

  /** The pointer left the canvas. */
  leave(): void {
    // The cursor of the keys stays where it is.
    if (this.#cursor) return;
    this.#pointer = null;
    this.#pointerMoved = true;
    if (!this.runner.busy) this.#parts.display.setOverlay(null);
    this.showCursor();
    this.#parts.display.schedule();
  }

  /** A drag that pans began or ended. */
  setPanning(on: boolean): void {
    this.#panning = on;
    this.showCursor();
  }

  /** The key that makes the main button pan is held down. */
  setPanHold(on: boolean): void {
    this.#panHold = on;
    this.showCursor();
  }

  /** What a gesture makes of the same pointer when something else changed: the picture moved, the class is another. */
  refresh(): void {
    this.#pointerMoved = true;
    if (this.runner.busy && this.#pointer) this.#feed({ ...this.#pointer, type: 'move' });
  }

  /** Ends what is under way: a line that is something already is finished, everything else leaves no trace. */
  conclude(): void {
    if (this.#kept === null || !this.runner.command('finish')) this.runner.cancel();
  }

  /** The system took the pointer away. Between the clicks of a line no button is held, so that the line goes on. */
  lost(): void {
    if (this.runner.state !== 'path.drawing') this.runner.cancel();
  }

  chooseTool(tool: ToolId): void {
    this.conclude();
    if (tool === this.runner.tool) return;
    this.runner.choose(tool);
    this.#parts.display.setOverlay(null);
    this.#parts.editor.chooseVertices([]);
    this.#toolCursor = tool === 'select' || tool === 'vertices' ? 'default' : 'crosshair';
    this.#pointerMoved = true;
    this.showCursor();
    this.#parts.display.schedule();
    this.#parts.events.emit('tool', tool);
  }

  /** Tells where the pointer is; once a frame, however often it moved. */
  report(): void {
    if (!this.#pointerMoved) return;
    this.#pointerMoved = false;
    const position = this.#position();
    this.#parts.display.setHovered(this.runner.state === 'select.idle' ? (position?.over ?? null) : null);
    this.#parts.events.emit('pointer', position);
  }

  get steers(): boolean {
    const { tool, busy } = this.runner;
    if (tool === 'select' || tool === 'vertices' || this.#parts.imageSize().width === 0) return false;
    return busy || worksOnSelection.has(tool) || this.#parts.editor.selection.length === 0;
  }

  moveCursor(dx: number, dy: number): void {
    const { view, imageSize, cursorMoved } = this.#parts;
    const from = this.#cursor ?? this.#cursorStart();
    const at = clampPoint({ x: from.x + dx, y: from.y + dy }, imageSize());
    this.#cursor = { x: Math.round(at.x * 1000) / 1000, y: Math.round(at.y * 1000) / 1000 };
    this.#cursorMoved = true;
    view.reveal({ left: at.x, top: at.y, right: at.x, bottom: at.y });
    this.#accept(this.#keyed('move', this.#cursor));
    cursorMoved(this.#cursor);
  }

  get canEnter(): boolean {
    return this.#cursor !== null || this.runner.busy;
  }

  enter(): boolean {
    const moved = this.#cursorMoved;
    this.#cursorMoved = false;
    if (this.#cursor && (moved || !this.runner.busy)) return this.#click(this.#keyed('down', this.#cursor));
    if (this.runner.command('finish')) return true;
    // Two clicks make a box; the second may be a key.
    return this.runner.busy && this.#pointer !== null && this.#click(this.#pointer);
  }

  toggleSnapping(): void {
    this.#set({ snapping: !this.#settings.snapping });
  }

  toggleWire(): void {
    this.#wire = null;
    this.#set({ wire: !this.#settings.wire });
    this.#parts.events.emit('wired', this.wired);
  }

  toggleErasing(): void {
    const { brush } = this.#settings;
    this.#set({ brush: { ...brush, erases: !brush.erases } });
  }

  scaleBrush(factor: number): void {
    const { brush } = this.#settings;
    this.#set({ brush: { ...brush, radius: clamp(brush.radius * factor, ...brushLimits) } });
  }

  setFreehand(on: boolean): void {
    this.#freehand = on;
  }

  #set(settings: Partial<ToolSettings>): void {
    this.#settings = { ...this.#settings, ...settings };
    // The ring of the brush, or the mark of what is snapped to, as it is now.
    if (this.#pointer && this.runner.tool !== 'select') this.#feed({ ...this.#pointer, type: 'move' });
    this.#parts.events.emit('settings', this.#settings);
  }

  /** Where the cursor of the keys begins: where the pointer is, or else in the middle of the view; on a whole pixel. */
  #cursorStart(): Point {
    const { x, y } = this.#pointer ? this.#toImage(this.#pointer.screen) : this.#parts.viewCentre();
    return { x: Math.round(x), y: Math.round(y) };
  }

  #keyed(type: RawInput['type'], image: Point): RawInput {
    const screen = toScreen(this.#parts.view.viewport, image);
    return { type, screen, image, shift: false, alt: false, ctrl: false };
  }

  #click(raw: RawInput): boolean {
    this.#accept({ ...raw, type: 'down' });
    this.#accept({ ...raw, type: 'up' });
    return true;
  }

  showCursor(): void {
    const { display } = this.#parts;
    display.setCursor(this.#panning ? 'grabbing' : this.#panHold ? 'grab' : this.#toolCursor);
    const wanted = this.#parts.crosshair();
    const draws = crosshairStates.has(this.runner.state) && this.#toolCursor === 'crosshair';
    const lines = (wanted === 'always' || (wanted === 'drawing' && draws)) && !this.#panning;
    // The cursor of the keys is seen whatever the switch says: nothing else shows where it is.
    display.showCrosshair((lines || this.#cursor) && this.#pointer ? this.#pointer.screen : null);
  }

  #feed(raw: RawInput): void {
    if (raw.type === 'down') this.#parts.editor.flush();
    const { image } = raw;
    if (!image) return this.runner.input({ ...raw, image: this.#toImage(raw.screen) });
    // The view may have moved since; the place in the picture is what counts.
    const screen = toScreen(this.#parts.view.viewport, image);
    this.runner.input({ ...raw, screen, image, keyed: true });
  }

  #toImage(screen: Point): Point {
    return toImage(this.#parts.view.viewport, screen);
  }

  #position(): PointerPosition | null {
    if (!this.#pointer) return null;
    const { x, y } = this.#pointer.image ?? this.#toImage(this.#pointer.screen);
    const { width, height } = this.#parts.imageSize();
    const [over = null] = this.runner.busy || this.#panning ? [] : this.#parts.toolView.shapesAt({ x, y });
    return { x, y, inside: x >= 0 && y >= 0 && x < width && y < height, over };
  }

  #perform(effect: ToolEffect): void {
    const { display, editor } = this.#parts;
    switch (effect.type) {
      case 'select':
        return editor.select(effect.ids);
      case 'preview':
        return this.#preview(effect.shapes, effect.kept);
      case 'commit':
        editor.commit(effect.label, effect.shapes, effect);
        return this.#preview([]);
      case 'overlay':
        this.#tellWired(effect.overlay?.wired ?? null);
        return display.setOverlay(effect.overlay);
      case 'vertices':
        return editor.chooseVertices(effect.chosen);
      case 'marquee':
        return display.setMarquee(effect.area);
      case 'cursor':
        this.#toolCursor = effect.cursor;
        return this.showCursor();
    }
  }

  /** Tells where a wire is wanted, once for each place. */
  #tellWired(wanted: WireEnds | null): void {
    const before = this.#wired;
    if (before === wanted || (before && wanted && sameEnds(before, wanted))) return;
    this.#wired = wanted;
    if (this.#settings.wire) this.#parts.events.emit('wired', wanted);
  }

  #preview(shapes: readonly Shape[], kept: Shape | null = shapes[0] ?? null): void {
    const { display, events } = this.#parts;
    if (shapes.length === 0 && display.preview.length === 0 && kept === this.#kept) return;
    this.#kept = kept;
    display.setPreview(shapes);
    events.emit('gesture', kept);
  }
}

function sameEnds(a: WireEnds, b: WireEnds): boolean {
  return a.from.x === b.from.x && a.from.y === b.from.y && a.to.x === b.to.x && a.to.y === b.to.y;
}

/** Tools that need something selected, so that what is selected does not take the arrows from them. */
const worksOnSelection: ReadonlySet<ToolId> = new Set<ToolId>(['brush', 'hole', 'part', 'slice']);
