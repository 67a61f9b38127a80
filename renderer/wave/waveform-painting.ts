import { levelsPerSecond } from '#shared/sound/noise-floor.ts';
import type { Sound } from '#renderer/sound/sound.ts';
import type { Lane } from './layout.ts';
import type { LoudnessSums } from './loudness-sums.ts';
import { blockFrames, type SampleBlocks } from './sample-blocks.ts';
import { toFrame, toX, type TimeAxis } from './time-axis.ts';
import type { WaveColors } from './wave-style.ts';

/** From this many device pixels a frame on, samples are joined by a line; with still more of them every one gets a dot. */
const lineFrom = 0.4;
const dotsFrom = 5;
/** Below this many frames a device pixel the samples themselves are looked at: peaks are known to some five milliseconds. */
export const samplesBelow = (rate: number): number => rate / 160;
/** The level at which a waveform in dB has no height. */
const floorDb = -60;

/** What a waveform is painted from, and how. */
export interface WaveformSource {
  readonly sound: Sound;
  readonly blocks: SampleBlocks;
  readonly loudness: (channel: number) => LoudnessSums;
  readonly height: 'linear' | 'db';
  readonly gainDb: number;
  readonly colors: WaveColors;
}

/** Paints columns `from` to `to` (device pixels from the left edge of the lanes) of a waveform, into a context that begins there. */
export function paintWaveform(
  context: CanvasRenderingContext2D,
  lane: Lane,
  axis: TimeAxis,
  columns: { readonly from: number; readonly to: number; readonly ratio: number },
  source: WaveformSource,
): void {
  const { colors, sound } = source;
  const { from, to, ratio } = columns;
  context.fillStyle = colors.lane;
  context.fillRect(from, lane.top, to - from, lane.bottom - lane.top);
  const middle = Math.round((lane.top + lane.bottom) / 2);
  context.fillStyle = colors.line;
  context.fillRect(from, middle, to - from, 1);
  if (axis.k >= lineFrom && paintLine(context, lane, axis, columns, source)) return;
  const count = to - from;
  const [start, end] = [toFrame(axis, from), toFrame(axis, to)];
  const found =
    1 / axis.k < samplesBelow(sound.facts.rate)
      ? columnsOfSamples(source.blocks, lane.channel, axis, from, count, sound.facts.frames)
      : null;
  const peaks = found?.peaks ?? sound.peaks(lane.channel, start, end, count);
  const scale = heightScale(source, lane, ratio);
  const known = Math.min(sound.scanned, sound.facts.frames);
  context.fillStyle = colors.peak;
  let unknown: { from: number; to: number } | null = null;
  for (let column = 0; column < count; column += 1) {
    const [low, high] = [peaks[2 * column]!, peaks[2 * column + 1]!];
    if (Number.isNaN(low)) {
      if (toFrame(axis, from + column) < sound.facts.frames) {
        unknown ??= { from: from + column, to: from + column };
        unknown.to = from + column + 1;
      }
      continue;
    }
    const top = Math.round(middle - scale(high));
    const bottom = Math.round(middle - scale(low));
    context.fillRect(from + column, top, 1, Math.max(bottom - top, 1));
  }
  if (unknown) paintUnknown(context, lane, unknown, axis, colors, ratio);
  paintLoudness(context, middle, axis, { from, to, known }, found?.rms ?? null, scale, source, lane.channel);
}

/** Height in device pixels above the middle of a sample. */
function heightScale({ height, gainDb }: WaveformSource, lane: Lane, ratio: number): (sample: number) => number {
  const half = Math.max((lane.bottom - lane.top) / 2 - 3 * ratio, 1);
  const gain = 10 ** (gainDb / 20);
  if (height === 'linear') return (sample) => Math.max(Math.min(sample * gain, 1), -1) * half;
  return (sample) => {
    const level = 20 * Math.log10(Math.abs(sample) * gain + 1e-9);
    return Math.sign(sample) * Math.min(Math.max(1 - level / floorDb, 0), 1) * half;
  };
}

/** Lowest and highest sample and loudness of each column; null where a block is still on its way. */
function columnsOfSamples(
  blocks: SampleBlocks,
  channel: number,
  axis: TimeAxis,
  first: number,
  count: number,
  frames: number,
): { readonly peaks: Float32Array; readonly rms: Float32Array } | null {
  const peaks = new Float32Array(count * 2);
  const rms = new Float32Array(count);
  let block = -1;
  let samples: Float32Array | undefined;
  for (let column = 0; column < count; column += 1) {
    const from = Math.max(Math.floor(toFrame(axis, first + column)), 0);
    // One more than the column has, so that columns meet.
    const to = Math.min(Math.max(Math.ceil(toFrame(axis, first + column + 1)), from + 1) + 1, frames);
    let [low, high, power] = [Infinity, -Infinity, 0];
    for (let frame = from; frame < to; frame += 1) {
      const wanted = Math.floor(frame / blockFrames);
      if (wanted !== block) {
        block = wanted;
        const found = blocks.block(block);
        if (!found) return null;
        samples = found[channel];
      }
      const value = samples?.[frame - block * blockFrames] ?? 0;
      if (value < low) low = value;
      if (value > high) high = value;
      power += value * value;
    }
    peaks[2 * column] = to > from ? low : Number.NaN;
    peaks[2 * column + 1] = to > from ? high : Number.NaN;
    rms[column] = to > from ? Math.sqrt(power / (to - from)) : 0;
  }
  return { peaks, rms };
}

/** The inner band: how loud it is, beside how far it swings. */
function paintLoudness(
  context: CanvasRenderingContext2D,
  middle: number,
  axis: TimeAxis,
  { from, to, known }: { readonly from: number; readonly to: number; readonly known: number },
  rms: Float32Array | null,
  scale: (sample: number) => number,
  { sound, loudness, colors }: WaveformSource,
  channel: number,
): void {
  const framesPerPixel = 1 / axis.k;
  // So close up a column has too few samples, or many columns the same ten milliseconds.
  if (rms ? framesPerPixel < 24 : framesPerPixel < sound.facts.rate / levelsPerSecond / 2) return;
  const sums = loudness(channel);
  context.fillStyle = colors.loudness;
  for (let x = from; x < to; x += 1) {
    const frame = toFrame(axis, x);
    if (!rms && frame >= known) return;
    const half = Math.round(scale(rms ? rms[x - from]! : sums.rms(frame, frame + framesPerPixel)));
    if (half > 0) context.fillRect(x, middle - half, 1, 2 * half + 1);
  }
}

/** Where the recording was not gone through yet: stripes of hairlines. */
function paintUnknown(
  context: CanvasRenderingContext2D,
  lane: Lane,
  { from, to }: { readonly from: number; readonly to: number },
  axis: TimeAxis,
  colors: WaveColors,
  ratio: number,
): void {
  const height = lane.bottom - lane.top;
  const step = Math.round(8 * ratio);
  context.save();
  context.beginPath();
  context.rect(from, lane.top, to - from, height);
  context.clip();
  context.beginPath();
  // Bound to the recording, not to the view, so that scrolled pieces fit together.
  const phase = (((-axis.origin - lane.top) % step) + step) % step;
  for (let x = Math.floor((from - height - phase) / step) * step + phase; x < to + step; x += step) {
    context.moveTo(x, lane.bottom);
    context.lineTo(x + height, lane.top);
  }
  context.lineWidth = Math.max(Math.round(ratio), 1);
  context.strokeStyle = colors.line;
  context.stroke();
  context.restore();
}

/** Single samples joined by a line; false where they are not at hand. */
function paintLine(
  context: CanvasRenderingContext2D,
  lane: Lane,
  axis: TimeAxis,
  { from, to, ratio }: { readonly from: number; readonly to: number; readonly ratio: number },
  source: WaveformSource,
): boolean {
  const { frames } = source.sound.facts;
  const first = Math.max(Math.floor(toFrame(axis, from)) - 1, 0);
  const last = Math.min(Math.ceil(toFrame(axis, to)) + 1, frames - 1);
  const middle = Math.round((lane.top + lane.bottom) / 2) + 0.5;
  const scale = heightScale(source, lane, ratio);
  const points: number[] = [];
  for (let frame = first; frame <= last; frame += 1) {
    const block = source.blocks.block(Math.floor(frame / blockFrames));
    if (!block) return false;
    // A sample stands in the middle of its frame.
    points.push(toX(axis, frame + 0.5), middle - scale(block[lane.channel]?.[frame % blockFrames] ?? 0));
  }
  context.save();
  context.beginPath();
  context.rect(from, lane.top, to - from, lane.bottom - lane.top);
  context.clip();
  context.beginPath();
  for (let at = 0; at < points.length; at += 2) context.lineTo(points[at]!, points[at + 1]!);
  context.lineWidth = 1.25 * ratio;
  context.lineJoin = 'round';
  context.strokeStyle = source.colors.loudness;
  context.stroke();
  if (axis.k >= dotsFrom * ratio) {
    const radius = Math.min(axis.k / 5, 3 * ratio);
    context.fillStyle = source.colors.loudness;
    context.beginPath();
    for (let at = 0; at < points.length; at += 2) {
      context.moveTo(points[at]! + radius, points[at + 1]!);
      context.arc(points[at]!, points[at + 1]!, radius, 0, 2 * Math.PI);
    }
    context.fill();
  }
  context.restore();
  return true;
}
