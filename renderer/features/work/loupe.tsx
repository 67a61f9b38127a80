import { useEffect, useRef } from 'react';
import type { ImageCanvas, PointerPosition } from '#renderer/canvas/image-canvas.ts';
import { toScreen } from '#renderer/canvas/viewport.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { applyLook } from '#renderer/photo/look.ts';
import type { DecodedPhoto } from '#renderer/photo/photo-client.ts';
import type { Looking } from './looking.ts';
import { createLoupePixels, type LoupePixels, type PixelColor } from './loupe-pixels.ts';
import classes from './loupe.module.css';

/** What the loupe can magnify by. */
export const loupePowers = [2, 3, 4, 6, 8, 12, 16] as const;
/** CSS pixels: a side of its picture, and how far it keeps from the pointer. */
const side = 176;
const away = 28;
/** Its whole height with the two lines below the picture. */
const height = side + 44;

interface Props {
  canvas: ImageCanvas;
  photo: DecodedPhoto;
  looking: Looking;
  power: number;
}

/**
 * A magnifying glass beside the pointer, also while drawing and dragging: the photo's own pixels (seen by the present look), a
 * crosshair on the very point, where it is and which colour it has in the file.
 */
export function Loupe({ canvas, photo, looking, power }: Props) {
  const format = useFormat();
  const frame = useRef<HTMLDivElement>(null);
  const picture = useRef<HTMLCanvasElement>(null);
  const figures = useRef<HTMLParagraphElement>(null);
  const swatch = useRef<HTMLElement>(null);
  const words = useRef<HTMLSpanElement>(null);

  useEffect(() => {
    const [box, glass] = [frame.current, picture.current];
    if (!box || !glass) return undefined;
    let at: PointerPosition | null = null;
    const draw = () => {
      const shown = at?.inside === true;
      box.hidden = !shown;
      if (!at || !shown) return;
      place(box, canvas, at);
      paint(glass, pixels, looking, at, power);
      const color = pixels.color(Math.floor(at.x), Math.floor(at.y));
      const text = color ? colorText(color) : '…';
      if (figures.current) figures.current.textContent = `${Math.floor(at.x)}, ${Math.floor(at.y)}`;
      if (words.current) words.current.textContent = text;
      if (swatch.current) swatch.current.style.background = color ? `rgb(${color.rgb.join(' ')})` : 'transparent';
    };
    const pixels = createLoupePixels(photo, draw);
    const stops = [
      canvas.on('pointer', (next) => {
        at = next;
        draw();
      }),
      looking.subscribe(draw),
    ];
    draw();
    return () => {
      pixels.dispose();
      for (const stop of stops) stop();
    };
  }, [canvas, looking, photo, power]);

  return (
    <div ref={frame} className={classes.loupe} hidden aria-hidden data-loupe>
      <canvas ref={picture} className={classes.glass} style={{ width: side, height: side }} />
      <p className={classes.line}>
        <span ref={figures} data-loupe-at />
        <span className={classes.power}>{format.number(power)}×</span>
      </p>
      <p className={classes.line}>
        <i ref={swatch} className={classes.swatch} />
        <span ref={words} data-loupe-color />
      </p>
    </div>
  );
}

/** `#1a2b3c 26 43 60`; deeper values as the file has them. */
function colorText({ rgb, values }: PixelColor): string {
  if (values) return values.join(' ');
  const hex = rgb.map((value) => value.toString(16).padStart(2, '0')).join('');
  return `#${hex}  ${rgb.join(' ')}`;
}

/** Right below the pointer, on the other side where there is no room. */
function place(box: HTMLElement, canvas: ImageCanvas, at: PointerPosition): void {
  const stage = box.parentElement;
  if (!stage) return;
  const { x, y } = toScreen(canvas.viewport, at);
  const left = x + away + side > stage.clientWidth - 8 ? x - away - side : x + away;
  const top = y + away + height > stage.clientHeight - 36 ? y - away - height : y + away;
  box.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
}

const small = typeof OffscreenCanvas === 'undefined' ? null : new OffscreenCanvas(1, 1);

function paint(
  glass: HTMLCanvasElement,
  pixels: LoupePixels,
  looking: Looking,
  at: PointerPosition,
  power: number,
): void {
  const ratio = window.devicePixelRatio;
  const device = Math.round(side * ratio);
  if (glass.width !== device) glass.width = glass.height = device;
  const context = glass.getContext('2d', { alpha: false });
  const source = small?.getContext('2d');
  if (!context || !small || !source) return;
  const step = power * ratio;
  const reach = Math.ceil(side / power / 2) + 1;
  const patch = pixels.patch(Math.floor(at.x), Math.floor(at.y), reach);
  // What is on its way leaves the picture of a moment ago.
  if (!patch) return;
  const tables = looking.seen()?.tables;
  if (tables) applyLook(patch.rgba, tables);
  small.width = small.height = patch.side;
  source.putImageData(new ImageData(patch.rgba, patch.side, patch.side), 0, 0);
  context.fillStyle = '#2b2a28';
  context.fillRect(0, 0, device, device);
  context.imageSmoothingEnabled = false;
  // The point itself, not its pixel, is in the middle.
  const left = device / 2 - (at.x - patch.x) * step;
  const top = device / 2 - (at.y - patch.y) * step;
  context.drawImage(small, left, top, patch.side * step, patch.side * step);
  crosshair(context, device, ratio);
}

/** Light lines with dark edges, open in the middle, so that the point itself is seen. */
function crosshair(context: CanvasRenderingContext2D, device: number, ratio: number): void {
  const middle = Math.round(device / 2);
  const gap = Math.round(5 * ratio);
  const line = Math.max(Math.round(ratio), 1);
  const bars = (by: number) => {
    context.fillRect(0, middle - by, middle - gap, line + 2 * by);
    context.fillRect(middle + gap, middle - by, middle - gap, line + 2 * by);
    context.fillRect(middle - by, 0, line + 2 * by, middle - gap);
    context.fillRect(middle - by, middle + gap, line + 2 * by, middle - gap);
  };
  context.fillStyle = 'rgba(0, 0, 0, 0.45)';
  bars(line);
  context.fillStyle = 'rgba(255, 255, 255, 0.9)';
  bars(0);
}
