import { clamp, type Point, type Rect, type Size } from './geometry.ts';

/**
 * How the picture lies in the host element: `scale` CSS pixels per image pixel, and the CSS position (relative to the host)
 * of the image's top left corner. `screen = image * scale + (x, y)`.
 */
export interface Viewport {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** 1 % to 6400 %. */
export const minScale = 0.01;
export const maxScale = 64;

/** CSS pixels of the host that stay visible of the picture however far it is panned away. */
const keptInView = 48;

/** From image pixels to CSS pixels of the host. */
export function toScreen(viewport: Viewport, point: Point): Point {
  return { x: point.x * viewport.scale + viewport.x, y: point.y * viewport.scale + viewport.y };
}

/** From CSS pixels of the host to image pixels. */
export function toImage(viewport: Viewport, point: Point): Point {
  return { x: (point.x - viewport.x) / viewport.scale, y: (point.y - viewport.y) / viewport.scale };
}

/** The viewport at another scale in which the image point under `at` (CSS pixels) stays where it is. */
export function zoomedTo(viewport: Viewport, scale: number, at: Point): Viewport {
  const next = clamp(scale, minScale, maxScale);
  const point = toImage(viewport, at);
  return { scale: next, x: at.x - point.x * next, y: at.y - point.y * next };
}

/** The viewport moved by CSS pixels. */
export function pannedBy(viewport: Viewport, dx: number, dy: number): Viewport {
  return { scale: viewport.scale, x: viewport.x + dx, y: viewport.y + dy };
}

/**
 * The viewport that shows `area` (image pixels) as large as it goes, centred, with `margin` CSS pixels around it. Where it would begin below
 * what floats over the top left corner of the host (`covered`, from that corner), it is fitted into what is free beneath.
 */
export function fitted(area: Rect, host: Size, margin: number, covered: Size = { width: 0, height: 0 }): Viewport {
  const whole = centred(area, host, margin, 0);
  const corner = toScreen(whole, { x: area.left, y: area.top });
  const isFree = corner.x >= covered.width || corner.y >= covered.height;
  return isFree ? whole : centred(area, host, margin, covered.height);
}

/** The same in the part of the host that begins so many CSS pixels below its top. */
function centred(area: Rect, host: Size, margin: number, top: number): Viewport {
  const width = Math.max(area.right - area.left, 1e-6);
  const height = Math.max(area.bottom - area.top, 1e-6);
  const room = { width: Math.max(host.width - 2 * margin, 1), height: Math.max(host.height - top - 2 * margin, 1) };
  const scale = clamp(Math.min(room.width / width, room.height / height), minScale, maxScale);
  return {
    scale,
    x: host.width / 2 - ((area.left + area.right) / 2) * scale,
    y: (host.height + top) / 2 - ((area.top + area.bottom) / 2) * scale,
  };
}

/** The nearest viewport in which a strip of the picture stays in view. */
export function keptInSight(viewport: Viewport, image: Size, host: Size): Viewport {
  const width = image.width * viewport.scale;
  const height = image.height * viewport.scale;
  const keptX = Math.min(keptInView, width, host.width / 2);
  const keptY = Math.min(keptInView, height, host.height / 2);
  return {
    scale: viewport.scale,
    x: clamp(viewport.x, keptX - width, host.width - keptX),
    y: clamp(viewport.y, keptY - height, host.height - keptY),
  };
}

/** The scales that the zoom-in and zoom-out commands stop at. */
const steps = [
  0.01, 0.02, 0.03, 0.05, 0.08, 0.12, 0.17, 0.25, 0.33, 0.5, 0.67, 0.75, 1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64,
];

/** The next scale above (`direction` 1) or below (-1) on the ladder. */
export function nextScale(scale: number, direction: 1 | -1): number {
  const tolerance = 1.001;
  const found =
    direction > 0 ? steps.find((step) => step > scale * tolerance) : steps.findLast((step) => step < scale / tolerance);
  return found ?? (direction > 0 ? maxScale : minScale);
}
