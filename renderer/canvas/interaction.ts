import type { Emitter } from '#renderer/lib/emitter.ts';
import type { Shape } from '#shared/domain/annotation.ts';
import type { Display } from './display.ts';
import type { Editor } from './editor.ts';
import type { Point, Size } from './geometry.ts';
import type { CanvasEvents, PointerPosition } from './image-canvas.ts';
import { crosshairStates } from './modes.ts';
import type { RawInput } from './pointer-input.ts';
import { createToolRunner, type ToolRunner } from './tools/tool-runner.ts';
import type { ToolEffect, ToolId, ToolView } from './tools/tool.ts';
import type { ViewControl } from './view-control.ts';
import { toImage } from './viewport.ts';

/** What the interaction works with. */
export interface InteractionParts {
  readonly display: Display;
  readonly editor: Editor;
  readonly view: ViewControl;
  readonly toolView: ToolView;
  readonly events: Emitter<CanvasEvents>;
  imageSize(): Size;
}

/** From pointers to gestures: feeds the tool that is chosen and carries out what it wants done. */
export class Interaction {
  readonly runner: ToolRunner;
  readonly #parts: InteractionParts;
  /** The last thing the pointer did; null while it is elsewhere. */
  #pointer: RawInput | null = null;
  #pointerMoved = false;
  #panning = false;
  #panHold = false;
  #toolCursor = 'default';

  constructor(parts: InteractionParts) {
    this.#parts = parts;
    this.runner = createToolRunner('select', parts.toolView, (effect) => this.#perform(effect));
  }

  /** The main button, or plain movement. */
  receive(raw: RawInput): void {
    this.#pointer = raw;
    this.#pointerMoved = true;
    const { width, height } = this.#parts.imageSize();
    if (width > 0 && height > 0) this.#feed(raw);
    this.showCursor();
    this.#parts.display.schedule();
  }

  /** The pointer left the canvas. */
  leave(): void {
    this.#pointer = null;
    this.#pointerMoved = true;
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

  chooseTool(tool: ToolId): void {
    if (tool === this.runner.tool) return this.runner.cancel();
    this.runner.choose(tool);
    this.#toolCursor = tool === 'select' ? 'default' : 'crosshair';
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

  showCursor(): void {
    const { display } = this.#parts;
    display.setCursor(this.#panning ? 'grabbing' : this.#panHold ? 'grab' : this.#toolCursor);
    const lines = crosshairStates.has(this.runner.state) && this.#toolCursor === 'crosshair' && !this.#panning;
    display.showCrosshair(lines && this.#pointer ? this.#pointer.screen : null);
  }

  #feed(raw: RawInput): void {
    if (raw.type === 'down') this.#parts.editor.flush();
    this.runner.input({ ...raw, image: this.#toImage(raw.screen) });
  }

  #toImage(screen: Point): Point {
    return toImage(this.#parts.view.viewport, screen);
  }

  #position(): PointerPosition | null {
    if (!this.#pointer) return null;
    const { x, y } = this.#toImage(this.#pointer.screen);
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
        return this.#preview(effect.shapes);
      case 'commit':
        editor.commit(effect.label, effect.shapes);
        return this.#preview([]);
      case 'marquee':
        return display.setMarquee(effect.area);
      case 'cursor':
        this.#toolCursor = effect.cursor;
        return this.showCursor();
    }
  }

  #preview(shapes: readonly Shape[]): void {
    const { display, events } = this.#parts;
    if (shapes.length === 0 && display.preview.length === 0) return;
    display.setPreview(shapes);
    events.emit('gesture', shapes[0] ?? null);
  }
}
