import type { AnnotationDoc, Shape, SpanGeometry } from '../domain/annotation.ts';
import type { Label, LabelSet } from '../domain/label-set.ts';
import type { CheckableRules } from '../domain/project.ts';
import { type Quiet, quietFor, type Stretch, stretchesWithin } from '../sound/silences.ts';
import { answerBreaches, breachOf, countsOf, type RuleBreach } from './answer-breaches.rules.ts';
import { unknownTokens } from './transcript-tokens.rules.ts';

/** What can be wrong with the annotation of a recording. Rules of the guideline, and answers its label set asks for. */
export const soundRules = [
  'outside',
  'tooLong',
  'innerSilence',
  'tooShort',
  'overlap',
  'gap',
  'requireLabel',
  'requiredAttributes',
  'attributeValue',
  'emptyTranscript',
  'unknownToken',
] as const;
export type SoundRule = (typeof soundRules)[number];

/** One breach of a rule; measures are in seconds. */
export interface SoundBreach extends RuleBreach<SoundRule> {
  /** Where in the recording, in frames: the silence itself, the overlap, the gap; for what is about a segment as a whole its span. */
  at: Stretch;
}

/** A shape that is a segment of sound. */
export type Segment = Shape & { geometry: SpanGeometry };

/** What an annotation is checked against. */
export interface CheckedSound {
  doc: AnnotationDoc;
  labels: LabelSet;
  /** Of the guideline in force; an empty object where there is none. */
  rules: CheckableRules;
  /** Frames a second. */
  rate: number;
  /** Length of the recording; null while it is not known exactly, and nothing is then said about its end. */
  frames: number | null;
  /** Where nothing is said, told with the silenceDb of the rules; null while it is not known, and nothing is then said about silence. */
  quiet: Quiet | null;
}

/** Every breach: by rule in the order of `soundRules`, and in time within. Nothing is checked that no rule asks for. */
export function soundBreaches(sound: CheckedSound): SoundBreach[] {
  const labels = new Map(sound.labels.map((label) => [label.key, label]));
  const segments = segmentsInTime(sound.doc);
  const byRule = new Map<SoundRule, SoundBreach[]>(soundRules.map((rule) => [rule, []]));
  const keep = (breach: SoundBreach) => byRule.get(breach.rule)!.push(breach);
  const terms = termsOf(sound);
  for (const segment of segments) for (const breach of ownBreaches(segment, terms, labels)) keep(breach);
  overlaps(segments, sound, keep);
  gaps(segments, sound, keep);
  return soundRules.flatMap((rule) => byRule.get(rule)!);
}

/** The segments of a document in time: by start, then by end. */
export function segmentsInTime({ shapes }: AnnotationDoc): Segment[] {
  const segments = shapes.filter((shape): shape is Segment => shape.geometry.type === 'span');
  return segments.sort((a, b) => a.geometry.start - b.geometry.start || a.geometry.end - b.geometry.end);
}

/** Whether one is asked about a breach before submitting. */
export function isAskedAbout(_breach: SoundBreach): boolean {
  return true;
}

/** How often each rule is broken, as a submission keeps it. */
export function breachCounts(breaches: readonly SoundBreach[]): { rule: SoundRule; count: number }[] {
  return countsOf(soundRules, breaches);
}

type Keep = (breach: SoundBreach) => void;

/** All that one segment is checked against. */
type Terms = Omit<CheckedSound, 'doc'>;

/** The terms of the last check: while one writes or drags they are the same from stroke to stroke. */
let lastTerms: Terms | null = null;
/** What was found of a segment by itself: nothing changes in the others while one is written in. */
const known = new WeakMap<Segment, { terms: Terms; breaches: readonly SoundBreach[] }>();

function termsOf({ labels, rules, rate, frames, quiet }: CheckedSound): Terms {
  const last = lastTerms;
  const same =
    last !== null &&
    last.labels === labels &&
    last.rules === rules &&
    last.rate === rate &&
    last.frames === frames &&
    last.quiet === quiet;
  return same ? last : (lastTerms = { labels, rules, rate, frames, quiet });
}

/** What is wrong with one segment by itself. */
function ownBreaches(segment: Segment, terms: Terms, labels: ReadonlyMap<string, Label>): readonly SoundBreach[] {
  const before = known.get(segment);
  if (before?.terms === terms) return before.breaches;
  const breaches: SoundBreach[] = [];
  checkOne(segment, terms, labels, (breach) => breaches.push(breach));
  known.set(segment, { terms, breaches });
  return breaches;
}

function checkOne(segment: Segment, sound: Terms, labels: ReadonlyMap<string, Label>, keep: Keep): void {
  const { rules } = sound;
  const { start, end } = segment.geometry;
  const at = { start, end };
  const label = segment.label === null ? undefined : labels.get(segment.label);
  timeBreaches(segment, sound, keep);
  if (rules.requireLabel === true && label === undefined) keep({ ...breachOf('requireLabel', segment), at });
  for (const breach of answerBreaches(segment, rules, label?.attributes ?? [])) keep({ ...breach, at });
  if (label?.noTranscript === true) return;
  const text = segment.text ?? '';
  if (rules.requireTranscript === true && text.trim() === '') keep({ ...breachOf('emptyTranscript', segment), at });
  if (rules.tokens === undefined || text === '') return;
  for (const name of unknownTokens(text, rules.tokens)) keep({ ...breachOf('unknownToken', segment, { name }), at });
}

function timeBreaches(segment: Segment, { rules, rate, frames, quiet }: Terms, keep: Keep): void {
  const { start, end, channel } = segment.geometry;
  const at = { start, end };
  if (frames !== null && end > frames) {
    const outside = { start: Math.max(start, frames), end };
    keep({ ...breachOf('outside', segment, { found: (end - frames) / rate, limit: 0 }), at: outside });
  }
  const seconds = (end - start) / rate;
  const { longestSegmentS, shortestSegmentS, longestInnerSilenceS } = rules;
  if (longestSegmentS !== undefined && overLimit(end - start, longestSegmentS, rate)) {
    keep({ ...breachOf('tooLong', segment, { found: seconds, limit: longestSegmentS }), at });
  }
  if (shortestSegmentS !== undefined && end - start < Math.floor(shortestSegmentS * rate)) {
    keep({ ...breachOf('tooShort', segment, { found: seconds, limit: shortestSegmentS }), at });
  }
  if (longestInnerSilenceS === undefined || quiet === null) return;
  for (const silence of stretchesWithin(quietFor(quiet, channel), start, end)) {
    if (!overLimit(silence.end - silence.start, longestInnerSilenceS, rate)) continue;
    const found = (silence.end - silence.start) / rate;
    keep({ ...breachOf('innerSilence', segment, { found, limit: longestInnerSilenceS }), at: silence });
  }
}

/** Whether so many frames are more than so many seconds. Exactly as many are not: "no segment over 10 s". */
function overLimit(frames: number, seconds: number, rate: number): boolean {
  return frames > Math.round(seconds * rate);
}

/** Of a segment that overlaps more than so many others (a file taken in twice) the rest is not told: it would be all with all. */
const mostOverlaps = 8;

/** Pairs that overlap where the project says they may not; the later one is the one to look at. */
function overlaps(segments: readonly Segment[], { rules, rate }: CheckedSound, keep: Keep): void {
  const { noOverlap } = rules;
  if (noOverlap === undefined) return;
  // By tier: those that have begun and may still go on.
  const open = new Map<string, Segment[]>();
  for (const segment of segments) {
    const { start, end, tier } = segment.geometry;
    const key = noOverlap === 'tier' ? tier : '';
    const before = (open.get(key) ?? []).filter((other) => other.geometry.end > start);
    for (const other of before.slice(0, mostOverlaps)) {
      const at = { start, end: Math.min(end, other.geometry.end) };
      if (at.end === at.start) continue;
      const found = (at.end - at.start) / rate;
      keep({ ...breachOf('overlap', segment, { shapes: [segment.id, other.id], found, limit: 0 }), at });
    }
    before.push(segment);
    open.set(key, before);
  }
}

/** Stretches that belong to no segment of any tier and are longer than the rules allow. */
function gaps(segments: readonly Segment[], { rules, rate, frames }: CheckedSound, keep: Keep): void {
  const { longestGapS: limit } = rules;
  if (limit === undefined) return;
  let [end, last]: [number, Segment | null] = [0, null];
  const take = (start: number, next: Segment | null) => {
    if (!overLimit(start - end, limit, rate)) return;
    const shapes = [last, next].flatMap((each) => (each === null ? [] : [each.id]));
    keep({ rule: 'gap', shapes, name: null, found: (start - end) / rate, limit, at: { start: end, end: start } });
  };
  for (const segment of segments) {
    take(segment.geometry.start, segment);
    if (segment.geometry.end < end && last !== null) continue;
    [end, last] = [segment.geometry.end, segment];
  }
  if (frames !== null) take(frames, null);
}
