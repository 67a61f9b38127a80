import type { AnnotationCodec, ParseContext, ParsedItem, SourceFile } from '../codec.ts';
import { createReading } from '../image/row-reading.codec.ts';
import { readEafFile } from './eaf-read.codec.ts';
import { writeEafs } from './eaf-write.codec.ts';
import { createSoundFinder, readEach } from './recordings.codec.ts';
import { segmentsWith } from './segments-with.codec.ts';

/**
 * ELAN's EAF, 2.8 and 3.0 read, 3.0 written; a file for each recording. A tier's annotations are segments, those that refer to another one have
 * its time; times that are left open are shared out evenly; the offset of the recording (`TIME_ORIGIN`) is added.
 *
 * ELAN's times are milliseconds: exact frames, rate and length stand in a property and count while an annotation's milliseconds are still
 * theirs. Class, attributes and notes of a segment are tiers below its own, as ELAN's users have them. Segments over each other go to further
 * tiers of the same name with a number in angle brackets, and come back.
 */
export const eafCodec: AnnotationCodec = {
  format: 'eaf',
  modality: 'audio',
  layout: 'folder',
  ending: 'eaf',
  holds: segmentsWith(
    'attributes',
    'emptyItems',
    'sizes',
    'text',
    'label',
    'tier',
    'channel',
    'overlaps',
    'ambiguous',
    'exact',
  ),
  choices: [],
  likeness: (path, head) => (/<ANNOTATION_DOCUMENT[\s>]/.test(head) ? 1 : /\.eaf$/i.test(path) ? 0.5 : 0),
  parse,
  write: writeEafs,
};

async function parse(files: readonly SourceFile[], context: ParseContext) {
  const reading = createReading(context);
  const findSound = createSoundFinder(reading, false);
  const items: ParsedItem[] = [];
  await readEach(reading, files, /\.eaf$/i, async (file, at) => {
    items.push(await readEafFile(reading, file, at, findSound));
  });
  return reading.result(items, {});
}
