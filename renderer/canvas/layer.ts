import type { Rect } from './geometry.ts';

/** How image pixels become device pixels of a layer: `device = image * k + (x, y)`; `x` and `y` are whole numbers. */
export interface Placement {
  /** Device pixels per image pixel. */
  readonly k: number;
  readonly x: number;
  readonly y: number;
  /** Device pixels per CSS pixel. */
  readonly ratio: number;
}

/**
 * A bare Canvas2D layer over the whole view. It keeps what it has drawn: a pan moves the pixels and paints only the strips
 * that came into view, an edit paints only the area it touched.
 */
export interface Layer {
  readonly element: HTMLCanvasElement;
  /** Takes another size, in device pixels; everything is painted anew at the next `draw`. */
  resize(width: number, height: number): void;
  /** Paints what is missing for this placement. */
  draw(placement: Placement): void;
  /** Marks an area (image pixels), or everything, to be painted anew at the next `draw`. */
  invalidate(area?: Rect): void;
}

/** Paints an area of a layer; the area (device pixels) is clear and the context clipped to it. */
export type Painter = (context: CanvasRenderingContext2D, area: Rect, placement: Placement) => void;

/** Pixels around an edited area that its lines and name may reach into, CSS pixels. */
const overhang = 4;

/** Makes a layer that `paint` fills. `reach`: how far (CSS pixels) what is painted goes beyond a shape's bounds. */
export function createLayer(paint: Painter, reach: { readonly x: number; readonly y: number }): Layer {
  const element = document.createElement('canvas');
  const context = element.getContext('2d')!;
  let shown: Placement | null = null;
  let stale: Rect[] = [];

  const repaint = (area: Rect, placement: Placement): void => {
    const left = Math.max(Math.floor(area.left), 0);
    const top = Math.max(Math.floor(area.top), 0);
    const right = Math.min(Math.ceil(area.right), element.width);
    const bottom = Math.min(Math.ceil(area.bottom), element.height);
    if (right <= left || bottom <= top) return;
    context.save();
    context.beginPath();
    context.rect(left, top, right - left, bottom - top);
    context.clip();
    context.clearRect(left, top, right - left, bottom - top);
    paint(context, { left, top, right, bottom }, placement);
    context.restore();
  };

  const everything = (): Rect => ({ left: 0, top: 0, right: element.width, bottom: element.height });

  /** Moves what is painted and returns the strips that are empty now. */
  const scroll = (dx: number, dy: number): Rect[] => {
    const { width, height } = element;
    context.save();
    context.globalCompositeOperation = 'copy';
    context.drawImage(element, dx, dy);
    context.restore();
    const strips: Rect[] = [];
    if (dx > 0) strips.push({ left: 0, top: 0, right: dx, bottom: height });
    if (dx < 0) strips.push({ left: width + dx, top: 0, right: width, bottom: height });
    if (dy > 0) strips.push({ left: 0, top: 0, right: width, bottom: dy });
    if (dy < 0) strips.push({ left: 0, top: height + dy, right: width, bottom: height });
    return strips;
  };

  return {
    element,
    resize(width, height) {
      element.width = width;
      element.height = height;
      shown = null;
    },
    draw(placement) {
      const before = shown;
      shown = placement;
      const dx = before ? placement.x - before.x : 0;
      const dy = before ? placement.y - before.y : 0;
      const scrolls =
        before !== null &&
        before.k === placement.k &&
        before.ratio === placement.ratio &&
        Math.abs(dx) < element.width / 2 &&
        Math.abs(dy) < element.height / 2;
      const edited = stale;
      stale = [];
      if (!scrolls) return repaint(everything(), placement);
      if (dx !== 0 || dy !== 0) for (const strip of scroll(dx, dy)) repaint(strip, placement);
      for (const area of edited) {
        const x = (reach.x + overhang) * placement.ratio;
        const y = (reach.y + overhang) * placement.ratio;
        repaint(
          {
            left: area.left * placement.k + placement.x - x,
            top: area.top * placement.k + placement.y - y,
            right: area.right * placement.k + placement.x + x,
            bottom: area.bottom * placement.k + placement.y + y,
          },
          placement,
        );
      }
    },
    invalidate(area) {
      if (area) stale.push(area);
      else shown = null;
      // Many small repaints cost more than one large one.
      if (stale.length > 32) {
        shown = null;
        stale = [];
      }
    },
  };
}
