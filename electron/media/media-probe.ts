import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Modality } from '#shared/domain/project.ts';
import type { MediaInfo, MediaProblem } from '#shared/domain/work.ts';
import { type ByteReader, createByteReader } from './byte-reader.ts';
import { readImageFacts } from './image-facts.ts';
import { shownAs, sniffImage, type ImageFormat } from './image-format.ts';
import { imageLimits } from './image-limits.ts';
import { readSoundFacts } from './sound-facts.ts';
import { playedAs, sniffSound, soundFormats, type SoundFormat } from './sound-format.ts';

/** What is known of a photo or a recording, and the media type its bytes may be served as (null: they are not to be served). */
export interface ProbedMedia {
  info: MediaInfo;
  mediaType: string | null;
}

export function refused(
  problem: MediaProblem,
  bytes = 0,
  format: ImageFormat | SoundFormat | null = null,
): ProbedMedia {
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
    if (format === null) return await probeSound(reader);
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

async function probeSound(reader: ByteReader): Promise<ProbedMedia> {
  const sniffed = await sniffSound(reader);
  if (sniffed === null) return refused('not-an-image', reader.size);
  const { format } = sniffed;
  const mediaType = playedAs[format];
  if (mediaType === undefined) return refused('unsupported-format', reader.size, format);
  const { sound, problem } = await readSoundFacts(reader, sniffed);
  const { info } = refused('no-sound', reader.size, format);
  return { info: { ...info, sound, problem }, mediaType: problem === null ? mediaType : null };
}

/** What a file is to a project: a photo is no recording, nor the other way round, and what is neither is told as what was wanted. */
export function probedFor(modality: Modality, probed: ProbedMedia): ProbedMedia {
  const { info } = probed;
  const wanted = modality === 'audio' ? 'not-a-recording' : 'not-an-image';
  const isRecording = info.format !== null && soundFormats.has(info.format);
  const isOther = info.problem === 'not-an-image' || (info.format !== null && isRecording !== (modality === 'audio'));
  if (!isOther) return probed;
  return { info: { ...info, width: null, height: null, sound: null, problem: wanted }, mediaType: null };
}
