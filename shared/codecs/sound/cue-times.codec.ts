import type { ExchangeSound, LossCounter } from '../codec.ts';
import type { Segment } from './spans.codec.ts';
import { isWholeMilliseconds, millisecondsOf, type Seconds } from './spans.codec.ts';

/** A line of times: `00:00:01,000 --> 00:00:02.500`, hours left out or not, and what follows it. */
const timing =
  /^\s*(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})\s*-->\s*(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})(?:\s+(\S.*?))?\s*$/;

/** The times of a subtitle, and what stands behind them. */
export interface CueTimes {
  start: Seconds;
  end: Seconds;
  settings: string;
}

/** Reads a line of times; null where it is none. */
export function readTiming(line: string): CueTimes | null {
  if (line.length > 1000 || !line.includes('-->')) return null;
  const found = timing.exec(line);
  if (found === null) return null;
  const seconds = (at: number): Seconds =>
    Number(found[at] ?? 0) * 3600 +
    Number(found[at + 1]) * 60 +
    Number(found[at + 2]) +
    Number(found[at + 3]!.padEnd(3, '0')) / 1000;
  return { start: seconds(1), end: seconds(5), settings: found[9] ?? '' };
}

/** A time as subtitles write it. */
export function cueTime(ms: number, point: ',' | '.'): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes, seconds] = [
    Math.floor(ms / 3_600_000),
    Math.floor(ms / 60_000) % 60,
    Math.floor(ms / 1000) % 60,
  ];
  return `${two(hours)}:${two(minutes)}:${two(seconds)}${point}${String(ms % 1000).padStart(3, '0')}`;
}

/** A subtitle to be written: in milliseconds, with the segments that are shown in it. */
export interface Cue {
  start: number;
  end: number;
  segments: readonly Segment[];
}

/** Segments as subtitles in order of time; what the milliseconds take from them is counted. */
export function cuesOf(segments: readonly Segment[], { rate }: ExchangeSound, loss: LossCounter): Cue[] {
  return segments
    .map((segment): Cue => {
      const { start, end } = segment.geometry;
      if (!isWholeMilliseconds(start, rate) || !isWholeMilliseconds(end, rate)) loss.add('rounded');
      if (start === end) loss.add('moment');
      const from = millisecondsOf(start, rate);
      // Nothing is shown for no time at all.
      return { start: from, end: Math.max(from + 1, millisecondsOf(end, rate)), segments: [segment] };
    })
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

/** How often a segment's words may be written again in the mean, before overlaps stay as they are. */
const mostRepeats = 20;

/**
 * Cuts subtitles that lie over each other, so that one is shown at a time, with all that is said then. Counts those it cut. Where very many
 * lie over each other they stay whole, for their words would be repeated without end; they are counted all the same.
 */
export function splitCues(cues: readonly Cue[], loss: LossCounter): Cue[] {
  const times = [...new Set(cues.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  const split: Cue[] = [];
  const parts = new Map<Cue, number>();
  let open: Cue[] = [];
  let [next, written] = [0, 0];
  for (const [i, start] of times.entries()) {
    open = open.filter(({ end }) => end > start);
    while (next < cues.length && cues[next]!.start <= start) open.push(cues[next++]!);
    const end = times[i + 1];
    if (open.length === 0 || end === undefined) continue;
    written += open.length;
    if (written > mostRepeats * cues.length + 1000) {
      loss.add('overlap', cues.length);
      return [...cues];
    }
    for (const cue of open) parts.set(cue, (parts.get(cue) ?? 0) + 1);
    split.push({ start, end, segments: open.flatMap(({ segments }) => segments) });
  }
  const cut = split.filter(({ segments }) => segments.length > 1).flatMap(({ segments }) => segments);
  const touched = new Set([...cut, ...[...parts].flatMap(([cue, count]) => (count > 1 ? cue.segments : []))]);
  if (touched.size > 0) loss.add('overlap', touched.size);
  return split;
}
