import type { AnnotationCodec } from './codec.ts';
import { type AnnotationFormat, annotationFormats } from './annotation-formats.ts';
import { cocoCodec } from './image/coco.codec.ts';
import { cvatCodec } from './image/cvat.codec.ts';
import { labelStudioCodec } from './image/label-studio.codec.ts';
import { labelmeCodec } from './image/labelme.codec.ts';
import { vocCodec } from './image/voc.codec.ts';
import { yoloCodec, yoloObbCodec, yoloSegmentCodec } from './image/yolo.codec.ts';
import { audacityCodec } from './sound/audacity.codec.ts';
import { ctmCodec } from './sound/ctm.codec.ts';
import { eafCodec } from './sound/eaf.codec.ts';
import { labelStudioAudioCodec } from './sound/label-studio-audio.codec.ts';
import { rttmCodec } from './sound/rttm.codec.ts';
import { segmentsCsvCodec } from './sound/segments-csv.codec.ts';
import { segmentsJsonlCodec } from './sound/segments-jsonl.codec.ts';
import { srtCodec } from './sound/srt.codec.ts';
import { textGridCodec } from './sound/textgrid.codec.ts';
import { vttCodec } from './sound/vtt.codec.ts';
import { whisperCodec } from './sound/whisper.codec.ts';

/** Every format by its name. */
export const annotationCodecs: Readonly<Record<AnnotationFormat, AnnotationCodec>> = {
  coco: cocoCodec,
  labelme: labelmeCodec,
  voc: vocCodec,
  yolo: yoloCodec,
  'yolo-segment': yoloSegmentCodec,
  'yolo-obb': yoloObbCodec,
  cvat: cvatCodec,
  'label-studio': labelStudioCodec,
  textgrid: textGridCodec,
  eaf: eafCodec,
  audacity: audacityCodec,
  rttm: rttmCodec,
  ctm: ctmCodec,
  srt: srtCodec,
  vtt: vttCodec,
  whisper: whisperCodec,
  'label-studio-audio': labelStudioAudioCodec,
  'segments-csv': segmentsCsvCodec,
  'segments-jsonl': segmentsJsonlCodec,
};

/** What a guess is made from: where a file lies and how it begins. */
export interface FileHead {
  path: string;
  /** At most its first 64 KiB. */
  head: string;
}

/** A format that files may be of. */
export interface Guess {
  format: AnnotationFormat;
  /** 0 to 1: how much the likest of the files looks like it. */
  likeness: number;
}

/** Less than this is no guess: a file that merely ends in `.json`. */
const leastLikeness = 0.3;

/**
 * What formats files look like, the likest first. One good file is enough, since a folder may hold much else; where two formats have one,
 * the one that more files look like comes first.
 * @param modality left out: of whatever the files are about
 */
export function guessFormats(files: readonly FileHead[], modality?: AnnotationCodec['modality']): Guess[] {
  const asked = annotationFormats.filter(
    (format) => modality === undefined || annotationCodecs[format].modality === modality,
  );
  const guesses = asked.map((format) => {
    const seen = files.map(({ path, head }) => annotationCodecs[format].likeness(path, head));
    return {
      format,
      likeness: Math.max(0, ...seen),
      files: seen.filter((likeness) => likeness >= leastLikeness).length,
    };
  });
  return guesses
    .filter(({ likeness }) => likeness >= leastLikeness)
    .sort((a, b) => b.likeness - a.likeness || b.files - a.files)
    .map(({ format, likeness }) => ({ format, likeness }));
}

/** The usual answers to a format's choices, with those given in their place. Answers that there are not are left out. */
export function chosen(codec: AnnotationCodec, given: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    codec.choices.map(({ name, answers }) => {
      const answer = Object.hasOwn(given, name) ? given[name] : undefined;
      return [name, answers.find((one) => one === answer) ?? answers[0] ?? ''];
    }),
  );
}
