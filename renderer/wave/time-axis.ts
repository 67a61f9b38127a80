/**
 * How time lies on the screen: `x = frame * k - origin`, with x and `origin` in device pixels, x counted from the left edge of the lanes.
 * `origin` is whole, so that scrolling moves what is painted by whole pixels, and every column of pixels stands for the same stretch of
 * the recording wherever it is scrolled to.
 */
export interface TimeAxis {
  /** Device pixels a frame. */
  readonly k: number;
  readonly origin: number;
}

/** What an axis has to keep to. */
export interface AxisLimits {
  /** Length of the recording. */
  readonly frames: number;
  /** Width of the lanes in device pixels. */
  readonly width: number;
  /** Device pixels per CSS pixel. */
  readonly ratio: number;
}

/** CSS pixels a frame at the most. */
const largestFrame = 64;

/** Device pixels of a frame on the screen. */
export function toX({ k, origin }: TimeAxis, frame: number): number {
  return frame * k - origin;
}

/** The place in time of a device pixel, not rounded. */
export function toFrame({ k, origin }: TimeAxis, x: number): number {
  return (x + origin) / k;
}

/** The axis that shows all of the recording. */
export function wholeAxis({ frames, width }: AxisLimits): TimeAxis {
  return { k: width / Math.max(frames, 1), origin: 0 };
}

/** The nearest axis within the limits: the view never leaves the recording, nor shows it smaller than the whole. */
export function withinLimits({ k, origin }: TimeAxis, limits: AxisLimits): TimeAxis {
  const least = wholeAxis(limits).k;
  const most = Math.max(largestFrame * limits.ratio, least);
  const next = Math.min(Math.max(k, least), most);
  const length = Math.round(limits.frames * next);
  return { k: next, origin: Math.min(Math.max(Math.round(origin), 0), Math.max(length - limits.width, 0)) };
}

/** The axis that shows `from` to `to` over the whole width; what is too short for that is shown in the middle. */
export function axisOf(from: number, to: number, limits: AxisLimits): TimeAxis {
  const wanted = limits.width / Math.max(to - from, 1e-9);
  const { k } = withinLimits({ k: wanted, origin: 0 }, limits);
  const middle = ((from + to) / 2) * k;
  return withinLimits({ k, origin: k === wanted ? from * k : middle - limits.width / 2 }, limits);
}

/** The axis `factor` times as large, in which the place under `x` (device pixels) stays where it is. */
export function zoomedAt(axis: TimeAxis, factor: number, x: number, limits: AxisLimits): TimeAxis {
  const frame = toFrame(axis, x);
  const { k } = withinLimits({ k: axis.k * factor, origin: 0 }, limits);
  return withinLimits({ k, origin: frame * k - x }, limits);
}

/** The axis moved on by device pixels. */
export function movedBy(axis: TimeAxis, dx: number, limits: AxisLimits): TimeAxis {
  return withinLimits({ k: axis.k, origin: axis.origin + dx }, limits);
}
