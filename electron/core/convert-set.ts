import { realpath, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import {
  type AnnotationCodec,
  createLossCounter,
  type FailedRow,
  type FilePiece,
  type Loss,
  type ParseContext,
  type ParsedItem,
  type WriteSummary,
} from '#shared/codecs/codec.ts';
import { chosen, annotationCodecs } from '#shared/codecs/annotation-codecs.ts';
import { type AnnotationFormat, annotationFormats } from '#shared/codecs/annotation-formats.ts';
import { AppError } from '#shared/contract/errors.ts';
import type { Shape } from '#shared/domain/annotation.ts';
import { createPhotoIndex } from '#shared/rules/photo-matching.rules.ts';
import { walkFolder } from '#electron/media/folder-walk.ts';
import { createMediaResolver } from '#electron/media/media-resolver.ts';
import { readAnnotationSet } from './annotation-reading.ts';
import { systemClock } from './clock.ts';
import { draftSet } from './export-set.ts';
import { exportTarget } from './export-target.ts';
import { createIds } from './ids.ts';
import { exchangeSound } from './recording-facts.ts';

/** What is to be converted into what. Paths are absolute. */
export interface Conversion {
  input: string;
  output: string;
  /** Null: guessed from what is read. */
  from: string | null;
  to: string;
  /** Folder of the photos or recordings, for what the files do not say: sizes, sampling rates. */
  media: string | null;
  overwrite: boolean;
  /** Answers to what the files leave open, and choices of the format that is written. */
  answers: Readonly<Record<string, string>>;
  choices: Readonly<Record<string, string>>;
}

/** What came of it. Items and objects are those that were read; what of them could not be written is in the loss. */
export interface Converted {
  from: string | null;
  to: string;
  items: number;
  objects: number;
  byShape: Record<string, number>;
  failed: { where: string; why: string }[];
  loss: { what: string; count: number }[];
}

/** Whether there is a format of that name. */
export const isFormat = (name: string): name is AnnotationFormat => annotationFormats.some((format) => format === name);

/** The formats with what each can hold, as `cli formats` prints them. */
export function formatAbilities() {
  return Object.values(annotationCodecs).map(({ format, modality, layout, ending, holds, choices }) => ({
    format,
    modality,
    layout,
    ending,
    ...holds,
    choices,
  }));
}

/**
 * The format that a path to be written to suggests: by an ending that only one format has, by a format's name in it, else by its ending;
 * null when by none.
 */
export function formatOfOutput(path: string): AnnotationFormat | null {
  const ending = extname(path).slice(1).toLowerCase();
  const alone = annotationFormats.filter((format) => annotationCodecs[format].ending.toLowerCase() === ending);
  if (alone.length === 1) return alone[0]!;
  // `yolo-obb` is named where `yolo` is, but not the other way round.
  const named = annotationFormats.filter((format) => namesFormat(path, format));
  const longest = named.sort((a, b) => b.length - a.length)[0];
  if (longest !== undefined && named.every((format) => longest.startsWith(format))) return longest;
  const ofEnding = annotationFormats.filter((format) => {
    const codec = annotationCodecs[format];
    return codec.layout === 'file' && codec.ending === ending;
  });
  return ofEnding[0] ?? null;
}

/** Whether a path has a format's name as a word of its own: `street_yolo`, not `leaf` for `eaf`. */
const namesFormat = (path: string, format: AnnotationFormat): boolean =>
  new RegExp(`(?:^|[^a-z])${format}(?:[^a-z]|$)`).test(path.toLowerCase());

/**
 * Reads annotations in one format and writes them in another. Touches no data folder.
 *
 * @returns with nothing written when nothing could be read
 * @throws AppError `files/exists`, `files/unwritable`, `files/not-a-folder`, `files/not-found` and others of reading
 */
export async function convertSet(wanted: Conversion): Promise<Converted> {
  const { from, to } = wanted;
  if (!isFormat(to)) throw new AppError('host/bad-input', { path: '--to', problem: to });
  if (from !== null && !isFormat(from)) throw new AppError('host/bad-input', { path: '--from', problem: from });
  const codec = annotationCodecs[to];
  const { signal } = new AbortController();
  const alone = isFileAlone(codec, wanted.output);
  const layout = alone ? 'file' : codec.layout;
  // Asked before the work, and once more when the set gets its name.
  const target = await exportTarget(null, wanted.output, wanted.overwrite, layout);
  const { imageSize, soundOf } = await mediaOf(wanted.media, wanted.input, codec.modality);
  const ids = createIds(systemClock);
  const read = await readAnnotationSet(wanted.input, {
    ...(from !== null && { format: from }),
    modality: codec.modality,
    answers: wanted.answers,
    signal,
    progress: () => {},
    newId: () => ids.uuid(),
    imageSize,
    soundOf,
  });
  const { parsed } = read;
  const items: ParsedItem[] = [];
  for (const item of parsed.items)
    items.push(item.size === null ? { ...item, size: await imageSize(item.name) } : item);
  // Two recordings do not go into the file of one.
  if (alone && items.length > 1) throw new AppError('files/not-a-folder', { path: wanted.output });
  const converted = { from: read.format, to, ...countsOf(items), failed: toldOf(read.failed) };
  if (items.length === 0) return { ...converted, loss: read.loss };
  const taken = takenOver(items, codec);
  const source = {
    labels: parsed.labels,
    extra: parsed.extra,
    async *items() {
      yield* taken.items;
    },
  };
  const text = codec.write(source, chosen(codec, { ...wanted.choices, ...(alone && { tracks: 'together' }) }));
  const draft = await draftSet(target, alone ? inOneFile(text) : text, {
    layout,
    overwrite: wanted.overwrite,
    signal,
  });
  try {
    draft.publish();
  } catch (error) {
    await draft.discard();
    throw error;
  }
  const losses = [...withoutTwice(read.loss, draft.summary.loss), ...taken.loss, ...draft.summary.loss];
  return { ...converted, loss: sumOf(losses) };
}

/** Whether a path names the one file of one recording, where the format has one for each. */
const isFileAlone = ({ modality, layout, ending }: AnnotationCodec, path: string): boolean =>
  modality === 'audio' && layout === 'folder' && extname(path).slice(1).toLowerCase() === ending.toLowerCase();

async function* inOneFile(text: AsyncGenerator<FilePiece, WriteSummary>): AsyncGenerator<FilePiece, WriteSummary> {
  for (;;) {
    const next = await text.next();
    if (next.done) return next.value;
    yield { path: '', text: next.value.text };
  }
}

/**
 * What is handed to the writer. What a machine said of a recording becomes its segments where the format has no place for proposals: a
 * transcript that is to be subtitles is all there is. How sure it was is counted as lost.
 */
function takenOver(items: ParsedItem[], { modality, holds }: AnnotationCodec): { items: ParsedItem[]; loss: Loss[] } {
  if (modality !== 'audio' || holds.proposals) return { items, loss: [] };
  const loss = createLossCounter();
  return {
    items: items.map(({ proposals = [], ...item }) => {
      const own = proposals.map(({ score, model: _, ...said }): Shape => {
        if (score !== null) loss.add('score');
        return { ...said, origin: 'machine' };
      });
      return { ...item, shapes: [...item.shapes, ...own] };
    }),
    loss: loss.list(),
  };
}

function countsOf(items: readonly ParsedItem[]): Pick<Converted, 'items' | 'objects' | 'byShape'> {
  const byShape: Record<string, number> = {};
  let objects = 0;
  for (const { shapes, proposals = [] } of items) {
    for (const { geometry } of [...shapes, ...proposals]) {
      byShape[geometry.type] = (byShape[geometry.type] ?? 0) + 1;
      objects += 1;
    }
  }
  return { items: items.length, objects, byShape };
}

const toldOf = (failed: readonly FailedRow[]) => failed.map(({ where, why }) => ({ where, why }));

function sumOf(losses: readonly Loss[]): Loss[] {
  const sum = createLossCounter();
  for (const { what, count } of losses) sum.add(what, count);
  return sum.list();
}

/** What reading and writing both say of the same photos is told once. */
function withoutTwice(read: readonly Loss[], written: readonly Loss[]): readonly Loss[] {
  return read.filter(({ what }) => what !== 'size-unknown' || !written.some((other) => other.what === what));
}

const folderOrNull = (path: string): Promise<string | null> =>
  stat(path).then(
    (found) => (found.isDirectory() ? path : null),
    () => null,
  );

/** What is known of the photos or recordings below a folder, by name; without one, of those that lie in the folder that is read. */
async function mediaOf(
  folder: string | null,
  input: string,
  modality: AnnotationCodec['modality'],
): Promise<Pick<ParseContext, 'imageSize' | 'soundOf'>> {
  const given = folder === null ? await folderOrNull(input) : folder;
  if (given === null) return { imageSize: () => Promise.resolve(null), soundOf: () => Promise.resolve(null) };
  const root = await realpath(given).catch(() => {
    throw new AppError('files/not-found', { path: given });
  });
  const media = createMediaResolver();
  let known: ReturnType<typeof createPhotoIndex<{ name: string }>> | null = null;
  const infoOf = async (name: string) => {
    if (known === null) {
      const { names } = await walkFolder(root, new AbortController().signal, () => {}, modality);
      known = createPhotoIndex(names.map((one) => ({ name: one })));
    }
    const match = known.find(name);
    return typeof match === 'string' ? null : (await media.resolve(root, match.found.name)).info;
  };
  return {
    async imageSize(name) {
      const info = await infoOf(name);
      if (info === null || info.width === null || info.height === null) return null;
      return { width: info.width, height: info.height };
    },
    async soundOf(name) {
      const info = await infoOf(name);
      return info === null ? null : exchangeSound(info);
    },
  };
}
