import type { Sound } from '#renderer/sound/sound.ts';
import type { Layout } from './layout.ts';
import { toFrame, type TimeAxis } from './time-axis.ts';
import type { WaveScene } from './wave-scene.ts';
import { faded, type WaveColors } from './wave-style.ts';

/** The whole recording at a glance; painted once and kept, with the window on what is in view drawn over it. */
export interface Minimap {
  /** The waveform is another: more was gone through, or the size is another. */
  soundChanged(): void;
  /** Segments or marks are others. */
  sceneChanged(): void;
  /** Draws it with the window, into a context that begins at the top left of the canvas. */
  draw(context: CanvasRenderingContext2D, layout: Layout, axis: TimeAxis, colors: WaveColors): void;
}

/** CSS pixels: the strip of segments at its foot. */
const strip = 6;

export function createMinimap(sound: Sound, scene: WaveScene): Minimap {
  const picture = document.createElement('canvas');
  const context = picture.getContext('2d', { alpha: false })!;
  const wave = document.createElement('canvas');
  const waveContext = wave.getContext('2d', { alpha: false })!;
  let waveStale = true;
  let sceneStale = true;
  let painted: WaveColors | null = null;

  const paintWave = (colors: WaveColors, ratio: number): void => {
    const { width, height } = wave;
    waveContext.fillStyle = colors.lane;
    waveContext.fillRect(0, 0, width, height);
    const { channels, frames } = sound.facts;
    const room = height - Math.round((strip + 2) * ratio);
    const middle = Math.round(room / 2);
    waveContext.fillStyle = colors.peak;
    const highest = new Float32Array(width);
    for (let channel = 0; channel < channels; channel += 1) {
      const peaks = sound.peaks(channel, 0, frames, width);
      for (let x = 0; x < width; x += 1) {
        const [low, high] = [peaks[2 * x]!, peaks[2 * x + 1]!];
        if (!Number.isNaN(low)) highest[x] = Math.max(highest[x]!, high, -low);
      }
    }
    // The loudest reaches the rims: a quiet recording shows its pauses too.
    const most = Math.max(
      highest.reduce((a, b) => Math.max(a, b), 0),
      1e-3,
    );
    for (let x = 0; x < width; x += 1) {
      const half = Math.round((highest[x]! / most) * (middle - ratio));
      waveContext.fillRect(x, middle - half, 1, 2 * half + 1);
    }
  };

  const paintScene = (colors: WaveColors, ratio: number): void => {
    const { width, height } = picture;
    context.drawImage(wave, 0, 0);
    const scale = width / Math.max(sound.facts.frames, 1);
    const top = height - Math.round(strip * ratio);
    for (const { items } of scene.segments.tiers.values()) {
      let last = -1;
      for (const { start, end, shape } of items) {
        const left = Math.floor(start * scale);
        const right = Math.max(Math.round(end * scale), left + 1);
        if (right <= last) continue;
        last = right;
        context.fillStyle = scene.label(shape.label)?.color ?? colors.unlabelled;
        context.fillRect(left, top, right - left, height - top);
      }
    }
    context.fillStyle = colors.red;
    for (const { start, mark } of scene.placedMarks.items) {
      if (mark.tone === 'breach') context.fillRect(Math.floor(start * scale), 0, Math.max(Math.round(ratio), 1), top);
    }
  };

  return {
    soundChanged() {
      waveStale = true;
    },
    sceneChanged() {
      sceneStale = true;
    },
    draw(target, layout, axis, colors) {
      const { minimap, width, ratio } = layout;
      const height = minimap.bottom - minimap.top;
      const resized = wave.width !== width || wave.height !== height;
      if (resized) [wave.width, wave.height, picture.width, picture.height] = [width, height, width, height];
      if (resized || waveStale || painted !== colors) {
        paintWave(colors, ratio);
        [waveStale, sceneStale, painted] = [false, true, colors];
      }
      if (sceneStale) {
        paintScene(colors, ratio);
        sceneStale = false;
      }
      target.drawImage(picture, 0, minimap.top);
      const { left, right } = windowOn(sound.facts.frames, axis, layout);
      target.fillStyle = faded(colors.ground, 0.62);
      target.fillRect(0, minimap.top, left, height);
      target.fillRect(right, minimap.top, width - right, height);
      const px = Math.max(Math.round(ratio), 1);
      target.strokeStyle = colors.accent;
      target.lineWidth = px;
      if (right - left < width) {
        target.strokeRect(left + px / 2, minimap.top + px / 2, right - left - px, height - px);
      }
      target.fillStyle = colors.line;
      target.fillRect(0, minimap.bottom - px, width, px);
    },
  };
}

/** Where the window on what is in view stands, never too narrow to be seen. */
export function windowOn(
  frames: number,
  axis: TimeAxis,
  { width, left: gutter, ratio }: Pick<Layout, 'width' | 'left' | 'ratio'>,
): { left: number; right: number } {
  const scale = width / Math.max(frames, 1);
  const from = toFrame(axis, 0) * scale;
  const to = Math.min(toFrame(axis, width - gutter) * scale, width);
  const least = 6 * ratio;
  const middle = (from + to) / 2;
  const half = Math.max((to - from) / 2, least / 2);
  const left = Math.round(Math.min(Math.max(middle - half, 0), width - 2 * half));
  return { left, right: Math.round(left + 2 * half) };
}
