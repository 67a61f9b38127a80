import { parse as parseYaml } from 'yaml';
import type { Json } from '../../domain/json.ts';
import { endingOf, skipReasonOf } from '../../rules/photo-names.rules.ts';
import { CodecError, type ExchangeLabel, type Extra, type FailReason, type SourceFile } from '../codec.ts';
import { extraFields, fieldOf, isPlainObject } from '../json-text.ts';
import { RowError } from './json-objects.codec.ts';
import { readLabel, withoutEnding, type Reading } from './row-reading.codec.ts';

/** Files of a set by what they are for. */
export interface YoloFiles {
  labels: SourceFile[];
  /** Class names by their number, by the folder whose files they hold for. */
  classes: Map<string, Map<number, string>>;
  /** Photos by the last two parts of their path without its ending, where a file lists them. */
  listed: Map<string, string>;
  /** What the set says of itself beside classes. */
  extra: Extra;
}

/** Files larger than this are no labels of one photo and no list of classes. */
const maxFileSize = 64 * 1024 * 1024;
const maxDataFileSize = 4 * 1024 * 1024;
const maxClasses = 100_000;

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).toLowerCase();

const isClassFile = (path: string): boolean => /^(?:.*classes\.txt|.*\.names|labels\.txt)$/.test(nameOf(path));
const isListFile = (path: string): boolean => /^(?:train|val|valid|test|trainval)[\w-]*\.txt$/.test(nameOf(path));
const isBelowLabels = (path: string): boolean => /(?:^|\/)labels\//.test(path);

/** Reads whatever is no file of labels and says which files are. */
export async function sortFiles(reading: Reading, files: readonly SourceFile[]): Promise<YoloFiles> {
  const found: YoloFiles = { labels: [], classes: new Map(), listed: new Map(), extra: {} };
  const texts: SourceFile[] = [];
  for (const file of files) {
    try {
      if (!(await readAside(reading, found, file))) texts.push(file);
    } catch (error) {
      if (!(error instanceof CodecError)) throw error;
      reading.fail(file.path, error.problem as FailReason);
    }
  }
  const below = texts.filter(({ path }) => isBelowLabels(path));
  found.labels = below.length > 0 ? below : texts;
  return found;
}

/** Reads a file that is none of labels; false for one that is. @throws CodecError when its text can't be read */
async function readAside(reading: Reading, found: YoloFiles, file: SourceFile): Promise<boolean> {
  const name = nameOf(file.path);
  const ending = endingOf(name);
  const isData = ending === 'yaml' || ending === 'yml';
  if (!isData && ending !== 'txt' && ending !== 'names') return true;
  if (file.size > (ending === 'txt' ? maxFileSize : maxDataFileSize)) throw new CodecError('too-large');
  if (isData) readDataFile(reading, found, file, await file.text());
  else if (isClassFile(file.path)) {
    const folder = folderOf(file.path);
    // What a data file says counts more than a list beside it.
    if (!found.classes.has(folder)) found.classes.set(folder, classesOfLines(await file.text()));
  } else {
    const list = isListFile(file.path) ? photosOfList(await file.text()) : null;
    if (list === null) return /^(?:readme|licen[cs]e)/.test(name);
    for (const photo of list) found.listed.set(tailOf(withoutEnding(photo)), photo);
  }
  return true;
}

function readDataFile(reading: Reading, found: YoloFiles, file: SourceFile, text: string): void {
  let fields: Json;
  let names: Json | undefined;
  try {
    fields = parseYaml(text, { logLevel: 'silent' }) as Json;
    // Names such as 007 and yes are no numbers and no answers.
    const asText = parseYaml(text, { logLevel: 'silent', schema: 'failsafe' }) as Json;
    names = isPlainObject(asText) ? fieldOf(asText, 'names') : undefined;
  } catch {
    reading.fail(file.path, 'not-this-format');
    return;
  }
  if (!isPlainObject(fields) || (!Array.isArray(names) && !isPlainObject(names))) return;
  const classes = new Map<number, string>();
  for (const [id, name] of Object.entries(names)) {
    if (/^\d{1,9}$/.test(id) && classes.size < maxClasses) classes.set(Number(id), String(name));
  }
  found.classes.set(folderOf(file.path), classes);
  const { extra, dropped } = extraFields(fields, new Set(['names', 'nc']));
  if (dropped > 0) reading.loss.add('field', dropped);
  found.extra = extra;
}

function classesOfLines(text: string): Map<number, string> {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim());
  while (lines.at(-1) === '') lines.pop();
  return new Map(lines.slice(0, maxClasses).map((name, id) => [id, name]));
}

/** Photos of a list such as `train.txt`; null when its lines are no photos. */
function photosOfList(text: string): string[] | null {
  const lines = text.split(/\r\n|\r|\n/).flatMap((line) => line.trim() || []);
  const photos = lines.filter((line) => skipReasonOf(nameOf(line.replaceAll('\\', '/'))) === null);
  return photos.length > 0 && photos.length === lines.length ? photos.map((line) => line.replaceAll('\\', '/')) : null;
}

/** The last two parts of a path, `images` as `labels`: what a list and a file of labels share. */
export function tailOf(path: string): string {
  return path
    .split('/')
    .slice(-2)
    .map((part, i, all) => (i === 0 && all.length === 2 && part === 'images' ? 'labels' : part))
    .join('/');
}

/** Where the photo of a label file lies, without its ending: the last `labels` of its path is `images` there. */
export function photoStem(path: string): string {
  return replaceLast(withoutEnding(path), 'labels', 'images');
}

/** Where the labels of a photo are written: the last `images` of its path is `labels` there, or it goes below `labels`. */
export function labelPath(photo: string): string {
  const stem = withoutEnding(photo.replaceAll('\\', '/'));
  const replaced = replaceLast(stem, 'images', 'labels');
  return `${replaced === stem ? `labels/${stem}` : replaced}.txt`;
}

function replaceLast(path: string, from: string, to: string): string {
  const parts = path.split('/');
  const at = parts.slice(0, -1).lastIndexOf(from);
  return at < 0 ? path : parts.with(at, to).join('/');
}

/** The classes that hold for a file: those of the nearest folder above it, or the only ones there are. */
export function classesFor(classes: YoloFiles['classes'], path: string): Map<number, string> | null {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    const here = classes.get(folder);
    if (here !== undefined) return here;
    if (folder === '') break;
  }
  return classes.size === 1 ? [...classes.values()][0]! : null;
}

/** Names of classes as they are taken: one that can't be is told and goes by its number. */
export function declareClasses(
  reading: Reading,
  where: string,
  classes: ReadonlyMap<number, string>,
): Map<number, string> {
  const keys = new Map<number, string>();
  const sorted = [...classes].sort(([a], [b]) => a - b);
  for (const [index, [id, name]] of sorted.entries()) {
    let key = String(id);
    try {
      if (name !== '') key = readLabel(name);
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
      reading.fail(`${where}:${id}`, error.why);
    }
    keys.set(id, key);
    const known = reading.labels.find(key);
    if (known === undefined) reading.labels.declare({ key, extra: id === index ? {} : { yolo: { id } } });
    else if ([...keys].some(([other, same]) => other !== id && same === key)) reading.loss.add('labels-merged');
  }
  return keys;
}

/** Numbers of classes: kept ones first, then the place in the list, then the lowest that is free. */
export function classIds(labels: readonly ExchangeLabel[]): Map<string, number> {
  const ids = new Map<string, number>();
  const taken = new Set<number>();
  const give = (key: string, id: number) => {
    ids.set(key, id);
    taken.add(id);
  };
  for (const { key, extra } of labels) {
    const own = Object.hasOwn(extra, 'yolo') ? extra['yolo'] : undefined;
    const id = isPlainObject(own) ? own['id'] : undefined;
    if (typeof id === 'number' && Number.isInteger(id) && id >= 0 && id < maxClasses && !taken.has(id)) give(key, id);
  }
  let free = 0;
  for (const [index, { key }] of labels.entries()) {
    if (ids.has(key)) continue;
    if (!taken.has(index)) {
      give(key, index);
      continue;
    }
    while (taken.has(free)) free += 1;
    give(key, free);
  }
  return ids;
}
