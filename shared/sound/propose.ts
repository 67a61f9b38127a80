import type { Proposal } from '../domain/annotation.ts';
import type { CheckableRules } from '../domain/project.ts';
import { quietestCuts } from './cuts.ts';
import { type Background, backgroundOf, levelsAbove, levelsPerSecond } from './noise-floor.ts';
import { defaultSilenceDb, quietFor, quietOfChannels, silenceAbove, type Stretch } from './silences.ts';

/** What a project's rules ask of segments, as far as they can be cut to fit. */
export type SegmentRules = Pick<
  CheckableRules,
  'longestSegmentS' | 'longestInnerSilenceS' | 'shortestSegmentS' | 'silenceDb'
>;

export interface ProposeOptions {
  rules: SegmentRules;
  /** The channel to listen to and to give the segments; null: all at once. */
  channel: number | null;
  tier: string;
  /** Seconds of silence left before and after speech. */
  paddingS?: number;
}

/** The name proposals carry as that of their model. */
export const energyModel = 'energy 1';

/** Where a project says nothing: what the rules of this work usually are, in seconds. */
export const usualRules = { longestSegmentS: 10, longestInnerSilenceS: 0.5, shortestSegmentS: 0.3 } as const;

/** Seconds of silence left before and after speech, where nobody says otherwise. */
export const usualPaddingS = 0.2;
/**
 * What speech has to reach at least once, and for how many levels, to be taken for speech: so many dB above where silence ends, and this share
 * of what lies between the noise floor and loud speech.
 */
const onsetDb = 4;
const onsetShare = 0.7;
const onsetLevels = 8;
/** dB above the noise floor at which the program is as sure as it can be. */
const sureDb = 30;

/**
 * Segments of speech, told from the levels of each channel and fitted to the rules: none is longer than the longest or holds a silence over
 * the longest inner silence, as `quietStretches` measures it. Speech that goes on for longer is cut at its quietest places; speech shorter
 * than the shortest gets more of the silence around it, and is left out where there is not enough. In order; none overlaps another.
 *
 * @param levels one array a channel: see `levelsPerSecond`
 * @param frames length of the recording
 */
export function proposeSegments(
  levels: readonly Float32Array[],
  rate: number,
  frames: number,
  { rules, channel, tier, paddingS = usualPaddingS }: ProposeOptions,
): Omit<Proposal, 'id'>[] {
  const { silenceDb } = rules;
  const heard = channel === null ? levels : levels.slice(channel, channel + 1);
  const backgrounds = heard.map(backgroundOf);
  const quiet = quietFor(quietOfChannels(heard, rate, { silenceDb }, backgrounds), null);
  const above = levelsAbove(heard, backgrounds);
  const limits = limitsOf(rules, rate, paddingS);
  const speech = speechBetween(quiet, onsetsOf(heard, backgrounds, silenceDb), rate, frames);
  const merged = mergedOver(speech, limits.silence);
  return padded(merged, limits, frames)
    .flatMap((stretch) => quietestCuts(stretch, quiet, above, rate, limits))
    .map((stretch) => ({
      label: null,
      geometry: { type: 'span', ...stretch, tier, channel },
      attributes: {},
      score: scoreOf(stretch, above, rate),
      model: energyModel,
    }));
}

interface Limits {
  longest: number;
  silence: number;
  shortest: number;
  padding: number;
}

/** The rules in frames. */
function limitsOf(rules: SegmentRules, rate: number, paddingS: number): Limits {
  const silence = Math.floor((rules.longestInnerSilenceS ?? usualRules.longestInnerSilenceS) * rate);
  return {
    longest: Math.max(1, Math.floor((rules.longestSegmentS ?? usualRules.longestSegmentS) * rate)),
    silence,
    shortest: Math.ceil((rules.shortestSegmentS ?? usualRules.shortestSegmentS) * rate),
    padding: Math.min(silence, Math.round(paddingS * rate)),
  };
}

/** Level by level, 1 where any channel is loud enough to be speech. */
function onsetsOf(
  channels: readonly Float32Array[],
  backgrounds: readonly Background[],
  silenceDb: number | undefined,
): Uint8Array {
  const onsets = new Uint8Array(Math.max(0, ...channels.map(({ length }) => length)));
  for (const [channel, levels] of channels.entries()) {
    const background = backgrounds[channel]!;
    const { floor, loud } = background;
    const silence = silenceAbove(background, silenceDb);
    for (let i = 0; i < levels.length; i += 1) {
      const onset = floor[i]! + Math.max(silence[i]! + onsetDb, onsetShare * (loud[i]! - floor[i]!));
      if (levels[i]! >= onset) onsets[i] = 1;
    }
  }
  return onsets;
}

/** What lies between quiet stretches and is loud enough, for long enough, to be speech. */
function speechBetween(quiet: readonly Stretch[], onsets: Uint8Array, rate: number, frames: number): Stretch[] {
  const perLevel = rate / levelsPerSecond;
  const known = Math.min(frames, Math.round(onsets.length * perLevel));
  const found: Stretch[] = [];
  let start = 0;
  const take = (end: number) => {
    let reached = 0;
    const last = Math.min(onsets.length, Math.round(end / perLevel));
    for (let i = Math.round(start / perLevel); i < last && reached < onsetLevels; i += 1) reached += onsets[i]!;
    if (reached >= onsetLevels) found.push({ start, end });
  };
  for (const stretch of quiet) {
    if (stretch.start > start) take(Math.min(stretch.start, known));
    start = stretch.end;
  }
  if (start < known) take(known);
  return found;
}

/** Stretches joined where no more than `silence` frames lie between them. */
function mergedOver(stretches: readonly Stretch[], silence: number): Stretch[] {
  const merged: Stretch[] = [];
  for (const stretch of stretches) {
    const last = merged.at(-1);
    if (last && stretch.start - last.end <= silence) last.end = stretch.end;
    else merged.push({ ...stretch });
  }
  return merged;
}

/** Each with silence around it: the padding, or more where it would be too short; never more than half of what lies to the next. */
function padded(stretches: readonly Stretch[], { padding, shortest, silence }: Limits, frames: number): Stretch[] {
  return stretches.flatMap(({ start, end }, i) => {
    const room = {
      before: i === 0 ? start : Math.floor((start - stretches[i - 1]!.end) / 2),
      after: i === stretches.length - 1 ? frames - end : Math.floor((stretches[i + 1]!.start - end) / 2),
    };
    const most = { before: Math.min(room.before, silence), after: Math.min(room.after, silence) };
    let before = Math.min(most.before, padding);
    let after = Math.min(most.after, padding);
    const missing = shortest - (end - start) - before - after;
    if (missing > 0) {
      before = Math.min(most.before, before + Math.ceil(missing / 2));
      after = Math.min(most.after, Math.max(after, shortest - (end - start) - before));
      before = Math.min(most.before, Math.max(before, shortest - (end - start) - after));
    }
    const stretch = { start: start - before, end: end + after };
    return stretch.end - stretch.start < shortest ? [] : [stretch];
  });
}

/** How far what is heard in a stretch lies above the noise floor, 0 to 1. */
function scoreOf({ start, end }: Stretch, above: Float32Array, rate: number): number {
  const perLevel = rate / levelsPerSecond;
  let [sum, count] = [0, 0];
  const last = Math.min(above.length, Math.ceil(end / perLevel));
  for (let i = Math.floor(start / perLevel); i < last; i += 1) {
    if (above[i]! < defaultSilenceDb) continue;
    sum += above[i]!;
    count += 1;
  }
  return count === 0 ? 0 : Math.round(100 * Math.min(1, sum / count / sureDb)) / 100;
}
