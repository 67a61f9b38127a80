import type { Modality } from '../domain/project.ts';

/** Endings of files that a folder import takes; what such a file really is shows when it is opened. */
const photoEndings: ReadonlySet<string> = new Set([
  'jpg',
  'jpeg',
  'jpe',
  'jfif',
  'png',
  'webp',
  'gif',
  'avif',
  'bmp',
  'tif',
  'tiff',
  'mpo',
  'heic',
  'heif',
]);

/** Of recordings. Those that can't be opened are taken too: it is better told of each than found out by counting. */
const soundEndings: ReadonlySet<string> = new Set([
  'wav',
  'wave',
  'mp3',
  'flac',
  'ogg',
  'oga',
  'opus',
  'm4a',
  'm4b',
  'aac',
  'mp4',
  'm4v',
  'mov',
  '3gp',
  'webm',
  'weba',
  'mka',
  'mkv',
  'aif',
  'aiff',
  'wma',
  'amr',
  'caf',
]);

/** Of files that may hold texts to work on, a row a task. */
export const textEndings: readonly string[] = ['jsonl', 'ndjson', 'json', 'csv', 'tsv', 'tab'];

/** Why a folder import leaves a file out. */
export type SkipReason =
  'hidden' | 'svg' | 'not-a-photo' | 'not-a-recording' | 'link' | 'not-a-file' | 'unreadable' | 'name';

/** The ending of a file name in lower case without its dot; empty when it has none. */
export function endingOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
}

/**
 * Why a file of this name is no photo to take, or no recording for projects of sound, or null when it is one. Hidden files are left out
 * because systems keep their own beside photos (`._IMG_1.jpg` holds no picture).
 */
export function skipReasonOf(name: string, modality: Modality = 'image'): SkipReason | null {
  if (name.startsWith('.')) return 'hidden';
  const ending = endingOf(name);
  if (modality === 'audio') {
    if (!soundEndings.has(ending)) return 'not-a-recording';
  } else {
    if (ending === 'svg' || ending === 'svgz') return 'svg';
    if (!photoEndings.has(ending)) return 'not-a-photo';
  }
  // A name that is not Unicode was changed in reading it, so the file could not be found again.
  return name.includes('\uFFFD') || !name.isWellFormed() ? 'name' : null;
}

/** Whether a file of this name is a photo or a recording: the worker's own, which nothing is ever written over. */
export function isMediaName(name: string): boolean {
  return (['image', 'audio'] as const).some((modality) => skipReasonOf(name, modality) === null);
}

/**
 * Orders names as people count: `2.jpg` before `10.jpg`. Root order, so that a queue is the same in every language of the program.
 * The last word has the code units, so that two names are never equal.
 */
export function compareNames(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : Number(a > b));
}

const collator = new Intl.Collator('und', { numeric: true });
