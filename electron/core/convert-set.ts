import { realpath, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { createLossCounter, type FailedRow, type Loss, type ParsedItem } from '#shared/codecs/codec.ts';
import { chosen, imageCodecs } from '#shared/codecs/image/image-codecs.ts';
import { type ImageFormat, imageFormats } from '#shared/codecs/image/image-formats.ts';
import { AppError } from '#shared/contract/errors.ts';
import { createPhotoIndex } from '#shared/rules/photo-matching.rules.ts';
import { walkFolder } from '#electron/media/folder-walk.ts';
import { createMediaResolver } from '#electron/media/media-resolver.ts';
import { readAnnotationSet } from './annotation-reading.ts';
import { systemClock } from './clock.ts';
import { draftSet } from './export-set.ts';
import { exportTarget } from './export-target.ts';
import { createIds } from './ids.ts';

/** What is to be converted into what. Paths are absolute. */
export interface Conversion {
  input: string;
  output: string;
  /** Null: guessed from what is read. */
  from: string | null;
  to: string;
  /** Folder of the photos, where sizes are wanted that the files do not say. */
  images: string | null;
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
export const isFormat = (name: string): name is ImageFormat => imageFormats.some((format) => format === name);

/** The formats with what each can hold, as `cli formats` prints them. */
export function formatAbilities() {
  return Object.values(imageCodecs).map(({ format, layout, ending, holds, choices }) => ({
    format,
    layout,
    ending,
    ...holds,
    choices,
  }));
}

/** The format that a path to be written to suggests: by a format's name in it, else by its ending; null when by neither. */
export function formatOfOutput(path: string): ImageFormat | null {
  // `yolo-obb` is named where `yolo` is, but not the other way round.
  const named = imageFormats.filter((format) => path.toLowerCase().includes(format));
  const longest = named.sort((a, b) => b.length - a.length)[0];
  if (longest !== undefined && named.every((format) => longest.startsWith(format))) return longest;
  const ending = extname(path).slice(1).toLowerCase();
  const ofEnding = imageFormats.filter((format) => {
    const codec = imageCodecs[format];
    return codec.layout === 'file' && codec.ending === ending;
  });
  return ofEnding[0] ?? null;
}

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
  const codec = imageCodecs[to];
  const { signal } = new AbortController();
  // Asked before the work, and once more when the set gets its name.
  const target = await exportTarget(null, wanted.output, wanted.overwrite, codec.layout);
  const imageSize = await sizesOf(wanted.images, wanted.input);
  const ids = createIds(systemClock);
  const read = await readAnnotationSet(wanted.input, {
    ...(from !== null && { format: from }),
    answers: wanted.answers,
    signal,
    progress: () => {},
    newId: () => ids.uuid(),
    imageSize,
    soundOf: () => Promise.resolve(null),
  });
  const { parsed } = read;
  const items: ParsedItem[] = [];
  for (const item of parsed.items)
    items.push(item.size === null ? { ...item, size: await imageSize(item.name) } : item);
  const converted = { from: read.format, to, ...countsOf(items), failed: toldOf(read.failed) };
  if (items.length === 0) return { ...converted, loss: read.loss };
  const source = {
    labels: parsed.labels,
    extra: parsed.extra,
    async *items() {
      yield* items;
    },
  };
  const draft = await draftSet(target, codec.write(source, chosen(codec, wanted.choices)), {
    layout: codec.layout,
    overwrite: wanted.overwrite,
    signal,
  });
  try {
    draft.publish();
  } catch (error) {
    await draft.discard();
    throw error;
  }
  return { ...converted, loss: sumOf([...withoutTwice(read.loss, draft.summary.loss), ...draft.summary.loss]) };
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

/** Sizes of the photos below a folder, upright, by name; without one, of those that lie in the folder that is read. */
async function sizesOf(folder: string | null, input: string) {
  const given = folder === null ? await folderOrNull(input) : folder;
  if (given === null) return () => Promise.resolve(null);
  const root = await realpath(given).catch(() => {
    throw new AppError('files/not-found', { path: given });
  });
  const media = createMediaResolver();
  let known: ReturnType<typeof createPhotoIndex<{ name: string }>> | null = null;
  return async (name: string) => {
    if (known === null) {
      const { names } = await walkFolder(root, new AbortController().signal);
      known = createPhotoIndex(names.map((photo) => ({ name: photo })));
    }
    const index = known;
    const match = index.find(name);
    if (typeof match === 'string') return null;
    const { width, height } = (await media.resolve(root, match.found.name)).info;
    return width === null || height === null ? null : { width, height };
  };
}
