import type { Scope } from '#renderer/lib/scope.ts';
import type { Point } from './geometry.ts';

/** What a pointer did, in CSS pixels of the host, before anyone made sense of it. */
export interface RawInput {
  readonly type: 'down' | 'move' | 'up';
  readonly screen: Point;
  readonly shift: boolean;
  readonly alt: boolean;
  readonly ctrl: boolean;
  /** For the cursor of the keys: where it is, exactly, in image pixels. */
  readonly image?: Point;
}

/** Where pointers go. */
export interface PointerPort {
  /** The main button and plain movement. */
  tool(input: RawInput): void;
  /** A drag that pans began or ended. */
  panning(on: boolean): void;
  pan(dx: number, dy: number): void;
  zoom(factor: number, at: Point): void;
  /** Alt and the wheel; false when the tool has no size. */
  scaleTool(factor: number): boolean;
  leave(): void;
  /** The system took the pointer away in the middle of a press. */
  lost(): void;
}

export interface PointerInputs {
  /** While held, dragging with the main button pans. */
  setPanHold(on: boolean): void;
}

/** A wheel notch (100 to 120 units) zooms by about a fifth; a pinch sends small units that mean more. */
const wheelZoom = 0.0018;
const pinchZoom = 0.01;
/** One line, for wheels that count in lines. */
const lineHeight = 40;

/** Listens to pointers and wheels on `root`; the drag that pans is dealt with here, the rest goes through `port`. */
export function listenToPointers(scope: Scope, root: HTMLElement, host: HTMLElement, port: PointerPort): PointerInputs {
  let panHold = false;
  /** The press under way: which pointer, and whether it pans. */
  let press: { readonly pointer: number; readonly pans: boolean; last: Point } | null = null;

  const place = (event: MouseEvent): Point => {
    const { left, top } = root.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const raw = (type: RawInput['type'], event: PointerEvent): RawInput => ({
    type,
    screen: place(event),
    shift: event.shiftKey,
    alt: event.altKey,
    ctrl: event.ctrlKey || event.metaKey,
  });

  scope.listen(root, 'pointerdown', (event) => {
    if (!event.isPrimary || press) return;
    // Keeps the middle button from starting the browser's own scrolling, and the text around from being selected.
    event.preventDefault();
    host.focus({ preventScroll: true });
    capture(root, event.pointerId);
    const pans = panHold || event.button !== 0;
    press = { pointer: event.pointerId, pans, last: place(event) };
    if (pans) port.panning(true);
    else port.tool(raw('down', event));
  });

  scope.listen(root, 'pointermove', (event) => {
    if (!event.isPrimary) return;
    if (!press?.pans) return port.tool(raw('move', event));
    const at = place(event);
    port.pan(at.x - press.last.x, at.y - press.last.y);
    press.last = at;
  });

  scope.listen(root, 'pointerup', (event) => {
    if (press?.pointer !== event.pointerId) return;
    const { pans } = press;
    // Before the release is passed on, so that losing the capture is not taken for an interruption.
    press = null;
    if (pans) port.panning(false);
    else port.tool(raw('up', event));
  });

  const interrupted = (event: PointerEvent): void => {
    if (press?.pointer !== event.pointerId) return;
    const { pans } = press;
    press = null;
    if (pans) port.panning(false);
    else port.lost();
  };
  scope.listen(root, 'pointercancel', interrupted);
  scope.listen(root, 'lostpointercapture', interrupted);
  scope.listen(root, 'pointerleave', () => {
    if (!press) port.leave();
  });
  // The right button pans; its menu would come in between.
  scope.listen(root, 'contextmenu', (event) => event.preventDefault());

  scope.listen(
    root,
    'wheel',
    (event) => {
      event.preventDefault();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : lineHeight;
      const dx = event.deltaX * unit;
      const dy = event.deltaY * unit;
      // Alt turns the wheel sideways on some systems.
      if (event.altKey && port.scaleTool(Math.exp(-(dy || dx) * wheelZoom))) return;
      // Some systems turn the wheel sideways themselves while Shift is held.
      if (event.shiftKey) return port.pan(-(dx || dy), 0);
      if (dx !== 0 && Math.abs(dx) > Math.abs(dy)) return port.pan(-dx, 0);
      const pinch = event.ctrlKey && Math.abs(dy) < 50;
      port.zoom(Math.exp(-dy * (pinch ? pinchZoom : wheelZoom)), place(event));
    },
    { passive: false },
  );

  return {
    setPanHold(on) {
      panHold = on;
    },
  };
}

/** Keeps the pointer's events coming while it is outside; one that is already gone (a touch that ended) can't be kept. */
function capture(root: HTMLElement, pointer: number): void {
  try {
    root.setPointerCapture(pointer);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}
