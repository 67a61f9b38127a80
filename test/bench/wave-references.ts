import WaveSurfer from 'wavesurfer.js';
import RegionsPlugin from 'wavesurfer.js/plugins/regions';
import type { Sound } from '#renderer/sound/sound.ts';
import type { AnnotationDoc, Shape, SpanGeometry } from '#shared/domain/annotation.ts';
import { waveLabels } from './wave-scenes.ts';

/** What the view is measured beside: draws a part of the recording, and what a drag of the middle segment's end by `way` pixels makes of it. */
export interface WaveReference {
  /** Frames. */
  draw(from: number, to: number): void;
  drag(way: number): void;
  dispose(): void;
}

type Span = Shape & { geometry: SpanGeometry };

const colors = new Map(waveLabels.map(({ key, color }) => [key, color]));
const rowHeight = 30;
const gutter = 84;

/** Bare Canvas2D: one canvas, a column of waveform a pixel, and every segment in view with number and text, nothing kept. */
export async function createBareWave(host: HTMLElement, sound: Sound, doc: AnnotationDoc): Promise<WaveReference> {
  const canvas = document.createElement('canvas');
  const ratio = devicePixelRatio;
  canvas.width = Math.round(host.clientWidth * ratio);
  canvas.height = Math.round(host.clientHeight * ratio);
  Object.assign(canvas.style, { width: '100%', height: '100%', display: 'block' });
  host.replaceChildren(canvas);
  const context = canvas.getContext('2d', { alpha: false })!;
  const segments = doc.shapes.filter((shape): shape is Span => shape.geometry.type === 'span');
  const tiers = [...new Set(segments.map(({ geometry }) => geometry.tier))];
  const half = Math.floor(segments.length / 2);
  const { frames } = sound.facts;

  const paint = (from: number, to: number, way: number): void => {
    const [left, width] = [gutter * ratio, canvas.width - gutter * ratio];
    const lanes = canvas.height - tiers.length * rowHeight * ratio;
    const k = width / (to - from);
    context.fillStyle = '#fdfcfa';
    context.fillRect(0, 0, canvas.width, canvas.height);
    const peaks = sound.peaks(0, from, to, width);
    const middle = lanes / 2;
    context.fillStyle = '#bdb6ac';
    for (let x = 0; x < width; x += 1) {
      const top = Math.round(middle - peaks[2 * x + 1]! * middle);
      context.fillRect(left + x, top, 1, Math.max(Math.round(middle - peaks[2 * x]! * middle) - top, 1));
    }
    for (const [at, { label, geometry, text }] of segments.entries()) {
      const start = (geometry.start - from) * k;
      const end = (geometry.end - from) * k + (at === half ? way * ratio : 0);
      if (end < 0 || start > width) continue;
      const top = lanes + tiers.indexOf(geometry.tier) * rowHeight * ratio + 3;
      const wide = Math.max(end - start, 1);
      context.globalAlpha = 0.13;
      context.fillStyle = colors.get(label!)!;
      context.fillRect(left + start, 0, wide, lanes);
      context.globalAlpha = 0.26;
      context.fillRect(left + start, top, wide, (rowHeight - 6) * ratio);
      context.globalAlpha = 1;
      if (wide < 16) continue;
      context.fillStyle = '#24211d';
      context.font = `${12 * ratio}px sans-serif`;
      context.fillText(`${at + 1} ${text ?? ''}`, left + start + 4, top + 16 * ratio, wide - 8);
    }
  };
  return {
    draw: (from, to) => paint(from, to, 0),
    drag: (way) => paint(0, frames, way),
    dispose: () => host.replaceChildren(),
  };
}

/** wavesurfer.js with the peaks given to it, and its regions with their texts as content. */
export async function createRegions(host: HTMLElement, sound: Sound, doc: AnnotationDoc): Promise<WaveReference> {
  const { frames, rate } = sound.facts;
  const duration = frames / rate;
  const peaks = sound.peaks(0, 0, frames, Math.round(duration * 10));
  const regions = RegionsPlugin.create();
  const surfer = WaveSurfer.create({
    container: host,
    height: 400,
    peaks: [peaks.filter((_, at) => at % 2 === 1)],
    duration,
    plugins: [regions],
  });
  const segments = doc.shapes.filter((shape): shape is Span => shape.geometry.type === 'span');
  await new Promise((resolve) => setTimeout(resolve, 200));
  const made = segments.map(({ geometry, text, label }) =>
    regions.addRegion({
      start: geometry.start / rate,
      end: geometry.end / rate,
      color: `${colors.get(label!)!}40`,
      content: text ?? '',
    }),
  );
  await new Promise((resolve) => setTimeout(resolve, 500));
  const held = made[Math.floor(made.length / 2)]!;
  const end = held.end;
  let shown = 0;
  return {
    draw(from, to) {
      const pixels = host.clientWidth / ((to - from) / rate);
      if (Math.abs(pixels - shown) > 1e-9) surfer.zoom((shown = pixels));
      surfer.setScrollTime(from / rate);
    },
    drag: (way) => held.setOptions({ end: end + (way / host.clientWidth) * duration }),
    dispose: () => surfer.destroy(),
  };
}
