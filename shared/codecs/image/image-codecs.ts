import type { AnnotationCodec } from '../codec.ts';
import { cocoCodec } from './coco.codec.ts';
import { cvatCodec } from './cvat.codec.ts';
import { type ImageFormat, imageFormats } from './image-formats.ts';
import { labelStudioCodec } from './label-studio.codec.ts';
import { labelmeCodec } from './labelme.codec.ts';
import { vocCodec } from './voc.codec.ts';
import { yoloCodec, yoloObbCodec, yoloSegmentCodec } from './yolo.codec.ts';

/** Every format by its name. */
export const imageCodecs: Readonly<Record<ImageFormat, AnnotationCodec>> = {
  coco: cocoCodec,
  labelme: labelmeCodec,
  voc: vocCodec,
  yolo: yoloCodec,
  'yolo-segment': yoloSegmentCodec,
  'yolo-obb': yoloObbCodec,
  cvat: cvatCodec,
  'label-studio': labelStudioCodec,
};

/** What a guess is made from: where a file lies and how it begins. */
export interface FileHead {
  path: string;
  /** At most its first 64 KiB. */
  head: string;
}

/** A format that files may be of. */
export interface Guess {
  format: ImageFormat;
  /** 0 to 1: how much the likest of the files looks like it. */
  likeness: number;
}

/** Less than this is no guess: a file that merely ends in `.json`. */
const leastLikeness = 0.3;

/**
 * What formats files look like, the likest first. One good file is enough, since a folder may hold much else; where two formats have one,
 * the one that more files look like comes first.
 */
export function guessFormats(files: readonly FileHead[]): Guess[] {
  const guesses = imageFormats.map((format) => {
    const seen = files.map(({ path, head }) => imageCodecs[format].likeness(path, head));
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
