import { textWidth } from './band-text.ts';
import type { Row } from './layout.ts';
import type { PictureFrame } from './picture-frame.ts';
import { ticksFor, timeText } from './ticks.ts';
import { toFrame, toX } from './time-axis.ts';
import { faded, type WaveColors } from './wave-style.ts';

/** CSS pixels from one named mark to the next, at least; more where their names are longer. */
const room = 84;
const roomOfDigit = 7;

/** Paints the time line. */
export function paintRuler({ context, layout, axis, colors, from, to, rate }: PictureFrame): void {
  const { ruler, ratio } = layout;
  const pixels = axis.k * rate;
  const rough = ticksFor(pixels, room * ratio);
  const { step, parts, digits } = ticksFor(pixels, (room + rough.digits * roomOfDigit) * ratio);
  const px = Math.max(Math.round(ratio), 1);
  context.fillStyle = colors.ground;
  context.fillRect(from, ruler.top, to - from, ruler.bottom - ruler.top);
  const small = step / parts;
  const first = Math.floor(toFrame(axis, from) / rate / small) - parts;
  const last = Math.ceil(toFrame(axis, to) / rate / small);
  context.font = `${10.5 * ratio}px ${colors.font}`;
  context.textBaseline = 'middle';
  for (let at = Math.max(first, 0); at <= last; at += 1) {
    const seconds = at * small;
    const x = Math.round(toX(axis, seconds * rate));
    const named = at % parts === 0;
    const height = Math.round((named ? 9 : 4) * ratio);
    context.fillStyle = named ? colors.strong : colors.line;
    context.fillRect(x, ruler.bottom - height, px, height);
    if (!named) continue;
    context.fillStyle = colors.faintText;
    context.fillText(timeText((at / parts) * step, digits), x + 4 * ratio, ruler.top + Math.round(9 * ratio));
  }
  context.fillStyle = colors.line;
  context.fillRect(from, ruler.bottom - px, to - from, px);
}

/** Frequencies beside a spectrogram, right-aligned at `right`; in a context that begins at the left edge of the canvas. */
export function paintFrequencies(
  context: CanvasRenderingContext2D,
  { top, bottom }: Row,
  topHz: number,
  { right, ratio, colors }: { readonly right: number; readonly ratio: number; readonly colors: WaveColors },
): void {
  const height = bottom - top;
  const steps = [500, 1000, 2000, 4000, 8000, 16000];
  const step = steps.find((each) => (each / topHz) * height >= 22 * ratio) ?? topHz;
  context.font = `${9.5 * ratio}px ${colors.font}`;
  context.textBaseline = 'middle';
  context.fillStyle = colors.faintText;
  for (let hz = step; hz < topHz * 0.97; hz += step) {
    const y = Math.round(bottom - (hz / topHz) * height);
    const text = hz % 1000 === 0 ? `${hz / 1000}k` : String(hz);
    context.fillText(text, right - 7 * ratio - textWidth(context, text), y);
    context.fillRect(right - 4 * ratio, y, 4 * ratio, Math.max(Math.round(ratio), 1));
  }
}

/** A sentence in the middle of an area, on a ground of its own. */
export function paintNotice(
  { context, layout, colors }: PictureFrame,
  { top, bottom }: Row,
  left: number,
  right: number,
  text: string,
): void {
  const { ratio } = layout;
  context.font = `${12 * ratio}px ${colors.font}`;
  const wide = textWidth(context, text);
  if (wide + 24 * ratio > right - left || bottom - top < 20 * ratio) return;
  const [x, y] = [Math.round((left + right - wide) / 2), Math.round((top + bottom) / 2)];
  context.fillStyle = faded(colors.lane, 0.9);
  context.fillRect(x - 8 * ratio, y - 10 * ratio, wide + 16 * ratio, 20 * ratio);
  context.fillStyle = colors.faintText;
  context.textBaseline = 'middle';
  context.fillText(text, x, y + ratio);
}
