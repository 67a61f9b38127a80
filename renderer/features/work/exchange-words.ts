import type { FailReason, LossKind } from '#shared/codecs/codec.ts';
import type { AnnotationFormat } from '#shared/codecs/annotation-formats.ts';
import type { TextFailReason, TextLossKind } from '#shared/codecs/text/text-codec.ts';
import type { TextFormat } from '#shared/codecs/text/text-formats.ts';
import type { Geometry } from '#shared/domain/annotation.ts';
import type { SkipReason } from '#shared/rules/photo-names.rules.ts';
import type { useText } from '#renderer/i18n/i18n.ts';

type Translate = ReturnType<typeof useText>;

/** What formats ask when they are read, and let choose when they are written. */
type Asked =
  | 'origin'
  | 'rectangles'
  | 'four-corners'
  | 'rle'
  | 'rotation'
  | 'holes'
  | 'dialect'
  | 'empty-intervals'
  | 'layout'
  | 'pause'
  | 'label-text'
  | 'tracks'
  | 'prefix'
  | 'overlaps'
  | 'speaker'
  | 'leading-space'
  | 'columns'
  | 'form'
  | 'margin'
  | 'name'
  | 'offsets'
  | 'categories'
  | 'container'
  | 'ranked'
  | 'labels';
type Answer =
  | 'one-based'
  | 'zero-based'
  | 'polygon'
  | 'box'
  | 'turned-box'
  | 'outline'
  | 'list'
  | 'compressed'
  | 'corners'
  | 'attribute'
  | 'mask'
  | 'filled'
  | 'labelme'
  | 'x-anylabeling'
  | 'gaps'
  | 'segments'
  | 'long'
  | 'short'
  | '300ms'
  | '800ms'
  | '2s'
  | 'word'
  | 'transcript'
  | 'class'
  | 'tier'
  | 'separate'
  | 'together'
  | 'text'
  | 'split'
  | 'keep'
  | 'prefix'
  | 'leave-out'
  | 'kept'
  | 'dropped'
  | 'ten'
  | 'nine'
  | 'drop'
  | 'standard'
  | 'conversational'
  | 'implicit'
  | 'no'
  | 'yes'
  | 'response'
  | 'completion'
  | 'code-point'
  | 'grapheme'
  | 'choices'
  | 'taxonomy'
  | 'lines'
  | 'pairs'
  | 'classes'
  | 'texts';

/** What annotations that are exchanged are of. */
export type ExchangeModality = 'image' | 'audio';

/** Endings of the files that annotations are read from. */
export const annotationEndings: Readonly<Record<ExchangeModality, readonly string[]>> = {
  image: ['json', 'xml', 'txt', 'yaml', 'yml'],
  audio: ['textgrid', 'eaf', 'rttm', 'ctm', 'srt', 'vtt', 'txt', 'tsv', 'csv', 'json', 'jsonl'],
};

/** Why a file of a folder was not taken, in words. The contract gives it as a plain string. */
export function skipWords(t: Translate, problem: string): string {
  return t(`work.folder.why.${problem as SkipReason}`, { defaultValue: problem });
}

/** Why a row of an annotation file was not taken. */
export function failWords(t: Translate, why: string): string {
  return t(`work.exchange.why.${why as FailReason | TextFailReason}`, { defaultValue: why });
}

/** Losses that are told in other words of recordings. */
type SoundLoss = 'unlabelled-shape' | 'ambiguous' | 'rounded' | 'clamped' | 'empty-photo';
const soundLosses: ReadonlySet<string> = new Set([
  'unlabelled-shape',
  'ambiguous',
  'rounded',
  'clamped',
  'empty-photo',
] satisfies SoundLoss[]);

/** What a format or this program left behind. */
export function lossWords(t: Translate, what: string, modality: ExchangeModality): string {
  if (modality === 'audio' && soundLosses.has(what)) return t(`work.exchange.lostSound.${what as SoundLoss}`);
  return t(`work.exchange.lost.${what as LossKind}`, { defaultValue: what });
}

/** What a format of texts has no place for. */
export function textLossWords(t: Translate, what: string): string {
  return t(`work.texts.lost.${what as TextLossKind}`, { defaultValue: what });
}

/** A format of texts by the name its users know it by. */
export function textFormatWords(t: Translate, format: TextFormat): string {
  return t(`work.texts.formats.${format}`);
}

/** A format by the name its users know it by. */
export function formatWords(t: Translate, format: AnnotationFormat): string {
  return t(`work.exchange.format.${format}`);
}

/** What is asked about a file, or may be chosen for one. */
export function askedWords(t: Translate, name: string): string {
  return t(`work.exchange.ask.${name as Asked}`, { defaultValue: name });
}

/** One of the answers. */
export function answerWords(t: Translate, answer: string): string {
  return t(`work.exchange.answer.${answer as Answer}`, { defaultValue: answer });
}

/** How many shapes of each kind, in a line: `Box 12 · Polygon 3`. */
export function shapeCountWords(t: Translate, counts: Readonly<Record<string, number>>, n: (count: number) => string) {
  return Object.entries(counts)
    .map(([type, count]) => `${t(`work.shapes.${type as Geometry['type']}`, { defaultValue: type })} ${n(count)}`)
    .join(' · ');
}
