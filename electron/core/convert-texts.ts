import { basename, dirname, extname, join } from 'node:path';
import type { TextLoss, TextSealed } from '#shared/codecs/text/text-codec.ts';
import { guessTextFormat, textCodecs } from '#shared/codecs/text/text-codecs.ts';
import { type TextFormat, textFormats } from '#shared/codecs/text/text-formats.ts';
import { CodecError } from '#shared/codecs/codec.ts';
import { AppError } from '#shared/contract/errors.ts';
import { annotationFiles } from './annotation-files.ts';
import { systemClock } from './clock.ts';
import type { Conversion, Converted } from './convert-set.ts';
import { beginExport, type ExportDraft, type ExportWriter } from './export-file.ts';
import { exportTarget } from './export-target.ts';
import { createIds } from './ids.ts';

/** Rows that can't be read, told by place; of more the count is lost to nobody: they are in the file. */
const failedTold = 1000;

/** Whether there is a format of texts of that name. */
export const isTextFormat = (name: string): name is TextFormat => textFormats.some((format) => format === name);

/** The formats of texts, as `cli formats` prints them. */
export function textFormatAbilities() {
  return Object.values(textCodecs).map(({ format, ending, choices, asks = [] }) => ({
    ...{ format, modality: 'text', layout: 'file', ending, choices, asks },
  }));
}

/** The format of texts that a path's name says, or its ending where what is read is of texts; null when neither. */
export function textFormatOfOutput(path: string, from: string | null): TextFormat | null {
  const words = basename(path).toLowerCase();
  const named = textFormats.filter((format) => !['jsonl', 'csv', 'tsv'].includes(format) && words.includes(format));
  const [longest] = named.toSorted((a, b) => b.length - a.length);
  if (longest !== undefined) return longest;
  if (from === null || !isTextFormat(from)) return null;
  const ending = extname(path).slice(1).toLowerCase();
  return textFormats.find((format) => textCodecs[format].ending === ending) ?? null;
}

/**
 * Reads texts with their answers in one format and writes them in another; `objects` counts answers. Touches no data folder.
 *
 * @returns with nothing written when nothing could be read
 * @throws AppError `files/exists`, `files/unwritable`, `files/not-found`, `imports/unreadable`
 */
export async function convertTexts(wanted: Conversion): Promise<Converted> {
  const { to, overwrite } = wanted;
  if (!isTextFormat(to)) throw new AppError('host/bad-input', { path: '--to', problem: to });
  const target = await exportTarget(null, wanted.output, overwrite);
  const [file, ...others] = await annotationFiles(wanted.input, new AbortController().signal);
  if (file === undefined || others.length > 0) {
    throw new AppError('files/unreadable', { path: wanted.input, problem: 'not-a-file' });
  }
  const from = wanted.from ?? guessTextFormat(wanted.input, await file.head());
  if (from === null || !isTextFormat(from)) {
    throw new AppError('imports/unreadable', { path: wanted.input, place: '', problem: 'not-this-format' });
  }
  const ids = createIds(systemClock);
  const counts = { items: 0, objects: 0, byShape: {} as Record<string, number> };
  const failed: { where: string; why: string }[] = [];

  async function* rows(): AsyncGenerator<TextSealed> {
    const context = { newId: () => ids.uuid(), answers: wanted.answers };
    for await (const read of textCodecs[from as TextFormat].read(file!, context)) {
      if ('failed' in read) {
        if (failed.length < failedTold) failed.push(read.failed);
        continue;
      }
      const { item, answer = {}, shapes = [] } = read.row;
      counts.items += 1;
      if (Object.keys(answer).length > 0 || shapes.length > 0) counts.objects += 1;
      if (shapes.length > 0) counts.byShape['passage'] = (counts.byShape['passage'] ?? 0) + shapes.length;
      yield { item, answer, shapes };
    }
  }
  const codec = textCodecs[to];
  const usual = Object.fromEntries(codec.choices.map(({ name, answers: [first = ''] }) => [name, first]));
  const stem = join(dirname(target), basename(target, extname(target)));
  const writers = new Map<string, ExportWriter>([['', beginExport(target, overwrite)]]);
  let drafts: ExportDraft[] = [];
  try {
    const pieces = codec.write(rows(), { ...usual, ...wanted.choices });
    let loss: TextLoss[];
    for (;;) {
      const next = await pieces.next();
      if (next.done) {
        ({ loss } = next.value);
        break;
      }
      const { path, text } = next.value;
      let writer = writers.get(path);
      if (writer === undefined) {
        writer = beginExport(await exportTarget(null, `${stem}.${path}`, overwrite), overwrite);
        writers.set(path, writer);
      }
      writer.write(Buffer.from(text));
    }
    if (counts.items === 0) {
      for (const writer of writers.values()) writer.abandon();
      return { from, to, ...counts, failed, loss };
    }
    drafts = [...writers.values()].map((writer) => writer.finish());
    for (const draft of drafts) draft.publish();
    return { from, to, ...counts, failed, loss };
  } catch (error) {
    if (drafts.length > 0) for (const draft of drafts) draft.discard();
    else for (const writer of writers.values()) writer.abandon();
    if (!(error instanceof CodecError)) throw error;
    throw new AppError('imports/unreadable', { path: wanted.input, place: error.place, problem: error.problem });
  }
}
