import type { Columns, Samples, Sound } from '#renderer/sound/sound.ts';
import type { AnnotationDoc, Shape, ShapeId } from '#shared/domain/annotation.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import { levelsPerSecond } from '#shared/sound/noise-floor.ts';
import { random } from './canvas-scenes.ts';

export const waveLabels: LabelSet = [
  { key: 'valid', name: '有效', color: '#009e73' },
  { key: 'invalid', name: '无效', color: '#bbbbbb', noTranscript: true },
];

const words = [
  '我们先看一下这个季度的数据，然后再决定要不要继续做下去。',
  '嗯，对',
  '那个遥控器的按键要大一点，老年人看得清楚。',
  'So the remote control should be easy to find under the cushions',
  '你说的是哪一个？',
  '可以的，我觉得没有问题，下周三之前给你们答复。',
];

/** Segments one after the other on the tiers in turn, over the whole recording, with pauses between them. */
export function waveDoc(count: number, frames: number, tiers: readonly string[]): AnnotationDoc {
  const next = random(count);
  const step = frames / count;
  const shapes = Array.from({ length: count }, (_, at): Shape => {
    const start = Math.round((at + 0.05 + next() * 0.1) * step);
    const end = Math.round((at + 0.75 + next() * 0.2) * step);
    const label = next() < 0.85 ? 'valid' : 'invalid';
    return {
      id: `00000000-0000-7000-8000-${String(at).padStart(12, '0')}` as ShapeId,
      label,
      geometry: { type: 'span', start, end, tier: tiers[at % tiers.length]!, channel: null },
      ...(label === 'valid' ? { text: words[Math.floor(next() * words.length)]! } : {}),
      attributes: {},
      origin: 'imported',
    };
  });
  return { version: 1, shapes };
}

/** A made-up conversation of any length: its samples repeat, its peaks are kept in levels of halves. */
export function longSound(rate: number, channels: number, seconds: number): Sound {
  const frames = Math.round(rate * seconds);
  const hundredths = Math.ceil(seconds * levelsPerSecond);
  const heights = new Float32Array(hundredths);
  const next = random(5);
  for (let at = 0; at < hundredths;) {
    const [talk, rest] = [100 + next() * 500, 20 + next() * 120];
    const loud = 0.25 + next() * 0.6;
    for (let step = 0; step < talk && at < hundredths; step += 1, at += 1) {
      heights[at] = loud * (0.35 + 0.65 * Math.abs(Math.sin(step / 8))) * (0.6 + 0.4 * next());
    }
    for (let step = 0; step < rest && at < hundredths; step += 1, at += 1) heights[at] = 0.006 + 0.006 * next();
  }
  const pyramid = [heights];
  while (pyramid.at(-1)!.length > 1000) {
    const below = pyramid.at(-1)!;
    pyramid.push(
      Float32Array.from({ length: Math.ceil(below.length / 2) }, (_, at) =>
        Math.max(below[2 * at]!, below[2 * at + 1] ?? 0),
      ),
    );
  }
  const perHundredth = rate / levelsPerSecond;
  // Ten seconds again and again, so that reading costs next to nothing: in the program it is done in a worker.
  const tone = Float32Array.from({ length: rate * 10 }, (_, at) => {
    const pitch = 2 * Math.PI * 130 * (at / rate) + Math.sin((at / rate) * 9);
    const voice = Math.sin(pitch) * 0.5 + Math.sin(2 * pitch) * 0.3 + Math.sin(5 * pitch) * 0.15;
    return voice * heights[Math.floor(at / perHundredth)]!;
  });
  const levels = heights.map((height) => 20 * Math.log10(height / 2.5));
  const heightAt = (from: number, to: number): number => {
    const level = Math.min(Math.max(Math.floor(Math.log2((to - from) / perHundredth)), 0), pyramid.length - 1);
    const row = pyramid[level]!;
    const step = perHundredth * 2 ** level;
    let height = 0;
    for (let at = Math.floor(from / step); at < Math.max(to / step, Math.floor(from / step) + 1); at += 1) {
      height = Math.max(height, row[at] ?? 0);
    }
    return height;
  };
  return {
    facts: { rate, channels, frames, exact: true },
    scanned: frames,
    async read(from, to, signal): Promise<Samples> {
      signal?.throwIfAborted();
      const channel = new Float32Array(Math.min(to, frames) - from);
      for (let at = 0; at < channel.length;) {
        const piece = tone.subarray((from + at) % tone.length).subarray(0, channel.length - at);
        channel.set(piece, at);
        at += piece.length;
      }
      return Array.from({ length: channels }, () => channel);
    },
    peaks(_channel, from, to, columns): Columns {
      const found = new Float32Array(columns * 2);
      const step = (to - from) / columns;
      for (let column = 0; column < columns; column += 1) {
        const height = heightAt(from + column * step, from + (column + 1) * step);
        found[2 * column] = -height * 0.8;
        found[2 * column + 1] = height;
      }
      return found;
    },
    levels: () => levels,
    subscribe: () => () => undefined,
    dispose: () => undefined,
  };
}
