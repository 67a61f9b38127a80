import type { MaskGeometry } from '#shared/domain/annotation.ts';
import { maskPixels } from '#shared/geometry/mask-runs.ts';
import type { Placement } from '../../layer.ts';
import { sharpFrom, style } from '../../style.ts';
import { createBareObject } from '../bare-object.ts';
import type { DrawnKind, LiveShape, Look } from '../drawn-kind.ts';

/** Opacity of what is painted, at rest and selected, and of the pixels along its edge. */
const opacity = { rest: 0.38, strong: 0.55, edge: 0.95 } as const;
/** More pixels than this are drawn from every second, third ... of them: 32 MB a mask are enough. */
const mostPixels = 8_000_000;

interface Tinted {
  readonly color: string;
  readonly strong: boolean;
  readonly canvas: HTMLCanvasElement;
}

/** The bitmaps of masks, made when first drawn. Geometries are values, so a bitmap stays right as long as its mask lives. */
const bitmaps = new WeakMap<MaskGeometry, Tinted>();

function bitmapOf(mask: MaskGeometry, color: string, strong: boolean): HTMLCanvasElement {
  const known = bitmaps.get(mask);
  if (known?.color === color && known.strong === strong) return known.canvas;
  const canvas = tinted(mask, color, strong);
  bitmaps.set(mask, { color, strong, canvas });
  return canvas;
}

function tinted(mask: MaskGeometry, color: string, strong: boolean): HTMLCanvasElement {
  const { w, h } = mask;
  const step = Math.max(Math.ceil(Math.sqrt((w * h) / mostPixels)), 1);
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(w / step);
  canvas.height = Math.ceil(h / step);
  const context = canvas.getContext('2d')!;
  const image = context.createImageData(canvas.width, canvas.height);
  // Little endian everywhere a browser runs: alpha is the highest byte.
  const words = new Uint32Array(image.data.buffer);
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)) as [number, number, number];
  const rgb = (b << 16) | (g << 8) | r;
  const withAlpha = (share: number): number => ((Math.round(share * 255) << 24) | rgb) >>> 0;
  const [inside, edge] = [withAlpha(strong ? opacity.strong : opacity.rest), withAlpha(opacity.edge)];
  const painted = maskPixels(mask);
  for (let row = 0, at = 0; row < canvas.height; row += 1) {
    const y = row * step;
    for (let column = 0; column < canvas.width; column += 1, at += 1) {
      const x = column * step;
      const pixel = y * w + x;
      if (painted[pixel] === 0) continue;
      const bare =
        x < step ||
        x + step >= w ||
        y < step ||
        y + step >= h ||
        painted[pixel - step] === 0 ||
        painted[pixel + step] === 0 ||
        painted[pixel - step * w] === 0 ||
        painted[pixel + step * w] === 0;
      words[at] = bare ? edge : inside;
    }
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

function paint(
  context: CanvasRenderingContext2D,
  mask: MaskGeometry,
  { k, x, y, ratio }: Placement,
  color: string,
  strong: boolean,
): void {
  const smooth = context.imageSmoothingEnabled;
  context.imageSmoothingEnabled = k / ratio < sharpFrom;
  context.drawImage(bitmapOf(mask, color, strong), mask.x * k + x, mask.y * k + y, mask.w * k, mask.h * k);
  context.imageSmoothingEnabled = smooth;
}

function createLiveMask(): LiveShape<MaskGeometry> {
  const object = createBareObject();
  let shown: { geometry: MaskGeometry; look: Look } | null = null;
  object.paint = (context) => {
    if (!shown) return;
    const { geometry, look } = shown;
    const { k, x, y, ratio } = look.placement;
    paint(context, geometry, look.placement, look.colors.line, true);
    // A thin frame tells that it is selected; colour alone would not.
    const frame = [geometry.x * k + x, geometry.y * k + y, geometry.w * k, geometry.h * k] as const;
    context.setLineDash([4 * ratio, 3 * ratio]);
    context.lineWidth = 3 * ratio;
    context.strokeStyle = style.darkEdge;
    context.strokeRect(...frame);
    context.lineWidth = ratio;
    context.strokeStyle = style.handleFill;
    context.strokeRect(...frame);
    context.setLineDash([]);
  };
  return {
    object,
    show(geometry, look) {
      shown = { geometry, look };
    },
    handleAt: () => null,
  };
}

export const drawnMaskKind: DrawnKind<MaskGeometry> = {
  type: 'mask',
  stroke: () => undefined,
  paint,
  // One image, however many runs.
  cost: () => 4,
  createLive: createLiveMask,
};
