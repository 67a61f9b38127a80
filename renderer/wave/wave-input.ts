import type { Scope } from '#renderer/lib/scope.ts';
import type { WaveInput } from './gestures.ts';

/** Where pointers and wheels go; places are device pixels of the canvas. */
export interface WaveInputPort {
  ratio(): number;
  down(input: WaveInput): void;
  pan(input: WaveInput): void;
  move(input: WaveInput): void;
  up(input: WaveInput): void;
  leave(): void;
  /** The system took the pointer away in the middle of a press. */
  lost(): void;
  doubleClick(input: WaveInput): void;
  /** `at` null: by a key. */
  contextmenu(at: WaveInput | null, page: { readonly x: number; readonly y: number }): void;
  scroll(dx: number, dy: number, at: WaveInput): void;
  zoom(factor: number, at: WaveInput): void;
}

/** A wheel notch (100 to 120 units) zooms by about a fifth; a pinch sends small units that mean more. */
const wheelZoom = 0.0018;
const pinchZoom = 0.01;
/** One line, for wheels that count in lines. */
const lineHeight = 40;

/** Listens to pointers and wheels on `root`. */
export function listenToWave(scope: Scope, root: HTMLElement, host: HTMLElement, port: WaveInputPort): void {
  let press: number | null = null;

  const input = (event: MouseEvent): WaveInput => {
    const { left, top } = root.getBoundingClientRect();
    return {
      x: (event.clientX - left) * port.ratio(),
      y: (event.clientY - top) * port.ratio(),
      shift: event.shiftKey,
      alt: event.altKey,
      ctrl: event.ctrlKey || event.metaKey,
    };
  };

  scope.listen(root, 'pointerdown', (event) => {
    if (!event.isPrimary || press !== null || event.button > 1) return;
    // Keeps the middle button from starting the browser's own scrolling, and the text around from being selected.
    event.preventDefault();
    host.focus({ preventScroll: true });
    capture(root, event.pointerId);
    press = event.pointerId;
    if (event.button === 1) port.pan(input(event));
    else port.down(input(event));
  });
  scope.listen(root, 'pointermove', (event) => {
    if (event.isPrimary) port.move(input(event));
  });
  scope.listen(root, 'pointerup', (event) => {
    if (press !== event.pointerId) return;
    // Before the release is passed on, so that losing the capture is not taken for an interruption.
    press = null;
    port.up(input(event));
  });
  const interrupted = (event: PointerEvent): void => {
    if (press !== event.pointerId) return;
    press = null;
    port.lost();
  };
  scope.listen(root, 'pointercancel', interrupted);
  scope.listen(root, 'lostpointercapture', interrupted);
  scope.listen(root, 'pointerleave', () => {
    if (press === null) port.leave();
  });
  scope.listen(root, 'dblclick', (event) => port.doubleClick(input(event)));
  scope.listen(host, 'contextmenu', (event) => {
    event.preventDefault();
    const { clientX: x, clientY: y, button } = event;
    port.contextmenu(button === 2 ? input(event) : null, { x, y });
  });
  scope.listen(
    root,
    'wheel',
    (event) => {
      event.preventDefault();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : lineHeight;
      const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
      if (event.ctrlKey || event.metaKey) {
        const speed = Math.abs(dy) < 50 ? pinchZoom : wheelZoom;
        return port.zoom(Math.exp(-dy * speed), input(event));
      }
      port.scroll(dx * port.ratio(), dy * port.ratio(), input(event));
    },
    { passive: false },
  );
}

/** Keeps the pointer's events coming while it is outside; one that is already gone (a touch that ended) can't be kept. */
function capture(root: HTMLElement, pointer: number): void {
  try {
    root.setPointerCapture(pointer);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}
