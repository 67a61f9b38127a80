import type { Stretch } from '#shared/sound/silences.ts';
import { toX, type TimeAxis } from './time-axis.ts';

/** Columns of pixels, half open. */
export interface Columns {
  readonly from: number;
  readonly to: number;
}

/** More areas than this are painted as one whole. */
const mostAreas = 24;
/** Device pixels beside a stretch that its lines may touch. */
const overhang = 2;

/**
 * What lies under the segments: the lanes with waveform and spectrogram, kept as it was painted. Scrolling moves the pixels and paints
 * only the columns that came into view.
 */
export class Ground {
  readonly element = document.createElement('canvas');
  readonly #context = this.element.getContext('2d', { alpha: false })!;
  readonly #paint: (context: CanvasRenderingContext2D, columns: Columns, axis: TimeAxis) => void;
  #shown: TimeAxis | null = null;
  #stale: Readonly<Stretch>[] = [];

  constructor(paint: (context: CanvasRenderingContext2D, columns: Columns, axis: TimeAxis) => void) {
    this.#paint = paint;
  }

  /** Device pixels; everything is painted anew when they are others. */
  resize(width: number, height: number): void {
    if (this.element.width === width && this.element.height === height) return;
    this.element.width = width;
    this.element.height = height;
    this.invalidate();
  }

  /** Marks a stretch (frames), or everything, to be painted anew. */
  invalidate(stretch?: Readonly<Stretch>): void {
    if (stretch && this.#stale.length < mostAreas) this.#stale.push(stretch);
    else this.#shown = null;
  }

  /** Paints what is missing. */
  draw(axis: TimeAxis): void {
    const before = this.#shown;
    const stale = this.#stale;
    this.#shown = axis;
    this.#stale = [];
    const { width } = this.element;
    const dx = before ? before.origin - axis.origin : 0;
    if (!before || before.k !== axis.k || Math.abs(dx) >= width) return this.#repaint({ from: 0, to: width }, axis);
    if (dx !== 0) {
      this.#context.drawImage(this.element, dx, 0);
      this.#repaint(dx > 0 ? { from: 0, to: dx } : { from: width + dx, to: width }, axis);
    }
    for (const { start, end } of stale) {
      this.#repaint({ from: Math.floor(toX(axis, start)) - overhang, to: Math.ceil(toX(axis, end)) + overhang }, axis);
    }
  }

  #repaint({ from, to }: Columns, axis: TimeAxis): void {
    const columns = { from: Math.max(from, 0), to: Math.min(to, this.element.width) };
    if (columns.to > columns.from) this.#paint(this.#context, columns, axis);
  }
}
