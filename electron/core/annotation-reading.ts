import { setImmediate as giveWay } from 'node:timers/promises';
import {
  type AnnotationCodec,
  CodecError,
  type ParseContext,
  type ParseResult,
  type Question,
} from '#shared/codecs/codec.ts';
import { guessFormats, annotationCodecs } from '#shared/codecs/annotation-codecs.ts';
import type { AnnotationFormat } from '#shared/codecs/annotation-formats.ts';
import { AppError } from '#shared/contract/errors.ts';
import { type AnnotationFile, annotationFiles, headsOf } from './annotation-files.ts';

/** What reading needs beside the files. */
export interface ReadHow extends Pick<ParseContext, 'newId' | 'imageSize' | 'soundOf'> {
  /** Left out: guessed. */
  format?: AnnotationFormat | undefined;
  /** What the annotations are to be about; a guess keeps to it. */
  modality: AnnotationCodec['modality'];
  answers?: Readonly<Record<string, string>> | undefined;
  signal: AbortSignal;
  progress(done: number, of: number | null): void;
}

/** The format that files look like most, among those of what they are to be about if there is one. */
async function guessOf(files: readonly AnnotationFile[], modality: AnnotationCodec['modality']) {
  const heads = await headsOf(files);
  return (guessFormats(heads, modality)[0] ?? guessFormats(heads)[0])?.format;
}

/** What was read, and as what. */
export interface ReadSet extends ParseResult {
  format: AnnotationFormat;
  questions: readonly Question[];
}

/**
 * Reads a file or a folder of annotations in a format, or in the one that it looks like most.
 *
 * @throws AppError `files/not-found`, `files/unreadable`, `imports/unreadable` with `no-format` when nothing fits
 */
export async function readAnnotationSet(path: string, how: ReadHow): Promise<ReadSet> {
  const files = await annotationFiles(path, how.signal);
  const format = how.format ?? (await guessOf(files, how.modality));
  if (format === undefined) throw new AppError('imports/unreadable', { path, place: '', problem: 'no-format' });
  // Boxes are not for recordings, nor segments for photos.
  if (annotationCodecs[format].modality !== how.modality)
    throw new AppError('imports/unreadable', { path, place: '', problem: 'other-modality' });
  let last = 0;
  try {
    const {
      parsed,
      failed,
      loss,
      questions = [],
    } = await annotationCodecs[format].parse(files, {
      newId: () => how.newId(),
      imageSize: (name) => how.imageSize(name),
      soundOf: (name) => how.soundOf(name),
      answers: how.answers ?? {},
      async breathe(done, of) {
        how.signal.throwIfAborted();
        how.progress(done, of === 0 ? null : of);
        // Giving way costs; a hundredth of a second in between is often enough.
        if (performance.now() - last < 10) return;
        await giveWay();
        last = performance.now();
      },
    });
    return { format, parsed, failed, loss, questions };
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    throw new AppError('imports/unreadable', { path, place: error.place, problem: error.problem });
  }
}
