import type { Point, Rect, Size } from './geometry.ts';
import { fitted, keptInSight, nextScale, pannedBy, toScreen, zoomedTo, type Viewport } from './viewport.ts';

/** CSS pixels left free around a fitted picture, and around a shape that is brought into view. */
const fitMargin = 12;
const revealMargin = 60;

/** Moves the viewport and keeps it within bounds. */
export interface ViewControl {
  readonly viewport: Viewport;
  /** The host became this large (CSS pixels); a fitted picture stays fitted. */
  resized(host: Size): void;
  /** What floats over the top left corner reaches so far (CSS pixels); a fitted picture stays free of it. */
  covered(corner: Size): void;
  /** Another picture; it is fitted. */
  setImage(image: Size): void;
  zoomTo(scale: number, at?: Point): void;
  /** To the next rung of the zoom ladder. */
  zoomStep(direction: 1 | -1): void;
  pan(dx: number, dy: number): void;
  fit(area?: Rect): void;
  /** Pans (and zooms out when it must) so that an area is in view; does nothing when it is. */
  reveal(area: Rect): void;
  /** Pans so that an image point is in the middle. */
  centre(point: Point): void;
}

/** A control that reports every new viewport to `onChange`. */
export function createViewControl(onChange: (viewport: Viewport) => void): ViewControl {
  let viewport: Viewport = { scale: 1, x: 0, y: 0 };
  let host: Size = { width: 0, height: 0 };
  let image: Size = { width: 0, height: 0 };
  let corner: Size = { width: 0, height: 0 };
  /** True until the picture is moved or zoomed by hand. */
  let isFitted = true;

  const whole = (): Rect => ({ left: 0, top: 0, right: image.width, bottom: image.height });
  const middle = (): Point => ({ x: host.width / 2, y: host.height / 2 });
  const ready = (): boolean => host.width > 0 && host.height > 0 && image.width > 0 && image.height > 0;

  const set = (wanted: Viewport): void => {
    if (!ready()) return;
    const next = keptInSight(wanted, image, host);
    if (next.scale === viewport.scale && next.x === viewport.x && next.y === viewport.y) return;
    viewport = next;
    onChange(next);
  };
  const fit = (area: Rect, margin: number): void => set(fitted(area, host, margin, corner));
  const zoomTo = (scale: number, at: Point): void => {
    isFitted = false;
    set(zoomedTo(viewport, scale, at));
  };

  return {
    get viewport() {
      return viewport;
    },
    resized(size) {
      const before = middle();
      const grown = host.width > 0;
      host = size;
      if (isFitted) return fit(whole(), fitMargin);
      // What was in the middle stays there.
      const now = middle();
      set(grown ? pannedBy(viewport, now.x - before.x, now.y - before.y) : viewport);
    },
    covered(size) {
      const { height } = corner;
      corner = size;
      // What grows to the side alone, for the settings of a tool, moves no picture.
      if (isFitted && height !== size.height) fit(whole(), fitMargin);
    },
    setImage(size) {
      image = size;
      isFitted = true;
      fit(whole(), fitMargin);
    },
    zoomTo: (scale, at = middle()) => zoomTo(scale, at),
    zoomStep: (direction) => zoomTo(nextScale(viewport.scale, direction), middle()),
    pan(dx, dy) {
      isFitted = false;
      set(pannedBy(viewport, dx, dy));
    },
    fit(area) {
      isFitted = area === undefined;
      fit(area ?? whole(), area ? revealMargin : fitMargin);
    },
    centre(point) {
      isFitted = false;
      const at = toScreen(viewport, point);
      set(pannedBy(viewport, host.width / 2 - at.x, host.height / 2 - at.y));
    },
    reveal(area) {
      const topLeft = toScreen(viewport, { x: area.left, y: area.top });
      const bottomRight = toScreen(viewport, { x: area.right, y: area.bottom });
      const inside = topLeft.x >= 0 && topLeft.y >= 0 && bottomRight.x <= host.width && bottomRight.y <= host.height;
      if (inside) return;
      isFitted = false;
      const closest = fitted(area, host, Math.min(revealMargin, host.width / 4, host.height / 4));
      if (closest.scale < viewport.scale) return set(closest);
      const centre = { x: (topLeft.x + bottomRight.x) / 2, y: (topLeft.y + bottomRight.y) / 2 };
      set(pannedBy(viewport, host.width / 2 - centre.x, host.height / 2 - centre.y));
    },
  };
}
