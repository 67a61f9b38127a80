import type { Layout } from './layout.ts';
import type { TimeAxis } from './time-axis.ts';
import type { WaveScene } from './wave-scene.ts';
import type { WaveColors } from './wave-style.ts';

/**
 * What every part of the picture is painted with. The context begins at the left edge of the lanes and the top of the canvas, in device
 * pixels, and is clipped to the columns `from` to `to`, which are all that has to be painted.
 */
export interface PictureFrame {
  readonly context: CanvasRenderingContext2D;
  readonly layout: Layout;
  readonly axis: TimeAxis;
  readonly scene: WaveScene;
  readonly colors: WaveColors;
  readonly from: number;
  readonly to: number;
  /** Width of the lanes. */
  readonly width: number;
  /** Frames a second. */
  readonly rate: number;
}
