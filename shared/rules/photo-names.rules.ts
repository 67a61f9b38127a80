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

/** Why a folder import leaves a file out. */
export type SkipReason = 'hidden' | 'svg' | 'not-a-photo' | 'link' | 'not-a-file' | 'unreadable' | 'name';

/** The ending of a file name in lower case without its dot; empty when it has none. */
export function endingOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
}

/**
 * Why a file of this name is no photo to take, or null when it is one. Hidden files are left out because systems keep
 * their own beside photos (`._IMG_1.jpg` holds no picture).
 */
export function skipReasonOf(name: string): SkipReason | null {
  if (name.startsWith('.')) return 'hidden';
  const ending = endingOf(name);
  if (ending === 'svg' || ending === 'svgz') return 'svg';
  if (!photoEndings.has(ending)) return 'not-a-photo';
  // A name that is not Unicode was changed in reading it, so the file could not be found again.
  return name.includes('\uFFFD') || !name.isWellFormed() ? 'name' : null;
}

/**
 * Orders names as people count: `2.jpg` before `10.jpg`. Root order, so that a queue is the same in every language of the program.
 * The last word has the code units, so that two names are never equal.
 */
export function compareNames(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : Number(a > b));
}

const collator = new Intl.Collator('und', { numeric: true });
