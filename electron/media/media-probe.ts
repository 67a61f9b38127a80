import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { MediaInfo, MediaProblem } from '#shared/domain/work.ts';
import { createByteReader } from './byte-reader.ts';
import { readImageFacts } from './image-facts.ts';
import { shownAs, sniffImage, type ImageFormat } from './image-format.ts';
import { imageLimits } from './image-limits.ts';

/** What is known of a photo, and the media type its bytes may be served as (null: they are not to be served). */
export interface ProbedMedia {
  info: MediaInfo;
  mediaType: string | null;
}

export function refused(problem: MediaProblem, bytes = 0, format: ImageFormat | null = null): ProbedMedia {
  return { info: { format, width: null, height: null, orientation: 1, bytes, sound: null, problem }, mediaType: null };
}

/** Looks into a file: what it really is, how large upright, and why it can't be shown if it can't. Never throws. */
export async function probeMedia(path: string): Promise<ProbedMedia> {
  let file;
  try {
    // Without O_NONBLOCK, opening a named pipe would wait for somebody to write into it.
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    return refused((error as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'unreadable');
  }
  try {
    const stat = await file.stat();
    if (!stat.isFile()) return refused('not-an-image');
    if (stat.size === 0) return refused('empty');
    const reader = createByteReader(file, stat.size);
    const format = sniffImage(await reader.read(0, 4096));
    if (format === null) return refused('not-an-image', stat.size);
    const mediaType = shownAs[format];
    if (mediaType === undefined) return refused('unsupported-format', stat.size, format);
    const facts = await readImageFacts(reader, format);
    if (facts === null || facts.width === 0 || facts.height === 0) return refused('damaged', stat.size, format);
    const turned = facts.orientation >= 5;
    const info: MediaInfo = {
      format,
      width: turned ? facts.height : facts.width,
      height: turned ? facts.width : facts.height,
      orientation: facts.orientation,
      bytes: stat.size,
      sound: null,
      problem: null,
    };
    const { maxPixels, maxSide } = imageLimits;
    if (Math.max(facts.width, facts.height) > maxSide || facts.width * facts.height > maxPixels) {
      return { info: { ...info, problem: 'too-large' }, mediaType: null };
    }
    if (facts.damaged) return { info: { ...info, problem: 'damaged' }, mediaType: null };
    return { info, mediaType };
  } catch {
    return refused('unreadable');
  } finally {
    await file.close();
  }
}
